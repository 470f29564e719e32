"""Fit the weights that judge words never seen, on the rare words of the corpora."""

from __future__ import annotations

from collections.abc import Iterator

from persnorm.alphabet import NON_JOINERS
from persnorm.data.counting import RARE, Counts
from persnorm.data.logistic import Sample, fit
from persnorm.features import (
    JOINED_FEATURES,
    KINDS,
    SPACED_FEATURES,
    joined_features,
    kind_of_gap,
    spaced_features,
    whole,
)
from persnorm.lexicon import Lexicon, Side
from persnorm.word import take_apart


def weights(lexicon: Lexicon, counts: Counts) -> dict[str, str]:
    """Return the table of weights for both models."""
    rows: dict[str, str] = {}
    for model, names, samples in (
        ("joined", JOINED_FEATURES, joined_samples(lexicon, counts)),
        ("spaced", SPACED_FEATURES, spaced_samples(lexicon, counts)),
    ):
        by_kind: dict[str, list[Sample]] = {kind: [] for kind in KINDS}
        for kind, sample in samples:
            by_kind[kind].append(sample)
        for kind, of_kind in by_kind.items():
            for name, weight in fit(names, of_kind).items():
                rows[f"{model} {kind}: {name}"] = f"{weight:g}"
    return rows


def joined_samples(lexicon: Lexicon, counts: Counts) -> Iterator[tuple[str, Sample]]:
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
                yield kind_of_gap(left, right), (joined_features(lexicon, left, right, unparted, own), half, 1.0)


def spaced_samples(lexicon: Lexicon, counts: Counts) -> Iterator[tuple[str, Sample]]:
    """Yield each rare pair of neighbours, half-spaced or spaced, without its own part in the counts."""
    for half, pairs in ((True, counts.half), (False, counts.spaced)):
        for (left, right), n in sorted(pairs.items()):
            if n <= RARE and left[-1:] not in NON_JOINERS and left and right:
                other = counts.spaced[left, right] if half else counts.half[left, right]
                if other < n:
                    own = Side(max(round(n), 1), 0) if half else Side(0, max(round(n), 1))
                    yield kind_of_gap(left, right), (spaced_features(lexicon, left, right, own), half, float(n))


def _is_better_known_otherwise(lexicon: Lexicon, letters: str, gaps: tuple[int, ...]) -> bool:
    """Tell whether the word is a stray spelling of one that is usually written otherwise."""
    readings = lexicon.readings(letters)
    return bool(readings) and max(readings.values()) > readings.get(gaps, 0.0)
