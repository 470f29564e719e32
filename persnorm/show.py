"""What changed, where and why: as text for a person, and as JSON lines for a program."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import click

from persnorm.alphabet import PHRASE_SIGNS
from persnorm.change import Change, Explanation
from persnorm.files import Line, shown_name
from persnorm.output import Output
from persnorm.rule import ZWNJ

ZWNJ_MARK = "\N{WORD SEPARATOR MIDDLE DOT}"
LONGEST_UNCHANGED = 400
"""Code points without a change that are shown in full; of more, what stands beside the changes."""

BESIDE = 150
"""How many code points are shown beside a change where the rest is left out."""

LEGEND = f"{ZWNJ_MARK} stands for a half-space (U+200C, zero width non-joiner)\n"

_PHRASE_SIGN = re.compile(f"[{PHRASE_SIGNS}]")

Paint = Callable[[str], str]


def visible(text: str) -> str:
    r"""Return ``text`` with each invisible character, other than a space, made visible.

    A half-space becomes ``ZWNJ_MARK``, any other its code point.

    >>> visible("می\u200cشود\u200f") == f"می{ZWNJ_MARK}شود<U+200F>"
    True
    """
    return "".join(char if is_visible(char) else ZWNJ_MARK if char == ZWNJ else f"<{_hex(char)}>" for char in text)


def is_visible(char: str) -> bool:
    r"""Tell whether a code point shows, or is a space: all that Python calls printable, and the signs for phrases.

    Python knows the newer of these only from 3.11 on, and what is shown is to be the same everywhere.

    >>> is_visible("\ufd47"), is_visible("\u200c")
    (True, False)
    """
    return char.isprintable() or _PHRASE_SIGN.match(char) is not None


def as_json(name: str, line: Line, explanation: Explanation) -> str:
    """Return one JSON object a line for each change; ``start`` and ``end`` are code points of the decoded file."""
    return "".join(
        json.dumps(
            {
                "file": shown_name(name),
                "line": line.number,
                "column": change.start + 1,
                "start": line.offset + change.start,
                "end": line.offset + change.end,
                "rule": change.rule,
                "also": change.also,
                "before": change.before,
                "after": change.after,
                "why": change.why,
                "authority": change.authority,
            }
        )
        + "\n"
        for change in explanation.changes
    )


class Stretch(NamedTuple):
    """What is shown of a stretch without a change: the start, how many code points are left out, and the end."""

    start: str
    left_out: int = 0
    end: str = ""


def stretches(explanation: Explanation) -> Iterator[tuple[Stretch, Change | None]]:
    """Yield each change after the stretch that stands before it; at last what stands after the last one, with None."""
    source, done = explanation.source, 0
    for change in explanation.changes:
        yield _shortened(source[done : change.start], is_first=done == 0), change
        done = change.end
    yield _shortened(source[done:], is_last=True), None


def _shortened(text: str, *, is_first: bool = False, is_last: bool = False) -> Stretch:
    """Leave out of a long text what stands beside no change; by whole words, if it has spaces."""
    if len(text) <= LONGEST_UNCHANGED:
        return Stretch(text)
    start = 0 if is_first else text.rfind(" ", 0, BESIDE) + 1 or BESIDE
    end = len(text) if is_last else text.find(" ", len(text) - BESIDE) + 1 or len(text) - BESIDE
    return Stretch(text[:start], end - start, text[end:])


class Tally:
    """Counts the changes of one file.

    Attributes:
        lines: How many lines change; of records, how many texts.
        rules: Name of a rule -> how many changes it makes.
        unit: What ``lines`` counts, in the singular.
    """

    def __init__(self, unit: str = "line") -> None:
        self.lines = 0
        self.rules: Counter[str] = Counter()
        self.unit = unit

    def add(self, explanation: Explanation) -> None:
        """Count the changes of one changed line."""
        self.lines += 1
        self.rules.update(change.rule for change in explanation.changes)

    def update(self, other: Tally) -> None:
        """Count what another one has counted too."""
        self.lines += other.lines
        self.rules.update(other.rules)

    def __str__(self) -> str:
        if not self.lines:
            return "nothing to change"
        changes = self.rules.total()
        rules = ", ".join(f"{rule} {times}" for rule, times in self.rules.most_common())
        return f"{count(changes, 'change')} in {count(self.lines, self.unit)} ({rules})"


class Report:
    """Writes changed lines for a person: a diff, then each change with its place.

    The reason of a rule stands under its first change in a file, the legend before the first half-space.
    """

    def __init__(self, output: Output, *, colour: bool) -> None:
        self._output = output
        self._colour = colour
        self._legend_due = True
        self._told: set[tuple[str, str]] = set()

    def show(self, name: str, line: Line, explanation: Explanation) -> None:
        """Write what changed in a line."""
        out = self._output.write
        if self._legend_due and ZWNJ in explanation.source + explanation.text:
            out(LEGEND)
            self._legend_due = False
        before, after = self._diff(explanation)
        out(f"{before}\n{after}\n")
        for change in explanation.changes:
            place = self._paint(bold=True)(f"{shown_name(name)}:{line.number}:{change.start + 1}:")
            rule = self._paint(fg="cyan")(change.rule)
            also = f" (after {', '.join(change.also)})" if change.also else ""
            out(f"{place} {rule}: {_told(change)}{also}\n")
            if (name, change.rule) not in self._told:
                self._told.add((name, change.rule))
                out(f"    {change.why} [{change.authority}]\n")

    def _diff(self, explanation: Explanation) -> tuple[str, str]:
        red, green = self._paint(fg="red"), self._paint(fg="green")
        # What goes and what comes stand out from the rest of their line, spaces too.
        gone, new = self._paint(fg="red", reverse=True), self._paint(fg="green", reverse=True)
        before, after = [red("- ")], [green("+ ")]
        for stretch, change in stretches(explanation):
            left_out = f"<{stretch.left_out:,} characters>" if stretch.left_out else ""
            same = visible(stretch.start) + left_out + visible(stretch.end)
            before.append(red(same))
            after.append(green(same))
            if change:
                before.append(gone(visible(change.before)))
                after.append(new(visible(change.after)))
        return "".join(before), "".join(after)

    def _paint(self, *, fg: str | None = None, bold: bool = False, reverse: bool = False) -> Paint:
        # None, not False: False writes a code that switches off what is not on.
        def paint(text: str) -> str:
            return click.style(text, fg=fg, bold=bold or None, reverse=reverse or None) if text else ""

        return paint if self._colour else str


def _told(change: Change) -> str:
    """Say what became of a place; in words, as terminals may turn an arrow between two Persian words round."""
    if not change.before:
        return f"{_quoted(change.after)} is put in"
    if not change.after:
        return f"{_quoted(change.before)} is removed"
    return f"{_quoted(change.before)} becomes {_quoted(change.after)}"


def _quoted(text: str) -> str:
    base = "\N{DOTTED CIRCLE}" if unicodedata.combining(text[0]) else ""  # or the mark would sit on the quote
    # Code points tell look-alikes apart; for a whole word, and for what is shown by them, they would be noise.
    needed = len(text) <= 2 and text.replace(ZWNJ, "").isprintable()
    return f'"{base}{visible(text)}"' + (f" {' '.join(map(_hex, text))}" if needed else "")


def _hex(char: str) -> str:
    return f"U+{ord(char):04X}"


def count(number: int, what: str) -> str:
    """Return a number with the word for what it counts.

    >>> count(1, "line"), count(2, "line")
    ('1 line', '2 lines')
    """
    return f"{number} {what}" + ("" if number == 1 else "s")
