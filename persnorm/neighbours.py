"""Words side by side: how likely a half-space, not a space, belongs between two neighbours."""

from __future__ import annotations

from functools import lru_cache

from persnorm.features import SPACED_FEATURES, kind_of_gap, logistic, spaced_features, weights_of
from persnorm.lexicon import Lexicon
from persnorm.morphology import NUMERALS, PLURALS, VERB_PREFIXES

TRUST = 1.0
"""How many sightings the prior is worth.

Between 0.5 and 2 the F1 on six texts that were not counted moves by at most 0.12 points for words that lost their
half-spaces outright, and by at most 0.46 for words whose half-spaces became spaces.
"""

ENOUGH = 50.0
"""From this count on a word's own counts decide, and the prior is not asked."""

BOUND = 9
"""A suffix that is half-spaced so many times as often as spaced is no word of its own."""

STACKED = ("مان", "تان", "شان")
"""Endings that may follow another ending, half-spaced."""


class Neighbours:
    """Weighs the half-space between two words, with one lexicon.

    Attributes:
        joinable: Neighbours that were seen half-spaced at least as often as spaced, or nearly.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._prefixes, self._suffixes = lexicon.prefixes, lexicon.suffixes
        self._weights = weights_of(lexicon, "spaced", SPACED_FEATURES)
        self.joinable = set(lexicon.pairs())
        self.joinable |= {(left, "و") for left, right in self.joinable if right.startswith("و ")}
        self.together = lru_cache(maxsize=1 << 16)(self._together)

    def prior(self, left: str, right: str) -> float:
        """Return how likely a half-space, not a space, stands between two neighbours never seen together."""
        return logistic(spaced_features(self.lexicon, left, right), self._weights[kind_of_gap(left, right)])

    def may_join(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are worth weighing: known together, or one of them an affix."""
        return left in self._prefixes or right in self._suffixes or (left, right) in self.joinable

    def is_bound(self, right: str) -> bool:
        """Tell whether a suffix hardly ever stands alone, as آمیز and پذیر: a space before it is an error."""
        half, spaced = self.lexicon.part(right).spaced_right
        return right in self.lexicon.suffixes and half > BOUND * spaced and not self.lexicon.verbs.is_finite(right)

    def _together(self, left: str, right: str) -> float:
        """Return the share that a half-space has between two neighbours: the score of this module."""
        if left == "های" and right in STACKED:
            return 1.0  # خواب های تان: endings, whose half-space the counts leave out, as most write هایتان
        half, spaced = self.lexicon.pair(left, right)
        if half + spaced >= ENOUGH:
            return half / (half + spaced)
        if not half and kind_of_gap(left, right) == "degree" and self._takes_no_degree(left):
            return 0.0  # the تر after it is the word for wet: نان تر, لباس‌هایمان تر
        if not half and left in VERB_PREFIXES and not self.lexicon.verbs.is_finite(right):
            return 0.0  # the می before it is May: ماه می سال
        prior = self.prior(left, right)
        if left in NUMERALS and left != "یک" and kind_of_gap(left, right) == "compound":  # سه‌ساله as پنج‌ساله
            of_all = [self.lexicon.pair(numeral, right) for numeral in NUMERALS]
            halves, spaces = sum(pair.half for pair in of_all), sum(pair.other for pair in of_all)
            prior = (halves + TRUST * prior) / (halves + spaces + TRUST)
        return (half + TRUST * prior) / (half + spaced + TRUST)

    def together_in_three(self, first: str, second: str, third: str) -> float:
        """Return a lower bound of the share that half-spaces have between three neighbours: آب‌شیرین‌کن."""
        gaps = (len(first), len(first) + len(second))
        half = self.lexicon.readings(first + second + third).get(gaps, 0.0)
        if not half or {kind_of_gap(first, second), kind_of_gap(second, third)} != {"compound"}:
            return 0.0
        spaced = min(self.lexicon.pair(first, second).other, self.lexicon.pair(second, third).other)
        return half / (half + spaced + TRUST)

    def _takes_no_degree(self, letters: str) -> bool:
        """Tell whether a word is common, and yet neither listed as an adjective nor made one by ی (آبی)."""
        if letters in PLURALS:
            return True
        made = letters.endswith("ی") and not letters.endswith(("ای", "وی"))
        return not made and letters not in self.lexicon.adjectives and self.lexicon.count(letters) >= ENOUGH
