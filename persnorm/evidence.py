"""The one score: how likely a half-space stands in a gap, by counts and, where they are thin, by what the word is like.

For two readings of the same letters (a half-space in the gap or not) the score is the share

    (count with half-space + TRUST * prior) / (count of both + TRUST)

where ``prior`` is what a logistic model, trained on the rare words of the corpora, thinks of a gap it has never seen.
Frequent words are decided by their counts; new words by the prior alone; rare ones by both.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import NamedTuple

from persnorm.context import EDGE, Around
from persnorm.damage import JOINS, Line
from persnorm.doubles import Double, posterior_log_odds
from persnorm.lexicon import Gaps, Lexicon, default_lexicon
from persnorm.morphology import ENDINGS, VERB_PREFIXES
from persnorm.neighbours import CHANCE, TRUST, Neighbours
from persnorm.readings import REMEMBERED, Readings, Words, heaviest
from persnorm.remembering import remembered
from persnorm.row import Rows
from persnorm.word import put_together


class Weighed(NamedTuple):
    """What letters may be.

    Attributes:
        words: The words, weighed.
        is_lax: Whether the likeliest ends in an ending that may stand joined to it.
        is_longer: Whether it is the longer noun of a double, which may never stand joined.
        is_alone: Whether the letters are one word whatever stands around them.
    """

    words: Words
    is_lax: bool
    is_longer: bool
    is_alone: bool = False


CHANCE_UNKNOWN = 0.9
"""What ``CHANCE`` is for words never seen as one, in a line that lost nothing else: they may lack a space (صاحبخبر).

Chosen so that run-on words such as this one stay; on text kept out of the counts it costs up to 0.3 points of F1.
"""

CHANCE_NEW = 0.55
"""The same in a line that did lose other half-spaces. Of parts just above ``CHANCE`` too many are one word: تولتیپ."""

LONE = 0.9
"""A word without neighbours is read in one of several ways only where the others are this rare."""

HARDLY_JOINED = 100.0
"""An ending so many times as often half-spaced as joined was lost even in a line that lost nothing else."""

NEIGHBOURS = 1.6
"""How much the neighbours count against the sightings of each reading.

