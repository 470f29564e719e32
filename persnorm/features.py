"""What a gap between two strings is like: the features by which the weights judge a half-space never seen."""

from __future__ import annotations

from math import exp, log
from operator import mul
from typing import NamedTuple

from persnorm.lexicon import Lexicon, Side
from persnorm.morphology import COPULAS, ENDINGS, INFLECTIONS, JOINED_ENDINGS, PLURALS, VERB_PREFIXES

_NOTHING = Side(0, 0)

JOINED_FEATURES = (
    "always",
    "left is a word",
    "right is a word",
    "left is two known parts",
    "count of left",
    "count of right",
    "left half-spaced : joined",
    "right half-spaced : joined",
    "last letter + right half-spaced : joined",
    "words with half-space after left",
    "words with half-space before right",
    "never half-spaced after left",
    "never half-spaced before right",
    "never half-spaced on either side",
    "left a word, right a known part",
    "right a word, left a known part",
    "left is one letter",
    "left is two letters",
    "right is one letter",
    "right is two letters",
    "length",
    "می + verb",
    "می + no verb",
    "participle + copula",
    "the whole is a verb form",
    "the whole is a word with a joined ending",
    "the same twice",
    "count of the rarer side",
    "length of the shorter side",
    "left ends in ه",
    "left ends in ی",
    "right begins with alef",
    "left is an adjective",
)

SPACED_FEATURES = (
    "always",
    "left half-spaced : spaced",
    "right half-spaced : spaced",
    "last letter + right half-spaced : spaced",
    "words with half-space after left",
    "words with half-space before right",
    "never half-spaced after left",
    "never half-spaced before right",
    "never half-spaced on either side",
    "left is a word",
    "right is a word",
    "count of left",
    "count of right",
    "together a joined word",
    "می + verb",
    "می + no verb",
    "participle + copula",
    "right is an inflection",
    "right is one letter",
    "right is two letters",
    "the same twice",
    "count of the rarer side",
    "left ends in ه",
    "left ends in ی",
    "left is an adjective",
)

KINDS = ("verb", "plural", "degree", "clitic", "compound")
"""Kinds of gap, each with weights of its own."""


def kind_of_gap(left: str, right: str) -> str:
    """Return what kind of half-space would stand between two strings.

    >>> kind_of_gap("می", "روم"), kind_of_gap("کتاب", "هایش"), kind_of_gap("خانه", "ای"), kind_of_gap("آتش", "بس")
    ('verb', 'plural', 'clitic', 'compound')
    """
    if left in VERB_PREFIXES:
        return "verb"
    if right in PLURALS:
        return "plural"
    if right in INFLECTIONS:
        return "degree"
    return "clitic" if right in ENDINGS else "compound"


def inflection_class(right: str) -> str:
    """Return the ending that stands for all of its kind: who half-spaces ها half-spaces هایم, which is seen less."""
    return "ها" if right in PLURALS else right


class Whole(NamedTuple):
    """What a word is when it is read without a half-space."""

    is_verb: bool
    is_inflected: bool


def whole(lexicon: Lexicon, letters: str) -> Whole:
    """Return what the letters are without a half-space: a verb form (گرداند), a word with a joined ending (حقوقت)."""
    return Whole(
        lexicon.verbs.is_whole(letters),
        any(
            letters.endswith(ending)
            and len(letters) > len(ending) + 1
            and set(lexicon.readings(letters[: -len(ending)])) == {()}
            for ending in JOINED_ENDINGS
        ),
    )


def is_compound(lexicon: Lexicon, letters: str) -> bool:
    """Tell whether letters fall into a part that has half-spaces after it and one that has them before it."""
    return any(
        (lexicon.part(left).joined_left.half and lexicon.part(right).joined_right.half)
        or (left in lexicon.prefixes and lexicon.count(right))
        or (right in lexicon.suffixes and lexicon.count(left))
        for left, right in ((letters[:at], letters[at:]) for at in range(2, len(letters) - 1))
    )


