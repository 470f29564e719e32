"""The one score: how likely a half-space stands in a gap, by counts and, where they are thin, by what the word is like.

For two readings of the same letters (a half-space in the gap or not) the score is the share

    (count with half-space + TRUST * prior) / (count of both + TRUST)

where ``prior`` is what a logistic model, trained on the rare words of the corpora, thinks of a gap it has never seen.
Frequent words are decided by their counts; new words by the prior alone; rare ones by both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise, repeat
from math import exp, inf
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.context import EDGE, Around
from persnorm.damage import JOINS, SLIP, Line
from persnorm.doubles import Double, is_open, posterior_log_odds
from persnorm.lexicon import SURE, SURE_PARTED, WEIGHED, Gaps, Lexicon, default_lexicon
from persnorm.morphology import ENDINGS, INFLECTIONS, VERB_PREFIXES
from persnorm.neighbours import CHANCE, ENOUGH, TRUST, Neighbours
from persnorm.remembering import remembered
from persnorm.row import Rows
from persnorm.unseen import NEGLIGIBLE, Unseen
from persnorm.word import Word, put_together

Words = dict[Gaps, dict[Gaps, float]]
"""The words that letters may be, each with its spellings and their weights."""


class Weighed(NamedTuple):
    """What letters may be.

    Attributes:
        words: The words, weighed.
        is_lax: Whether the likeliest ends in an ending that may stand joined to it.
        is_longer: Whether it is the longer noun of a double, which may never stand joined.
    """

    words: Words
    is_lax: bool
    is_longer: bool


SURE_SHARE = 0.95
"""A reading with this share of the sightings needs no look at the line."""

ALONE = TRUST / (1 - SURE_SHARE)
"""A word that was seen so often, and always in one piece, is sure whatever its parts are like."""

CHANCE_UNKNOWN = 0.9
"""What ``CHANCE`` is for words never seen as one, in a line that lost nothing else: they may lack a space (صاحبخبر).

Chosen so that run-on words such as this one stay; on text kept out of the counts it costs up to 0.3 points of F1.
"""

CHANCE_NEW = 0.55
"""The same in a line that did lose other half-spaces. Of parts just above ``CHANCE`` too many are one word: تولتیپ."""

REMEMBERED = 1 << 14
"""So many words, and what was found out of each, are remembered."""

LONE = 0.9
"""A word without neighbours is read in one of several ways only where the others are this rare."""

HARDLY_JOINED = 100.0
"""An ending so many times as often half-spaced as joined was lost even in a line that lost nothing else."""

NEIGHBOURS = 1.6
"""How much the neighbours count against the sightings of each reading.

Chosen, like ``GENERATED``, by trial on sentence pairs of our own (tests/data/ambiguous/build.json).
"""

COMMON = 5000.0
"""A word seen more often is no noun: در, کرد."""

GENERATED = 0.2
"""What a form that is only thought likely weighs, against one that was seen."""

_VERB_PREFIXES = tuple(sorted(VERB_PREFIXES))

VERB_SLIPS = 2.0
"""Letters seen joined up to so many times as often as they are half-spaced after می are that verb, joined in haste.

