"""Letters: each Persian letter as one code point, its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from persnorm.alphabet import DIGITS, FORMS, HARAKAT, LETTERS, MARKS, PHRASE_SIGNS, TATWEEL
from persnorm.late import late
from persnorm.presentation import PHRASES, WORDS, unfolded
from persnorm.rule import OPAQUE, ZWNJ, Edit, Finder, Rule, Setting
from persnorm.rules.marks import INVISIBLES, removed_harakat

_FORM = late(rf"[{FORMS}{HARAKAT}](?<=[\ufb50-\ufefc])")
_WORD_SIGN = late(f"[{WORDS}](?<!ﷲ)")  # ﷲ is also part of a word: عبدﷲ
_PHRASE_SIGN = late(f"[{PHRASE_SIGNS}]")
_WORD_END, _WORD_START = late(rf"[{LETTERS}{MARKS}{DIGITS}]"), late(f"[{DIGITS}]")
_PHRASE_END = late(r"[^\s(«\[{“‘\"'﴿]")
_PHRASE_START = late(rf"[\w{MARKS}{TATWEEL}{INVISIBLES}{ZWNJ}{OPAQUE}(«\[]")
_WORD_GOES_ON = rf"[{MARKS}{ZWNJ}{TATWEEL}]*[{LETTERS}]"
_DETACHED_EZAFE = late(rf"(?<=[{LETTERS}{MARKS}{ZWNJ}])ه[{HARAKAT}]*(?P<hamza>{ZWNJ}*ء)(?!{_WORD_GOES_ON})")

# What NFC makes of these, and for the Persian yeh what it makes of the Arabic one. Not ه with hamza above: that is the
# ezafe of خانهٔ, which has no composed form of its own letter.
_COMPOSED = {
    "ا\N{ARABIC MADDAH ABOVE}": "آ",
    "ا\N{ARABIC HAMZA ABOVE}": "أ",
    "ا\N{ARABIC HAMZA BELOW}": "إ",
    "و\N{ARABIC HAMZA ABOVE}": "ؤ",
    "ي\N{ARABIC HAMZA ABOVE}": "ئ",
    "ى\N{ARABIC HAMZA ABOVE}": "ئ",
    "ی\N{ARABIC HAMZA ABOVE}": "ئ",
    "\N{ARABIC LETTER AE}\N{ARABIC HAMZA ABOVE}": "ۀ",
}
_DECOMPOSED = late(rf"([اويىی\u06d5])([{HARAKAT}{ZWNJ}]*)([\u0653-\u0655])")


def _find_form(text: str, setting: Setting) -> Sequence[Edit]:
    edits: list[Edit] = []
    for form in _FORM.finditer(text):
        letters = unfolded(form[0])
        if letters is not None:
            start, end = form.span()
            if removed := removed_harakat(setting.options):  # that rule has passed already
                letters = removed.sub("", letters)
            if _WORD_SIGN.match(form[0]):
                letters = _apart(text, start, end, letters, _WORD_END, _WORD_START)
            edits.append(Edit(start, end, letters))
    return edits


def _find_phrase_sign(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(*sign.span(), _apart(text, *sign.span(), PHRASES[sign[0]], _PHRASE_END, _PHRASE_START))
        for sign in _PHRASE_SIGN.finditer(text)
    ]


def _apart(  # noqa: PLR0913, PLR0917  # a place, what is to stand there, and what may not touch it
    text: str, start: int, end: int, words: str, before: re.Pattern[str], after: re.Pattern[str]
) -> str:
    """Return ``words`` for ``text[start:end]``, with a space where one of these would touch them."""
    left = " " if start and before.match(text, start - 1) else ""
    right = " " if after.match(text, end) else ""
    return left + words + right


def _find_detached_ezafe(text: str, setting: Setting) -> Sequence[Edit]:
    if "ء" not in text:
        return ()
    return [Edit(*found.span("hamza"), "\N{ARABIC HAMZA ABOVE}") for found in _DETACHED_EZAFE.finditer(text)]


def _find_decomposed(text: str, setting: Setting) -> Sequence[Edit]:
    edits: list[Edit] = []
    for found in _DECOMPOSED.finditer(text):
        composed = _COMPOSED.get(found[1] + found[3])
        if composed:
            edits += (Edit(*found.span(1), composed), Edit(*found.span(3), ""))
    return edits


def _each(letter: str, new: str, *, unless_before: str = "") -> Finder:
    pattern = re.compile(f"{letter}(?!{unless_before})" if unless_before else letter)

    def find(text: str, setting: Setting) -> Sequence[Edit]:
        if letter not in text:
            return ()
        return [Edit(found.start(), found.end(), new) for found in pattern.finditer(text)]

    return find


SIGN_RULES: tuple[Rule, ...] = (
    Rule(
        name="phrase-sign",
        why="One sign stands for a phrase of several words, and the option phrase_signs asks for the words.",
        source="The Unicode Standard, Arabic Presentation Forms-A: word ligatures, by their names",
        find=_find_phrase_sign,
        examples=(("محمد ﷺ", "محمد صلی الله علیه و سلم"), ("علی﵇", "علی علیه السلام")),
        counter_examples=("این ﴿آیه﴾",),
        wants=lambda options: options.phrase_signs == "expand",
    ),
)

RULES: tuple[Rule, ...] = (
    # First: what it gives are Arabic letters and marks, which the rest go on with.
    Rule(
        name="presentation-form",
        why="Text taken from PDF files stores each letter by its shape; the shape belongs to the font.",
        source="The Unicode Standard, section 9.2: Arabic Presentation Forms; UAX #15, compatibility decomposition",
        find=_find_form,
        examples=(("ﻗﺮﺁﻥ", "قرآن"), ("ﻧﺎﻥ", "نان"), ("ﻻﻟﻪ", "لاله"), ("ﷲ", "الله"), ("﷼", "ریال"), ("ﭘﮋﻭﻫﺶ", "پژوهش")),
        counter_examples=("محمد ﷺ", "﷽", "این ﴿آیه﴾", "ﮨﮯ به اردو"),
    ),
    Rule(
        name="decomposed-letter",
        why="A letter and its hamza or madda are one letter, with one code point.",
        source="UAX #15, canonical composition",
        find=_find_decomposed,
        examples=(
            ("ا\N{ARABIC MADDAH ABOVE}ب", "آب"),
            ("مو\N{ARABIC HAMZA ABOVE}من", "مؤمن"),
            ("ری\N{ARABIC HAMZA ABOVE}یس", "رئیس"),
        ),
        counter_examples=("خانهٔ ما", "خانۀ ما"),
    ),
    Rule(
        name="detached-ezafe",
        why="Keyboards without the hamza above had writers put a whole hamza after silent ه; no word ends so.",
        source="«دستور خط فارسی» (1401), p. 46: the ezafe is written هٔ",
        find=_find_detached_ezafe,
        examples=(("خانهء ما", "خانه\N{ARABIC HAMZA ABOVE} ما"),),
        counter_examples=("جزء", "سوء ظن", "خانه ء ما"),
    ),
    Rule(
        name="arabic-yeh",
        why="Persian has its own yeh, U+06CC; the Arabic U+064A looks the same in the middle of a word only.",
        source="ISIRI 6219; The Unicode Standard, section 9.2: Farsi Yeh",
        find=_each("ي", "ی"),
        examples=(("علي", "علی"), ("زندگي", "زندگی")),
        counter_examples=("رئیس", "كوردستانێ"),
    ),
    Rule(
        name="alef-maksura",
        why="The Arabic alef maksura, U+0649, looks like a Persian yeh at the end of a word and is none.",
        source="ISIRI 6219; The Unicode Standard, section 9.2: Farsi Yeh",
        find=_each("ى", "ی"),
        examples=(("علىرضا", "علیرضا"), ("حتى", "حتی")),
    ),
    Rule(
        name="arabic-kaf",
        why="Persian has its own kaf, U+06A9; the Arabic one is U+0643.",
        source="ISIRI 6219",
        find=_each("ك", "ک"),
        examples=(("كتاب", "کتاب"),),
        counter_examples=("گچ", "كوردستانێ"),
    ),
    Rule(
        name="teh-marbuta",
        why="At the end of a word Persian writes the Arabic teh marbuta as ه. Inside an Arabic compound it is read as "
        "t, and stays.",
        source="The Unicode Standard, section 9.2: teh marbuta; typesetting practice",
        find=_each("ة", "ه", unless_before=_WORD_GOES_ON),
        examples=(("مدرسة", "مدرسه"),),
        counter_examples=("دایرةالمعارف",),
    ),
)
