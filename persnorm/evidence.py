"""The one score: how likely a half-space stands in a gap, by counts and, where they are thin, by what the word is like.

For two readings of the same letters (a half-space in the gap or not) the score is the share

    (count with half-space + TRUST * prior) / (count of both + TRUST)

where ``prior`` is what a logistic model, trained on the rare words of the corpora, thinks of a gap it has never seen.
Frequent words are decided by their counts; new words by the prior alone; rare ones by both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp

from persnorm.alphabet import NON_JOINERS
from persnorm.context import EDGE, Around
from persnorm.damage import JOINS, SLIP, Line
from persnorm.features import JOINED_FEATURES, Whole, joined_features, kind_of_gap, logistic, weights_of, whole
from persnorm.lexicon import Gaps, Lexicon
from persnorm.morphology import CLITICS, COPULAS, ENDINGS, INFLECTIONS, PLURALS, VERB_PREFIXES
from persnorm.neighbours import ENOUGH, TRUST, Neighbours
from persnorm.word import put_together

SURE = 0.95
"""A reading with this share of the sightings needs no look at the line."""

CHANCE = 0.5
"""How likely a change must be to be made, all told."""

CHANCE_UNKNOWN = 0.9
"""The same for words never seen as one, in a line that lost nothing else: they may have lost a space (صاحبخبر).

Chosen so that run-on words such as this one stay; on text kept out of the counts it costs up to 0.3 points of F1.
"""

CHANCE_NEW = 0.55
"""The same in a line that did lose other half-spaces. Of parts just above ``CHANCE`` too many are one word: تولتیپ."""

REMEMBERED = 1 << 16
"""So many words, and what was found out of each, are remembered."""

LONE = 0.9
"""A word without neighbours is read in one of several ways only where the others are this rare."""

HARDLY_JOINED = 100.0
"""An ending so many times as often half-spaced as joined was lost even in a line that lost nothing else."""

NEIGHBOURS = 1.6
COMPANY = 1.2
"""How much the neighbours and the words farther off count against the sightings of each reading.

Chosen, like ``GENERATED``, by trial on sentence pairs of our own (tests/data/ambiguous/build.json).
"""

COMMON = 5000.0
"""A word seen more often is no noun: در, کرد."""

GENERATED = 0.2
"""What a form that is only thought likely weighs, against one that was seen."""

_VERB_PREFIXES = tuple(sorted(VERB_PREFIXES))

RARE = 3
"""So many sightings may be slips."""

VERB_SLIPS = 2.0
"""Letters seen joined up to so many times as often as they are half-spaced after می are that verb, joined in haste.

