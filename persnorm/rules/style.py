"""Spellings that are right either way: each stays as it stands, unless a style option asks for one of them.

How it goes with what a line tells of its damage (``persnorm/damage.py``): a style must not look like damage, nor like
its absence in the next run. What changes letters or takes a half-space away is therefore set right *before* half-spaces
are counted, and once more after the repairs, for the words that they put together. What only adds a half-space inside a
word comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from persnorm.alphabet import HARAKAT, LETTERS, MARKS
from persnorm.evidence import Evidence
from persnorm.late import late
from persnorm.lexicon import Lexicon
from persnorm.morphology import ENDINGS, PLURALS
from persnorm.options import Options
from persnorm.readings import SURE_SHARE
from persnorm.rule import ZWNJ, Edit, Finder, Rule, Setting
from persnorm.rules.affixes import repairs_spaced
from persnorm.word import Word, stand_together, words_of

_HAMZA = "\N{ARABIC HAMZA ABOVE}"


# ------------------------------------------------------------------------------------------------- words and neighbours


def _join(word: Word, gap: int, text: str) -> list[Edit]:
    """Return the edit that takes away the half-space at an offset in the letters, if there is one."""
    if gap not in word.gaps:
        return []
    end = word.places(text)[gap]
    return [Edit(end - 1, end, "")]


def _runs(text: str) -> Iterator[list[Word]]:
    """Yield the words of a text, as many at a time as stand one space apart."""
    run: list[Word] = []
    for word in words_of(text):
        if run and not stand_together(run[-1], word, text):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _triples(text: str) -> Iterator[tuple[Word | None, Word, Word]]:
    """Yield neighbours one space apart, with the word before them if it stands there too."""
    for run in _runs(text):
        yield from zip([None, *run], run, run[1:], strict=False)


def _in_words(pattern: re.Pattern[str], *, half_spaced: bool) -> Finder:
    """Return what finds half-spaces (or where one is missing) after the first group of words that match a pattern."""

    def find(text: str, setting: Setting) -> Sequence[Edit]:
        edits: list[Edit] = []
        for word in words_of(text):
            if found := pattern.fullmatch(word.letters):
                gap = found.end(1)
                edits += _join(word, gap, text) if half_spaced else word.insert([gap], text)
        return edits

    return find


# ------------------------------------------------------------------------------------------------------------- endings

_ALWAYS_JOINED = late(r"(?:به|بیش|کم|که|مه|کلان)تر.*")
"""«دستور خط فارسی» (1401), p. 40."""

USUAL = 1 / 3
"""An ending is parted from words of which at least this share of sightings has it half-spaced."""


def _ending(letters: str, evidence: Evidence) -> tuple[int, ...]:
    """Return the gaps of a word that has lost those before its endings, or () if it is none."""
    if _PLURAL_PRONOUN.fullmatch(letters) or _ALWAYS_JOINED.fullmatch(letters):
        return ()
    words = evidence.words(letters)
    spellings = words.get((), {})
    total = sum(spellings.values())
    gaps = max((gaps for gaps in spellings if evidence.ends_lax(letters, gaps)), key=spellings.__getitem__, default=())
    sure = total >= SURE_SHARE * sum(sum(others.values()) for others in words.values())
    return gaps if gaps and sure and spellings[gaps] >= USUAL * total else ()


def _find_joined_ending(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        edit
        for word in words_of(text)
        if not word.gaps
        for edit in word.insert(_ending(word.letters, setting.evidence), text)
    ]


# ------------------------------------------------------------------------------------------------------------ pronouns

_PLURAL = f"(?:{'|'.join(PLURALS)}|هاست|هایند)"
_PLURAL_PRONOUN = late(f"(آن|این|همان|همین){_PLURAL}")
_PRONOUN = late(f"((?:آن|این|همان|همین)(?=ها)|هیچ(?=[کی]))(?:{_PLURAL}|(?:کس|کدام|یک)(?:ی|مان|تان|شان)?)")


def _find_half_spaced_pronoun(text: str, setting: Setting) -> Sequence[Edit]:
    edits = list(_in_words(_PLURAL_PRONOUN, half_spaced=True)(text, setting))
    if repairs_spaced(setting.options):
        edits += (
            Edit(left.end, right.start, "")
            for _, left, right in _triples(text)
            if not left.gaps and _PLURAL_PRONOUN.fullmatch(left.letters + right.letters)
        )
    return sorted(edits)


# -------------------------------------------------------------------------------------------------------- conjunctions

_JOINED_CONJUNCTION = late("((?:این|آن)(?=که)|(?:آن|چنان)(?=چه))(?:که|چه)")
_CONJUNCTION = late("((?:این|آن|چنان|همچنان|همین)(?=که)|(?:آن|چنان)(?=چه))(?:که|چه)")

_BEFORE_CONJUNCTION = frozenset(("از", "با", "به", "بر", "در", "برای", "بدون", "بی", "مگر", "جز", "مثل", "ضمن"))
"""After these این که introduces a clause; elsewhere it may be "this one, who"."""


def _find_spaced_conjunction(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(left.end, right.start, "" if setting.options.conjunctions == "join" else ZWNJ)
        for before, left, right in _triples(text)
        if before and before.letters in _BEFORE_CONJUNCTION and left.letters in ("این", "آن") and right.letters == "که"
    ]


# ---------------------------------------------------------------------------------------------------------- verb pairs

_STEMS = (("گفت", "گو"), ("جست", "جو"), ("شست", "شو"))
"""Past and present stem of one verb, written with و between them and without: all that the word counts know."""

_JOINED_PAIR = late(f"({'|'.join(past + present for past, present in _STEMS)}).*")
_HALF_SPACED_PAIR = late(f"({'|'.join(f'{past}و{present}' for past, present in _STEMS)}).*")
_SPACED_PAIR = late(f"(?:{'|'.join(f'{past} و {present}' for past, present in _STEMS)})(?:یی?|های?|هایی|گر)?")
_PAST = 3


def _find_joined_pair(text: str, setting: Setting) -> Sequence[Edit]:
    edits: list[Edit] = []
    for word in words_of(text):
        if _JOINED_PAIR.fullmatch(word.letters) and _PAST not in word.gaps:
            place = word.places(text)[_PAST]
            edits.append(Edit(place, place, f"{ZWNJ}و"))
    return edits


def _find_half_spaced_pair(text: str, setting: Setting) -> Sequence[Edit]:
    edits: list[Edit] = []
    for word in words_of(text):
        if _HALF_SPACED_PAIR.fullmatch(word.letters) and _PAST in word.gaps:
            place = word.places(text)[_PAST]
            edits.append(Edit(place - 1, place + 1, ""))
    return edits


def _find_spaced_pair(text: str, setting: Setting) -> Sequence[Edit]:
    edits: list[Edit] = []
    for left, middle, right in _triples(text):
        if left and not left.gaps and _SPACED_PAIR.fullmatch(f"{left.letters} {middle.letters} {right.first}"):
            if setting.options.verb_pairs == "join":
                edits.append(Edit(left.end, right.start, ""))
            else:
                edits += (Edit(left.end, middle.start, ZWNJ), Edit(middle.end, right.start, ""))
    return edits


# -------------------------------------------------------------------------------------------------------- prepositions

FUSED = 0.14
FUSED_SIGHTINGS = 20
"""به and a noun are one preposition or adverb where this share is half-spaced, of at least so many half-spaced ones.

