"""Blocks over several lines: where they begin and end, what prose about them is, and that looking for them is quick."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from strategies import any_text

from persnorm import Normalizer
from persnorm.blocks import BREAK, LONGEST, protected_lines, split_lines

NORMALIZER = Normalizer(joined=False, spaced=False)

BLOCKS = {
    "fence of backticks": "```\nكد 5\n```",
    "fence with a language": "``` python title=كد\nكد 5\n```",
    "fence of tildes": "~~~\nكد 5\n~~~",
    "a longer fence holds a shorter one": "````\n```\nكد 5\n```\n````",
    "indented fence in a list": "- ```\n  كد 5\n  ```",
    "fence in a quotation": "> ```\n> كد 5\n> ```",
    "comment": "<!--\nكد 5\n-->",
    "element": '<pre class="x">\nكد 5\n</pre>',
    "element in capitals": "<SCRIPT>\nكد 5\n</script>",
    "two blocks that share a line": "<!-- كد\n--> <!-- كد\n-->",
    "displayed formula": "$$\nx = \\text{كد 5}\n$$",
    "displayed formula in brackets": "\\[\nx = \\text{كد 5}\n\\]",
    "environment": "\\begin{align*}\nx = \\text{كد 5}\n\\end{align*}",
    "line ends of Windows": "```\r\nكد 5\r\n```\r",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("كي 5\n", ""), ("", "\nكي 5"), ("كي 5\n\n", "\n\nكي 5\n"), ("كي\r\n", "\nكي\tكي")]
)
def test_block_stays_and_nothing_else(block, before, after):
    """The lines of a block come back as they are, and those around it are normalized."""
    clean = str.maketrans("كي5", "کی۵")
    text = before + block + after
    assert NORMALIZER.normalize(text) == before.translate(clean) + block + after.translate(clean)
    assert NORMALIZER.explain(text).text == NORMALIZER.normalize(text)


def test_front_matter_stays():
    """Metadata at the head of a text, and only there, is no prose."""
    for mark, line in (("---", "title: كتاب 5"), ("+++", 'title = "كتاب 5"')):
        matter = f"{mark}\n{line}\n{mark}\n"
        assert NORMALIZER.normalize(matter + "كي") == matter + "کی"
        assert NORMALIZER.normalize("كي\n" + matter) == "کی\n" + matter.replace("ك", "ک").replace("5", "۵")


def test_code_that_is_not_closed_goes_on_to_the_end():
    """As in Markdown, and as in a text that breaks off."""
    assert NORMALIZER.normalize("كي\n```\nكد\n\nكد 5") == "کی\n```\nكد\n\nكد 5"


PROSE = {
    "tags spoken of": "تگ <script> كي\nو تگ </script> كي",
    "tags in code": "`<pre>` كي\n`</pre>` كي",
    "never closed": "<!-- كي\nكي\nكي",
    "rules between paragraphs": "---\nكي\n---\nكي",
    "a row of tildes": "~~~~~~~~~~~~\nكي\n~~~~~~~~~~~~",
    "tildes that strike through": "~~~كي~~~\nكي\n~~~كي~~~",
    "code on one line": "```كد``` كي\nكي ```كد```",
    "dollars": "قیمت $$ كي\nكي $$",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_about_blocks_is_normalized(text):
    """What only looks like the beginning of a block opens none."""
    assert not any(protected_lines(text.split("\n")))
    assert "كي" not in NORMALIZER.normalize(text)


def test_end_is_looked_for_so_far():
    """A block that is not closed soon is none; one of backticks needs no end."""
    for distance, is_block in ((LONGEST, True), (LONGEST + 1, False)):
        lines = ["<pre>", *["كي"] * (distance - 1), "</pre>", "كي"]
        assert list(protected_lines(lines)) == [is_block] * (distance + 1) + [False]
    assert all(protected_lines(["```", *["كي"] * (2 * LONGEST)]))


def test_lines_are_read_no_farther_than_needed():
    """A line that opens nothing is told at once, so that endless input flows."""
    taken = []
    lines = (taken.append(line) or line for line in ["كي", "<!--", "كي", "-->", "كي", "كي"])
    flags = protected_lines(lines)
    assert [(next(flags), len(taken)) for _ in range(5)] == [(False, 1), (True, 4), (True, 4), (True, 4), (False, 5)]


@given(text=any_text())
def test_lines_and_breaks_are_the_text(text):
    """The parts joined are the text, lines and what is between them in turn, and no line holds a break."""
    parts = split_lines(text)
    assert "".join(parts) == text
    assert len(parts) % 2
    assert not any(BREAK.search(line) for line in parts[::2])


@given(text=any_text())
def test_without_a_block_lines_are_cut_at_breaks_alone(text):
    """The cheap test has no false negative."""
    if not any(protected_lines(text.split("\n"))):
        assert [line for line in split_lines(text)[::2] if line] == [line for line in BREAK.split(text)[::2] if line]


OPENERS = [
    "<!--",
    "<pre>",
    "<pre><code>",
    "<script>",
    "~~~",
    "~~~~",
    "$$",
    "\\[",
    "\\begin{align}",
    "<pre",
    "---",
    "> ",
]


@pytest.mark.parametrize("opener", OPENERS)
def test_no_line_is_searched_twice_in_vain(opener, monkeypatch):
    """Each kind of end is looked for once in each line, however many openers there are: time grows with the text."""
    searched = 0

    class Pattern:
        def __init__(self, pattern):
            self._pattern = re.compile(pattern)

        def search(self, *given):
            nonlocal searched
            searched += 1
            return self._pattern.search(*given)

    monkeypatch.setattr("persnorm.blocks.re", SimpleNamespace(compile=Pattern, escape=re.escape))
    assert len(list(protected_lines([opener] * 8_000))) == 8_000
    assert searched <= 4 * 8_000  # on its line and ahead, for each of two kinds


@pytest.mark.parametrize("opener", OPENERS)
def test_repeated_openers_on_one_line_end(opener):
    """A megabyte of openers on one line, and on many, is told like a little of them."""
    assert len("".join(split_lines("ب\n" + opener * 100_000))) == 2 + len(opener) * 100_000
    assert len("".join(split_lines("ب\n" + (opener + "\n") * 100_000))) == 2 + len(opener + "\n") * 100_000


class TestCommand:
    TEXT = "كي\n```\nكد\n```\nكي\n<!--\nكد\n"

    def test_file_is_normalized_like_its_text(self, run, tmp_path):
        """The command, which reads line by line, leaves what ``normalize`` leaves of the whole text."""
        (tmp_path / "a.md").write_text(self.TEXT, "utf-8")
        code, output, errors = run("--no-joined", "--no-spaced", "a.md")
        assert (code, output.decode(), errors) == (0, NORMALIZER.normalize(self.TEXT), "")

    def test_blocks_are_not_explained(self, run):
        """What stays is no change, and does not fail a check."""
        code, output, _ = run("--check", given="```\nكد\n```\n".encode())
        assert (code, output) == (0, b"")
        _, output, _ = run("--explain", "--json", given=self.TEXT.encode())
        assert output.count(b'"line": 1') == 2
        assert b'"line": 3' not in output

    def test_lexicon_is_not_counted_in_code(self, run):
        """Words in code are no edited Persian."""
        _, output, _ = run(
            "lexicon", "build", "--min-count", "1", given="می\u200cرود\n```\nمی\u200cآید\n```\n".encode()
        )
        assert "می|رود" in output.decode()
        assert "می|آید" not in output.decode()
