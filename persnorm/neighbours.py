"""Words side by side: how likely a half-space, not a space, belongs between two neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.features import kind_of_gap
from persnorm.gap_model import SpacedModel
from persnorm.lexicon import MEETING, Lexicon
from persnorm.morphology import COLLOQUIAL_CLITICS, INFLECTIONS, NUMERALS, PLURALS, VERB_PREFIXES
from persnorm.remembering import remembered
from persnorm.row import ENDS, ENDS_ANY, OPENS, OPENS_ANY, Chunk, Row
from persnorm.rule import ZWNJ

TRUST = 1.0
"""How many sightings the prior is worth.

Between 0.5 and 2 the F1 on six texts that were not counted moves by at most 0.12 points for words that lost their
half-spaces outright, and by at most 0.46 for words whose half-spaces became spaces.
"""

ENOUGH = 50.0
"""From this count on a word's own counts decide, and the prior is not asked."""

BOUND = 9
"""A suffix that is half-spaced so many times as often as spaced is no word of its own."""

CHANCE = 0.5
"""How likely a change must be to be made, all told."""

CHANCE_COMPOUND = 0.45
"""The same for a compound: a little less than even, as one that is missed costs as much as one too many."""

CHANCE_PHRASE = 0.72
CHANCE_NEW = 0.7
"""The same for phrases with a determiner and for compounds never seen: just above even too many are phrases."""

MOST_OF_NEW = 0.93
"""How likely a compound never seen is at the most, whatever its parts are like: some lines space even طبل نوازی."""

HARDLY_COMPARED = 15.0
"""A word seen so many times as often as with ترین is no adjective, unless it is listed as one."""

HARDLY_COMPARED_LISTED = 100.0
"""A word seen so many times as often as with ترین is none even then: hazm's lists have باران as an adjective too."""

OF_NOUNS = 0.2
"""A word that has its plurals so often is no adjective, whatever is listed: برگ, but not احمق."""

NO_VERB = 5000.0
"""A word that is seen so often is no form of a verb: مردم."""

DETERMINERS = frozenset(("این", "آن", "همین", "همان", "هیچ", "بدان", "به"))
"""What makes phrases that may be written either way: این گونه, هیچ یک, به طور."""

RARE = 3
"""So many sightings may be slips."""

HOPELESS = 0.001
"""A participle with a smaller share of half-spaces gets none, whatever follows it."""

ALWAYS_JOINED = 0.9
"""A word that is joined in this share of its sightings is joined."""

COLLOQUIAL = 0.95
"""How likely an ending of spoken language that stands alone after silent ه, as in همه ش, belongs to that word."""

SLIPS = {"plural": 0.1, "clitic": 0.5}
"""What a sighting with a space counts before an ending.

Most are slips of careless writers (شیشه ها), and some are another word (ویتامین ای, هان ای).

Chosen by trial: on eight texts that were not counted F1 moves by -0.05 to 0.24 points.
"""

_BEFORE_AND = re.compile("^(.*) و .*$", re.MULTILINE)

STACKED = ("مان", "تان", "شان")
"""Endings that may follow another ending, half-spaced."""


class Weighed(NamedTuple):
    """What is known of two neighbours.

    Attributes:
        share: How much of their use is half-spaced.
        is_affix: Whether one of them is an affix, which no good text sets apart; a compound may be spaced.
        needs: How likely a half-space must be to be put between them.
        glue: What holds them together.
        is_participle: Whether the second is a participle: then what follows has a say.
        is_either: Whether they are one word or two, each with a meaning of its own: then all around has a say.
    """

    share: float
    is_affix: bool
    needs: float
    glue: str
    is_participle: bool
    is_either: bool