def joined_features(lexicon: Lexicon, left: str, right: str, whole: Whole, own: Side = _NOTHING) -> list[float]:
    """Return the values of ``JOINED_FEATURES`` for a gap between two runs of letters of one word.

    Args:
        lexicon: Where to count.
        left: Letters before the gap.
        right: Letters after the gap.
        whole: What the letters are without a gap.
        own: What the word itself adds to the counts, taken off when training on it.
    """
    ending_class = inflection_class(right)
    a, b = lexicon.part(left).joined_left, lexicon.part(ending_class).joined_right
    ending = lexicon.ending(left[-1], ending_class)[0]
    half, joined = own
    count_left, count_right = lexicon.count(left), lexicon.count(right)
    left_half, right_half = a.half - half, b.half - half
    prefix = left in VERB_PREFIXES
    verb = prefix and lexicon.verbs.is_finite(right)
    return [
        1.0,
        1.0 if count_left else 0.0,
        1.0 if count_right else 0.0,
        1.0 if not count_left and right in ENDINGS and is_compound(lexicon, left) else 0.0,
        log(1 + count_left),
        log(1 + count_right),
        _log_odds(left_half, a.other - joined),
        _log_odds(right_half, b.other - joined),
        _log_odds(ending.half - half, ending.other - joined),
        log(1 + max(left_half, 0)),
        log(1 + max(right_half, 0)),
        1.0 if left_half <= 0 else 0.0,
        1.0 if right_half <= 0 else 0.0,
        1.0 if left_half <= 0 and right_half <= 0 else 0.0,
        1.0 if count_left and right_half > 0 else 0.0,
        1.0 if count_right and left_half > 0 else 0.0,
        1.0 if len(left) == 1 else 0.0,
        1.0 if len(left) == 2 else 0.0,
        1.0 if len(right) == 1 else 0.0,
        1.0 if len(right) == 2 else 0.0,
        float(min(len(left) + len(right), 14)),
        1.0 if verb else 0.0,
        1.0 if prefix and not verb else 0.0,
        1.0 if right in COPULAS and lexicon.verbs.is_participle(left) else 0.0,
        1.0 if whole.is_verb else 0.0,
        1.0 if whole.is_inflected else 0.0,
        1.0 if left == right else 0.0,
        log(1 + min(count_left, count_right)),
        float(min(len(left), len(right))),
        1.0 if left[-1] == "ه" else 0.0,
        1.0 if left[-1] == "ی" else 0.0,
        1.0 if right[0] in "اآ" else 0.0,
        1.0 if left in lexicon.adjectives else 0.0,
    ]


def spaced_features(lexicon: Lexicon, left: str, right: str, own: Side = _NOTHING) -> list[float]:
    """Return the values of ``SPACED_FEATURES`` for a space between two runs of letters."""
    a, b = lexicon.part(left), lexicon.part(right)
    ending = lexicon.ending(left[-1], right)[1]
    half, spaced = own
    types = 1 if half else 0
    left_half, right_half = a.joined_left.half - types, b.joined_right.half - types
    count_left, count_right = lexicon.count(left), lexicon.count(right)
    prefix = left in VERB_PREFIXES
    verb = prefix and lexicon.verbs.is_finite(right)
    return [
        1.0,
        _log_odds(a.spaced_left.half - half, a.spaced_left.other - spaced),
        _log_odds(b.spaced_right.half - half, b.spaced_right.other - spaced),
        _log_odds(ending.half - half, ending.other - spaced),
        log(1 + max(left_half, 0)),
        log(1 + max(right_half, 0)),
        1.0 if left_half <= 0 else 0.0,
        1.0 if right_half <= 0 else 0.0,
        1.0 if left_half <= 0 and right_half <= 0 else 0.0,
        1.0 if count_left else 0.0,
        1.0 if count_right else 0.0,
        log(1 + count_left),
        log(1 + count_right),
        1.0 if lexicon.plain(left + right) else 0.0,
        1.0 if verb else 0.0,
        1.0 if prefix and not verb else 0.0,
        1.0 if right in COPULAS and lexicon.verbs.is_participle(left) else 0.0,
        1.0 if right in INFLECTIONS else 0.0,
        1.0 if len(right) == 1 else 0.0,
        1.0 if len(right) == 2 else 0.0,
        1.0 if left == right else 0.0,
        log(1 + min(count_left, count_right)),
        1.0 if left[-1] == "ه" else 0.0,
        1.0 if left[-1] == "ی" else 0.0,
        1.0 if left in lexicon.adjectives else 0.0,
    ]


def _log_odds(half: int, other: int) -> float:
    """Return the smoothed log odds, or 0 where no half-space was ever seen: that has a feature of its own."""
    return log((half + 0.3) / (max(other, 0) + 0.3)) if half > 0 else 0.0


def weights_of(lexicon: Lexicon, model: str, features: tuple[str, ...]) -> dict[str, list[float]]:
    """Return the weights of a model (``joined`` or ``spaced``) by kind of gap, in the order of its features."""
    return {kind: [lexicon.weights.get(f"{model} {kind}: {name}", 0.0) for name in features] for kind in KINDS}


def logistic(features: list[float], weights: list[float]) -> float:
    """Return how likely a half-space stands in a gap with these features."""
    return 1 / (1 + exp(-sum(map(mul, features, weights))))
