"""What the user wants protected: regular expressions, whose matches are hidden from all rules and shown again after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

from persnorm.blocks import BREAK
from persnorm.rule import OPAQUE

_RUN = re.compile(f"{OPAQUE}+")


def check_patterns(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of the option ``protect``, each once.

    Raises:
        TypeError: One string instead of several, or something that is no string.
        ValueError: One that is empty or no regular expression; the message tells which, what is wrong, and where.
    """
    if isinstance(patterns, str):
        raise TypeError(f"protect takes an iterable of patterns, not one string: write protect=[{patterns!r}]")
    checked = dict.fromkeys(patterns)
    for number, pattern in enumerate(checked, 1):
        if not isinstance(pattern, str):
            hint = "; flags go into the text, as (?i)" if isinstance(pattern, re.Pattern) else ""
            kind = type(pattern).__name__
            raise TypeError(f"protect, pattern {number}: expected a regular expression as str, got {kind}{hint}")
        if not pattern:
            raise ValueError(f"protect, pattern {number}: it is empty and would protect nothing")
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(
                f"protect, pattern {number}, {pattern!r}: {error}; what is meant literally is written with re.escape"
            ) from None
    return tuple(checked)


class Patterns:
    """The patterns of the option ``protect``, ready to be looked for."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [re.compile(pattern) for pattern in patterns]

    def hide(self, text: str) -> str:
        """Return ``text`` with each code point of a match replaced by ``OPAQUE``; line ends stay."""
        parts: list[str] = []
        done = 0
        for start, end in sorted(found.span() for pattern in self._patterns for found in pattern.finditer(text)):
            if end > done:
                start = max(start, done)  # noqa: PLW2901  # where matches overlap
                parts += (text[done:start], _cover(text[start:end]))
                done = end
        return "".join((*parts, text[done:])) if parts else text


def _cover(match: str) -> str:
    return "".join(part if index % 2 else OPAQUE * len(part) for index, part in enumerate(BREAK.split(match)))


def shower(text: str, hidden: str) -> Callable[[str], str]:
    """Return a function that shows what was hidden of ``text`` again, in the parts of a result one after another."""
    letters = iter("".join(text[run.start() : run.end()] for run in _RUN.finditer(hidden)))

    def show(part: str) -> str:
        return _RUN.sub(lambda run: "".join(islice(letters, len(run[0]))), part)

    return show