class Neighbours:
    """Weighs the half-space between two words, with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._prefixes, self._suffixes = lexicon.prefixes, lexicon.suffixes
        self._model = SpacedModel(lexicon)
        known = "\n".join(lexicon.meeting())
        self._before_and = frozenset(_BEFORE_AND.findall(known))
        words = _BEFORE_AND.sub(r"\1 و", known).replace("\n", " ").split(" ")
        self._openers, self._enders = frozenset(words[::2]), frozenset((*words[1::2], "و"))
        self.may_become_one = remembered(self._may_become_one, 1 << 16)
        self._nature = remembered(self._nature_of, 1 << 15)
        self.weighed = remembered(self._weighed, 1 << 14)

    def prior(self, left: str, right: str) -> float:
        """Return how likely a half-space, not a space, stands between two neighbours never seen together."""
        return self._model.chance(left, right, kind_of_gap(left, right))

    def may_join(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are worth weighing: known together, or one of them an affix."""
        return left in self._prefixes or right in self._suffixes or self.lexicon.may_meet(left, right)

    def sides(self, first: str, last: str) -> int:
        """Return what a chunk may be put together with, as bits, by the letters that it turns to both sides."""
        return (
            OPENS * (last in self._openers)
            | OPENS_ANY * (last in self._prefixes)
            | ENDS * (first in self._enders)
            | ENDS_ANY * (first in self._suffixes or first in COLLOQUIAL_CLITICS)
        )

    def meetings(self, row: Row) -> Sequence[int]:
        """Return the places of the chunks of a row that may be put together with the next one in some line."""
        if row.meetings is None:
            places = [*row.may_meet_any(), *self._known_pairs(row)]
            row.meetings = sorted({at for at in places if self._may_meet(row.chunks, at)}) if places else ()
        return row.meetings

    def _known_pairs(self, row: Row) -> list[int]:
        """Return the places of chunks half-spaced often enough to the next one to be weighed, or to it and a third."""
        chunks, before_and, row_of = row.chunks, self._before_and, self.lexicon.neighbours.get
        places: list[int] = []
        for at in row.may_meet():
            before, after = chunks[at].last, chunks[at + 1].first
            if row_of(f"{before} {after}", "")[-1:] in MEETING or (after == "و" and before in before_and):
                places.append(at)
        return places

    def _may_meet(self, chunks: Sequence[Chunk], at: int) -> bool:
        before, after = chunks[at].last, chunks[at + 1].first
        return (
            before != ""
            and after != ""
            and (
                self.may_become_one((before, after))
                or self._may_be_three(chunks, at - 1)
                or self._may_be_three(chunks, at)
            )
        )

    def _may_be_three(self, chunks: Sequence[Chunk], start: int) -> bool:
        """Tell whether three chunks from a place on may be one word."""
        if not 0 <= start < len(chunks) - 2:
            return False
        one, two, three = chunks[start : start + 3]
        middle = two.first
        return (
            middle == two.last
            and self.lexicon.knows(one.last + middle + three.first)
            and self.together_in_three(one.last, middle, three.first) > 0
        )

    def are_one_with_and(self, left: str, right: str) -> bool:
        """Tell whether two words with و between them are one word: گفت و گو is گفت‌وگو."""
        return self.lexicon.may_meet(left, f"و {right}")

    def _may_become_one(self, pair: tuple[str, str]) -> bool:
        """Tell whether two neighbours are put together in any line at all; most beside an affix are in none."""
        left, right = pair
        is_infinitive, is_participle, is_verb, is_bound = self._nature(right)
        if is_infinitive or right == "است" or (left in NUMERALS and right in NUMERALS):
            return False  # بلند شدن and رفته است are phrases, though some half-space them; بیست و یک is several words
        if right == "و" or left[-1] in NON_JOINERS:
            joins = right in INFLECTIONS and self.lexicon.plain(left + right) > RARE
            if joins and right == "تر" and self._takes_no_degree(left):
                return False  # وتر is a chord, but تر و تازه is wet
            return joins or (right == "و" and left in self._before_and)
        if is_bound or right in COLLOQUIAL_CLITICS or kind_of_gap(left, right) != "compound":
            return self.together(left, right) > CHANCE
        if is_verb and not is_participle and not any(self.lexicon.pair(left, right)):
            return False  # ته نوشید is no compound
        needs = HOPELESS if is_participle else self.needs(left, right)  # after a participle, what follows it tells
        return self.lexicon.is_either(left, right) or self.together(left, right) > needs

    def _nature_of(self, right: str) -> tuple[bool, bool, bool, bool]:
        """Tell of the second of two neighbours whether it is an infinitive, a participle, a verb, a bound suffix.

        A verb is what no compound was seen to end in: نوشید, but not بینی, which is a noun in پیش‌بینی, nor نوازند, as
        there is مهمان‌نواز. Imperatives are verbs, too: نخور.
        """
        verbs = self.lexicon.verbs
        is_verb = (
            not right.endswith(("ی", "ه"))
            and (verbs.is_whole(right) or (right[0] in "بن" and verbs.stem(right[1:]) == "present"))
            and not any(
                self.lexicon.part(right.removesuffix(copula)).joined_right.half > RARE
                for copula in ("", "م", "یم", "ند")
            )
        )
        return verbs.is_infinitive(right), verbs.is_participle(right), is_verb, self.is_bound(right)

    def _weighed(self, pair: tuple[str, str]) -> Weighed:
        """Return what is known of two neighbours, of which the first ends in a letter that joins."""
        left, right = pair
        return Weighed(
            self.together(left, right),
            self.holds_affix(left, right),
            self.needs(left, right),
            self._glue(left, right),
            self.lexicon.verbs.is_participle(right),
            self.lexicon.is_either(left, right),
        )

    def _glue(self, left: str, right: str) -> str:
        """Return what holds two parts of a word together: nothing where it is always written joined, as بهتر."""
        if len(left) == 1 or self.lexicon.doubles.find(left + right):
            return ZWNJ  # ب ها, and تن ها: تنها is another word
        joined = right in INFLECTIONS and self.lexicon.plain(left + right)
        return "" if joined > RARE and joined > ALWAYS_JOINED * self.lexicon.count(left + right) else ZWNJ

    def needs(self, left: str, right: str) -> float:
        """Return how likely a half-space must be to be put between two neighbours."""
        if self.holds_affix(left, right):
            return CHANCE
        if not any(self.lexicon.pair(left, right)):
            return CHANCE_NEW
        return CHANCE_PHRASE if left in DETERMINERS else CHANCE_COMPOUND

    def holds_affix(self, left: str, right: str) -> bool:
        """Tell whether one of two neighbours is an affix, which no good text sets apart; a compound may be spaced."""
        return kind_of_gap(left, right) != "compound" or self.is_bound(right) or right in COLLOQUIAL_CLITICS

    def is_bound(self, right: str) -> bool:
        """Tell whether a suffix hardly ever stands alone, as آمیز and پذیر: a space before it is an error."""
        if right not in self._suffixes:
            return False
        half, spaced = self.lexicon.part(right).spaced_right
        return half > BOUND * spaced and not self.lexicon.verbs.is_finite(right)

    def together(self, left: str, right: str) -> float:
        """Return the share that a half-space has between two neighbours: the score of this module."""
        if left == "های" and right in STACKED:
            return 1.0  # خواب های تان: endings, whose half-space the counts leave out, as most write هایتان
        takes_clitic = right in COLLOQUIAL_CLITICS and self.lexicon.takes_colloquial_clitic(left, right)
        if takes_clitic or (right in COLLOQUIAL_CLITICS and len(right) == 1):  # of longer ones the counts tell, too
            return COLLOQUIAL * takes_clitic
        kind = kind_of_gap(left, right)
        seen = self.lexicon.pair(left, right)
        half, spaced = seen.half, seen.other * SLIPS.get(kind, 1.0)
        if half + spaced >= ENOUGH:
            return half / (half + spaced)
        if not half and self._is_no_affix(left, right):
            return 0.0
        prior = self._model.chance(left, right, kind)
        if kind == "compound" and not half + spaced:
            prior = min(prior, MOST_OF_NEW)
        if kind == "compound" and left in NUMERALS and left != "یک":  # سه‌ساله as پنج‌ساله
            of_all = [self.lexicon.pair(numeral, right) for numeral in NUMERALS]
            halves, spaces = sum(pair.half for pair in of_all), sum(pair.other for pair in of_all)
            prior = (halves + TRUST * prior) / (halves + spaces + TRUST)
        return (half + TRUST * prior) / (half + spaced + TRUST)

    def together_in_three(self, first: str, second: str, third: str) -> float:
        """Return a lower bound of the share that half-spaces have between three neighbours: آب‌شیرین‌کن."""
        gaps = (len(first), len(first) + len(second))
        letters = first + second + third
        half = self.lexicon.readings(letters).get(gaps, 0.0) if self.lexicon.knows(letters) else 0.0
        if not half or {kind_of_gap(first, second), kind_of_gap(second, third)} != {"compound"}:
            return 0.0
        spaced = min(self.lexicon.pair(first, second).other, self.lexicon.pair(second, third).other)
        return half / (half + spaced + TRUST)

    def _is_no_affix(self, left: str, right: str) -> bool:
        """Tell whether what looks like an affix is a word: نان تر (wet), ماه می سال (May), دیر نکنین ها (mind you)."""
        if left in VERB_PREFIXES:
            return not self.lexicon.verbs.is_finite(right)
        return (right == "تر" and self._takes_no_degree(left)) or (right == "ها" and self._is_conjugated(left))

    def _is_conjugated(self, letters: str) -> bool:
        """Tell whether a word is a verb with an ending, and no noun that has a plural: بودیم, but not مردم."""
        verbs, count = self.lexicon.verbs, self.lexicon.count
        is_verb = verbs.is_finite(letters) or verbs.is_whole(letters)
        return (
            is_verb
            and letters.endswith(("م", "ید", "ند", "ن"))
            and not (
                count(letters) > NO_VERB
                or verbs.stem(letters)
                or self.lexicon.part(letters).joined_right.half > RARE
                or any(count(letters + plural) for plural in ("ها", "های", "هایی"))
            )
        )

    def _takes_no_degree(self, letters: str) -> bool:
        """Tell whether a word is seen too often without ترین to be an adjective, unless ی made it one (آبی)."""
        if letters in PLURALS:
            return True
        if letters.endswith("ی") and not letters.endswith(("ای", "وی")):
            return False
        count = self.lexicon.count
        compared = max(self.lexicon.pair(letters, "ترین").half, count(letters + "ترین"))
        plurals = count(letters + "ها") + count(letters + "های")
        if not compared and plurals > OF_NOUNS * count(letters):
            return True  # پارچه is in the lists, too
        enough = HARDLY_COMPARED_LISTED if letters in self.lexicon.adjectives else HARDLY_COMPARED
        return count(letters) >= enough * (1 + compared)
