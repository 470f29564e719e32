"""What grammar says of two readings: a plural with ezafe, as دیدارهای, needs a word after it, گوشه‌ای may end a clause.

A logistic model for each pair of endings that share their letters. It knows nothing of the noun itself: its features
are the words before and after, how these end, and between which words such words stand. So it judges any noun. All is
told by letters without half-spaces, so that a neighbour weighs the same before and after its own repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from persnorm.context import EDGE, MARKS

MODELS = ("noun", "participle", "plurals", "possessives")
"""For Xهای: X‌های against Xه‌ای, of a noun and of a participle; for Xهایم; for Xهام, Xهات, Xهاش."""

UNIT = 100
"""Weights are stored as whole numbers of this part of a logarithm."""

PLACES = (-1, -2, 1, 2, 3)
"""The words that are looked at: negative ones stand before, nearest first."""

ALWAYS = "*"
"""The feature that every word has."""


class Grammar:
    """Weighs what stands around a word.

    Args:
        rows: Feature -> its weight in each of ``MODELS``, ``;`` between: above 0 it speaks for the silent ه.
        part: Returns which words a word shares its part of speech with, or "".
    """

    def __init__(self, rows: Mapping[str, str], part: Callable[[str], str]) -> None:
        self._rows = rows
        self._part = part
        self._weights = lru_cache(maxsize=1 << 13)(self._read)

    def speaks_for_silent(self, model: str, line: Sequence[str], place: int) -> float:
        """Return the log odds of silent ه and ending against plural, if both were as frequent."""
        column = MODELS.index(model)
        return sum(self._weights(feature)[column] for feature in features(line, place, self._part))

    def _read(self, feature: str) -> tuple[float, ...]:
        row = self._rows.get(feature)
        return tuple(int(weight) / UNIT for weight in row.split(";")) if row else (0.0,) * len(MODELS)


def features(line: Sequence[str], place: int, part: Callable[[str], str]) -> Iterator[str]:
    """Yield what is told of the surroundings of a word.

    Args:
        line: Words and marks.
        place: Where the word stands among them.
        part: Returns which words a word shares its part of speech with, or "".
    """
    yield ALWAYS
    ended = 0  # nothing beyond the end of a sentence is looked at, neither to the left nor to the right
    for offset in PLACES:
        at = place + offset
        beyond = ended * offset > 0 or not 0 <= at < len(line)
        word = EDGE if beyond else line[at]
        if word == EDGE:
            ended = 1 if offset > 0 else -1
        yield f"{offset} {word}"
        if word not in MARKS:
            yield f"{offset} -{word[-2:]}"
        if found := part(word):
            yield f"{offset} ={found}"
