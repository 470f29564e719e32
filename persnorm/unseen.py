"""How a word that was hardly ever seen may be parted: by what its parts are like.

What comes of it is a prior, which the counts of the word are weighed with in ``evidence``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from persnorm.alphabet import NON_JOINERS
from persnorm.features import Whole, inflection_class, whole
from persnorm.gap_model import JoinedModel
from persnorm.lexicon import Gaps, Lexicon
from persnorm.morphology import (
    COLLOQUIAL_CLITICS,
    COLLOQUIAL_STACKS,
    ENDINGS,
    INFLECTIONS,
    JOINED_ENDINGS,
    NUMERALS,
    PLURALS,
    VERB_PREFIXES,
    by_last_letter,
)
from persnorm.neighbours import RARE

NAME = 0.95
"""How likely بن between two known words makes a name of them."""

COLLOQUIAL = 0.98
"""How likely a word with a silent ه and an ending of spoken language, as همهش, is just that."""

LIKELY = 0.9
"""How likely letters that are the same twice are two words, as جیک‌جیک (shorter ones may be one: بلبل), and two common
words with و between are one word: قفل‌وبست.

Of words of six texts kept out of the counts, and of ten written for testing, that fall into the latter all four are so.
"""

OFTEN = 20.0
"""Words seen so often are common."""

JOINED_PREFIXES = ("چند", "دو", "چهار", "هزار", "صد", "پر", "ضد", "غیر", "نا", "با", "ابر")
"""What is joined before a word that is parted, and ends in a letter that does not join; numbers too, as in دونفره.

