"""The ambiguous words: which neighbours speak for which reading.

گوشهای is گوش‌های (ears) or گوشه‌ای (a corner): the letters cannot tell, the words around can. A reading is weighed by
how often its neighbours stand beside that very form and, where that was rarely seen, beside any form of its kind
(any ـ‌های, any ـه‌ای): Dirichlet back-off from form to kind. All is counted on letters without half-spaces, so that a
neighbour weighs the same before and after its own repair.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

from persnorm.morphology import CLITICS, COPULAS, PLURALS, VERB_PREFIXES
from persnorm.rule import ZWNJ

EDGE = "."
"""Stands for whatever is no word: punctuation, digits, the end of the line."""

KIND_TRUST = 20.0
"""How many sightings of the form itself the counts of its kind are worth."""

_LONGEST_FIRST = sorted(PLURALS, key=len, reverse=True)


class Around(NamedTuple):
    """The letters of the words to the left and right of a place, or ``EDGE``."""

    left: str
    right: str


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

    Attributes:
        words: Neighbours that are counted one by one; others count by their last two letters.
        seen: (form or kind, "left" or "right", neighbour) -> sightings.
        totals: (form or kind, "left" or "right") -> sightings.
    """

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.seen: dict[tuple[str, str, str], int] = {}
        self.totals: dict[tuple[str, str], int] = {}

    def neighbour(self, letters: str) -> str:
        """Return what a neighbour is counted as."""
        return letters if letters in self.words or letters == EDGE else "-" + letters[-2:]

    def support(self, form: str, around: Around) -> float:
        """Return the log likelihood of the neighbours beside a form."""
        return self._side(form, "left", around.left) + self._side(form, "right", around.right)

    def _side(self, form: str, side: str, letters: str) -> float:
        neighbour, of_kind = self.neighbour(letters), "=" + kind(form)
        total = self.totals.get((of_kind, side), 0)
        by_kind = (self.seen.get((of_kind, side, neighbour), 0) + 0.5) / (total + 1000)
        seen = self.seen.get((form, side, neighbour), 0)
        return log((seen + KIND_TRUST * by_kind) / (self.totals.get((form, side), 0) + KIND_TRUST))