What is seen joined more often is another word too: میدانی, میری.
"""


class Evidence:
    """Weighs the readings of a word or of two neighbours, with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.neighbours = Neighbours(lexicon)
        # What is asked for each word of each line is remembered.
        self.readings = remembered(self._readings, REMEMBERED)
        self.gaps = remembered(self._gaps, REMEMBERED)
        self.sure_gaps = remembered(self._sure_gaps, REMEMBERED)
        self.unseen = Unseen(lexicon, self.gaps)
        self.gaps_given = lru_cache(maxsize=REMEMBERED)(self._gaps_given)
        self.has_lost = remembered(self._has_lost, REMEMBERED)
        self.weigh_alone = remembered(self._weigh_alone, REMEMBERED)
        self.gaps_of_one_word = remembered(self._gaps_of_one_word, REMEMBERED)
        self.rows = Rows(self)

    def _readings(self, letters: str) -> dict[Gaps, float]:
        """Return the readings of a joined word, each with its weight in sightings; () is the word as it stands."""
        readings = dict(self.lexicon.readings(letters))
        if () in readings:
            readings[()] = max(readings[()] - self._slips(letters, readings), 0.0)
        seen = sum(readings.values())
        if seen < ENOUGH and len(letters) > 2 and not seen == readings.get((), 0.0) >= ALONE:
            prior, made = self.lexicon.thought(letters) or self.unseen.part(letters)
            if prior > NEGLIGIBLE:
                readings[made] = readings.get(made, 0.0) + TRUST * prior
            readings[()] = readings.get((), 0.0) + TRUST * (1 - prior) + self.unseen.is_verb(letters)
        if double := self._open_double(letters):
            expected = dict(self._doubled(double))
            # How often a form was seen says more than how often its noun was.
            most = TRUST if sum(map(self.lexicon.readings(letters).get, expected, repeat(0.0))) > TRUST else inf
            for gaps, weight in expected.items():
                readings[gaps] = max(readings.get(gaps, 0.0), min(weight, most))
            parted = (len(double.stem),)
            if parted in readings and not self.lexicon.plain(letters):  # each of the two nouns needs its half-space
                readings[()] = SLIP * readings[parted]
        return readings or {(): 1.0}

    def _slips(self, letters: str, readings: Mapping[Gaps, float]) -> float:
        """Return how many sightings of a word in one piece are slips for its half-spaced forms."""
        verbs = sum(n for gaps, n in readings.items() if gaps and letters[: gaps[0]] in VERB_PREFIXES)
        if readings[()] <= VERB_SLIPS * max(verbs, float(self._is_imperfect(letters))):
            return readings[()]  # میشه, نمیدونم: hasty, but no other word
        return SLIP * sum(n for gaps, n in readings.items() if not self._may_stand_joined(letters, gaps))

    def _doubled(self, double: Double) -> Iterator[tuple[Gaps, float]]:
        """Yield both readings of letters such as دامنهای, by how often دامن and دامنه are seen and inflected so."""
        stem, ending = double
        plural = () if stem[-1] in NON_JOINERS else (len(stem),)
        if self.lexicon.verbs.is_whole(stem) or self.lexicon.plain(stem) >= COMMON:
            plurals = self.lexicon.readings(stem + "ها").get(plural, 0.0) + 1  # کرد is hardly a Kurd
            yield plural, GENERATED * plurals * self._rate(ending) / (self._rate("ها") or 1.0)
        else:
            yield plural, self._generated(stem, ending)
        yield (len(stem) + 1,), self._generated(stem + "ه", f"ه {ending[1:]}")

    def _generated(self, word: str, ending: str) -> float:
        """Return how many sightings of a word with an ending are to be expected, from those of the word."""
        return GENERATED * self.lexicon.plain(word) * self._rate(ending)

    def _rate(self, ending: str) -> float:
        """Return how often a noun has an ending."""
        return self.lexicon.weights.get(f"rate {ending}", 0.0)

    def _gaps(self, letters: str) -> Gaps:
        """Return where the likeliest reading of a joined word has its half-spaces, as offsets in the letters."""
        mark = self.lexicon.mark(letters)
        if mark == SURE:
            return ()
        return heaviest(self.lexicon.readings(letters) if mark == SURE_PARTED else self.readings(letters))

    def _sure_gaps(self, letters: str) -> Gaps | None:
        """Return the gaps of the one reading that needs no look at the line, or None."""
        if len(set(letters[:4])) == 1:  # laughter: هههه
            return ()
        if mark := self.lexicon.mark(letters):
            return None if mark == WEIGHED else self.gaps(letters)
        if self._open_double(letters):
            return None
        readings = self.readings(letters)
        gaps = self.gaps(letters)
        if readings[gaps] < SURE_SHARE * sum(readings.values()) or (gaps and self._may_stand_joined(letters, gaps)):
            return None
        return gaps

    def may_be_read_otherwise(self, word: Word) -> bool:
        """Tell whether a word may have other half-spaces than it has, in some line."""
        return (self.gaps_given(word.letters, word.gaps) if word.gaps else self.sure_gaps(word.letters)) != word.gaps

    def is_undecided(self, word: Word) -> bool:
        """Tell whether only the line can tell how a word is to be read, or the parts of one have lost half-spaces."""
        return self.may_be_read_otherwise(word) if word.gaps else self.sure_gaps(word.letters) is None

    def words(self, letters: str) -> Words:
        """Return the words that the letters may be, each with its spellings and their weights.

        The spellings of one word (کتابها, کتاب‌ها) stand together, under (), against other words (گوش‌های, گوشه‌ای).
        """
        words: Words = {}
        for gaps, weight in self.readings(letters).items():
            lax = not gaps or self._may_stand_joined(letters, gaps)
            words.setdefault(() if lax else gaps, {})[gaps] = weight
        return words

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
            if double := self._open_double(letters):
                words = self._of_double(double, words, around)
        else:
            words = self._in_context(letters, words, around)
        return self._leaning(letters, words)

    def _weigh_alone(self, letters: str) -> Weighed | None:
        """Return the one word that letters may be, of several spellings; None if they may be several words."""
        words = self.words(letters)
        return self._leaning(letters, words) if len(words) < 2 else None

    def _leaning(self, letters: str, words: Words) -> Weighed:
        gaps = likeliest(words)
        return Weighed(words, self.ends_lax(letters, gaps), self.is_longer_of_double(letters, gaps))

    def _gaps_of_one_word(self, letters_and_line: tuple[str, Line]) -> Gaps:
        """Return the gaps that the line speaks for, of letters that are one word; many lines are alike."""
        letters, line = letters_and_line
        return self.gaps_in_line(letters, self.words(letters), line)

    def gaps_in_line(self, letters: str, words: Words, line: Line) -> Gaps:
        """Return the gaps of the reading that the line speaks for.

        Args:
            letters: A word without any half-space.
            words: What it may be, weighed.
            line: What else the line has lost and kept.
        """
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

    def _open_double(self, letters: str) -> Double | None:
        """Return the double that the letters are, unless they were only ever seen as one of its nouns, and often."""
        double = self.lexicon.doubles.find(letters)
        if double is None:
            return None
        seen = self.lexicon.readings(letters)
        longer = seen.get((len(double.stem) + 1,), 0.0)
        return double if is_open(longer, sum(seen.values()) - longer) else None

    def _of_double(self, double: Double, words: Words, around: Around) -> Words:
        """Return the words that the letters of a double may be, weighed by what tells the two nouns apart."""
        longer = (len(double.stem) + 1,)
        weight = sum(words.get(longer, {}).values())
        others = sum(sum(spellings.values()) for word, spellings in words.items() if word != longer)
        if not weight or not others:
            return words
        share = 1 / (1 + exp(-posterior_log_odds(weight, others, self.lexicon.doubles.log_odds(double, around))))
        total = weight + others
        factors = share * total / weight, (1 - share) * total / others
        return {
            word: {gaps: n * factors[word != longer] for gaps, n in spellings.items()}
            for word, spellings in words.items()
        }

    def _seen_joined(self, letters: str, gaps: Gaps, line: Line) -> float:
        """Return how likely a word so read stands joined in a line: as it should, by damage, or as its writer likes."""
        if not gaps:
            return 1.0
        return line.joined_loss + ((1 - line.damaged) * JOINS if self.ends_lax(letters, gaps) else 0.0)

    def ends_lax(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether a word ends in an ending that may stand joined to it, as کتاب‌ها may, but خانه‌ها may not."""
        return bool(gaps) and letters[gaps[-1] :] in INFLECTIONS and letters[gaps[-1] - 1] != "ه"

    def is_longer_of_double(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether a reading is the longer noun of a double, as گوشه‌ای is, which may never stand joined."""
        double = self.lexicon.doubles.find(letters)
        return double is not None and gaps == (len(double.stem) + 1,)

    def _has_lost(self, letters: str) -> bool:
        """Tell whether a joined double is so often the longer noun that its line for sure lost a half-space."""
        if not self.lexicon.doubles.find(letters):
            return False
        readings = self.readings(letters)
        gaps = heaviest(readings)
        return readings[gaps] >= SURE_SHARE * sum(readings.values()) and self.is_longer_of_double(letters, gaps)

    def _may_stand_joined(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether the word may legally be written without its half-spaces, as کتابها and بزرگتر may."""
        plain = self.lexicon.plain(letters) > 0
        cuts = (*gaps, len(letters))
        return all(
            letters[at - 1] != "ه" and letters[:at] not in VERB_PREFIXES and (plain or letters[at:end] in INFLECTIONS)
            for at, end in pairwise(cuts)
        )

    def _gaps_given(self, letters: str, there: Gaps) -> Gaps:
        """Return the half-spaces of a word of which some are there already: those stay."""
        known = {gaps: n for gaps, n in self.lexicon.readings(letters).items() if set(there) <= set(gaps)}
        if known:
            return heaviest(known)
        found: list[int] = []
        cuts = (0, *there, len(letters))
        for start, end in pairwise(cuts):
            part = letters[start:end]
            found += (start + gap for gap in (self.unseen.right_gaps(part) if start else self.gaps(part)))
            found.append(end)
        return tuple(found[:-1])

    def _is_imperfect(self, letters: str) -> bool:
        """Tell whether letters are می and a verb form that no count knows, which is as good as one sighting."""
        return letters.startswith(_VERB_PREFIXES) and any(
            letters.startswith(prefix) and self.lexicon.verbs.is_finite(letters[len(prefix) :])
            for prefix in _VERB_PREFIXES
        )


@cache
def default_evidence() -> Evidence:
    """Return what weighs with the lexicon that comes with the package; all normalizers share it and its memory."""
    return Evidence(default_lexicon())


def _are_nested(some: Gaps, others: Gaps) -> bool:
    """Tell whether of two readings one has all half-spaces of the other."""
    return set(some) <= set(others) or set(some) >= set(others)


def heaviest(spellings: Mapping[Gaps, float]) -> Gaps:
    """Return the gaps that weigh most."""
    return max(spellings, key=lambda gaps: (spellings[gaps], gaps))


def likeliest(words: Words) -> Gaps:
    """Return the gaps of the spelling that weighs most among those of all words."""
    return heaviest({gaps: weight for spellings in words.values() for gaps, weight in spellings.items()})
