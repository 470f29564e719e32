"""The one score: how likely a half-space stands in a gap, by counts and, where they are thin, by what the word is like.

For two readings of the same letters (a half-space in the gap or not) the score is the share

    (count with half-space + TRUST * prior) / (count of both + TRUST)

where ``prior`` is what a logistic model, trained on the rare words of the corpora, thinks of a gap it has never seen.
Frequent words are decided by their counts; new words by the prior alone; rare ones by both.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from persnorm.context import Around
from persnorm.lexicon import NON_JOINING, Lexicon, Part, Side
from persnorm.morphology import COPULAS, INFLECTIONS, JOINED_ENDINGS, VERB_PREFIXES
from persnorm.rule import ZWNJ

TRUST = 1.0
"""How many sightings the prior is worth. Between 0.5 and 2 the accuracy on held-out text moves by under 0.1 points."""

ENOUGH = 50.0
"""From this count on a word's own counts decide, and the prior is not asked."""

SURE = 0.95
"""A reading with this share of the sightings needs no look at the line."""

STYLE = 0.9
"""The most that counts may say for کتاب‌ها against کتابها: who writes the one so writes all so, and some do."""

DAMAGE = 0.4
"""How much of a line's half-spaces are taken for lost before looking at it."""

CHANCE = 0.5
"""How likely a change must be to be made, all told."""

_NOTHING = Side(0, 0)
_NO_PART = Part(_NOTHING, _NOTHING, _NOTHING, _NOTHING)

JOINED_FEATURES = (
    "always",
    "left is a word",
    "right is a word",
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
)


class Whole(NamedTuple):
    """What a word is when it is read without a half-space."""

    is_verb: bool
    is_inflected: bool


def whole(lexicon: Lexicon, letters: str) -> Whole:
    """Return what the letters are without a half-space: a verb form (گرداند), a word with a joined ending (حقوقت)."""
    return Whole(
        lexicon.verbs.is_finite(letters),
        any(
            letters.endswith(ending) and len(letters) - len(ending) > 1 and letters[: -len(ending)] in lexicon.plain
            for ending in JOINED_ENDINGS
        ),
    )


def joined_features(
    lexicon: Lexicon, left: str, right: str, whole: Whole, own: Side = _NOTHING
) -> list[float]:
    """Return the values of ``JOINED_FEATURES`` for a gap between two runs of letters of one word.

    Args:
        lexicon: Where to count.
        left: Letters before the gap.
        right: Letters after the gap.
        whole: What the letters are without a gap.
        own: What the word itself adds to the counts, taken off when training on it.
    """
    a, b = lexicon.parts.get(left, _NO_PART).joined_left, lexicon.parts.get(right, _NO_PART).joined_right
    ending = lexicon.endings.get((left[-1], right), (_NOTHING, _NOTHING))[0]
    half, joined = own
    count_left, count_right = _count(lexicon, left), _count(lexicon, right)
    left_half, right_half = a.half - half, b.half - half
    prefix = left in VERB_PREFIXES
    verb = prefix and lexicon.verbs.is_finite(right)
    return [
        1.0,
        1.0 if count_left else 0.0,
        1.0 if count_right else 0.0,
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
    ]


def spaced_features(lexicon: Lexicon, left: str, right: str, own: Side = _NOTHING) -> list[float]:
    """Return the values of ``SPACED_FEATURES`` for a space between two runs of letters."""
    a, b = lexicon.parts.get(left, _NO_PART), lexicon.parts.get(right, _NO_PART)
    ending = lexicon.endings.get((left[-1], right), (_NOTHING, _NOTHING))[1]
    half, spaced = own
    types = 1 if half else 0
    left_half, right_half = a.joined_left.half - types, b.joined_right.half - types
    count_left, count_right = _count(lexicon, left), _count(lexicon, right)
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
        1.0 if left + right in lexicon.plain else 0.0,
        1.0 if verb else 0.0,
        1.0 if prefix and not verb else 0.0,
        1.0 if right in COPULAS and lexicon.verbs.is_participle(left) else 0.0,
        1.0 if right in INFLECTIONS else 0.0,
        1.0 if len(right) == 1 else 0.0,
        1.0 if len(right) == 2 else 0.0,
    ]


Gaps = tuple[int, ...]


