"""The two logistic models that judge a half-space never seen: inside a word, and in the place of a space."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import exp
from operator import mul

from persnorm.features import (
    JOINED_BOTH,
    JOINED_LEFT,
    JOINED_RIGHT,
    KINDS,
    SPACED_BOTH,
    SPACED_LEFT,
    SPACED_RIGHT,
    Known,
    Whole,
    joined_both,
    joined_left,
    joined_right,
    kind_of_gap,
    spaced_both,
    spaced_left,
    spaced_right,
)
from persnorm.lexicon import Lexicon
from persnorm.remembering import remembered

REMEMBERED = 1 << 12
"""So many strings to the left of a gap, and to the right of one, are remembered as weighed."""

_Weights = dict[str, list[float]]
_Look = Callable[[Lexicon, str], Known]
_Weighed = tuple[float, int, float]
"""What a side of a gap speaks for a half-space, and what is known of it: see ``Known``."""


def _sides(lexicon: Lexicon, look: _Look, weights: _Weights) -> dict[str, Callable[[str], _Weighed]]:
    """Return what weighs the strings on one side of gaps of each kind, each string once."""

    def weigh(weights_of_kind: list[float], letters: str) -> _Weighed:
        half, sightings, values = look(lexicon, letters)
        return sum(map(mul, values, weights_of_kind)), half, sightings

    return {kind: remembered(partial(weigh, of_kind), REMEMBERED) for kind, of_kind in weights.items()}


class JoinedModel:
    """Judges a half-space between two runs of letters of one word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._left = _sides(lexicon, joined_left, _weights(lexicon, "joined", JOINED_LEFT))
        self._right = _sides(lexicon, joined_right, _weights(lexicon, "joined", JOINED_RIGHT))
        self._weights = _weights(lexicon, "joined", JOINED_BOTH)

    def chance(self, left: str, right: str, whole: Whole) -> float:
        """Return how likely a half-space stands there; ``whole`` is what the letters are without."""
        kind = kind_of_gap(left, right)
        if kind == "compound" and not any(map(self._lexicon.is_part, (left, right))):
            return 0.0  # the weights give such at most 0.17 in 19,000 cases
        of_left, left_half, left_seen = self._left[kind](left)
        of_right, right_half, right_seen = self._right[kind](right)
        a, b = Known(left_half, left_seen), Known(right_half, right_seen)
        both = joined_both(self._lexicon, left, right, a, b, whole)
        return _logistic(of_left + of_right + sum(map(mul, both, self._weights[kind])))


class SpacedModel:
    """Judges a half-space in the place of a space between two runs of letters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._left = _sides(lexicon, spaced_left, _weights(lexicon, "spaced", SPACED_LEFT))
        self._right = _sides(lexicon, spaced_right, _weights(lexicon, "spaced", SPACED_RIGHT))
        self._weights = _weights(lexicon, "spaced", SPACED_BOTH)

    def chance(self, left: str, right: str) -> float:
        """Return how likely a half-space, not a space, stands there."""
        kind = kind_of_gap(left, right)
        of_left, left_half, left_seen = self._left[kind](left)
        of_right, right_half, right_seen = self._right[kind](right)
        both = spaced_both(self._lexicon, left, right, Known(left_half, left_seen), Known(right_half, right_seen))
        return _logistic(of_left + of_right + sum(map(mul, both, self._weights[kind])))


def _weights(lexicon: Lexicon, model: str, names: Sequence[str]) -> _Weights:
    """Return the weights of a model by kind of gap, in the order of ``names``."""
    return {kind: [lexicon.weights.get(f"{model} {kind}: {name}", 0.0) for name in names] for kind in KINDS}


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score))