What is seen joined more often is another word too: میدانی, میری.
"""

SON = ("ابن", "بن")
"""Stand half-spaced between the names of a son and his father."""


class Evidence:
    """Weighs the readings of a word or of two neighbours, with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._joined_weights = weights_of(lexicon, "joined", JOINED_FEATURES)
        self.neighbours = Neighbours(lexicon)
        # What is asked for each word of each line is remembered.
        self.readings = lru_cache(maxsize=REMEMBERED)(self._readings)
        self.gaps = lru_cache(maxsize=REMEMBERED)(self._gaps)
        self.sure_gaps = lru_cache(maxsize=REMEMBERED)(self._sure_gaps)
        self.gaps_given = lru_cache(maxsize=REMEMBERED)(self._gaps_given)

    def _readings(self, letters: str) -> dict[Gaps, float]:
        """Return the readings of a joined word, each with its weight in sightings; () is the word as it stands."""
        readings = dict(self.lexicon.readings(letters))
        if () in readings:
            readings[()] = max(readings[()] - self._slips(letters, readings), 0.0)
        if sum(readings.values()) < ENOUGH and len(letters) > 2:
            prior, made = self._make(letters)
            if prior > 0.1:
                readings[made] = readings.get(made, 0.0) + TRUST * prior
            readings[()] = readings.get((), 0.0) + TRUST * (1 - prior) + self._is_verb(letters)
        for gaps, weight in self._doubled(letters):
            readings[gaps] = max(readings.get(gaps, 0.0), weight)
        return readings or {(): 1.0}

    def _slips(self, letters: str, readings: Mapping[Gaps, float]) -> float:
        """Return how many sightings of a word in one piece are slips for its half-spaced forms."""
        verbs = sum(n for gaps, n in readings.items() if gaps and letters[: gaps[0]] in VERB_PREFIXES)
        if readings[()] <= VERB_SLIPS * max(verbs, float(self._is_imperfect(letters))):
            return readings[()]  # میشه, نمیدونم: hasty, but no other word
        return SLIP * sum(n for gaps, n in readings.items() if not self._may_stand_joined(letters, gaps))

    def _doubled(self, letters: str) -> Iterator[tuple[Gaps, float]]:
        """Yield both readings of letters such as دامنهای, by how often دامن and دامنه are seen and inflected so."""
        for ending in PLURALS:
            stem = letters.removesuffix(ending)
            silent = ending[1:]
            if stem == letters or silent not in CLITICS | COPULAS or not self.lexicon.companions.knows(stem + "ه"):
                continue
            if not self.lexicon.verbs.is_whole(stem) and self.lexicon.plain(stem) < COMMON:
                yield () if stem[-1] in NON_JOINERS else (len(stem),), self._generated(stem, ending)
            yield (len(stem) + 1,), self._generated(stem + "ه", f"ه {silent}")

    def _generated(self, word: str, ending: str) -> float:
        """Return how many sightings of a word with an ending are to be expected, from those of the word."""
        return GENERATED * self.lexicon.plain(word) * self.lexicon.weights.get(f"rate {ending}", 0.0)

    def _gaps(self, letters: str) -> Gaps:
        """Return where the likeliest reading of a joined word has its half-spaces, as offsets in the letters."""
        readings = self.readings(letters)
        return _heaviest(readings)

    def _sure_gaps(self, letters: str) -> Gaps | None:
        """Return the gaps of the one reading that needs no look at the line, or None."""
        if len(set(letters[:4])) == 1:  # laughter: هههه
            return ()
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

    def gaps_in_line(self, letters: str, around: Around, line: Line, company: Sequence[str] = ()) -> Gaps:
        """Return the gaps of the reading that the line speaks for.

        Args:
            letters: A word without any half-space.
            around: Its neighbours.
            line: What else the line has lost and kept.
            company: The words around it, up to ``companions.WINDOW`` on each side.
        """
        words = self.words(letters)
        if len(words) > 1 and around == (EDGE, EDGE):
            sums = [sum(spellings.values()) for spellings in words.values()]
            if max(sums) < LONE * sum(sums):
                return ()  # several words in the same letters, and nobody to tell which
        elif len(words) > 1:
            words = self._in_context(letters, words, around, company)
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
        return best if weights[best] * line.joined_loss > self._needs(letters, best, line) * seen else ()

    def _needs(self, letters: str, gaps: Gaps, line: Line) -> float:
        """Return how likely a reading must be to be taken: more for a compound never seen."""
        if self.lexicon.knows(letters) or letters[gaps[-1] :] in ENDINGS or letters[: gaps[0]] in VERB_PREFIXES:
            return CHANCE
        return CHANCE_NEW if line.joined else CHANCE_UNKNOWN

    def _in_context(
        self, letters: str, words: dict[Gaps, dict[Gaps, float]], around: Around, company: Sequence[str]
    ) -> dict[Gaps, dict[Gaps, float]]:
        """Return the words that the letters may be, weighed by the neighbours too."""
        attested = {*self.lexicon.readings(letters), *(gaps for gaps, _ in self._doubled(letters))}
        support = {
            word: self._support(put_together(letters, _heaviest(spellings)), around, company)
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

    def _support(self, form: str, around: Around, company: Sequence[str]) -> float:
        """Return how much the neighbours and the words farther off speak for a form, as a log likelihood."""
        near = self.lexicon.context.support(form, around)
        return NEIGHBOURS * near + COMPANY * self.lexicon.companions.support(form, company)

    def _seen_joined(self, letters: str, gaps: Gaps, line: Line) -> float:
        """Return how likely a word so read stands joined in a line: as it should, by damage, or as its writer likes."""
        if not gaps:
            return 1.0
        return line.joined_loss + ((1 - line.damaged) * JOINS if self.ends_lax(letters, gaps) else 0.0)

    def ends_lax(self, letters: str, gaps: Gaps) -> bool:
        """Tell whether a word ends in an ending that may stand joined to it, as کتاب‌ها may, but خانه‌ها may not."""
        return bool(gaps) and letters[gaps[-1] :] in INFLECTIONS and letters[gaps[-1] - 1] != "ه"

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
            return _heaviest(known)
        found: list[int] = []
        cuts = (0, *there, len(letters))
        for start, end in pairwise(cuts):
            part = letters[start:end]
            found += (start + gap for gap in (self.right_gaps(part) if start else self.gaps(part)))
            found.append(end)
        return tuple(found[:-1])

    def right_gaps(self, letters: str) -> Gaps:
        """Return the half-spaces inside the right side of a gap: none in an ending such as هایشان."""
        if letters in INFLECTIONS or self.lexicon.part(letters).joined_right.half > 2 or self._is_verb(letters):
            return ()
        # نویس‌های of قصه‌نویس‌های: نویس is no word, but a known right side. So is ساله, not سال, in سه‌ساله‌ای.
        stems = (
            letters.removesuffix(ending)
            for ending in ENDINGS
            if letters.endswith(ending) and (ending in INFLECTIONS or letters.removesuffix(ending).endswith("ه"))
        )  # the ی of پیش‌فرضی has no half-space before it
        known = [
            (self.lexicon.part(stem).joined_right.half, len(stem))
            for stem in stems
            if stem and stem[-1] not in NON_JOINERS
        ]
        half, at = max(known, default=(0, 0))
        if half > 2:
            return (at,)
        return self.gaps(letters)

    def _name_gaps(self, letters: str) -> Gaps:
        """Return the gaps of a name such as علی‌بن‌موسی or علی‌ابن‌موسی, or () for all other words."""
        for son in SON:
            at = letters.find(son, 2)
            end = at + len(son)
            if at < 0 or letters[end:] in ENDINGS or not self._are_known(letters[:at], letters[end:]):
                continue
            if any(self._are_known(letters[at:].removesuffix(ending)) for ending in ("", "ی", "ان", *ENDINGS)):
                return ()  # بنیان, بندان: another word that begins so
            return (end,) if letters[at - 1] in NON_JOINERS else (at, end)
        return ()

    def _are_known(self, *words: str) -> bool:
        return min(self.lexicon.count(word) for word in words) >= RARE

    def _make(self, letters: str) -> tuple[float, Gaps]:
        """Return the likeliest way to part a word that may never have been seen, and how likely it is."""
        if name := self._name_gaps(letters):
            return SURE, name
        unparted = whole(self.lexicon, letters)
        best, cut = (0.0, 0), (0.0, 0, 0)
        for at in range(1, len(letters)):
            if letters[at - 1] not in NON_JOINERS:
                best = max(best, (self._joined_prior(letters[:at], letters[at:], unparted), at))
        if best[0] < 0.5:
            for start, end in self._middles(letters):
                first = self._joined_prior(letters[:start], letters[start:end], unparted)
                second = self._joined_prior(letters[start:end], letters[end:], unparted)
                cut = max(cut, (min(first, second), start, end))
        if cut[0] > best[0]:
            prior, start, end = cut
            return prior, (
                *self.gaps(letters[:start]),
                start,
                end,
                *(end + gap for gap in self.right_gaps(letters[end:])),
            )
        prior, at = best
        if not at:
            return 0.0, ()
        return prior, (*self.gaps(letters[:at]), at, *(at + gap for gap in self.right_gaps(letters[at:])))

    def _middles(self, letters: str) -> Iterator[tuple[int, int]]:
        """Yield where a part stands in the letters that is known to have half-spaces on both sides, as بن has."""
        for start in range(2, len(letters) - 3):
            for end in range(start + 2, min(start + 6, len(letters) - 1)):
                part = self.lexicon.part(letters[start:end])
                if (
                    min(part.joined_left.half, part.joined_right.half) >= 3
                    and letters[start - 1] not in NON_JOINERS
                    and letters[end - 1] not in NON_JOINERS
                ):
                    yield start, end

    def _is_verb(self, letters: str) -> bool:
        """Tell whether letters that no count knows are a verb form, which is as good as one sighting."""
        return not self.lexicon.knows(letters) and self.lexicon.verbs.is_whole(letters)

    def _is_imperfect(self, letters: str) -> bool:
        """Tell whether letters are می and a verb form that no count knows, which is as good as one sighting."""
        return letters.startswith(_VERB_PREFIXES) and any(
            letters.startswith(prefix) and self.lexicon.verbs.is_finite(letters[len(prefix) :])
            for prefix in _VERB_PREFIXES
        )

    def _joined_prior(self, left: str, right: str, unparted: Whole) -> float:
        if left in PLURALS:
            return 0.0  # no word begins with its ending: the run-on هایاعلام has nothing to part
        features = joined_features(self.lexicon, left, right, unparted)
        return logistic(features, self._joined_weights[kind_of_gap(left, right)])


def _heaviest(spellings: dict[Gaps, float]) -> Gaps:
    return max(spellings, key=lambda gaps: (spellings[gaps], gaps))