class Evidence:
    """Weighs the readings of a word or of two neighbours, with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._joined_weights = [lexicon.weights["joined"].get(name, 0.0) for name in JOINED_FEATURES]
        self._spaced_weights = [lexicon.weights["spaced"].get(name, 0.0) for name in SPACED_FEATURES]
        self.readings = lru_cache(maxsize=1 << 15)(self._readings)

    def spaced_prior(self, left: str, right: str) -> float:
        """Return how likely a half-space, not a space, stands between two neighbours never seen together."""
        return _share(spaced_features(self.lexicon, left, right), self._spaced_weights)

    def _readings(self, letters: str) -> dict[Gaps, float]:
        """Return the readings of a joined word, each with its weight in sightings; () is the word as it stands."""
        readings = {gaps: count for gaps, count in self.lexicon.half.get(letters, ())}
        plain = self.lexicon.plain.get(letters, 0.0)
        if plain:
            readings[()] = plain
        if sum(readings.values()) < ENOUGH and len(letters) > 2:
            prior, at = self._best_gap(letters)
            if prior > 0.1:
                made = (*self.gaps(letters[:at]), at, *(at + gap for gap in self.right_gaps(letters[at:])))
                readings[made] = readings.get(made, 0.0) + TRUST * prior
            readings[()] = readings.get((), 0.0) + TRUST * (1 - prior)
        return readings or {(): 1.0}

    def gaps(self, letters: str) -> Gaps:
        """Return where the likeliest reading of a joined word has its half-spaces, as offsets in the letters."""
        readings = self.readings(letters)
        return max(readings, key=lambda gaps: (readings[gaps], gaps))

    def sure_gaps(self, letters: str) -> Gaps | None:
        """Return the gaps of the one reading that needs no look at the line, or None."""
        readings = self.readings(letters)
        gaps = self.gaps(letters)
        if readings[gaps] < SURE * sum(readings.values()) or (gaps and self._may_stand_joined(letters, gaps)):
            return None
        return gaps

    def words(self, letters: str) -> dict[Gaps, dict[Gaps, float]]:
        """Return the words that the letters may be, each with its spellings and their weights.

        The spellings of one word (کتابها, کتاب‌ها) stand together, under (), against other words (گوش‌های, گوشه‌ای).
        """
        words: dict[Gaps, dict[Gaps, float]] = {}
        for gaps, weight in self.readings(letters).items():
            lax = not gaps or self._may_stand_joined(letters, gaps)
            words.setdefault(() if lax else gaps, {})[gaps] = weight
        return words

    def gaps_in_line(self, letters: str, around: Around, damage: float) -> Gaps:
        """Return the gaps of the reading that the line speaks for.

        Args:
            letters: A word without any half-space.
            around: Its neighbours.
            damage: The share of half-spaces that this line seems to have lost without a trace.
        """
        words = self.words(letters)
        best_of = {word: max(spellings, key=lambda gaps: (spellings[gaps], gaps)) for word, spellings in words.items()}
        weights = {word: sum(spellings.values()) for word, spellings in words.items()}
        if len(words) > 1:
            support = {
                word: self.lexicon.context.support(_form(letters, gaps), around) for word, gaps in best_of.items()
            }
            top = max(support.values())
            weights = {word: weight * exp(support[word] - top) for word, weight in weights.items()}
        word = max(weights, key=lambda gaps: (weights[gaps], gaps))
        half = sum(weight for gaps, weight in weights.items() if gaps)
        if word:
            chance = weights[word] * damage / (half * damage + weights.get((), 0.0))
            return word if chance > CHANCE else ()
        spellings = words[()]
        gaps = best_of[()]
        share = min(spellings[gaps] / sum(spellings.values()), STYLE if gaps else 1.0)
        return gaps if share * damage > CHANCE * (share * damage + 1 - share) else ()

    def _may_stand_joined(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether the word may legally be written without its half-spaces, as کتابها and بزرگتر may."""
        plain = self.lexicon.plain.get(letters, 0.0) > 0
        cuts = (*gaps, len(letters))
        return all(
            letters[at - 1] != "ه"
            and letters[:at] not in VERB_PREFIXES
            and (plain or letters[at:end] in INFLECTIONS)
            for at, end in pairwise(cuts)
        )

    def gaps_given(self, letters: str, there: frozenset[int]) -> Gaps:
        """Return the half-spaces of a word of which some are there already: those stay."""
        if not there:
            return self.gaps(letters)
        known = {gaps: n for gaps, n in self.lexicon.half.get(letters, ()) if there.issubset(gaps)}
        if known:
            return max(known, key=lambda gaps: (known[gaps], gaps))
        found: list[int] = []
        cuts = [0, *sorted(there), len(letters)]
        for start, end in pairwise(cuts):
            part = letters[start:end]
            found += (start + gap for gap in (self.right_gaps(part) if start else self.gaps(part)))
            found.append(end)
        return tuple(found[:-1])

    def right_gaps(self, letters: str) -> Gaps:
        """Return the half-spaces inside the right side of a gap: none in an ending such as هایشان."""
        part = self.lexicon.parts.get(letters)
        return () if letters in INFLECTIONS or (part and part.joined_right.half > 2) else self.gaps(letters)

    def together(self, left: str, right: str) -> float:
        """Return the share that a half-space has between two neighbours: the score of this module."""
        half, spaced = self.lexicon.pairs.get((left, right), _NOTHING)
        if half + spaced >= ENOUGH:
            return half / (half + spaced)
        return (half + TRUST * self.spaced_prior(left, right)) / (half + spaced + TRUST)

    def _best_gap(self, letters: str) -> tuple[float, int]:
        best = (0.0, 0)
        unparted = whole(self.lexicon, letters)
        for at in range(1, len(letters)):
            if letters[at - 1] not in NON_JOINING:
                features = joined_features(self.lexicon, letters[:at], letters[at:], unparted)
                best = max(best, (_share(features, self._joined_weights), at))
        return best


def _count(lexicon: Lexicon, letters: str) -> float:
    count = lexicon.plain.get(letters, 0.0)
    if letters in lexicon.half:
        count += sum(n for _, n in lexicon.half[letters])
    return count


def _log_odds(half: int, other: int) -> float:
    """Return the smoothed log odds, or 0 where no half-space was ever seen: that has a feature of its own."""
    return log((half + 0.3) / (max(other, 0) + 0.3)) if half > 0 else 0.0


def _share(features: list[float], weights: list[float]) -> float:
    return 1 / (1 + exp(-sum(feature * weight for feature, weight in zip(features, weights, strict=True))))


def _form(letters: str, gaps: Gaps) -> str:
    return ZWNJ.join(letters[a:b] for a, b in pairwise((0, *gaps, len(letters))))


def damage(found: int, all_found: int) -> float:
    """Return the share of a line's half-spaces that were lost in one way, from those that can be told for sure.

    One imagined half-space, DAMAGE of it lost, stands for what is known before looking at the line.
    """
    return (found + DAMAGE) / (all_found + 1)
