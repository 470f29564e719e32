"""Letters: each Persian letter as one code point, its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from persnorm.alphabet import FOREIGN_LETTERS, FORMS, HARAKAT, LETTERS, MARKS, TATWEEL
from persnorm.rule import ZWNJ, Edit, Finder, Rule, Setting

_FORM = re.compile(rf"[{FORMS}{HARAKAT}](?<=[\ufb50-\ufefc])")
_HARAKAT = re.compile(rf"[{HARAKAT}]")
_WORD_GOES_ON = rf"[{MARKS}{ZWNJ}{TATWEEL}]*[{LETTERS}]"

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
_DECOMPOSED = re.compile(rf"([اويىی\u06d5])([{HARAKAT}{ZWNJ}]*)([\u0653-\u0655])")


@cache
def _unfolded(form: str) -> str | None:
    """Return the letters that a presentation form stands for, or None if it is to stay.

    ﷺ and ﷻ stay: one sign for a phrase of several words, written so on purpose, as ﷽ is, which Unicode leaves whole.
    A sign that decomposes to a space or tatweel and marks is the marks.
    """
    decomposition = unicodedata.decomposition(form).split()[1:]
    letters = "".join(chr(int(code, 16)) for code in decomposition)
    if re.search(f"[{FOREIGN_LETTERS}]", form) or " " in letters[1:]:
        return None
    return letters.lstrip(" " + TATWEEL) or None


def _find_form(text: str, setting: Setting) -> Sequence[Edit]:
    options = setting.options
    bare = options.diacritics == "remove" and "harakat" not in options.disable  # that rule has passed already
    edits: list[Edit] = []
    for form in _FORM.finditer(text):
        letters = _unfolded(form[0])
        if letters is not None:
            if bare:
                letters = _HARAKAT.sub("", letters)
            edits.append(Edit(form.start(), form.end(), letters))
    return edits


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
