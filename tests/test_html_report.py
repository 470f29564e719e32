"""The page of ``--html``: complete, safe, without anything from outside, and usable with the keyboard alone."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import browser
import pytest
from browser import ESCAPE, SHIFT, SPACE, TAB

import persnorm
from persnorm import Normalizer, explain
from persnorm.files import Line
from persnorm.html_report import HtmlReport
from persnorm.output import Output
from persnorm.show import BESIDE, LONGEST_UNCHANGED, Tally

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
FINE, WOULD_CHANGE, USAGE, FAILED = range(4)
VOID = {"meta", "input", "link", "br"}

TEXT = f"""دیدارهای منطقهای و گفتوگو
متن درست است.
كتاب علي، صفحه 25 قیــــمت
می شود و کتاب ها را \u200fخواند  و رفت . می{ZWNJ}رود
"""


class Element:
    """An element of a page, its children in order; text is str."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    def all(self, tag: str = "", **wanted: str) -> list[Element]:
        """Return the elements inside it with this tag and attributes; ``class_`` for one of the classes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                classes = (child.attributes.get("class") or "").split()
                if (not tag or child.tag == tag) and all(
                    value in classes if name == "class_" else child.attributes.get(name) == value
                    for name, value in wanted.items()
                ):
                    found.append(child)
                found += child.all(tag, **wanted)
        return found

    @property
    def text(self) -> str:
        """All text inside it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def shown(self) -> str:
        """Return the text of a line that it stands for: code points in boxes are the characters themselves."""
        return "".join(
            child
            if isinstance(child, str)
            else chr(int(child.text[2:], 16))
            if child.attributes.get("class") == "c"
            else child.shown()
            for child in self.children
        )


