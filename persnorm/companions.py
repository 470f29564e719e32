"""The company that words keep: سفره stands among dishes and rugs, سفر among roads and cities.

Where the letters are two words (سفرهای: سفره‌ای, سفرهای) and grammar allows both, the words around tell which is
meant: each word that was seen near one of the two speaks for it. A word that was not seen near either speaks as its
cluster does: the words that stand in the same surroundings, some two hundred groups of them.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from persnorm.context import MARKS
from persnorm.morphology import PLURALS, by_last_letter
from persnorm.rule import ZWNJ

WINDOW = 6
"""So many words to each side are company."""

NEAR = 3
"""So many of them are near; the first one stands beside."""

UNIT = 10
"""Weights are stored as whole numbers of this part of a logarithm."""

BASE = 5
"""A word must be seen so often for others to be its inflections."""

_ENDINGS = (*sorted(PLURALS, key=len, reverse=True), "ترین", "تر", "شان", "مان", "تان", "ای", "ی", "م", "ت", "ش")
_BY_LAST = by_last_letter(_ENDINGS)


class Kin(NamedTuple):
    """What is known of a word by the words that it is like.

    Attributes:
        base: The word that it is an inflection of.
        cluster: The words that stand in the same surroundings.
        part: The words that stand between the same words, as those of one part of speech do.
    """

    base: str
    cluster: str
    part: str


class Companions:
    """What the words around a double speak for: two nouns that differ by a silent ه, as سفر and سفره.

    Args:
        kin: Word, without half-spaces -> its ``Kin``, ``;`` between; ``-`` for itself or none.
        rows: The name of a double -> words and clusters, each with its weight: above 0 it speaks for the longer noun,
            or for the half-space.
    """

    def __init__(self, kin: Mapping[str, str], rows: Mapping[str, str]) -> None:
        self._kin = kin
        self._rows = rows
        self._weights = lru_cache(maxsize=1 << 8)(self._read)

    def knows(self, name: str) -> bool:
        """Tell whether the company of a double was counted, by name: the shorter noun, or other letters and ``|``."""
        return name in self._rows

    def kin(self, letters: str) -> Kin | None:
        """Return what is known of a word, or of what it is without its ending."""
        if row := self._kin.get(letters):
            return self._kin_of(letters, row)
        for ending in _BY_LAST.get(letters[-1:], ()):
            if letters.endswith(ending):
                stem = letters[: -len(ending)]
                if row := self._kin.get(stem):
                    return self._kin_of(stem, row)
        return None

    def part(self, letters: str) -> str:
        """Return which words a word shares its part of speech with, or ""."""
        row = self._kin.get(letters)
        part = row.rpartition(";")[2] if row else "-"
        return "" if part == "-" else part

    def _kin_of(self, letters: str, row: str) -> Kin:
        base, cluster, part = row.split(";")
        return Kin(letters if base == "-" else base, cluster, part)

    def speak_for_longer(self, name: str, line: Sequence[str], place: int) -> tuple[float, float, float]:
        """Return how much company speaks for a noun with ه against the one without: beside it, near, and all of it.

        Args:
            name: That of the double.
            line: Words and marks.
            place: Where the double stands among them.
        """
        weights = self._weights(name)
        beside = near = far = 0.0
        for distance, letters in around(line, place):
            kin = self.kin(letters)
            weight = weights.get(kin.base if kin else letters)
            if weight is None:
                weight = weights.get(kin.cluster, 0.0) if kin else 0.0
            far += weight
            if distance <= NEAR:
                near += weight
            if distance == 1:
                beside += weight
        return beside, near, far

    def _read(self, name: str) -> dict[str, float]:
        weights = (pair.partition(":") for pair in self._rows.get(name, "").split(" ") if pair)
        return {word: int(weight) / UNIT for word, _, weight in weights}


def around(line: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
    """Yield the words around a place, and how far off each is."""
    for step in (-1, 1):
        distance, at = 1, place + step
        while 0 <= at < len(line) and distance <= WINDOW:
            if line[at] not in MARKS:
                yield distance, line[at]
                distance += 1
            at += step


def base_of(word: str, seen: Mapping[str, float], own: Container[str] = ()) -> str:
    """Return the word that letters are an inflection of: one that is seen at least as often, without their ending.

    Args:
        word: The letters.
        seen: How often each word was seen.
        own: Words that are no inflections.

    >>> base_of("رستورانها", {"رستورانها": 3, "رستوران": 20}), base_of("ماهی", {"ماهی": 30, "ماه": 20})
    ('رستوران', 'ماهی')
    """
    for ending in () if word in own else _BY_LAST.get(word[-1:], ()):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and seen.get(stem, 0) >= max(seen[word], BASE):
            return base_of(stem, seen, own)
    return word


def lexeme(form: str) -> str:
    r"""Return the word that a form is an inflection of.

    >>> lexeme("سفره\u200cای"), lexeme("سفرهای"), lexeme("سفر")
    ('سفره', 'سفر', 'سفر')
    """
    head, gap, _ = form.partition(ZWNJ)
    if gap:
        return head
    for plural in _ENDINGS[: len(PLURALS)]:
        if form.endswith(plural) and len(form) > len(plural) + 1:
            return form[: -len(plural)]
    return form
