"""What a gap between two strings is like: the features by which the weights judge a half-space never seen."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import NamedTuple

from persnorm.lexicon import Lexicon, Side
from persnorm.morphology import COPULAS, ENDINGS, INFLECTIONS, JOINED_ENDINGS, NUMERALS, PLURALS, VERB_PREFIXES

_NOTHING = Side(0, 0)

# Each model sees what is to the left of a gap, what is to the right, and what only both together show. The first two
# are weighed once for each string, as the same strings come again and again.

JOINED_LEFT = (
    "left half-spaced : joined",
    "words with half-space after left",
    "never half-spaced after left",
    "left is a word",
    "count of left",
    "left ends in ه",
    "left ends in ی",
    "left is an adjective",
    "left is one letter",
    "left is two letters",
)

JOINED_RIGHT = (
    "right half-spaced : joined",
    "words with half-space before right",
    "never half-spaced before right",
    "right is a word",
    "count of right",
    "right is one letter",
    "right is two letters",
    "right begins with alef",
)

JOINED_BOTH = (
    "always",
    "left is two known parts",
    "last letter + right half-spaced : joined",
    "never half-spaced on either side",
    "left a word, right a known part",
    "right a word, left a known part",
    "length",
    "می + verb",
    "می + no verb",
    "participle + copula",
    "the whole is a verb form",
    "the whole is a word with a joined ending",
    "the same twice",
    "count of the rarer side",
    "length of the shorter side",
    "count of left, if it is common and has no other plural",
)

SPACED_LEFT = (
    "left half-spaced : spaced",
    "words with half-space after left",
    "never half-spaced after left",
    "left is a word",
    "count of left",
    "left ends in ه",
    "left ends in ی",
    "left is an adjective",
)

SPACED_RIGHT = (
    "right half-spaced : spaced",
    "words with half-space before right",
    "never half-spaced before right",
    "right is a word",
    "count of right",
    "right is one letter",
    "right is two letters",
    "right is an inflection",
)

SPACED_BOTH = (
    "always",
    "last letter + right half-spaced : spaced",
    "never half-spaced on either side",
    "together a joined word",
    "می + verb",
    "می + no verb",
    "participle + copula",
    "the same twice",
    "count of the rarer side",
)

JOINED_FEATURES = JOINED_LEFT + JOINED_RIGHT + JOINED_BOTH
SPACED_FEATURES = SPACED_LEFT + SPACED_RIGHT + SPACED_BOTH

LONG = 6
"""Longer words are as long."""

NOUN_PLURALS = ("ها", "هایی", "هایش")
"""What shows that a word is a noun; not های, which may be ه‌ای."""

COMMON = 50.0
"""A word seen more often, and never with these, is hardly a noun: پیش."""

SEEN = 3
"""A word seen more often is one."""

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
        letters.endswith(JOINED_ENDINGS)
        and any(
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


def has_plural(lexicon: Lexicon, noun: str, own: str) -> bool:
    """Tell whether a word is known with another plural ending than its own."""
    return any(lexicon.knows(noun + plural) for plural in NOUN_PLURALS if plural != own)


def likenesses(lexicon: Lexicon, letters: str) -> Iterator[str]:
    """Yield what one side of a gap in a compound is like: itself, how it ends, the words it is like, what it is.

    >>> from persnorm.lexicon import default_lexicon
    >>> [name for name in likenesses(default_lexicon(), "کشی") if name[0] in "=-p"]
    ['=کشی', '-شی', '-ی', 'present stem + ی']
    """
    yield f"={letters}"
    if len(letters) > 1:
        yield f"-{letters[-2:]}"
    yield f"-{letters[-1]}"
    kin = lexicon.companions.kin(letters)
    if kin and kin.cluster != "-":
        yield f"cluster {kin.cluster}"
    if group := lexicon.companions.part(letters):
        yield f"group {group}"
    yield _kind_of_word(lexicon, letters)
    yield f"{min(len(letters), LONG)} letters"


def _kind_of_word(lexicon: Lexicon, letters: str) -> str:
    verbs = lexicon.verbs
    for ending in ("", "ی"):
        if letters.endswith(ending) and verbs.stem(letters.removesuffix(ending)) == "present":
            return f"present stem + {ending}" if ending else "present stem"
    for kind, is_one in (
        ("participle", verbs.is_participle),
        ("infinitive", verbs.is_infinitive),
        ("verb", verbs.is_whole),
        ("numeral", NUMERALS.__contains__),
        ("adjective", lexicon.adjectives.__contains__),
    ):
        if is_one(letters):
            return kind
    if letters[-1] in "یه" and lexicon.count(letters[:-1]) > SEEN:
        return f"word + {letters[-1]}"
    return "other"


class Known(NamedTuple):
    """What is known of one side of a gap.

    Attributes:
        half: In how many words a half-space stands there, without the one that is asked for.
        sightings: How often the side was seen as a word.
    """

    half: int
    sightings: float


Looked = tuple[Known, list[float]]
"""What is known of one side of a gap, and the values of its features."""


def _looked(known: Known, seen: Side, own: Side, *values: bool) -> Looked:
    """Return what is known with the values that all sides have, and more of their own."""
    half, sightings = known
    return known, [
        _log_odds(seen.half - own.half, seen.other - own.other),
        log(1 + max(half, 0)),
        float(half <= 0),
        float(sightings > 0),
        log(1 + sightings),
        *map(float, values),
    ]


def _end(lexicon: Lexicon, left: str) -> tuple[bool, bool, bool]:
    return left[-1] == "ه", left[-1] == "ی", left in lexicon.adjectives


def joined_left(lexicon: Lexicon, left: str, own: Side = _NOTHING) -> Looked:
    """Look at letters before a gap of one word; ``own`` as in ``joined_features``."""
    side = lexicon.part(left).joined_left
    known = Known(side.half - own.half, lexicon.count(left))
    return _looked(known, side, own, *_end(lexicon, left), len(left) == 1, len(left) == 2)


def joined_right(lexicon: Lexicon, right: str, own: Side = _NOTHING) -> Looked:
    """Look at letters after a gap of one word; ``own`` as in ``joined_features``."""
    side = lexicon.part(inflection_class(right)).joined_right
    known = Known(side.half - own.half, lexicon.count(right))
    return _looked(known, side, own, len(right) == 1, len(right) == 2, right[0] in "اآ")


def joined_both(  # noqa: PLR0913, PLR0917  # a gap, its two sides, and what surrounds it
    lexicon: Lexicon, left: str, right: str, a: Known, b: Known, whole: Whole, own: Side = _NOTHING
) -> list[float]:
    """Return the values of ``JOINED_BOTH``."""
    ending = lexicon.ending(left[-1], inflection_class(right))[0]
    prefix = left in VERB_PREFIXES
    verb = prefix and lexicon.verbs.is_finite(right)
    return [
        1.0,
        1.0 if not a.sightings and right in ENDINGS and is_compound(lexicon, left) else 0.0,
        _log_odds(ending.half - own.half, ending.other - own.other),
        1.0 if a.half <= 0 and b.half <= 0 else 0.0,
        1.0 if a.sightings and b.half > 0 else 0.0,
        1.0 if b.sightings and a.half > 0 else 0.0,
        float(min(len(left) + len(right), 14)),
        1.0 if verb else 0.0,
        1.0 if prefix and not verb else 0.0,
        1.0 if right in COPULAS and lexicon.verbs.is_participle(left) else 0.0,
        1.0 if whole.is_verb else 0.0,
        1.0 if whole.is_inflected else 0.0,
        1.0 if left == right else 0.0,
        log(1 + min(a.sightings, b.sightings)),
        float(min(len(left), len(right))),
        log(1 + a.sightings)
        if right in PLURALS and a.sightings > COMMON and not has_plural(lexicon, left, right)
        else 0.0,
    ]


def joined_features(lexicon: Lexicon, left: str, right: str, whole: Whole, own: Side = _NOTHING) -> list[float]:
    """Return the values of ``JOINED_FEATURES`` for a gap between two runs of letters of one word.

    Args:
        lexicon: Where to count.
        left: Letters before the gap.
        right: Letters after the gap.
        whole: What the letters are without a gap.
        own: What the word itself adds to the counts, taken off when training on it.
    """
    (a, of_left), (b, of_right) = joined_left(lexicon, left, own), joined_right(lexicon, right, own)
    return [*of_left, *of_right, *joined_both(lexicon, left, right, a, b, whole, own)]


def spaced_left(lexicon: Lexicon, left: str, own: Side = _NOTHING) -> Looked:
    """Look at letters before a space; ``own`` as in ``spaced_features``."""
    part = lexicon.part(left)
    known = Known(part.joined_left.half - bool(own.half), lexicon.count(left))
    return _looked(known, part.spaced_left, own, *_end(lexicon, left))


def spaced_right(lexicon: Lexicon, right: str, own: Side = _NOTHING) -> Looked:
    """Look at letters after a space; ``own`` as in ``spaced_features``."""
    part = lexicon.part(right)
    known = Known(part.joined_right.half - bool(own.half), lexicon.count(right))
    return _looked(known, part.spaced_right, own, len(right) == 1, len(right) == 2, right in INFLECTIONS)


def spaced_both(  # noqa: PLR0913, PLR0917  # a space and its two sides
    lexicon: Lexicon, left: str, right: str, a: Known, b: Known, own: Side = _NOTHING
) -> list[float]:
    """Return the values of ``SPACED_BOTH``."""
    ending = lexicon.ending(left[-1], right)[1]
    prefix = left in VERB_PREFIXES
    verb = prefix and lexicon.verbs.is_finite(right)
    return [
        1.0,
        _log_odds(ending.half - own.half, ending.other - own.other),
        1.0 if a.half <= 0 and b.half <= 0 else 0.0,
        1.0 if lexicon.plain(left + right) else 0.0,
        1.0 if verb else 0.0,
        1.0 if prefix and not verb else 0.0,
        1.0 if right in COPULAS and lexicon.verbs.is_participle(left) else 0.0,
        1.0 if left == right else 0.0,
        log(1 + min(a.sightings, b.sightings)),
    ]


def spaced_features(lexicon: Lexicon, left: str, right: str, own: Side = _NOTHING) -> list[float]:
    """Return the values of ``SPACED_FEATURES`` for a space between two runs of letters."""
    (a, of_left), (b, of_right) = spaced_left(lexicon, left, own), spaced_right(lexicon, right, own)
    return [*of_left, *of_right, *spaced_both(lexicon, left, right, a, b, own)]


def _log_odds(half: int, other: int) -> float:
    """Return the smoothed log odds, or 0 where no half-space was ever seen: that has a feature of its own."""
    return log((half + 0.3) / (max(other, 0) + 0.3)) if half > 0 else 0.0
