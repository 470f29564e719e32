"""What the letters of a word may be: its readings, weighed by how often each was seen and by what its parts are like.

Nothing here looks at the line; ``evidence`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise, repeat
from math import inf

from persnorm.alphabet import NON_JOINERS
from persnorm.damage import SLIP
from persnorm.doubles import Double, is_open
from persnorm.lexicon import SURE, SURE_PARTED, WEIGHED, Gaps, Lexicon
from persnorm.morphology import FORMAL_PLURALS, INFLECTIONS, VERB_PREFIXES
from persnorm.neighbours import ENOUGH, TRUST
from persnorm.remembering import remembered
from persnorm.unseen import NEGLIGIBLE, Unseen
from persnorm.word import Word

Words = dict[Gaps, dict[Gaps, float]]
"""The words that letters may be, each with its spellings and their weights."""

SURE_SHARE = 0.95
"""A reading with this share of the sightings needs no look at the line."""

ALONE = TRUST / (1 - SURE_SHARE)
"""A word that was seen so often, and always in one piece, is sure whatever its parts are like."""

REMEMBERED = 1 << 14
"""So many words, and what was found out of each, are remembered."""

COMMON = 5000.0
"""A word seen more often is no noun: در, کرد."""

GENERATED = 0.2
"""What a form that is only thought likely weighs, against one that was seen."""

SPOKEN = 0.25
"""How often a text is everyday speech, where the letters may be a plural of it: لبهاش.

Few of the counted texts are, so that of لب‌هاش little is seen, but of لب‌هایش much.
"""

_VERB_PREFIXES = tuple(sorted(VERB_PREFIXES))

VERB_SLIPS = 2.0
"""Letters seen joined up to so many times as often as they are half-spaced after می are that verb, joined in haste.

What is seen joined more often is another word too: میدانی, میری.
"""


class Readings:
    """Weighs the readings of a word by itself, with one lexicon.

    Args:
        lexicon: Where to look words and their parts up.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        # What is asked for each word of each line is remembered.
        self.readings = remembered(self._readings, REMEMBERED)
        self.gaps = remembered(self._gaps, REMEMBERED)
        self.sure_gaps = remembered(self._sure_gaps, REMEMBERED)
        self.unseen = Unseen(lexicon, self.gaps)
        self.gaps_given = lru_cache(maxsize=REMEMBERED)(self._gaps_given)
        self.has_lost = remembered(self._has_lost, REMEMBERED)
        self.words = remembered(self._words, REMEMBERED)

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
        if (double := self.open_double(letters)) and double.ending:
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
            formal = FORMAL_PLURALS.get(ending)
            spoken = SPOKEN * self.lexicon.readings(stem + formal).get(plural, 0.0) if formal else 0.0
            yield plural, max(self._generated(stem, ending), spoken)
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
        if self.open_double(letters):
            return None
        readings = self.readings(letters)
        gaps = self.gaps(letters)
        if readings[gaps] < SURE_SHARE * sum(readings.values()) or (gaps and self._may_stand_joined(letters, gaps)):
            return None
        return gaps

    def _gaps_given(self, letters: str, there: Gaps) -> Gaps:
        """Return the half-spaces of a word of which some are there already: those stay."""
        known = {gaps: n for gaps, n in self.lexicon.readings(letters).items() if set(there) <= set(gaps)}
        if known:
            return heaviest(known)
        found: list[int] = []
        cuts = (0, *there, len(letters))
        for start, end in pairwise(cuts):
            part = letters[start:end]
            inside = self.unseen.right_gaps(letters[:start], part, as_it_stands=True) if start else self.gaps(part)
            found += (start + gap for gap in inside)
            found.append(end)
        return tuple(found[:-1])

    def may_be_read_otherwise(self, word: Word) -> bool:
        """Tell whether a word may have other half-spaces than it has, in some line."""
        return (self.gaps_given(word.letters, word.gaps) if word.gaps else self.sure_gaps(word.letters)) != word.gaps

    def is_undecided(self, word: Word) -> bool:
        """Tell whether only the line can tell how a word is to be read, or the parts of one have lost half-spaces."""
        return self.may_be_read_otherwise(word) if word.gaps else self.sure_gaps(word.letters) is None

    def _words(self, letters: str) -> Words:
        """Return the words that the letters may be, each with its spellings and their weights.

        The spellings of one word (کتابها, کتاب‌ها) stand together, under (), against other words (گوش‌های, گوشه‌ای).
        """
        double = self.open_double(letters)
        is_homograph = double is not None and not double.ending  # تن‌ها is another word than تنها
        words: Words = {}
        for gaps, weight in self.readings(letters).items():
            lax = not gaps or (not is_homograph and self._may_stand_joined(letters, gaps))
            words.setdefault(() if lax else gaps, {})[gaps] = weight
        return words

    def ends_lax(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether a word ends in an ending that may stand joined to it, as کتاب‌ها may, but خانه‌ها may not."""
        return bool(gaps) and letters[gaps[-1] :] in INFLECTIONS and letters[gaps[-1] - 1] != "ه"

    def is_longer_of_double(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether a reading is the longer noun of a double, as گوشه‌ای is, which may never stand joined."""
        double = self.lexicon.doubles.find(letters)
        return double is not None and double.ending != "" and double.is_second(gaps)

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

    def open_double(self, letters: str) -> Double | None:
        """Return the double that the letters are, unless they were only ever seen as one of its nouns, and often."""
        double = self.lexicon.doubles.find(letters)
        if double is None:
            return None
        seen = self.lexicon.readings(letters)
        if not double.ending:
            return double if () in seen and len(seen) > 1 else None
        longer = seen.get((len(double.stem) + 1,), 0.0)
        return double if is_open(longer, sum(seen.values()) - longer) else None

    def _is_imperfect(self, letters: str) -> bool:
        """Tell whether letters are می and a verb form that no count knows, which is as good as one sighting."""
        return letters.startswith(_VERB_PREFIXES) and any(
            letters.startswith(prefix) and self.lexicon.verbs.is_finite(letters[len(prefix) :])
            for prefix in _VERB_PREFIXES
        )


def heaviest(spellings: Mapping[Gaps, float]) -> Gaps:
    """Return the gaps that weigh most."""
    return max(spellings, key=lambda gaps: (spellings[gaps], gaps))
