"""The ambiguous words: which neighbours speak for which reading.

گوشهای is گوش‌های (ears) or گوشه‌ای (a corner): the letters cannot tell, the words around can. A reading is weighed by
how often its neighbours stand beside that very form and, where that was rarely seen, beside any form of its kind
(any ـ‌های, any ـه‌ای): Dirichlet back-off from form to kind. All is counted on letters without half-spaces, so that a
neighbour weighs the same before and after its own repair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

from persnorm.late import late
from persnorm.morphology import CLITICS, COPULAS, PLURALS, VERB_PREFIXES
from persnorm.rule import ZWNJ

EDGE = "."
"""Stands for whatever is no word: punctuation, digits, the end of the line."""

PAUSE, NUMBER, OTHER = "،", "#", "-"
"""Where it matters what it is that is no word, EDGE is the end of a sentence, and these are the rest."""

MARKS = frozenset((EDGE, PAUSE, NUMBER, OTHER))

FREE_PARTICIPLE = "=participle"
BOUND_PARTICIPLE = "=-participle"
"""A participle that stands apart (آزاد شده است) and one that is half-spaced to the word before (اموال آزاد‌شده در)."""

KIND_TRUST = 20.0
"""How many sightings of the form itself the counts of its kind are worth."""

DEPENDENCE = 0.7
"""What is left of two neighbours' word when it is not counted twice: they depend on each other."""

_ENDS = late("[.!?؟…\n\t]")
_PAUSES = late("[،؛:,;]")

_LONGEST_FIRST = sorted(PLURALS, key=len, reverse=True)


class Around(NamedTuple):
    """The surroundings of a word.

    Attributes:
        left: The letters of the word before it, or ``EDGE``.
        right: The letters of the word after it, or ``EDGE``.
        line: The letters of all words of the line, and a mark wherever something else than a space stands between.
        place: Where the word stands in this line.
    """

    left: str
    right: str
    line: Sequence[str] = ()
    place: int = 0


def mark(between: str) -> str:
    """Return the mark for what stands between two words: nothing for spaces.

    >>> mark(" "), mark(" («"), mark("؟ "), mark("، "), mark(" ۱۲ ")
    ('', '-', '.', '،', '#')
    """
    if not between.strip(" "):
        return ""
    if _ENDS.search(between):
        return EDGE
    if _PAUSES.search(between):
        return PAUSE
    return NUMBER if any(char.isdigit() for char in between) else OTHER


def kind(form: str) -> str:
    """Return what kind of word a form is, by its prefix or ending: what its neighbours depend on.

    >>> kind("می\u200cروم"), kind("دیدارهای"), kind("گوشه\u200cای"), kind("میدان")
    ('می-', '-های', 'ه-ای', '')
    """
    first, _, rest = form.partition(ZWNJ)
    if rest and first in VERB_PREFIXES:
        return "می-"
    head, _, last = form.rpartition(ZWNJ)
    if head.endswith("ه") and (last in PLURALS or last in COPULAS or last in CLITICS):
        return f"ه-{last}"
    for plural in _LONGEST_FIRST:
        if form.endswith(plural) and len(form) > len(plural) + 1:
            return f"-{plural}"
    return f"-{last}" if head and last in ("تر", "ترین") else ""


class Context:
    """Counts of neighbours of forms and kinds.

    Args:
        rows: ``form`` or ``=kind``, ``<`` (left) or ``>`` (right), and a neighbour, one space apart -> sightings; the
            neighbour ``*`` has the sum. A neighbour ``-xx`` is any other word that ends so.
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows

    def neighbour(self, letters: str) -> str:
        """Return what a neighbour is counted as: itself where words of no kind are seen beside it, or by its end."""
        return letters if f"= < {letters}" in self._rows else "-" + letters[-2:]

    def support(self, form: str, around: Around) -> float:
        """Return the log likelihood of the neighbours beside a form."""
        return DEPENDENCE * (self._side(form, "<", around.left) + self._side(form, ">", around.right))

    def speaks_for_bound(self, after: str) -> float:
        """Return the log likelihood ratio of a participle half-spaced to the word before it against one apart.

        Args:
            after: The letters after it, or ``EDGE``: an auxiliary speaks for a verb, which stands apart.
        """
        neighbour = self.neighbour(after)
        bound, free = (
            log((self._seen(form, ">", neighbour) + 0.5) / (self._seen(form, ">", "*") + 1000))
            for form in (BOUND_PARTICIPLE, FREE_PARTICIPLE)
        )
        return bound - free

    def _side(self, form: str, side: str, letters: str) -> float:
        neighbour, of_kind = self.neighbour(letters), "=" + kind(form)
        form = form.replace(ZWNJ, "|")
        by_kind = (self._seen(of_kind, side, neighbour) + 0.5) / (self._seen(of_kind, side, "*") + 1000)
        seen = self._seen(form, side, neighbour) + KIND_TRUST * by_kind
        return log(seen / (self._seen(form, side, "*") + KIND_TRUST))

    def _seen(self, form: str, side: str, neighbour: str) -> int:
        return int(self._rows.get(f"{form} {side} {neighbour}", 0))