``rules/run_ons.py`` has those that make new words of any other.
"""

NEGLIGIBLE = 0.1
"""A half-space that the weights give no better chance is not thought of."""

TWICE = 2.0
"""A compound seen so often is parted in all its forms: پرس‌وجوها as پرس‌وجو."""

SHORT = 3
"""Words of so few letters are found in too many others to say how these are parted."""

TO_BE = ("ایم", "اید", "اند")
"""Forms of "to be" that stand half-spaced after ی, too: ایرانی‌اند; ای and ام are rather other endings."""

ORDINALS = ("", "م", "می", "مین")
"""Endings of numbers; نهصدمین is the 900th, though نه and صدمین are numbers too."""

SON = ("ابن", "بن")
"""Stand half-spaced between the names of a son and his father."""

_NON_JOINERS = tuple(NON_JOINERS)
_AFTER_HE = by_last_letter(COLLOQUIAL_CLITICS + COLLOQUIAL_STACKS)
_BY_LAST = by_last_letter(PLURALS + JOINED_ENDINGS)


class Unseen:
    """Parts words that may never have been seen.

    Args:
        lexicon: Where to look parts up.
        gaps: Gives the half-spaces inside of a part, which is a word of its own.
    """

    def __init__(self, lexicon: Lexicon, gaps: Callable[[str], Gaps]) -> None:
        self._lexicon = lexicon
        self._gaps = gaps
        self._model = JoinedModel(lexicon)

    def part(self, letters: str) -> tuple[float, Gaps]:
        """Return the likeliest way to part a word that may never have been seen, and how likely it is."""
        if name := self._name_gaps(letters):
            return NAME, name
        if any(letters.removesuffix(ending) in NUMERALS for ending in ORDINALS):
            return 0.0, ()
        if self._lexicon.doubles.find(letters):
            return self._parted(letters)
        if clitic := self._colloquial_clitic(letters):
            word = letters.removesuffix(clitic)
            return COLLOQUIAL, (*self._gaps(word), len(word))
        if gaps := self._twin_gaps(letters) or self._gaps_with_and(letters):
            return LIKELY, gaps
        return max(self._parted(letters), self._as_inflected(letters), self._as_prefixed(letters))

    def _colloquial_clitic(self, letters: str) -> str:
        """Return the ending of spoken language that a word with a silent ه has, as همهش, or ""."""
        for clitic in _AFTER_HE.get(letters[-1], ()):
            word = letters.removesuffix(clitic)
            if word[-1:] == "ه" and word != letters and self._lexicon.takes_colloquial_clitic(word, clitic):
                return clitic
        return ""

    def _twin_gaps(self, letters: str) -> Gaps:
        """Return the gaps of the same word twice with به between, as in سانت‌به‌سانت, or () for all other words."""
        word = letters[: len(letters) // 2 - 1]
        if letters != f"{word}به{word}" or not self._lexicon.knows(word):
            return ()
        return (len(word) + 2,) if word.endswith(_NON_JOINERS) else (len(word), len(word) + 2)

    def _gaps_with_and(self, letters: str) -> Gaps:
        """Return the gap of two common words with و between, as in قفل‌وبست, or () for all other words."""
        at = letters.find("و", SHORT)
        while 0 < at < len(letters) - SHORT:
            first, second = letters[:at], letters[at + 1 :]
            if first[-1] not in NON_JOINERS and min(self._lexicon.plain(first), self._lexicon.plain(second)) >= OFTEN:
                is_participle = any(self._lexicon.verbs.is_participle(letters[start:]) for start in range(at))
                return () if is_participle else (at,)  # جامونده
            at = letters.find("و", at + 1)
        return ()

    def _as_inflected(self, letters: str) -> tuple[float, Gaps]:
        """Return how a word with an ending that is joined to it is parted, by how it is parted without: پرس‌وجوها."""
        stems = (
            letters.removesuffix(ending)
            for ending in _BY_LAST.get(letters[-1], ())
            if letters.endswith(ending) and (ending in JOINED_ENDINGS or letters[: -len(ending)].endswith(_NON_JOINERS))
        )
        return max(map(self._as_seen, stems), default=(0.0, ()))

    def _as_prefixed(self, letters: str) -> tuple[float, Gaps]:
        """Return how a word with a prefix that is joined to it is parted, by how it is parted without: چندنسخه‌ای."""
        if not letters.startswith(JOINED_PREFIXES):
            return 0.0, ()
        prefix = next(prefix for prefix in JOINED_PREFIXES if letters.startswith(prefix))
        prior, gaps = self._as_seen(letters.removeprefix(prefix))
        return prior, tuple(len(prefix) + gap for gap in gaps)

    def _as_seen(self, letters: str) -> tuple[float, Gaps]:
        """Return the likeliest half-spaces of a word by its own sightings, and how likely; none if these are few."""
        readings = self._lexicon.readings(letters) if len(letters) > SHORT else {}
        half, gaps = max(((n, gaps) for gaps, n in readings.items() if gaps), default=(0.0, ()))
        return (half / (sum(readings.values()) + 1), gaps) if half >= TWICE else (0.0, ())

    def _parted(self, letters: str) -> tuple[float, Gaps]:
        """Return the likeliest way to part a word by what its parts are like, and how likely it is."""
        unparted = whole(self._lexicon, letters)
        best, cut = (0.0, 0), (0.0, 0, 0)
        for at in range(1, len(letters)):
            if letters[at - 1] not in NON_JOINERS:
                best = max(best, (self._chance(letters[:at], letters[at:], unparted), at))
        if best[0] < 0.5:
            for start, end in self._middles(letters):
                first = self._chance(letters[:start], letters[start:end], unparted)
                second = self._chance(letters[start:end], letters[end:], unparted)
                cut = max(cut, (min(first, second), start, end))
        if max(cut[0], best[0]) <= NEGLIGIBLE:
            return max(cut[0], best[0]), ()
        if cut[0] > best[0]:
            prior, start, end = cut
            return prior, (
                *self._gaps(letters[:start]),
                start,
                end,
                *(end + gap for gap in self.right_gaps(letters[:end], letters[end:])),
            )
        prior, at = best
        return prior, (
            *self._gaps(letters[:at]),
            at,
            *(at + gap for gap in self.right_gaps(letters[:at], letters[at:])),
        )

    def is_verb(self, letters: str) -> bool:
        """Tell whether letters hardly ever seen are a verb form, which is as good as one sighting."""
        return (
            self._lexicon.count(letters) < 1
            and self._lexicon.verbs.is_whole(letters)
            and not self._colloquial_clitic(letters)  # پایه‌ش is no form of پاییدن
        )

    def right_gaps(self, left: str, letters: str, *, as_it_stands: bool = False) -> Gaps:
        """Return the half-spaces inside the right side of a gap: none in an ending such as هایشان.

        Args:
            left: The left side.
            letters: The right side.
            as_it_stands: Whether an ending that may stand joined does (the ها of بحران‌سازیها), as its writer likes it.
        """
        if not letters or letters in INFLECTIONS or self._lexicon.is_sure(letters):
            return ()
        if left in VERB_PREFIXES and self._lexicon.verbs.stem(letters):
            return ()  # می‌خواباند has no خواب‌اند
        half, at, is_likeliest = self._stem_to_the_right(letters)
        is_one = self._lexicon.part(letters).joined_right.half > 2 or self.is_verb(letters)
        if as_it_stands and letters[at - 1] != "ه":
            is_likeliest = False
        if half > 2 and (is_likeliest or not is_one):
            return (at,)
        return () if is_one else self._gaps(letters)

    def _stem_to_the_right(self, letters: str) -> tuple[float, int, bool]:
        """Return what letters to the right of a gap are without an ending that takes another half-space.

        نویس‌های of قصه‌نویس‌های: نویس is no word, but a known right side. So is ساله, not سال, in سه‌ساله‌ای.

        Returns:
            How often the stem stands so, where it ends, and whether the letters are hardly anything else, as کارهای of
            قلم‌کارهای, which may be کاره‌ای, and دهی of نسبت‌دهی are.
        """
        stems = [(letters.removesuffix(ending), ending) for ending in ENDINGS if letters.endswith(ending)]
        known = [
            (self._lexicon.part(inflection_class(stem)).joined_right.half, len(stem), ending != "ی")
            for stem, ending in stems
            # the ی of پیش‌فرضی has no half-space before it
            if len(stem) > 1
            and (ending in INFLECTIONS or stem.endswith("ه") or (ending in TO_BE and stem.endswith("ی")))
        ]
        joining = [found for found in known if letters[found[1] - 1] not in NON_JOINERS]
        half, at, is_likeliest = max(joining, default=(0.0, 0, False))
        return half, at, is_likeliest and half == max(known)[0]

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
        return min(self._lexicon.count(word) for word in words) >= RARE

    def _middles(self, letters: str) -> Iterator[tuple[int, int]]:
        """Yield where a part stands in the letters that is known to have half-spaces on both sides, as بن has."""
        for start in range(2, len(letters) - 3):
            if letters[start - 1] in NON_JOINERS:
                continue
            for end in range(start + 2, min(start + 6, len(letters) - 1)):
                if letters[end - 1] in NON_JOINERS:
                    continue
                if self._lexicon.is_part(letters[start:end]):  # few are
                    part = self._lexicon.part(letters[start:end])
                    if min(part.joined_left_half, part.joined_right_half) >= 3:
                        yield start, end

    def _chance(self, left: str, right: str, unparted: Whole) -> float:
        if left in PLURALS:
            return 0.0  # no word begins with its ending: the run-on هایاعلام has nothing to part
        if right in {"ی", "ای"} and left.endswith("اه"):
            return 0.0  # the ه of پاسگاه is heard
        chance = self._model.chance(left, right, unparted)
        return max(chance, LIKELY) if left == right and len(left) >= SHORT else chance  # تاتی‌تاتی, whatever that is