So به‌عنوان, به‌دلیل and به‌سرعت are, and به دست, به نظر, به نام are not, which writers half-space in set phrases only.
"""

PARTED = 0.8
"""Where a greater share is half-spaced the two are a word, as به‌روزرسانی, and never spaced."""


def _share_of_fused(noun: str, lexicon: Lexicon) -> float:
    """Return how much of ``به`` and a noun is half-spaced, 0 for what was seen too rarely."""
    half, spaced = lexicon.pair("به", noun)
    return half / (half + spaced) if half >= FUSED_SIGHTINGS else 0.0


def _find_spaced_preposition(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(left.end, right.start, ZWNJ)
        for before, left, right in _triples(text)
        if left.letters == "به"
        and _share_of_fused(right.first, setting.lexicon) >= FUSED
        and ENDINGS.issuperset(right.parts[1:])
        and not (before and before.last == right.first)  # گام به گام
    ]


def _find_half_spaced_preposition(text: str, setting: Setting) -> Sequence[Edit]:
    edits: list[Edit] = []
    for word in words_of(text):
        first, *rest = word.parts
        if first == "به" and rest and ENDINGS.issuperset(rest[1:]):
            half, spaced = setting.lexicon.pair(first, rest[0])
            if spaced and half <= PARTED * (half + spaced):
                place = word.places(text)[len(first)]
                edits.append(Edit(place - 1, place, " "))
    return edits


# --------------------------------------------------------------------------------------------------------------- ezafe

_BEFORE = rf"(?:(?<=[{LETTERS}{MARKS}])|(?<=[{LETTERS}{MARKS}]{ZWNJ}))"
_AFTER = rf"(?=[{HARAKAT}]*(?![{LETTERS}{MARKS}{ZWNJ}]))"
_YEH = late(rf"{_BEFORE}ه[{HARAKAT}]*(?P<ezafe>{ZWNJ}ی){_AFTER}")
_MARK = late(rf"{_BEFORE}(?:ه[{HARAKAT}]*(?P<ezafe>{_HAMZA})|(?P<letter>ۀ)){_AFTER}")
_LETTER = late(rf"ۀ{_AFTER}")

# After ا the heh is heard: راه takes its ezafe unwritten. Of two letters are mostly words that take none: که, به, نه.
_SILENT_HEH = late("..*[^اآ]ه")


def _find_yeh(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(*found.span("ezafe"), _HAMZA) for found in _YEH.finditer(text)]


def _find_spaced_yeh(text: str, setting: Setting) -> Sequence[Edit]:
    if not repairs_spaced(setting.options):
        return []
    hamza = setting.options.ezafe == "hamza"
    return [
        Edit(left.end, right.end, _HAMZA) if hamza else Edit(left.end, right.start, ZWNJ)
        for _, left, right in _triples(text)
        if right.letters == text[right.start : right.end] == "ی"
        and text[left.end - 1] == "ه"
        and _SILENT_HEH.fullmatch(left.last)
    ]


def _find_mark(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(*found.span("letter"), f"ه{ZWNJ}ی") if found["letter"] else Edit(*found.span("ezafe"), f"{ZWNJ}ی")
        for found in _MARK.finditer(text)
    ]


def _find_composed(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(found.start(), found.end(), f"ه{_HAMZA}") for found in _LETTER.finditer(text)]


# --------------------------------------------------------------------------------------------------------------- rules


def _style(  # noqa: PLR0913, PLR0917  # the fields of a rule
    option: str,
    values: tuple[str, ...],
    name: str,
    find: Finder,
    why: str,
    source: str,
    examples: tuple[tuple[str, str], ...],
    counter_examples: tuple[str, ...],
) -> Rule:
    """Return a rule that is on where an option has one of these values; the examples are for the first."""

    def wants(options: Options) -> bool:
        return getattr(options, option) in values and options.zwnj != "keep"

    return Rule(name, why, source, find, examples, counter_examples, wants, ((option, values[0]),))


EARLY = (
    _style(
        "pronouns",
        ("join",),
        "half-spaced-pronoun",
        _find_half_spaced_pronoun,
        "The plural of آن and این may be joined, and the option pronouns asks for it.",
        "«دستور خط فارسی» (1401), p. 40",
        ((f"آن{ZWNJ}ها رفتند", "آنها رفتند"), (f"این{ZWNJ}هایی که", "اینهایی که"), ("همان ها", "همانها")),
        ("تنها آنها", f"هیچ{ZWNJ}کس", f"خانه{ZWNJ}ها"),
    ),
    _style(
        "conjunctions",
        ("join",),
        "half-spaced-conjunction",
        _in_words(_JOINED_CONJUNCTION, half_spaced=True),
        "اینکه, آنکه, آنچه and چنانچه are joined by the Academy's rules, and the option conjunctions asks for it.",
        "«دستور خط فارسی» (2001): what stands together with که and چه",
        ((f"این{ZWNJ}که", "اینکه"), (f"چنان{ZWNJ}چه", "چنانچه"), (f"آن{ZWNJ}چه گفتی", "آنچه گفتی")),
        (f"چنان{ZWNJ}که", f"همین{ZWNJ}که", f"وقتی{ZWNJ}که"),
    ),
    _style(
        "conjunctions",
        ("join", "half-space"),
        "spaced-conjunction",
        _find_spaced_conjunction,
        "After a preposition این که is the conjunction, one word; the option conjunctions says how it is written.",
        "«دستور خط فارسی» (2001): what stands together with که",
        (("با این که آمد", "با اینکه آمد"), ("بدون آن که بداند", "بدون آنکه بداند")),
        ("این که آمد برادرم بود", "از این کتاب که"),
    ),
    _style(
        "verb_pairs",
        ("half-space",),
        "joined-verb-pair",
        _find_joined_pair,
        "The two stems of a verb may be joined or stand beside و, and the option verb_pairs asks for the و.",
        "Word counts (persnorm/data/SOURCES.md); the Academy's spelling dictionary",
        (("گفتگوی ما", f"گفت{ZWNJ}وگوی ما"), ("جستجو", f"جست{ZWNJ}وجو"), ("شستشو", f"شست{ZWNJ}وشو")),
        ("گفت که", f"رفت{ZWNJ}وآمد"),
    ),
    _style(
        "verb_pairs",
        ("join",),
        "half-spaced-verb-pair",
        _find_half_spaced_pair,
        "The two stems of a verb may stand beside و or be joined, and the option verb_pairs asks for joining.",
        "Word counts (persnorm/data/SOURCES.md); the Academy's spelling dictionary",
        ((f"گفت{ZWNJ}وگوی ما", "گفتگوی ما"), (f"جست{ZWNJ}وجوگر", "جستجوگر"), (f"شست{ZWNJ}وشوی", "شستشوی")),
        (f"رفت{ZWNJ}وآمد", f"پخت{ZWNJ}وپز"),
    ),
    _style(
        "verb_pairs",
        ("join", "half-space"),
        "spaced-verb-pair",
        _find_spaced_pair,
        "The two stems of a verb with و are one word; the option verb_pairs says how it is written.",
        "Word counts (persnorm/data/SOURCES.md); the Academy's spelling dictionary",
        (("شست و شوی لباس", "شستشوی لباس"), ("شست و شو", "شستشو")),
        ("گفت و گوش داد", "او گفت و رفت"),
    ),
    _style(
        "prepositions",
        ("half-space",),
        "spaced-preposition",
        _find_spaced_preposition,
        "به and its noun are one preposition or adverb, and the option prepositions asks for a half-space.",
        "Counts of neighbours (persnorm/data/SOURCES.md); «دستور خط فارسی» (1401)",
        (("به عنوان نمونه", f"به{ZWNJ}عنوان نمونه"), ("به طور کلی", f"به{ZWNJ}طور کلی")),
        ("به او گفت", "به نام او", "به خانه رفت"),
    ),
    _style(
        "prepositions",
        ("space",),
        "half-spaced-preposition",
        _find_half_spaced_preposition,
        "به may stand apart from the noun with which it is one preposition or adverb, and the option prepositions asks "
        "for it.",
        "Counts of neighbours (persnorm/data/SOURCES.md); usual before the «دستور خط فارسی» of 1401",
        ((f"به{ZWNJ}عنوان نمونه", "به عنوان نمونه"), (f"به{ZWNJ}گونه{ZWNJ}ای", f"به گونه{ZWNJ}ای")),
        (f"به{ZWNJ}روزرسانی", f"روبه{ZWNJ}رو"),
    ),
    _style(
        "ezafe",
        ("hamza",),
        "yeh-of-ezafe",
        _find_yeh,
        "After silent ه the ezafe is a hamza in the Academy's spelling, and the option ezafe asks for it.",
        "«دستور خط فارسی» (1401), p. 46",
        ((f"خانه{ZWNJ}ی ما", f"خانه{_HAMZA} ما"), (f"سیاره{ZWNJ}ی دیگر", f"سیاره{_HAMZA} دیگر")),
        (f"خانه{ZWNJ}ای", f"خانه{ZWNJ}ام", "راهی", f"خانه{_HAMZA} ما"),
    ),
    _style(
        "ezafe",
        ("hamza", "yeh"),
        "spaced-ezafe",
        _find_spaced_yeh,
        "A lone ی after silent ه is the ezafe that lost its half-space, and the option ezafe says how it is written.",
        "«دستور خط فارسی» (1401), p. 46: a space before it is wrong; 111 of 112 found in edited text are the ezafe",
        (("سیاره ی دیگر", f"سیاره{_HAMZA} دیگر"), ("کنگره ی فینای", f"کنگره{_HAMZA} فینای")),
        ("خانه یا باغ", f"سیاره{_HAMZA} دیگر"),
    ),
    _style(
        "ezafe",
        ("hamza",),
        "composed-ezafe",
        _find_composed,
        "The ezafe after silent ه has two codes that look the same; the letter ه with a hamza is found as ه too.",
        "«دستور خط فارسی» (1401), p. 46; the user's choice",
        (("خانۀ ما", f"خانه{_HAMZA} ما"),),
        (f"خانه{_HAMZA} ما",),
    ),
    _style(
        "ezafe",
        ("yeh",),
        "hamza-of-ezafe",
        _find_mark,
        "After silent ه many write the ezafe as ی, and the option ezafe asks for it.",
        "Common use beside «دستور خط فارسی» (1401), p. 46",
        ((f"خانه{_HAMZA} ما", f"خانه{ZWNJ}ی ما"), ("خانۀ ما", f"خانه{ZWNJ}ی ما")),
        (f"خانه{ZWNJ}ای", "جزء", f"خانه{ZWNJ}ی ما"),
    ),
)
"""What changes letters, joins, or parts words; before half-spaces are counted, and again when all is repaired."""

LATE = (
    _style(
        "endings",
        ("half-space",),
        "joined-ending",
        _find_joined_ending,
        "Plurals and degrees may be joined; the half-space is recommended, and the option endings asks for it.",
        "Word counts (persnorm/data/SOURCES.md); «دستور خط فارسی» (1401), pp. 40-41",
        (
            (f"کتابها را نمی{ZWNJ}خواند و پس نمی{ZWNJ}دهد", f"کتاب{ZWNJ}ها را نمی{ZWNJ}خواند و پس نمی{ZWNJ}دهد"),
            (f"شهر بزرگتر می{ZWNJ}شود و نمی{ZWNJ}خوابد", f"شهر بزرگ{ZWNJ}تر می{ZWNJ}شود و نمی{ZWNJ}خوابد"),
        ),
        ("تنها", "نهایی", "بهتر", "کمتر", "بیشترین", "کلانتر", "دختر", "مستتر", "آنها"),
    ),
    _style(
        "pronouns",
        ("half-space",),
        "joined-pronoun",
        _in_words(_PRONOUN, half_spaced=False),
        "The pronouns آن‌ها, این‌ها and هیچ‌کس may have a half-space as other words do, and the option pronouns asks "
        "for it.",
        "«دستور خط فارسی» (1401), p. 40, and (2001) on هیچ",
        (
            ("آنها رفتند", f"آن{ZWNJ}ها رفتند"),
            (f"هیچکس نمی{ZWNJ}آید و نمی{ZWNJ}رود", f"هیچ{ZWNJ}کس نمی{ZWNJ}آید و نمی{ZWNJ}رود"),
            ("اینهایی که", f"این{ZWNJ}هایی که"),
        ),
        ("تنها", "آنان", "هیچ"),
    ),
    _style(
        "conjunctions",
        ("half-space",),
        "joined-conjunction",
        _in_words(_CONJUNCTION, half_spaced=False),
        "Some writers part این‌که and its like with a half-space, and the option conjunctions asks for it.",
        "Word counts (persnorm/data/SOURCES.md); the user's choice",
        (("اینکه", f"این{ZWNJ}که"), ("چنانچه", f"چنان{ZWNJ}چه"), ("آنچه گفتی", f"آن{ZWNJ}چه گفتی")),
        ("بلکه", "چه", "اینک"),
    ),
)
"""What only adds a half-space to a word: last, so that until then the line is what its writer made of it."""

RULES = EARLY + LATE
