"""The two logistic models that judge a half-space never seen: inside a word, and in the place of a space."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp
from operator import mul

from persnorm.alphabet import NON_JOINERS
from persnorm.features import (
    JOINED_BOTH,
    JOINED_LEFT,
    JOINED_RIGHT,
    KINDS,
    SPACED_BOTH,
    SPACED_LEFT,
    SPACED_RIGHT,
    Known,
    Looked,
    Whole,
    joined_both,
    joined_left,
    joined_right,
    kind_of_gap,
    likenesses,
    spaced_both,
    spaced_left,
    spaced_right,
)
from persnorm.lexicon import Lexicon
from persnorm.remembering import remembered

LEFT, RIGHT = "<", ">"
"""The sides of a gap, in the table of what they are like."""

UNIT = 100
"""Weights there are stored as whole numbers of this part of a logarithm."""

REMEMBERED = 1 << 14
"""So many strings to the left of a gap, and to the right of one, are remembered as weighed."""

Look = Callable[[Lexicon, str], Looked]
Weighed = tuple[float, Known]
"""What one side of a gap speaks for a half-space, and what is known of it."""


class _GapModel:
    """What both models do alike.

    Args:
        lexicon: Where to count, and with the weights.
        name: Of the model, in the table of weights.
        left: Looks at what is to the left of a gap, and the names of the features that it gives.
        right: The same to the right.
        both: The names of the features that take both sides.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        name: str,
        left: tuple[Look, Sequence[str]],
        right: tuple[Look, Sequence[str]],
        both: Sequence[str],
    ) -> None:
        self._lexicon = lexicon
        self._left, self._right = (
            {
                kind: self._remembered(look, weights, kind, side)
                for kind, weights in _weights(lexicon, name, names).items()
            }
            for side, (look, names) in ((LEFT, left), (RIGHT, right))
        )
        self._weights = _weights(lexicon, name, both)

    def _remembered(self, look: Look, weights: list[float], kind: str, side: str) -> Callable[[str], Weighed]:
        def weigh(letters: str) -> Weighed:
            known, values = look(self._lexicon, letters)
            return sum(map(mul, values, weights)) + self._told_by(kind, side, letters), known

        return remembered(weigh, REMEMBERED)

    def _told_by(self, kind: str, side: str, letters: str) -> float:
        """Return what a side of a gap speaks for a half-space by what it is like; only ``SpacedModel`` hears it."""
        return 0.0

    def _sides(self, kind: str, left: str, right: str) -> tuple[float, Known, Known]:
        """Return what both sides by themselves speak for a half-space, and what is known of each."""
        of_left, a = self._left[kind](left)
        of_right, b = self._right[kind](right)
        return of_left + of_right, a, b

    def _chance(self, kind: str, of_sides: float, both: list[float]) -> float:
        return 1 / (1 + exp(-of_sides - sum(map(mul, both, self._weights[kind]))))


class JoinedModel(_GapModel):
    """Judges a half-space between two runs of letters of one word."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon, "joined", (joined_left, JOINED_LEFT), (joined_right, JOINED_RIGHT), JOINED_BOTH)

    def chance(self, left: str, right: str, whole: Whole) -> float:
        """Return how likely a half-space stands there; ``whole`` is what the letters are without."""
        kind = kind_of_gap(left, right)
        if kind == "compound" and not (self._lexicon.is_part(left) or self._lexicon.is_part(right)):
            return 0.0  # the weights give such at most 0.23 in 11,000 cases
        of_sides, a, b = self._sides(kind, left, right)
        return self._chance(kind, of_sides, joined_both(self._lexicon, left, right, a, b, whole))


class SpacedModel(_GapModel):
    """Judges a half-space in the place of a space between two runs of letters."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon, "spaced", (spaced_left, SPACED_LEFT), (spaced_right, SPACED_RIGHT), SPACED_BOTH)

    def _told_by(self, kind: str, side: str, letters: str) -> float:
        if kind != "compound" or (side == LEFT and letters[-1] in NON_JOINERS):
            return 0.0  # after these there is no half-space, so none was fitted
        rows = self._lexicon.sides
        return sum(int(rows.get(f"{side} {name}", 0)) for name in likenesses(self._lexicon, letters)) / UNIT

    def chance(self, left: str, right: str, kind: str) -> float:
        """Return how likely a half-space, not a space, stands there; ``kind`` is that of the gap."""
        of_sides, a, b = self._sides(kind, left, right)
        return self._chance(kind, of_sides, spaced_both(self._lexicon, left, right, a, b))


def _weights(lexicon: Lexicon, model: str, names: Sequence[str]) -> dict[str, list[float]]:
    """Return the weights of a model by kind of gap, in the order of ``names``."""
    return {kind: [lexicon.weights.get(f"{model} {kind}: {name}", 0.0) for name in names] for kind in KINDS}
