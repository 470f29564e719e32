"""What becomes of each code point of both blocks of presentation forms, held against Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from persnorm import Normalizer
from persnorm.alphabet import FOREIGN_LETTERS, HARAKAT, LETTERS, PHRASE_SIGNS
from persnorm.presentation import DECISIONS, PHRASES, decision, unfolded

BLOCKS = [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)]
FORMS = [chr(code) for code in BLOCKS]
PERSIAN_LETTERS = str.maketrans("يىكة", "ییکه")
NORMALIZERS = {
    name: Normalizer(**options)
    for name, options in {
        "standard": {},
        "expand": {"phrase_signs": "expand", "joined": False, "spaced": False},
        "keep": {"diacritics": "keep"},
        "minimal": {"profile": "minimal"},
    }.items()
}


def plain(form: str) -> str:
    """Return what Unicode says a form stands for, in Persian letters, without what only carries a mark."""
    letters = unicodedata.normalize("NFKC", form).translate(PERSIAN_LETTERS)
    return letters.lstrip(" \N{ARABIC TATWEEL}") if len(letters) > 1 else letters


def inside(form: str, name: str) -> str:
    """Return what becomes of a form beside a word, apart from it."""
    before, after = "متن ", " متن"
    result = NORMALIZERS[name].normalize(before + form + after)
    assert result.startswith(before.rstrip())
    assert result.endswith(after.lstrip())
    return result[len(before) : -len(after)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"U+{ord(form):04X}")
def test_decision_holds(form):
    """Folded, written out, removed or left: every code point becomes what its decision says, under every profile."""
    kind = decision(form)
    assert kind in DECISIONS
    letters = unfolded(form)
    if kind in ("letters", "word"):
        assert letters
        for name in ("standard", "expand", "minimal"):
            bare = plain(form) if name == "minimal" else re.sub(f"[{HARAKAT}]", "", plain(form))
            expected = NORMALIZERS[name].normalize(f"متن {bare} متن")
            assert NORMALIZERS[name].normalize(f"متن {form} متن") == expected
            assert form not in expected
    elif kind == "marks":
        assert NORMALIZERS["standard"].normalize(f"مت{form}ن") == "متن"
        assert NORMALIZERS["keep"].normalize(f"مت{form}ن") == f"مت{plain(form)}ن"
    elif kind == "phrase":
        assert inside(form, "standard") == inside(form, "minimal") == form
        assert inside(form, "expand").replace("\N{ZERO WIDTH NON-JOINER}", " ") == PHRASES[form]
    elif kind == "invisible":
        assert NORMALIZERS["standard"].normalize(f"متن{form} متن") == "متن متن"
    else:
        assert letters is None
        assert all(inside(form, name) == form for name in NORMALIZERS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"U+{ord(form):04X}")
def test_decision_follows_from_unicode(form):
    """What Unicode decomposes is folded, if it shows letters of Persian or Arabic; what it does not know stays."""
    kind = decision(form)
    letters = "".join(char for char in unicodedata.normalize("NFKC", form) if unicodedata.category(char) == "Lo")
    decomposes = unicodedata.decomposition(form) != ""
    foreign = re.search(rf"[{FOREIGN_LETTERS}\u06d5]", letters if decomposes else "") is not None
    if kind == "none":
        assert unicodedata.category(form) == "Cn"
    elif kind == "sign":
        assert not decomposes
        assert unicodedata.category(form) != "Lo" or unicodedata.name(form).endswith("FRAGMENT")
    elif kind == "phrase" and unicodedata.category(form) == "Cn":
        assert unicodedata.unidata_version == "13.0.0", "only Python 3.10 knows no Unicode 14"
        assert re.fullmatch("[\ufd40-\ufd4f\ufdcf\ufdfe\ufdff]", form)
    elif kind == "phrase":
        assert unicodedata.name(form).startswith("ARABIC LIG")
    elif kind == "invisible":
        assert form == "\N{ZERO WIDTH NO-BREAK SPACE}"
    else:
        assert decomposes
        assert (kind == "foreign") == foreign
        assert kind == "foreign" or all(re.fullmatch(f"[{LETTERS}]", letter) for letter in letters)


def test_decisions_of_note():
    """Those that a reader would look for, and how many there are of each that no Unicode version changes."""
    assert [decision(form) for form in "ﷲ﷼ﷴﷺ﷽ﻼﯼﮎﮐﮤﹰ﴾ﯓﮮﮧﭦ"] == (
        ["word"] * 3 + ["phrase"] * 2 + ["letters"] * 5 + ["marks", "sign"] + ["foreign"] * 4
    )
    counts = Counter(map(decision, FORMS))
    assert counts["word"] == 9
    assert counts["phrase"] == len(PHRASES) == len(re.findall(f"[{PHRASE_SIGNS}]", "".join(FORMS)))
    assert counts["invisible"] == 1


def test_phrases_are_those_of_unicode():
    """Where Unicode decomposes a phrase, the table has its letters; the others are named by their words."""
    for sign, phrase in PHRASES.items():
        if unicodedata.decomposition(sign):
            assert phrase.replace(" ", "") == plain(sign).replace(" ", "")
        name = unicodedata.name(sign, "").replace("AA", "A")
        assert not name or ("LLAH" in name) == ("الله" in phrase)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۵۰۰۰﷼", "۵۰۰۰ ریال"),
        ("﷼۵۰۰۰", "ریال ۵۰۰۰"),
        ("هزار﷼", "هزار ریال"),
        ("(﷼)", "(ریال)"),
        ("عبدﷲ", "عبدالله"),
        ("ﷲﷳ", "الله اکبر"),
    ],
)
def test_a_word_stands_apart(text, expected):
    """A sign for a word needed no space beside it; the word does. ﷲ alone is also part of a word."""
    assert NORMALIZERS["standard"].normalize(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("محمدﷺگفت", "محمد صلی الله علیه و سلم گفت"),
        ("محمد (ﷺ)، گفت", "محمد (صلی الله علیه و سلم)، گفت"),
        ("﷽", "بسم الله الرحمن الرحیم"),
        ("\ufdfb\ufdfe", "جل جلاله سبحانه و تعالی"),
    ],
)
def test_a_phrase_stands_apart(text, expected):
    """The words of a phrase do not run into those beside the sign, and a line may hold nothing else."""
    result = NORMALIZERS["expand"].normalize(text)
    assert result.replace("\N{ZERO WIDTH NON-JOINER}", " ") == expected