Chosen, like ``GENERATED``, by trial on sentence pairs of our own (tests/data/ambiguous/build.json).
"""


class Evidence(Readings):
    """Weighs the readings of a word or of two neighbours in their line, with one lexicon.

    Args:
        lexicon: Where to look words, their parts and their neighbours up.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.neighbours = Neighbours(lexicon)
        self.weigh_alone = remembered(self._weigh_alone, REMEMBERED)
        self._gaps_alone = remembered(self._in_line_alone, REMEMBERED)
        self.rows = Rows(self)

    def weigh(self, letters: str, around: Around) -> Weighed:
        """Return the words that the letters may be, weighed by the words around them too."""
        words = self.words(letters)
        if len(words) < 2:
            return self._leaning(letters, words)
        if around[:2] == (EDGE, EDGE):
            sums = [sum(spellings.values()) for spellings in words.values()]
            if max(sums) < LONE * sum(sums):
                words = {(): {(): 1.0}}  # several words in the same letters, and nobody to tell which
        elif self.lexicon.doubles.find(letters):
            if double := self.open_double(letters):
                words = self._of_double(letters, double, words, around)
        else:
            words = self._in_context(letters, words, around)
        return self._leaning(letters, words)

    def _weigh_alone(self, letters: str) -> Weighed | None:
        """Return the one word that letters may be, of several spellings; None if they may be several words."""
        words = self.words(letters)
        return self._leaning(letters, words)._replace(is_alone=True) if len(words) < 2 else None

    def _leaning(self, letters: str, words: Words) -> Weighed:
        gaps = likeliest(words)
        return Weighed(words, self.ends_lax(letters, gaps), self.is_longer_of_double(letters, gaps))

    def gaps_in_line(self, letters: str, weighed: Weighed, line: Line) -> Gaps:
        """Return the gaps of the reading that the line speaks for.

        Args:
            letters: A word without any half-space.
            weighed: What it may be.
            line: What else the line has lost and kept.
        """
        return self._gaps_alone((letters, line)) if weighed.is_alone else self._in_line(letters, weighed.words, line)

    def _in_line_alone(self, letters_and_line: tuple[str, Line]) -> Gaps:
        letters, line = letters_and_line  # many lines are alike, so this is remembered
        return self._in_line(letters, self.words(letters), line)

    def _in_line(self, letters: str, words: Words, line: Line) -> Gaps:
        weights = {gaps: weight for spellings in words.values() for gaps, weight in spellings.items()}
        best = max(weights, key=lambda gaps: (bool(gaps), weights[gaps], gaps))
        if not best:
            return ()
        if self.ends_lax(letters, best):
            may_be_joined = weights[best] < HARDLY_JOINED * (weights.get((), 0.0) + TRUST / 2)
            if may_be_joined and line.kept and not (line.joined or line.spaced):
                return ()  # nothing else was lost, so it is as its writer likes it
            line = line._replace(lax=max(line.lax - 1, 0))  # the others speak for this one, not it for itself
        seen = sum(weight * self._seen_joined(letters, gaps, line) for gaps, weight in weights.items())
        # Readings of one word, with a half-space more or less (ده‌دقیقهای, ده‌دقیقه‌ای), do not outvote each other.
        parted = sum(weight for gaps, weight in weights.items() if gaps and _are_nested(gaps, best))
        if parted * line.joined_loss <= self._needs(letters, best, line) * seen:
            return ()
        return self.gaps_given(letters, best)  # its parts may have lost half-spaces too: پیکربندی‌شدهای

    def _needs(self, letters: str, gaps: Gaps, line: Line) -> float:
        """Return how likely a reading must be to be taken: more for a compound never seen."""
        if self.lexicon.knows(letters) or letters[gaps[-1] :] in ENDINGS or letters[: gaps[0]] in VERB_PREFIXES:
            return CHANCE
        return CHANCE_NEW if line.joined else CHANCE_UNKNOWN

    def _in_context(self, letters: str, words: Words, around: Around) -> Words:
        """Return the words that the letters may be, weighed by their neighbours."""
        attested = self.lexicon.readings(letters).keys()
        support = {
            word: NEIGHBOURS * self.lexicon.context.support(put_together(letters, heaviest(spellings)), around)
            for word, spellings in words.items()
            if not attested.isdisjoint(spellings)
        }
        if len(support) < 2:
            return words
        top = max(support.values())
        lowest = min(support.values())  # for a word that nobody has seen no neighbour speaks
        return {
            word: {gaps: weight * exp(support.get(word, lowest) - top) for gaps, weight in spellings.items()}
            for word, spellings in words.items()
        }

    def _of_double(self, letters: str, double: Double, words: Words, around: Around) -> Words:
        """Return the words that the letters of a double may be, weighed by what tells the two nouns apart."""
        seconds = {word: sum(spellings.values()) for word, spellings in words.items() if double.is_second(word)}
        weight = sum(seconds.values())
        others = sum(sum(spellings.values()) for word, spellings in words.items() if word not in seconds)
        if not weight or not others:
            return words
        told = self.lexicon.doubles.log_odds(double, around)
        if not double.ending:
            told += NEIGHBOURS * self._supported(letters, words, max(seconds, key=seconds.__getitem__), around)
        share = 1 / (1 + exp(-posterior_log_odds(weight, others, told)))
        total = weight + others
        factors = share * total / weight, (1 - share) * total / others
        return {
            word: {gaps: n * factors[word not in seconds] for gaps, n in spellings.items()}
            for word, spellings in words.items()
        }

    def _supported(self, letters: str, words: Words, word: Gaps, around: Around) -> float:
        """Return how much more the neighbours support one of the words that letters may be than the others."""
        support = self.lexicon.context.support
        some = support(put_together(letters, heaviest(words[word])), around)
        return some - max(
            support(put_together(letters, heaviest(spellings)), around)
            for other, spellings in words.items()
            if other != word
        )

    def _seen_joined(self, letters: str, gaps: Gaps, line: Line) -> float:
        """Return how likely a word so read stands joined in a line: as it should, by damage, or as its writer likes."""
        if not gaps:
            return 1.0
        return line.joined_loss + ((1 - line.damaged) * JOINS if self.ends_lax(letters, gaps) else 0.0)


@cache
def default_evidence() -> Evidence:
    """Return what weighs with the lexicon that comes with the package; all normalizers share it and its memory."""
    return Evidence(default_lexicon())


def _are_nested(some: Gaps, others: Gaps) -> bool:
    """Tell whether of two readings one has all half-spaces of the other."""
    return set(some) <= set(others) or set(some) >= set(others)


def likeliest(words: Words) -> Gaps:
    """Return the gaps of the spelling that weighs most among those of all words."""
    return heaviest({gaps: weight for spellings in words.values() for gaps, weight in spellings.items()})
