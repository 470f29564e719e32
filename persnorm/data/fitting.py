"""Fit the weights that judge words never seen, on the rare words of the corpora."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.data.counting import RARE, Counts
from persnorm.data.logistic import Sample, fit, fit_sparse
from persnorm.features import (
    JOINED_FEATURES,
    KINDS,
    SPACED_FEATURES,
    joined_features,
    kind_of_gap,
    likenesses,
    spaced_features,
    whole,
)
from persnorm.gap_model import LEFT, RIGHT, UNIT
from persnorm.lexicon import Lexicon, Side
from persnorm.word import take_apart

SIGHTINGS = 5
"""What a side of a gap is like has a weight if so many such gaps have a half-space."""

RIDGE = 4.0
"""How strongly weights of what a side is like are held near 0."""


class Case(NamedTuple):
    """A gap, or a space, and what it is like."""

    left: str
    right: str
    sample: Sample


def weights(lexicon: Lexicon, counts: Counts) -> tuple[dict[str, str], dict[str, str]]:
    """Return the table of weights for both models, and that of what the sides of a gap are like for the second."""
    rows: dict[str, str] = {}
    sides: dict[str, str] = {}
    for model, names, cases in (
        ("joined", JOINED_FEATURES, joined_cases(lexicon, counts)),
        ("spaced", SPACED_FEATURES, spaced_cases(lexicon, counts)),
    ):
        by_kind: dict[str, list[Case]] = {kind: [] for kind in KINDS}
        for case in cases:
            by_kind[kind_of_gap(case.left, case.right)].append(case)
        for kind, of_kind in by_kind.items():
            fitted = fit(names, [case.sample for case in of_kind])
            for name, weight in fitted.items():
                rows[f"{model} {kind}: {name}"] = f"{weight:g}"
            if model == "spaced" and kind == "compound":
                sides = _sides(lexicon, of_kind, [*fitted.values()])
    return rows, sides


def _sides(lexicon: Lexicon, cases: Sequence[Case], weights: Sequence[float]) -> dict[str, str]:
    """Return how much it speaks for a half-space what either side is like, beyond what the weights tell already."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    if not cases:
        return {}
    names: dict[str, int] = {}
    columns: list[Any] = []
    for sign, words in ((LEFT, [case.left for case in cases]), (RIGHT, [case.right for case in cases])):
        number = {word: index for index, word in enumerate(dict.fromkeys(words))}
        told = [
            [names.setdefault(f"{sign} {name}", len(names)) for name in likenesses(lexicon, word)] for word in number
        ]
        width = max(map(len, told))
        padded = np.array([numbers + [-1] * (width - len(numbers)) for numbers in told])
        columns.append(padded[[number[word] for word in words]])
    rows, wanted, mass = (
        np.array(column, dtype=float) for column in zip(*(case.sample for case in cases), strict=True)
    )
    table = np.concatenate(columns, axis=1)
    often = np.bincount(table[wanted > 0].ravel() + 1, minlength=len(names) + 1)[1:]
    kept = np.nonzero(often >= SIGHTINGS)[0]
    place = np.full(len(names) + 1, len(kept))  # the last one stands for all without a weight
    place[kept] = np.arange(len(kept))
    fitted = fit_sparse(place[table], wanted, mass, len(kept), RIDGE, rows @ np.array(weights))
    units = {
        name: round(float(fitted[place[index]]) * UNIT) for name, index in names.items() if often[index] >= SIGHTINGS
    }
    return {name: str(unit) for name, unit in units.items() if unit}


def joined_cases(lexicon: Lexicon, counts: Counts) -> Iterator[Case]:
    """Yield each possible gap of each rare word: features without the word's own part in them, half-spaced or not."""
    for form, seen in sorted(counts.seen.items()):
        letters, gaps = take_apart(form)
        if seen > RARE or len(letters) < 3 or _is_better_known_otherwise(lexicon, letters, gaps):
            continue
        unparted = whole(lexicon, letters)
        for at in range(1, len(letters)):
            if letters[at - 1] not in NON_JOINERS:
                left, right, half = letters[:at], letters[at:], at in gaps
                own = Side(1, 0) if half else Side(0, 1 if lexicon.knows(left) else 0)
                yield Case(left, right, (joined_features(lexicon, left, right, unparted, own), half, 1.0))


def spaced_cases(lexicon: Lexicon, counts: Counts) -> Iterator[Case]:
    """Yield each rare pair of neighbours, half-spaced or spaced, without its own part in the counts."""
    for half, pairs in ((True, counts.half), (False, counts.spaced)):
        for (left, right), n in sorted(pairs.items()):
            if n <= RARE and left[-1:] not in NON_JOINERS and left and right:
                other = counts.spaced[left, right] if half else counts.half[left, right]
                if other < n:
                    own = Side(max(round(n), 1), 0) if half else Side(0, max(round(n), 1))
                    yield Case(left, right, (spaced_features(lexicon, left, right, own), half, float(n)))


def _is_better_known_otherwise(lexicon: Lexicon, letters: str, gaps: tuple[int, ...]) -> bool:
    """Tell whether the word is a stray spelling of one that is usually written otherwise."""
    readings = lexicon.readings(letters)
    return bool(readings) and max(readings.values()) > readings.get(gaps, 0.0)
