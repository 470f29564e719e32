"""Words that lost the space between them: دراین → در این, where it does not show, and سیاستروز → سیاست روز."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf, log
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.evidence import Evidence
from persnorm.features import whole
from persnorm.lexicon import Lexicon
from persnorm.morphology import ENDINGS, IMPERFECT, PLURALS, PREVERBS, Verbs
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import Word, words_of

TOTAL = 4.1e6
"""How many running words the lexicon counted, weighted by source."""

# The figures below were chosen by trial on a tenth of the texts that were counted, with a lexicon of the other nine.
# There 74 of 100 spaces lost after letters that do not join come back, 60 after letters that do, and 0.4 words in 1000
# are parted that stood as one; most of these are run-ons of the text.

RARER = 4.0
"""Of all ways to part some letters the one with few parts is taken: each part more must be e to this times likelier."""

VISIBLE = 2.0
"""The same, besides, for a part that begins after a letter that joins."""

UNKNOWN = 17.0
"""What speaks for two words must exceed what speaks for one by this: the logarithm of how often they are expected side
by side, one for each letter (long runs are rarely names), and ``SPACE`` times the log odds of a space."""

UNKNOWN_VISIBLE = 13.0
"""The same where one of the spaces stood after a letter that joins; much else is asked there."""

SPACE = 2.0
"""What the log odds of a space, against a half-space, between the two weigh: no کارآفرین is parted, nor is آتشبس."""

KNOWN = 4.0
"""A known word is parted if its parts are expected side by side e to this power times as often as it was seen."""

COMPOUND = 3.0
"""What is needed more where no part is a word of grammar: the whole may be a new compound (تبخیرشده)."""

FURTHER = 3.0
"""What is needed less for each part after the second: few words fall into three by chance."""

INFLECTED = 5.0
"""What is needed more where the whole may be a known word with a joined ending: وزنش, no و زنش."""

SHORT = 4.0
"""What is needed more for each part of two letters, as names fall into such: نیکیتا, فیلما."""

PREFIXES = ("غیر", "ضد", "زیر", "ابر", "فرا", "باز", "پسا")
"""Make new words of any other, and end in a letter that does not join."""

GRAMMAR = 8000.0
"""Words with so many sightings are words of grammar: در, را, این, است and some forty more."""

COMMON = 30.0
"""Words on both sides of a space after a letter that joins have so many sightings."""

HALF_SPACED = 0.05
"""Where a half-space is likelier than this, a letter that joins has no space after it."""


class _Best(NamedTuple):
    """The likeliest way to part some letters: the logarithm of how likely, and where they fall apart."""

    chance: float
    cuts: tuple[int, ...] = ()


def _cuts(letters: str, evidence: Evidence) -> tuple[int, ...]:
    """Return where letters fall apart into words, as offsets; () if they are one word, or no known ones."""
    lexicon = evidence.lexicon
    chance, cuts = _best(letters, lexicon)
    if not cuts:
        return ()
    parts = Word(0, 0, letters, cuts).parts
    if not _are_words(letters, parts, chance, evidence):
        return ()
    # A known part may be a run-on too, which was no rarer than its own parts.
    starts = (0, *cuts)
    inner = [start + cut for start, part in zip(starts, parts, strict=True) for cut in _cuts(part, evidence)]
    return tuple(sorted((*cuts, *inner)))


def _best(letters: str, lexicon: Lexicon) -> _Best:
    """Return the likeliest way to part letters; a word that was seen may have lost no space that would show."""
    known = lexicon.knows(letters)
    ends = [at for at in range(1, len(letters)) if letters[at - 1] in NON_JOINERS or not known]
    if not ends:
        return _Best(-inf)
    best = {0: _Best(0.0)}
    for end in (*ends, len(letters)):
        ways = (
            _Best(chance + _log_chance(letters[start:end], lexicon) - _cost(letters, start), (*cuts, start))
            for start, (chance, cuts) in best.items()
            if end - start < len(letters)
        )
        likeliest = max(ways, default=_Best(-inf))
        if likeliest.chance > -inf:
            best[end] = likeliest
    if len(letters) not in best:
        return _Best(-inf)
    chance, (_, *cuts) = best[len(letters)]
    costs = sum(_cost(letters, start) for start in (0, *cuts))  # these only chose among the ways
    return _Best(chance + costs, tuple(cuts))


def _cost(letters: str, start: int) -> float:
    return RARER + VISIBLE if start and letters[start - 1] not in NON_JOINERS else RARER


def _log_chance(letters: str, lexicon: Lexicon) -> float:
    """Return the logarithm of how likely a running word is this one; no letter but و and no ending is a word."""
    if letters in ENDINGS or (len(letters) == 1 and letters != "و"):
        return -inf
    seen = lexicon.count(letters)
    return log(seen / TOTAL) if seen else -inf


def _are_words(letters: str, parts: Sequence[str], chance: float, evidence: Evidence) -> bool:
    """Tell whether letters are rather these words than one word, with or without half-spaces."""
    lexicon = evidence.lexicon
    pairs = list(pairwise(parts))
    content = [part for part in parts if lexicon.count(part) < GRAMMAR or lexicon.verbs.is_participle(part)]
    if any(right in content and _is_prefix(left, right, lexicon.verbs) for left, right in pairs):
        return False
    expected = chance + log(TOTAL)
    compound = COMPOUND * (len(content) == len(parts))
    if seen := lexicon.count(letters):
        return expected > log(seen) + KNOWN + compound
    visible = [pair for pair in pairs if pair[0][-1] not in NON_JOINERS]
    speaks = expected + len(letters)
    if visible:
        speaks -= UNKNOWN_VISIBLE + SHORT * sum(len(part) <= 2 for part in parts)
    else:
        speaks -= UNKNOWN + SHORT * sum(len(part) <= 2 for part in content) - FURTHER * (len(parts) - 2) + compound
    if speaks + SPACE * _log_odds(1.0) <= 0:  # what remains to be asked takes long, and could not help
        return False
    if _is_inflected(letters, lexicon):
        speaks -= inf if visible else INFLECTED
    if any(right == "و" or min(map(lexicon.count, (left, right))) < COMMON for left, right in visible):
        return False
    half = max(evidence.neighbours.together(left, right) for left, right in visible or pairs)
    return speaks + SPACE * _log_odds(1 - half) > 0 and not (visible and half > HALF_SPACED)


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 0.001), 0.999)
    return log(chance / (1 - chance))


def _is_inflected(letters: str, lexicon: Lexicon) -> bool:
    """Tell whether letters are a verb form or a known word with a joined ending, the ه of speech too: جنوبیه."""
    alone = whole(lexicon, letters)
    return alone.is_verb or alone.is_inflected or (letters[-1] == "ه" and lexicon.knows(letters[:-1]))


def _is_prefix(left: str, right: str, verbs: Verbs) -> bool:
    """Tell whether two words are one with a prefix: غیرتصویری, زیرشبکه, or a verb: برنشسته, درمی‌یابد."""
    return left in PREFIXES or (left in PREVERBS and _is_verb(right, verbs))


def _is_verb(letters: str, verbs: Verbs) -> bool:
    return (
        verbs.is_whole(letters)
        or verbs.is_infinitive(letters)
        or any(letters.startswith(prefix) and verbs.is_finite(letters[len(prefix) :]) for prefix in ("", *IMPERFECT))
    )


def _cuts_in(word: Word, evidence: Evidence) -> tuple[int, ...]:
    """Return where a word of a text falls apart.

    Half-spaces make no difference, and endings do not help: a word is judged alike before and after its own repair,
    and before and after an ending comes to it over a space (درگوشه ای).
    """
    letters = word.letters.removesuffix("ی") if word.last == "ی" else word.letters  # the ی of ezafe
    ending = min((gap for gap in word.gaps if letters[gap:] in ENDINGS), default=len(letters))
    cuts = tuple(cut for cut in _cuts(letters, evidence) if cut < ending)
    for stem in _stems(letters, word.gaps) if cuts else ():
        alone = _cuts(stem, evidence)
        cuts = tuple(cut for cut in cuts if cut in alone or cut > len(stem))
    return cuts


def _stems(letters: str, gaps: Sequence[int]) -> Iterator[str]:
    """Yield what is left of letters without an ending that stands half-spaced, or would if it is a plural."""
    yield from (letters[:gap] for gap in gaps if letters[gap:] in ENDINGS)
    yield from (letters.removesuffix(ending) for ending in PLURALS if letters.endswith(ending))


def _find_run_on(text: str, setting: Setting) -> list[Edit]:
    edits: list[Edit] = []
    for word in words_of(text):
        # What will have no half-spaces is judged without them, or a second run would judge otherwise.
        judged = word._replace(gaps=()) if setting.options.erases_zwnj else word
        if cuts := _cuts_in(judged, setting.evidence):
            places = word.places(text)
            for cut in cuts:
                if cut not in word.gaps:
                    edits.append(Edit(places[cut], places[cut], " "))
                elif setting.options.erases_zwnj and text[places[cut] - 1] == ZWNJ:  # or the result would be a run-on
                    edits.append(Edit(places[cut] - 1, places[cut], " "))
    return edits


RULES = (
    Rule(
        name="run-on-word",
        why="The word lost the space between two others, often after a letter that does not join the next, where it "
        "does not show. The parts are common words, the whole is none, and no half-space belongs between them.",
        source="Word counts (persnorm/data/SOURCES.md); the user's choice",
        find=_find_run_on,
        examples=(
            ("دراین شهر", "در این شهر"),
            ("ازاین راه", "از این راه"),
            ("تورادوست دارم", "تو را دوست دارم"),
            ("درخانهها", "در خانه\N{ZERO WIDTH NON-JOINER}ها"),
            ("روزنامه سیاستروز", "روزنامه سیاست روز"),
            ("صاحبخبر", "صاحب خبر"),
            ("کتابخوبی است", "کتاب خوبی است"),
            ("دانشجویانایرانی", "دانشجویان ایرانی"),
        ),
        counter_examples=(
            "مادر",
            "بنابراین",
            "دربارهٔ او",
            "براساس آمار",
            "کارخانه",
            "رودریگو",
            "کردستان",
            "برنشسته",
            "زیرشبکه",
            "غیرتصویری",
            "کتابخانه",
            "نیکیتا",
            "جنوبیه",
            "آتش\N{ZERO WIDTH NON-JOINER}بس",
        ),
        wants=lambda options: options.run_ons,
        chosen=(("run_ons", True),),
    ),
)