class Parser(HTMLParser):
    """Builds the tree of a page, and sees that each element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, dict(attrs))
        assert len(made.attributes) == len(attrs), f"an attribute twice: {attrs}"
        self._open[-1].children.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def close(self) -> None:
        super().close()
        assert self._open == [self.root]


def parsed(page: str) -> Element:
    """Return the tree of a page."""
    parser = Parser()
    parser.feed(page)
    parser.close()
    return parser.root


@pytest.fixture
def page(run):
    """Give a function that writes texts to files, makes the page of these, and returns it with its tree."""

    def make(*texts: str, options: tuple[str, ...] = ()) -> tuple[str, Element]:
        names = [f"{number}.txt" for number, _ in enumerate(texts, 1)]
        for name, text in zip(names, texts, strict=True):
            Path(name).write_bytes(text.encode())
        assert run("--html", "report.html", *options, *names) == (FINE, b"", "")
        written = Path("report.html").read_bytes().decode()
        return written, parsed(written)

    return make


# ---------------------------------------------------------------------------------------------- what is on the page


def test_page_is_persian_from_right_to_left(page):
    """The page reads from right to left in Persian; what is English says so, and reads from left to right."""
    written, root = page(TEXT)
    assert written.startswith("<!doctype html>\n")
    (html,) = root.all("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("fa", "rtl")
    english = root.all(lang="en")
    assert {"header", "div"} <= {element.tag for element in english}
    assert all(element.attributes["dir"] == "ltr" for element in english)
    assert all(not paragraph.attributes.get("lang") for paragraph in root.all("p", class_="before"))


def test_before_and_after_are_whole_lines(page):
    """Each changed line stands there before and after, with its number, and every change is marked in both."""
    _, root = page(TEXT)
    lines = [(number, line) for number, line in enumerate(TEXT.splitlines(), 1) if explain(line).changes]
    rows = root.all("div", class_="line")
    assert len(rows) == len(lines) == 3
    for row, (number, line) in zip(rows, lines, strict=True):
        explanation = explain(line)
        (before,), (after,) = row.all("p", class_="before"), row.all("p", class_="after")
        assert row.all("span", class_="number")[0].text == str(number)
        assert (before.shown(), after.shown()) == (line, explanation.text)
        names = rule_names(root)
        for paragraph, tag, side in ((before, "del", "before"), (after, "ins", "after")):
            marks = [(names[mark.attributes["data-rule"]], mark.shown()) for mark in paragraph.all(tag)]
            assert marks == [(change.rule, getattr(change, side)) for change in explanation.changes]
        assert set(row.attributes["data-rules"].split()) == {mark.attributes["data-rule"] for mark in row.all("ins")}


def rule_names(root: Element) -> dict[str, str]:
    """Return the names of the rules of a page by their numbers."""
    return {
        item.attributes["data-rule"]: item.all("code")[0].text
        for item in root.all("li")
        if "data-rule" in item.attributes
    }


def test_counts(page):
    """The counts of rules, files and the whole are those of the changes; most come first."""
    _, root = page(TEXT, "متن درست است.\n", TEXT + TEXT)
    changes = [change.rule for line in TEXT.splitlines() for change in explain(line).changes] * 3
    counts = {
        item.all("code")[0].text: int(item.all(class_="count")[0].text) for item in root.all("li") if item.all("code")
    }
    assert counts == Counter(changes)
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    summary = f"persnorm: {len(changes)} changes in 9 lines of 3 files"
    assert (root.all("title")[0].text, root.all("h1")[0].text) == (summary, summary)
    third = len(changes) // 3
    links = [(item.text, item.attributes["href"]) for item in root.all("nav")[0].all("a")]
    assert links == [(f"{number}.txt", f"#file-{number}") for number in (1, 2, 3)]
    assert [item.text for item in root.all("nav")[0].all(class_="count")] == [str(third), "0", str(2 * third)]
    assert [section.attributes["id"] for section in root.all("section")] == ["file-1", "file-2", "file-3"]
    assert root.all("p", class_="summary")[1].text == "nothing to change"


def test_reason_and_source_of_each_rule(page):
    """Each rule that changed something stands there with its reason and source, and with no other."""
    _, root = page(TEXT)
    told = {item.all("code")[0].text: item.all("p")[0].text for item in root.all("li") if item.all("code")}
    changes = {change.rule: change for line in TEXT.splitlines() for change in explain(line).changes}
    assert told == {rule: f"{change.why} [{change.authority}]" for rule, change in changes.items()}


def test_other_rules_of_a_change_are_named(page):
    """Where several rules had a part in a change, the others are named too."""
    text = "سلام\u00a0،دنیا\n"
    _, root = page(text)
    (change,) = explain(text).changes
    (mark,) = root.all("ins")
    assert mark.attributes["data-also"].split() == list(change.also) == ["foreign-space"]


def test_signature_is_on_the_page(page):
    """The page tells how it was made."""
    _, root = page(TEXT, options=("--digits", "keep"))
    signature = Normalizer(digits="keep").signature
    assert signature in root.all("header")[0].text
    assert root.all("meta", name="generator")[0].attributes["content"] == signature


def test_nothing_to_change(page):
    """A clean text, and one without a line, have a page that says so."""
    for text in ("متن درست است.\n", ""):
        _, root = page(text)
        assert root.all("title")[0].text == "persnorm: 0 changes in 0 lines of 1 file"
        assert (root.all("ins"), root.all("div", class_="line")) == ([], [])
        assert root.all("p", class_="summary")[0].text == "nothing to change"


# -------------------------------------------------------------------------------------------------- what is not on it


ATTACKS = (
    "<script>alert(1)</script> كتاب",
    "</p></div></main><img src=x onerror=alert(1)> كتاب",
    '" onmouseover="alert(1)" كتاب',
    "<!-- x --> &lt; &amp; &#1603; كتاب",
    "{{rules}} {{text}} ${alert(1)} كتاب",
    "كتاب <style>*{display:none}</style> ]]>",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_in_a_text_is_text(page, attack):
    """Whatever stands in a text is shown as it stands there; it makes no element, attribute or script."""
    _, root = page(f"{attack}\n")
    _, plain = page("كتاب\n")
    (before,) = root.all("p", class_="before")
    assert before.shown() == attack
    assert root.all("p", class_="after")[0].shown() == persnorm.normalize(attack)
    for tag in ("script", "style", "img", "p", "main", "meta", "button"):
        assert len(root.all(tag)) == len(plain.all(tag)), tag
    attributes = {name for element in root.all() for name in element.attributes}
    assert not {name for name in attributes if name.startswith("on")}


def test_markup_in_a_file_name_is_text(run):
    """The name of a file is shown, not obeyed; invisible characters in it are shown too."""
    name = "<img src=x onerror=alert(1)>\u202e&.txt"
    Path(name).write_text("كتاب\n", "utf-8")
    assert run("--html", "report.html", name) == (FINE, b"", "")
    root = parsed(Path("report.html").read_text("utf-8"))
    assert root.all("img") == []
    assert root.all("section")[0].all("h2")[0].text == "<img src=x onerror=alert(1)>\\u202e&.txt"


def test_no_character_can_turn_the_page_around(page):
    """Controls of direction and other invisible characters are boxes with their code points; half-spaces stay."""
    text = f"كتاب \u202eا\u2067ب\u200f ج\x07\u00a0د\u2028ه می{ZWNJ}رود\n"
    written, root = page(text)
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\u2028\u00a0]", written)
    before = root.all("p", class_="before")[0]
    assert before.shown() == text.rstrip("\n")
    assert [span.text for span in before.all("span", class_="z")] == [ZWNJ]
    assert "U+202E" in [span.text for span in before.all("span", class_="c")]


def test_nothing_comes_from_outside(page):
    """The page needs no other file and no network, and its policy allows its own script and style only."""
    written, root = page(TEXT)
    assert re.findall(r"""(?:src|href|url|@import)\s*[=(]\s*["']?(?!#)[^"'#\s]+""", written) == []
    assert "//" not in re.sub(r"https?://[^\s]*?(?=<)", "", written.split("<main")[0])
    policy = next(
        meta.attributes["content"]
        for meta in root.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (script,), (style,) = root.all("script"), root.all("style")
    hashes = [base64.b64encode(hashlib.sha256(part.text.encode()).digest()).decode() for part in (style, script)]
    assert policy == f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'"
    assert not any("style" in element.attributes for element in root.all())


def test_dark_mode_is_there(page):
    """Who has asked for dark pages gets one."""
    _, root = page(TEXT)
    assert "@media (prefers-color-scheme: dark)" in root.all("style")[0].text
    assert root.all("meta", name="color-scheme")[0].attributes["content"] == "light dark"


# ------------------------------------------------------------------------------------------------------- long texts


def test_long_unchanged_stretches_are_cut_to_what_stands_beside_a_change(page):
    """Of a paragraph with one change in the middle some words on both sides are shown, and how much is left out."""
    sentence = "این یک متن بلند است. "
    left, right = sentence * 100, sentence * 50
    _, root = page(f"{left}كتاب {right}\n")
    (before,), (after,) = root.all("p", class_="before"), root.all("p", class_="after")
    for paragraph, word in ((before, "كتاب "), (after, "کتاب ")):
        cuts = [int(cut.text.removesuffix(" characters").replace(",", "")) for cut in paragraph.all(class_="cut")]
        shown = re.split(r"[\d,]+ characters", paragraph.shown())
        assert len(shown) == 3
        near_left, near_right = shown[1].split(word)
        assert left.endswith(f" {near_left}")
        assert right.startswith(f"{near_right}")
        assert shown[0] == shown[2] == ""
        assert word in shown[1]
        assert sum(cuts) + len(shown[1]) == len(left) + len(right) + len(word)
        assert len(shown[1]) < 2 * BESIDE + len(word)


@pytest.mark.parametrize("length", [LONGEST_UNCHANGED, LONGEST_UNCHANGED + 1, 10 * LONGEST_UNCHANGED])
def test_stretches_without_a_space_are_cut_too(page, length):
    """A run of letters without an end does not make the page unusable; a short stretch is whole."""
    _, root = page(f"كتاب {'ب' * (length - 5)} كتاب\n")
    cuts = root.all(class_="cut")
    assert len(cuts) == (2 if length > LONGEST_UNCHANGED else 0)


def test_memory_does_not_grow_with_the_text(monkeypatch):
    """The lines wait in a temporary file: a page a thousand times as large takes hardly more memory."""
    monkeypatch.setattr("persnorm.html_report._IN_MEMORY", 1 << 16)
    explanation, tally = explain("كتاب علي"), Tally()
    tally.add(explanation)
    peaks = []
    with Path(os.devnull).open("wb") as stream:
        for times in (5, 5, 5_000):  # the first time takes what is loaded once
            tracemalloc.start()
            try:
                with HtmlReport("signature") as report:
                    for number in range(times):
                        report.show("a", Line(number + 1, 0, explanation.source, "\n"), explanation)
                    report.end_file("a", tally)
                    report.write(Output("a", stream))
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    a_line = 250  # bytes, at least
    assert peaks[2] - peaks[1] < 5_000 * a_line / 4


# ------------------------------------------------------------------------------------------------------ the command


def test_standard_input_and_output(run):
    """Without a file standard input is explained; a dash, or a device, takes the page as any other output."""
    code, output, errors = run("--html", "-", given="كتاب\n".encode())
    assert (code, errors) == (FINE, "")
    root = parsed(output.decode())
    assert root.all("section")[0].all("h2")[0].text == "<stdin>"
    assert len(root.all("ins")) == 1
    assert run("--html", "report.html", "-", given="كتاب\n".encode()) == (FINE, b"", "")
    assert Path("report.html").read_bytes() == output
    assert run("--html", "/dev/null", given="كتاب\n".encode()) == (FINE, b"", "")


def test_check_goes_with_it(run):
    """With ``--check`` the files that would change are named too, and the exit code tells."""
    Path("a").write_text("كتاب\n", "utf-8")
    Path("b").write_text("کتاب\n", "utf-8")
    assert run("--check", "--html", "r.html", "a", "b") == (
        WOULD_CHANGE,
        b"a: 1 change in 1 line (arabic-kaf 1)\n",
        "",
    )
    assert Path("r.html").exists()
    assert run("--check", "--html", "r.html", "b") == (FINE, b"", "")


def test_page_is_replaced_whole_or_not_at_all(run):
    """If an input cannot be read the old page stays, and the user is told."""
    Path("a").write_text("كتاب\n", "utf-8")
    Path("r.html").write_text("old", "utf-8")
    code, output, errors = run("--html", "r.html", "a", "missing")
    assert (code, output) == (FAILED, b"")
    assert errors.splitlines() == [
        "persnorm: missing: no such file or directory; check the name and the folder",
        "persnorm: r.html: left as it was, as not every input could be read",
    ]
    assert Path("r.html").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["a", "r.html"]
    code, _, errors = run("--html", "no/such/r.html", "a")
    assert (code, errors.startswith("persnorm: no/such/r.html: no such file or directory")) == (FAILED, True)


def test_page_on_standard_output_tells_what_could_not_be_read(run):
    """On standard output the others are shown all the same, and each failure stands where its file would."""
    Path("broken").write_bytes("كتاب\n".encode() + b"\xff\n")
    Path("good").write_text("علي\n", "utf-8")
    code, output, errors = run("--html", "-", "broken", "missing", "good")
    assert (code, len(errors.splitlines())) == (FAILED, 2)
    root = parsed(output.decode())
    told = [section.all("p", class_="summary")[0].text for section in root.all("section")]
    assert told == [
        *(line.removeprefix("persnorm: ") for line in errors.splitlines()),
        "1 change in 1 line (arabic-yeh 1)",
    ]
    assert [len(section.all("ins")) for section in root.all("section")] == [1, 0, 1]
    assert sorted(rule_names(root).values()) == ["arabic-kaf", "arabic-yeh"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--html", "a.txt", "b.txt"], "--html writes a page, not over a text: name a file.html, not a.txt"),
        (["--html", "new", "b.txt"], "--html writes a page, not over a text: name a file.html, not new"),
        (["--html", "c.html", "b.txt", "./c.html"], "the page would replace ./c.html: name another file"),
        (["--html", "link.html", "c.html"], "the page would replace c.html: name another file"),
        (["--html", "x" * 300, "c.html"], "--html writes a page, not over a text: name a file.html, not xxx"),
        (["--html"], "requires an argument"),
        (["--html", "r.html", "--explain", "a.txt"], "--explain and --html do not go together"),
        (["--html", "r.html", "-o", "x", "a.txt"], "--output and --html do not go together"),
        (["--html", "r.html", "-i", "a.txt"], "--in-place and --html do not go together"),
        (["--html", "r.html", "--json", "a.txt"], "--json is a form of --explain"),
        (["--html", "-", "--check", "a.txt"], "--check writes to standard output too: name a file with --html"),
    ],
)
def test_wrong_usage_writes_nothing(run, arguments, said):
    """A page never takes the place of a text, though its name was forgotten and the first text stands there."""
    for name in ("a.txt", "b.txt", "c.html"):
        Path(name).write_text("كتاب\n", "utf-8")
    Path("link.html").symlink_to("c.html")
    code, output, errors = run(*arguments)
    assert (code, output) == (USAGE, b"")
    assert said in errors
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "b.txt", "c.html", "link.html"]
    assert all(Path(name).read_text("utf-8") == "كتاب\n" for name in ("a.txt", "b.txt", "c.html"))


def test_standard_input_is_not_replaced_either(tmp_path):
    """A file that the shell opened as standard input is one of the texts too."""
    file = tmp_path / "a.html"
    file.write_text("كتاب\n", "utf-8")
    command = [sys.executable, "-m", "persnorm", "--html", str(file)]
    env = {**os.environ, "PYTHONPATH": str(Path(persnorm.__file__).parents[1])}
    with file.open("rb") as stream:
        done = subprocess.run(command, stdin=stream, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert "the page would replace <stdin>: name another file" in done.stderr
    assert file.read_text("utf-8") == "كتاب\n"


@pytest.mark.parametrize("name", [".", "no/such/r.html", "a.txt/r.html", "x" * 300 + ".html"])
def test_impossible_page_is_told(run, name):
    """A page that cannot be made is told in one line."""
    Path("a.txt").write_text("كتاب\n", "utf-8")
    code, output, errors = run("--html", name, "a.txt")
    assert (code, output) == (FAILED, b"")
    assert errors.startswith(f"persnorm: {name}: ")
    assert errors.count("\n") == 1


def test_a_full_temporary_disk_is_told(run, monkeypatch):
    """Where the lines cannot wait, the user is told which disk is full, and no page is left."""
    Path("a").write_text("كتاب\n", "utf-8")

    def full(self, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.write", full)
    code, output, errors = run("--html", "r.html", "a")
    assert (code, output) == (FAILED, b"")
    assert re.fullmatch(r"persnorm: \S+: no space left on device; free some space and run it again\n", errors)
    assert not Path("r.html").exists()


# ---------------------------------------------------------------------------------------------------- in a browser

ACTIVE = "const a = document.activeElement; return [a.tagName, a.textContent, a.getAttribute('aria-describedby')]"
REASON = "return why.hidden ? null : why.innerText"
SHOWN = "return document.getElementById('shown').textContent"
LINES = """
const lines = [...document.querySelectorAll(".line")].filter((line) => !line.hidden);
return lines.map((line) => line.querySelector(".number").textContent);
"""
STOPS = """
const stops = [...document.querySelectorAll("ins")].filter((mark) => mark.tabIndex === 0 && mark.offsetParent);
return stops.map((mark) => mark.textContent);
"""
CENTRE = """
const mark = [...document.querySelectorAll(arguments[0])][arguments[1]], box = mark.getBoundingClientRect();
return [box.x + box.width / 2, box.y + box.height / 2];
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """Give one browser for all tests here."""
    if not (browser.DRIVER and browser.CHROMIUM):
        pytest.skip(browser.MISSING)
    with browser.browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def test_keyboard_reaches_each_change_with_its_reason(chromium, page):
    """Tab goes over the rules to the changes in their order; each shows its reason, Escape hides it and goes back."""
    page(TEXT)
    chromium.open(Path("report.html").resolve())
    changes = [change for line in TEXT.splitlines() for change in explain(line).changes]
    rules = len({change.rule for change in changes})
    chromium.press(*[TAB] * (3 + 2 * rules + 1))  # skip link, all, none; box and button of each rule; the file
    assert chromium.run(ACTIVE)[0] == "A"
    for change in changes:
        chromium.press(TAB)
        tag, _, described_by = chromium.run(ACTIVE)
        assert (tag, described_by) == ("INS", "why")
        reason = chromium.run(REASON)
        assert reason.startswith(change.rule)
        assert change.why in reason
        assert change.authority in reason
    chromium.press(ESCAPE)
    assert chromium.run(REASON) is None
    assert chromium.run(ACTIVE)[0] == "INS"
    chromium.press(ESCAPE)
    assert chromium.run(ACTIVE)[0] == "INPUT"
    assert chromium.complaints() == []


def test_pointing_shows_the_reason_on_both_sides(chromium, page):
    """The pointer over what went, and over what came, shows the same reason; elsewhere it hides it."""
    page("كتاب\n")
    chromium.open(Path("report.html").resolve())
    for side in ("del", "ins"):
        chromium.point(*chromium.run(CENTRE, side, 0))
        assert chromium.run(REASON).split("\n\n")[:2] == ["arabic-kaf", "“ك” U+0643 becomes “ک” U+06A9"]
        assert chromium.run("return document.querySelectorAll('.near').length") == 2
        chromium.point(5, 5)
        assert chromium.run(REASON) is None


def test_filter_by_rule_with_the_keyboard(chromium, page):
    """A rule that is switched off has no marks, no stops and no lines of its own; "only" leaves one alone."""
    _, root = page(TEXT)
    chromium.open(Path("report.html").resolve())
    total = len(root.all("ins"))
    assert chromium.run(SHOWN) == f"{total} of {total} changes shown, in 3 of 3 lines"
    chromium.press(TAB, TAB, TAB, SPACE)  # none
    assert chromium.run(SHOWN) == f"0 of {total} changes shown, in 0 of 3 lines"
    assert (chromium.run(LINES), chromium.run(STOPS)) == ([], [])
    chromium.press(TAB, SPACE)  # the first rule on
    rule = root.all("li")[0].all("code")[0].text
    changes = [(number, c) for number, line in enumerate(TEXT.splitlines(), 1) for c in explain(line).changes]
    wanted = [(number, change.after) for number, change in changes if change.rule == rule]
    assert chromium.run(STOPS) == [after for _, after in wanted]
    assert chromium.run(LINES) == sorted({str(number) for number, _ in wanted})
    chromium.press(TAB, TAB, TAB, SPACE)  # only the second
    rule = root.all("li")[1].all("code")[0].text
    assert len(chromium.run(STOPS)) == sum(change.rule == rule for _, change in changes)
    chromium.press(*[TAB] * 5, held=SHIFT)
    chromium.press(SPACE)  # all
    assert chromium.run(SHOWN).startswith(f"{total} of {total}")


@pytest.mark.parametrize("dark", [False, True])
def test_marks_can_be_read_in_light_and_dark(chromium, page, dark):
    """Text, marks and panel have a contrast of at least 4.5 to 1 (WCAG 2.1, AA), whatever the reader prefers."""
    page(TEXT)
    chromium.open(Path("report.html").resolve(), dark=dark)
    pairs = chromium.run(
        """
        const bare = (e) => getComputedStyle(e).backgroundColor === "rgba(0, 0, 0, 0)";
        const over = (e) => bare(e) ? over(e.parentElement) : e;
        return ["p.after", "ins", "del", ".number", ".summary", ".count", "header p", "#shown"].map((selector) => {
          const e = document.querySelector(selector);
          return [selector, getComputedStyle(e).color, getComputedStyle(over(e)).backgroundColor];
        });
        """
    )
    for selector, *colours in pairs:
        light, dim = sorted(map(luminance, colours), reverse=True)
        assert (light + 0.05) / (dim + 0.05) >= 4.5, selector
    assert (luminance(pairs[0][1]) > 0.5) == dark


def luminance(colour: str) -> float:
    """Return the relative luminance of ``rgb(r, g, b)`` as WCAG 2.1 defines it."""
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_attacks_do_nothing_in_a_browser(chromium, page):
    """No script of a text runs, and the browser has nothing to refuse."""
    _, root = page("\n".join(ATTACKS) + "\n")
    chromium.open(Path("report.html").resolve())
    assert chromium.run("return document.scripts.length") == 1
    assert len(chromium.run(STOPS)) == len(root.all("ins")) >= len(ATTACKS) - 1
    assert chromium.complaints() == []


def test_copied_text_is_the_text(chromium, page):
    """What a reader selects and copies has the half-spaces, and not the bars that stand for them."""
    line = f"كتاب را می{ZWNJ}خواند و منطقهای"
    page(f"{line}\n")
    chromium.open(Path("report.html").resolve())
    select = "getSelection().selectAllChildren(document.querySelector('p.after')); return getSelection().toString()"
    assert chromium.run(select) == persnorm.normalize(line)


def test_page_is_no_wider_than_the_window(chromium, page):
    """Whatever a text holds, nobody has to scroll sideways."""
    page(TEXT + "كتاب " + "ب" * 300 + " " + "x" * 300 + "\n")
    chromium.open(Path("report.html").resolve())
    assert chromium.run("return document.documentElement.scrollWidth <= innerWidth")
