"""What the documents say is so: examples run, tables of before and after hold, links lead somewhere."""

from __future__ import annotations

import doctest
import gc
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import persnorm
from persnorm.options import CHOICES, PROFILES, Options
from persnorm.rule import ZWNJ
from persnorm.rules import ALL_RULES, style
from persnorm.rules.__main__ import cell, page
from persnorm.rules.__main__ import main as write_page
from persnorm.show import ZWNJ_MARK

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CHANGELOG = ROOT / "CHANGELOG.md"
README_FA = ROOT / "README.fa.md"
DOCUMENTS = [README, README_FA, CHANGELOG, *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [
    module.name
    for module in pkgutil.walk_packages(persnorm.__path__, "persnorm.")
    if module.name != "persnorm.__main__"  # its import runs the command
]


NEEDED = {
    "docs/cluster.md": ("pyspark", "dask.dataframe"),
    "docs/dataframes.md": ("pandas", "polars"),
    "docs/huggingface.md": ("tokenizers", "datasets"),
    "docs/sklearn.md": ("sklearn",),
    "docs/spacy.md": ("spacy",),
}
"""What the examples of a document import beside persnorm; each is an extra."""

LEFT_OUT = {"docs/migrating.md": "hazm"}
"""What some examples of a document import: these are left out without it. ``test_integration_hazm`` runs them all."""


def relative(path: Path) -> str:
    """Return the name of a document in the names of tests."""
    return str(path.relative_to(ROOT))


def run_doctest(text: str, name: str, names: dict[str, object]) -> None:
    """Run the examples of a text; the names that they make stay in ``names``."""
    test = doctest.DocTestParser().get_doctest(text, names, name, name, 0)
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert not report, "".join(report)


@pytest.mark.parametrize("name", ["persnorm", *MODULES])
def test_examples_in_docstrings(name: str) -> None:
    """Each example in a docstring gives what stands under it."""
    if name.startswith("persnorm.integrations."):
        pytest.importorskip(name, reason=f"{name} needs an extra that is not installed")
    for test in doctest.DocTestFinder().find(importlib.import_module(name)):
        report: list[str] = []
        doctest.DocTestRunner(verbose=False).run(test, out=report.append)
        assert not report, "".join(report)


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_examples_in_documents(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of a document run one after the other, and give what they show."""
    for library in NEEDED.get(relative(document), ()):
        pytest.importorskip(library, reason=f"needs the extra {library}")
    monkeypatch.chdir(tmp_path)
    run_blocks(document)
    gc.collect()  # what a document leaves open is told here, and not in whichever test comes next


def run_blocks(document: Path) -> None:
    """Run the Python blocks of a document one after the other."""
    names: dict[str, object] = {}
    library = LEFT_OUT.get(relative(document), "")
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", document.read_text("utf-8"), re.M | re.S), 1):
        name = f"{relative(document)}, Python block {number}"
        if library and f"from {library} import" in block and find_spec(library) is None and ">>>" not in block:
            continue
        if ">>>" in block:
            run_doctest(block, name, names)
        else:
            exec(compile(block, name, "exec"), names)


def tables(text: str) -> Iterator[list[dict[str, str]]]:
    """Yield the tables of a document, each row by the headings of its columns."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
        lines = (line.strip().removeprefix("|").removesuffix("|") for line in block.splitlines())
        heading, _, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
        yield [dict(zip(heading, row, strict=False)) for row in rows]


def text_of(cell: str) -> str:
    """Return the text that a cell shows, with what it names in place of ⸱ and <U+XXXX>."""
    text = cell.strip("`").replace(ZWNJ_MARK, ZWNJ)
    return re.sub(r"<U\+([0-9A-F]{4,6})>", lambda shown: chr(int(shown[1], 16)), text)


def options_in(cell: str) -> dict[str, Any]:
    """Return the options that a cell names: ``digits="en"``, ``run_ons=True``, ``words=["a"]``, profile ``publish``."""
    chosen: dict[str, Any] = dict(re.findall(r'(\w+)="([\w-]+)"', cell) + re.findall(r"(profile) `(\w+)`", cell))
    chosen |= {name: [text_of(word)] for name, word in re.findall(r'(\w+)=\["([^"]+)"\]', cell)}
    return chosen | {name: value == "True" for name, value in re.findall(r"(\w+)=(True|False)", cell)}


@cache
def normalizer_for(cell: str) -> persnorm.Normalizer:
    """Return the one normalizer with the options that a cell names."""
    return persnorm.Normalizer(**options_in(cell))


@pytest.mark.parametrize("document", [README, *sorted((ROOT / "docs").rglob("*.md"))], ids=relative)
def test_tables_of_before_and_after(document: Path) -> None:
    """Where a table has the columns ``before`` and ``after``, the one becomes the other, by the options ``with``.

    Beside the columns of others ours is called ``persnorm``, not ``after``.
    """
    wrong = []
    for row in (row for table in tables(document.read_text("utf-8")) for row in table if "before" in row):
        shown = row.get("after", row.get("persnorm"))
        if shown is None:
            continue
        before, after = text_of(row["before"]), text_of(shown)
        result = normalizer_for(row.get("with", "")).normalize(before)
        if result != after:
            wrong.append((row["before"], shown, result.replace(ZWNJ, ZWNJ_MARK)))
    assert wrong == []


def test_persian_readme_comes_back() -> None:
    """The Persian README is written as persnorm would have it: all but its code comes back as it is."""
    code = re.compile(r"^```.*?^```$|`[^`\n]*`|\]\([^)]*\)", re.M | re.S)
    prose = code.sub("X", README_FA.read_text("utf-8"))
    assert prose.count(ZWNJ) > 50
    assert persnorm.explain(prose).changes == ()


def test_persian_readme_is_true() -> None:
    """Its table shows what happens, it names all profiles, and the English README and it lead to each other."""
    text = README_FA.read_text("utf-8")
    rows = [row for table in tables(text) for row in table if "پیش" in row]
    assert len(rows) >= 5
    assert [persnorm.normalize(text_of(row["پیش"])) for row in rows] == [text_of(row["پس"]) for row in rows]
    assert {text_of(row["نمایه"]) for table in tables(text) for row in table if "نمایه" in row} == set(PROFILES)
    assert "(README.md)" in text
    assert "(README.fa.md)" in README.read_text("utf-8")


def test_table_of_own_words() -> None:
    """Where a table has the columns ``list``, ``text`` and ``result``, that word alone makes the result of the text."""
    page = (ROOT / "docs" / "lexicon.md").read_text("utf-8")
    rows = [row for table in tables(page) for row in table if {"list", "text", "result"} <= set(row)]
    assert rows
    for row in rows:
        word, text, result = (text_of(row[column]) for column in ("list", "text", "result"))
        assert persnorm.Normalizer(words=[word]).normalize(text) == result, row


def test_readme_names_each_option_and_value() -> None:
    """The table of options in the README has a row for each option, with all its values."""
    options = next(table for table in tables(README.read_text("utf-8")) if "option" in table[0])
    documented = {row["option"].strip("`"): set(re.findall(r"`([^`]+)`", row["values"])) for row in options}
    assert documented.pop("disable") == documented.pop("protect") == set()
    assert documented == {option: {str(value) for value in values} for option, values in CHOICES.items()}
    defaults = {row["option"].strip("`"): row["default"].strip("`") for row in options}
    assert defaults.pop("disable") == defaults.pop("protect") == "none"
    assert defaults == {option: str(getattr(Options(), option)) for option in CHOICES}


def test_options_are_shown_before_and_after() -> None:
    """The page about options has a row for each profile and each value of each option, but for styles that are kept."""
    page = (ROOT / "docs" / "options.md").read_text("utf-8")
    shown = {
        (name, value)
        for table in tables(page)
        for row in table
        for name, value in options_in(row.get("with", "")).items()
        if name in CHOICES
    }
    styles = {rule.chosen[0][0] for rule in style.RULES}
    assert {(name, value) for name, values in CHOICES.items() for value in values} - shown == {
        (name, "keep") for name in styles
    }


def test_readme_tells_what_a_profile_changes() -> None:
    """Of each profile the README lists the options in which it differs from the standard one, and no others."""
    readme = README.read_text("utf-8")
    for profile in set(PROFILES) - {"standard"}:
        sentence = re.search(rf"`{profile}`\s+has (.*?)[;.]\s", readme, re.S)
        assert sentence, profile
        chosen, standard = PROFILES[profile], PROFILES["standard"]
        assert dict(re.findall(r'`(\w+)="?(\w+)"?`', sentence[1])) == {
            option: str(getattr(chosen, option))
            for option in CHOICES
            if option != "profile" and getattr(chosen, option) != getattr(standard, option)
        }


def test_page_of_rules_is_that_of_the_rules(capfdbinary, monkeypatch, tmp_path) -> None:
    """The page about the rules is made from them, to a file or to standard output; and it is up to date."""
    written = (ROOT / "docs" / "rules.md").read_bytes().decode()
    assert written == page(), "the rules have changed: run python -m persnorm.rules docs/rules.md"
    monkeypatch.setattr(sys, "argv", ["rules", str(tmp_path / "rules.md")])
    assert write_page() == 0
    assert (tmp_path / "rules.md").read_bytes().decode() == written
    monkeypatch.setattr(sys, "argv", ["rules"])
    assert write_page() == 0
    assert capfdbinary.readouterr()[0].decode() == written
    monkeypatch.chdir(tmp_path)
    for wrong in (["a", "b"], ["--unheard-of"]):
        monkeypatch.setattr(sys, "argv", ["rules", *wrong])
        with pytest.raises(SystemExit) as ended:
            write_page()
        assert ended.value.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["rules.md"]


def test_page_of_rules_leaves_nothing_out() -> None:
    """Each rule has its heading, reason and source, and each example and counter-example its row."""
    written = page()
    rows = [row for table in tables(written) for row in table if "example" in row or "counter-example" in row]
    shown = [(text_of(row["before"]), text_of(row["after"])) for row in rows]
    expected = [case for rule in ALL_RULES for case in (*rule.examples, *((t, t) for t in rule.counter_examples))]
    assert sorted(shown) == sorted(expected)
    for rule in ALL_RULES:
        section = written.split(f"\n### {rule.name}\n")[1].split("\n### ")[0]
        assert rule.why in section
        assert f"*Source:* {rule.source}. " in section
        assert f"| [{rule.name}](#{rule.name}) |" in written


@pytest.mark.parametrize(
    ("rule", "when"),
    [
        ("arabic-yeh", "on in every profile."),
        ("harakat", 'on in `standard`, `search` and `publish`; off with `diacritics="keep"`.'),
        ("eastern-digit", 'on in `search`; on with `digits="en"`; off with `digits="fa"` or `digits="keep"`.'),
        ("run-on-word", "on in no profile; on with `run_ons=True`."),
        ("joined-pronoun", 'on in no profile; on with `pronouns="half-space"`; off with `zwnj="keep"`.'),
    ],
)
def test_page_of_rules_says_when(rule: str, when: str) -> None:
    """In which profiles a rule is on, and which options switch it, is read from the rule itself."""
    assert f"*When:* {when}\n" in page().split(f"\n### {rule}\n")[1].split("\n### ")[0]


@pytest.mark.parametrize("text", ["", " ", "  می\u200cشود ", "a|b`c", "\u2e31", "ا\u0653ب", "\u200f\t\u00a0x", "كِتاب"])
def test_cell_of_a_table_holds_any_text(text: str) -> None:
    """What is written into a table is read from it again."""
    (row,) = next(tables(f"| before | after |\n|---|---|\n| {cell(text)} | x |\n"))
    assert text_of(row["before"]) == text


def test_contributing_names_each_module() -> None:
    """Each file of the package has its place in the description of the whole, and none is described that is gone."""
    text = re.sub(r"\.\./shared/\S+", "", (ROOT / "docs" / "contributing.md").read_text("utf-8"))
    package = Path(persnorm.__file__).parent
    named = set(re.findall(r"(\w+)\.py\b", text)) | set(re.findall(r"\w+", " ".join(re.findall(r"rules/(.*)", text))))
    modules = {path.stem for path in package.rglob("*.py") if not path.stem.startswith("__")}
    assert modules - named == set()
    files = {path.name for folder in (package, ROOT / "tests") for path in folder.rglob("*.py")}
    assert {f"{stem}.py" for stem in re.findall(r"(\w+)\.py\b", text)} - files == set()


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "persnorm/data/SOURCES.md"], ids=relative)
def test_links_lead_somewhere(document: Path) -> None:
    """A link to a file of the project leads to a file that is there."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    files = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in files if not (document.parent / target).exists()] == []


def test_index_names_each_document() -> None:
    """Every document in docs/ can be reached from the index."""
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


def test_changelog_has_the_version() -> None:
    """The newest version in the changelog is the one of the package."""
    versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", CHANGELOG.read_text("utf-8"), re.M)
    assert versions[0] == persnorm.__version__


def test_changelog_shows_each_rule() -> None:
    """A rule is announced with what it changes, under the name that switches it off."""
    rows = (row for table in tables(CHANGELOG.read_text("utf-8")) for row in table)
    assert {row["rule"].split(" ")[0] for row in rows} >= {rule.name for rule in ALL_RULES}


def test_changelog_of_the_newest_version_is_so() -> None:
    """With the profile or options named, the newest version, and what comes next, make the change by that rule."""
    unreleased, newest, *_ = re.split(r"^## (?=\[?\d)", CHANGELOG.read_text("utf-8"), maxsplit=2, flags=re.M)
    wrong = []
    for row in (row for table in tables(unreleased + newest) for row in table):
        explanation = persnorm.Normalizer(**options_in(row["rule"])).explain(text_of(row["before"]))
        rules = {rule for change in explanation.changes for rule in (change.rule, *change.also)}
        if explanation.text != text_of(row["after"]) or row["rule"].split(" ")[0] not in rules:
            wrong.append((row, explanation.text, rules))
    assert wrong == []


def test_cells_may_be_empty() -> None:
    """A row is read by its columns, with an empty cell at either end too."""
    assert list(tables("| with | before | after |\n|---|---|---|\n| | a | b |\n| x | c | |\n")) == [
        [{"with": "", "before": "a", "after": "b"}, {"with": "x", "before": "c", "after": ""}]
    ]


def test_a_wrong_example_fails() -> None:
    """The checks above see an example that does not hold."""
    with pytest.raises(AssertionError, match="Expected"):
        run_doctest(">>> 1 + 1\n3\n", "wrong", {})
