"""Doubles: two nouns that differ by a silent ه, as گوش and گوشه, many forms of which have the same letters.

Other letters that are one word with a half-space and another without (به‌روز, بهروز) are doubles too; of these only the
company and the neighbours are heard.

گوشهای is گوش‌های or گوشه‌ای. Three witnesses are heard: grammar (``grammar.py``), the company (``companions.py``), and
how often either word is seen. What each of them counts is fitted on the texts, but for the last: it would be right most
often by always saying the same.
"""

from __future__ import annotations

from collections.abc import Callable
from math import copysign, log
from typing import NamedTuple

from persnorm.companions import Companions
from persnorm.context import Around
from persnorm.grammar import Grammar
from persnorm.morphology import CLITICS, COPULAS, PLURALS

FREQUENCY = 0.35
"""How much the sightings of each reading count against the words around it."""

RARELY = 3.0
"""Beyond these log odds they count in full: what is seen so rarely (one in twenty) needs better witnesses."""

MARGIN = 0.5
"""The commoner reading is given up only where all together speak so much against it, as log odds."""

OFTEN = 100.0
"""A reading seen so often is the only one, where the other was never seen: جاهای is no جاه‌ای.

``FREQUENCY`` and these three are chosen, not fitted: on a tenth of the lines of the texts that was kept out of all
counts, where 2.0 % of the doubles come back wrong (3.5 % with what ``context.py`` has for other words, and clusters
alone), and on tests/data/ambiguous/build.json, where both nouns are as frequent. Fitted on running text, sightings
would count for almost all, and hardly anything but the commoner reading would ever be found.
"""

FLOOR = 0.01
"""Sightings that any reading has."""

SILENT = tuple(plural for plural in PLURALS if plural[1:] in CLITICS | COPULAS)
"""Plural endings that are an ه and an ending after it, too: های, هام."""

WITNESSES = ("always", "grammar", "beside", "near", "far")


class Double(NamedTuple):
    """Letters that are two nouns, or that have a reading with a half-space and one without.

    Attributes:
        stem: The shorter noun, or all letters.
        ending: Its ending: های of گوش‌های; "" if the two are no nouns that differ by a silent ه: بهروز, به‌روز.
    """

    stem: str
    ending: str

    @property
    def name(self) -> str:
        """What its company goes by."""
        return self.stem if self.ending else f"{self.stem}|"

    def is_second(self, gaps: tuple[int, ...]) -> bool:
        """Tell whether a reading is the longer noun, or the one with a half-space."""
        return gaps == (len(self.stem) + 1,) if self.ending else bool(gaps)


class Doubles:
    """Weighs the two nouns that letters may be.

    Args:
        companions: Which words speak for which noun.
        grammar: Which surroundings speak for which ending.
        weights: The weights of the ``WITNESSES``, each under ``double: NAME``.
        is_participle: Tells whether a word is a past participle.
    """

    def __init__(
        self,
        companions: Companions,
        grammar: Grammar,
        weights: dict[str, float],
        is_participle: Callable[[str], bool],
    ) -> None:
        self._companions = companions
        self._grammar = grammar
        self._weights = [weights.get(f"double: {name}", 0.0) for name in WITNESSES]
        self._is_participle = is_participle

    def find(self, letters: str) -> Double | None:
        """Return the double that the letters are, if they are one."""
        if self._companions.knows(f"{letters}|"):
            return Double(letters, "")
        if not letters.endswith(SILENT):
            return None
        for ending in SILENT:
            stem = letters.removesuffix(ending)
            if stem != letters and self._companions.knows(stem):
                return Double(stem, ending)
        return None

    def log_odds(self, double: Double, around: Around) -> float:
        """Return the log odds of the longer noun against the shorter one, if both were as frequent."""
        company = self._companions.speak_for_longer(double.name, around.line, around.place)
        if not double.ending:
            return sum(weight * said for weight, said in zip(self._weights[2:], company, strict=True))
        model = model_of(double, self._is_participle)
        grammar = self._grammar.speaks_for_silent(model, around.line, around.place)
        if model == "participle":  # بسته is a noun, too: a parcel
            as_noun = self._grammar.speaks_for_silent("noun", around.line, around.place)
            grammar = (grammar + as_noun) / 2
        return sum(weight * value for weight, value in zip(self._weights, (1.0, grammar, *company), strict=True))


def model_of(double: Double, is_participle: Callable[[str], bool]) -> str:
    """Return which model of grammar judges a double."""
    if double.ending == "های":
        return "participle" if is_participle(double.stem + "ه") else "noun"
    return "plurals" if double.ending[1:] in COPULAS and double.ending != "هام" else "possessives"


def posterior_log_odds(longer: float, shorter: float, told: float) -> float:
    """Return the log odds of the longer noun, by the sightings of both readings and by what the words around tell."""
    seen = log((longer + FLOOR) / (shorter + FLOOR))
    prior = copysign(FREQUENCY * min(abs(seen), RARELY) + max(abs(seen) - RARELY, 0.0), seen)
    margin = copysign(MARGIN, seen)
    together = prior + told
    return margin if together * seen < 0 and abs(together) < MARGIN else together


def is_open(longer: float, shorter: float) -> bool:
    """Tell whether the words around have a say, by the sightings of both readings."""
    return max(longer, shorter) < OFTEN or min(longer, shorter) > 0
