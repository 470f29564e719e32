"""Lines, and blocks of whole lines that no rule may touch: fenced code, front matter, comments, scripts, formulas.

What opens and closes on one line is a span, and ``protected`` knows it. A block goes from the line that opens it to the
line that closes it, both included. Of what is not closed only code after backticks is a block: it goes on to the end of
the text, as in Markdown. Prose may speak of a tag, so this opens a block only where no Persian stands before it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice

from persnorm.alphabet import ARABIC_BLOCKS
from persnorm.late import late

BREAK = late("([\n\r\t\v\f\x1c-\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+)")
"""No rule looks across these. Tabs are here because they part the cells of a table."""

LONGEST = 1000
"""So many lines ahead the end of a block is looked for, unless it is one of backticks."""

# In a quotation or an item of a list, too. What follows backticks names a language; with more of them it is no fence.
_FENCE = late(r"[\ufeff \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?(`{3,}(?=[^`]*\Z)|~{3,5}(?=[^~]*\Z))")
_FRONT_MATTER = late(r"\ufeff?(---|\+\+\+)\s*\Z")
_KEY = r"^(?:[\w\"'-][\w \"'.-]*[:=]|#)"

ELEMENTS = "pre|code|script|style|textarea|kbd|samp|var|tt|xmp|math|svg"
"""HTML elements that hold no prose."""

_ENVIRONMENTS = (
    "verbatim|lstlisting|minted|math|displaymath|equation|align|alignat|gather|multline|flalign|eqnarray|tikzpicture"
)
# Not where a backtick before it shows that it is spoken of.
_OPENER = late(
    rf"(?<!`)(?:(?P<comment><!--)|<(?P<element>(?i:{ELEMENTS}))(?=[\s>])[^<>]*>"
    rf"|\\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}|\A\s*(?:(?P<bracket>\\\[)|(?P<dollars>\$\$)))"
)
_PERSIAN = late(f"[{ARABIC_BLOCKS}]")


def split_lines(text: str) -> list[str]:
    r"""Cut a text into lines and what stands between them, in turn; a block counts as standing between lines.

    >>> split_lines("یک\nدو")
    ['یک', '\n', 'دو']
    >>> split_lines("یک\n```\nx\n```\nدو")
    ['یک', '\n```\nx\n```\n', 'دو']
    """
    if not may_hold_block(text):
        return BREAK.split(text)
    lines = text.split("\n")
    runs = [
        (is_block, "\n".join(line for line, _ in run))
        for is_block, run in groupby(zip(lines, protected_lines(lines), strict=True), key=lambda pair: pair[1])
    ]
    parts = [""] if runs[0][0] else []
    for index, (is_block, run) in enumerate(runs):
        if is_block:
            parts.append("\n" * (index > 0) + run + "\n" * (index < len(runs) - 1))
        else:
            parts += BREAK.split(run)
    return parts if len(parts) % 2 else [*parts, ""]


def runs(pieces: Iterable[str]) -> Iterator[list[tuple[str, bool]]]:
    r"""Part the pieces of a text into runs of lines, each with whether it is a block.

    Args:
        pieces: Of whole lines, in order, each with its newlines.

    Yields:
        The runs of each piece; joined they are the piece. It reads ahead as ``protected_lines`` does, and only where
        something may open a block.

    >>> list(runs(["یک\n~~~\n", "x\n~~~\nدو"]))
    [[('یک\n', False), ('~~~\n', True)], [('x\n~~~\n', True), ('دو', False)]]
    """
    source = iter(pieces)
    put_back: deque[str] = deque()  # pieces that were read ahead
    is_first = True
    while (piece := put_back.popleft() if put_back else next(source, None)) is not None:
        if not may_hold_block(piece):
            yield [(piece, False)]
        else:
            begun = _Begun(piece, chain(_emptied(put_back), source))
            flags = protected_lines(begun.lines(), at_start=is_first)
            is_block = True  # where a piece ends
            while is_block and (lines := begun.next_piece()) is not None:
                parts = [
                    (is_block, "".join(line for _, line in run))
                    for is_block, run in groupby(
                        zip(islice(flags, len(lines)), lines, strict=True), lambda pair: pair[0]
                    )
                ]
                yield [(text, is_block) for is_block, text in parts]
                is_block = bool(parts) and parts[-1][0]
            put_back.extendleft(reversed(begun.rest()))
        is_first = False


class _Begun:
    """Pieces from one that may hold a block: their lines, read ahead where ``protected_lines`` does, and themselves."""

    def __init__(self, first: str, more: Iterator[str]) -> None:
        self._pieces = [first]
        self._more = more
        self._parted = 0

    def lines(self) -> Iterator[str]:
        """Yield the lines without what ends them."""
        number = 0
        while self._is_there(number):
            yield from (line.rstrip("\r\n") for line in _cut(self._pieces[number]))
            number += 1

    def next_piece(self) -> list[str] | None:
        """Return the lines of the next piece with what ends them."""
        if not self._is_there(self._parted):
            return None
        if self._parted:
            self._pieces[self._parted - 1] = ""  # a block may go on for long
        self._parted += 1
        return _cut(self._pieces[self._parted - 1])

    def rest(self) -> list[str]:
        """Return the pieces that were read ahead only."""
        return self._pieces[self._parted :]

    def _is_there(self, number: int) -> bool:
        if number == len(self._pieces) and (piece := next(self._more, None)) is not None:
            self._pieces.append(piece)
        return number < len(self._pieces)


def _emptied(pieces: deque[str]) -> Iterator[str]:
    while pieces:
        yield pieces.popleft()


def _cut(piece: str) -> list[str]:
    """Return the lines of a piece with their newlines."""
    lines = piece.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * (lines[-1] != "")


def may_hold_block(text: str) -> bool:
    """Tell, cheaply, whether a text may hold a block; False is certain."""
    return "```" in text or (
        "\n" in text and any(sign in text for sign in ("<", "~~~", "---", "+++", "$$", "\\[", "\\begin"))
    )


def protected_lines(lines: Iterable[str], *, at_start: bool = True) -> Iterator[bool]:
    r"""Tell of each line whether it belongs to a block, reading ahead no farther than ``LONGEST`` lines.

    Args:
        lines: The lines of a text, first to last, without what ends them.
        at_start: Whether the text begins with them, as only there front matter stands.

    >>> list(protected_lines(["یک", "~~~", "x", "~~~", "دو"]))
    [False, True, True, True, False]
    """
    ahead = _Ahead(lines, 0 if at_start else 1)
    for line in ahead:
        fence = _FENCE.match(line)
        if fence and fence[1][0] == "`":
            yield True
            closing = re.compile(_closing_fence(fence[1]))
            for code in ahead:
                yield True
                if closing.search(code):
                    break
            continue
        height = ahead.distance(_closing_fence(fence[1])) if fence else 0
        if not height and ahead.number == 1:
            height = _front_matter(line, ahead)
        height = height or _opened(line, 0, ahead)
        yield height > 0
        while height:
            for _ in range(height):
                line = next(ahead)  # noqa: PLW2901  # the last line of the block may open another
                yield True
            height = _opened(line, ahead.closed_at, ahead)


def _closing_fence(opening: str) -> str:
    return rf"^[ \t>]*{opening[0]}{{{len(opening)},}}\s*\Z"


def _front_matter(line: str, ahead: _Ahead) -> int:
    """Return how many lines the front matter of a text goes on, which begins with a key."""
    mark = _FRONT_MATTER.match(line)
    if not mark or not ahead.distance(_KEY, farthest=1):
        return 0
    return ahead.distance(r"^(?:---|\.\.\.)\s*\Z" if mark[1] == "---" else r"^\+\+\+\s*\Z")


def _opened(line: str, start: int, ahead: _Ahead) -> int:
    """Return how many lines a block goes on that a line opens after ``start``; 0 if it opens none."""
    if "<" not in line and "\\" not in line and "$$" not in line:
        return 0
    persian = _PERSIAN.search(line, start)
    prose = persian.start() if persian else len(line)
    unclosed: set[str] = set()
    while found := _OPENER.search(line, start):
        start = found.end()
        closer = _closer(found)
        if closer in unclosed or (found.start() > prose and not found["comment"]):
            continue
        if closed := re.compile(closer).search(line, start):
            start = closed.end()
        elif height := ahead.distance(closer):
            return height
        else:
            unclosed.add(closer)
    return 0


def _closer(opener: re.Match[str]) -> str:
    if name := opener["element"]:
        return rf"(?i:</{name.lower()}\s*>)(?!`)"
    if name := opener["environment"]:
        return re.escape(rf"\end{{{name}}}")
    return "-->" if opener["comment"] else r"\\\]" if opener["bracket"] else r"\$\$"


class _Ahead:
    """Lines one by one, with a view of those to come.

    Attributes:
        number: Of the line given last, from 1.
        waiting: Those that were read and are still to be given.
        closed_at: Where in its line that ended which ``distance`` found last.
    """

    def __init__(self, lines: Iterable[str], number: int) -> None:
        self._lines = iter(lines)
        self._missing_before: dict[str, int] = {}  # pattern -> number of a line before which it is not to be found
        self.number = number
        self.waiting: deque[str] = deque()
        self.closed_at = 0

    def __iter__(self) -> _Ahead:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self._lines)
        self.number += 1
        return line

    def distance(self, pattern: str, farthest: int = LONGEST) -> int:
        """Return how many lines on a pattern is found next, or 0 if it is not. No line is searched twice in vain."""
        first = self.number + 1
        start = max(0, self._missing_before.get(pattern, first) - first)
        self.waiting.extend(islice(self._lines, max(0, start - len(self.waiting))))
        search = re.compile(pattern).search
        for index in range(start, farthest):
            if index >= len(self.waiting):
                line = next(self._lines, None)
                if line is None:
                    break
                self.waiting.append(line)
            if found := search(self.waiting[index]):
                self.closed_at = found.end()
                return index + 1
        self._missing_before[pattern] = first + farthest
        return 0
