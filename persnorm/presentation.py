"""Presentation forms: what each code point of U+FB50-FDFF and U+FE70-FEFF stands for, and which stay as they are.

Unicode gives letters and words stored by their shape a compatibility decomposition; that is what they become. The signs
for whole phrases are written so on purpose and stay, unless they are asked for; most have no decomposition, so the
table of them is here. ``decision`` says of any code point of both blocks what becomes of it, and tests hold it against
``unicodedata``.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from persnorm.alphabet import FOREIGN_LETTERS, PHRASE_SIGNS, TATWEEL
from persnorm.late import late

PHRASES = {
    "\ufd40": "رحمه الله",
    "\ufd41": "رضی الله عنه",
    "\ufd42": "رضی الله عنها",
    "\ufd43": "رضی الله عنهم",
    "\ufd44": "رضی الله عنهما",
    "\ufd45": "رضی الله عنهن",
    "\ufd46": "صلی الله علیه و آله",
    "\ufd47": "علیه السلام",
    "\ufd48": "علیهم السلام",
    "\ufd49": "علیهما السلام",
    "\ufd4a": "علیه الصلاه و السلام",
    "\ufd4b": "قدس سره",
    "\ufd4c": "صلی الله علیه و آله و سلم",
    "\ufd4d": "علیها السلام",
    "\ufd4e": "تبارک و تعالی",
    "\ufd4f": "رحمهم الله",
    "\ufdcf": "سلامه علینا",
    "\ufdfa": "صلی الله علیه و سلم",
    "\ufdfb": "جل جلاله",
    "\ufdfd": "بسم الله الرحمن الرحیم",
    "\ufdfe": "سبحانه و تعالی",
    "\ufdff": "عز و جل",
}
"""Signs for a phrase and the phrase, by their Unicode names, in Persian letters and with the spaces of Persian."""

WORDS = r"\ufdf2-\ufdf9\ufdfc"
"""Signs for one word: الله, اکبر, محمد, صلعم, رسول, علیه, وسلم, صلی, and ریال."""

_FOREIGN = late(f"[{FOREIGN_LETTERS}]")
_PHRASE = late(f"[{PHRASE_SIGNS}]")
_WORD = late(f"[{WORDS}]")

_NO_LETTER = {"Cf": "invisible", "Cn": "none"}

DECISIONS = {
    "letters": "Folded into the letters that it shows.",
    "marks": "Folded into the marks that it shows, or removed with them: the option diacritics.",
    "word": "Written out: one sign for one word.",
    "phrase": "Stays, or is written out: the option phrase_signs.",
    "foreign": "Stays: a letter of Uyghur, Urdu, Sindhi, Pashto or Kurdish is no shape of a Persian one.",
    "sign": "Stays: ornate parentheses, dots or rings shown without their letter, the tail of a broken letter.",
    "invisible": "The byte order mark, removed as an invisible character.",
    "none": "Stays: no character has this code, or none that this version of Unicode knows.",
}
"""What may become of a presentation form, and why."""


def decision(char: str) -> str:
    """Return what becomes of a code point of the two blocks, one of ``DECISIONS``.

    Example:
        >>> decision("ﷲ"), decision("ﻗ"), decision("ﷺ"), decision("﴾")
        ('word', 'letters', 'phrase', 'sign')
    """
    for kind, pattern in (("phrase", _PHRASE), ("foreign", _FOREIGN), ("word", _WORD)):
        if pattern.match(char):
            return kind
    letters = unfolded(char)
    if letters is None:
        return _NO_LETTER.get(unicodedata.category(char), "sign")
    return "marks" if all(unicodedata.category(letter) == "Mn" for letter in letters) else "letters"


@cache
def unfolded(form: str) -> str | None:
    """Return the letters and marks that a presentation form stands for, or None if it is to stay.

    A form of a mark decomposes to a space or tatweel and the mark, and is the mark.

    Example:
        >>> unfolded("ﻻ"), unfolded("ﷺ")
        ('لا', None)
    """
    if _FOREIGN.match(form) or _PHRASE.match(form):
        return None
    decomposition = unicodedata.decomposition(form).split()[1:]
    return "".join(chr(int(code, 16)) for code in decomposition).lstrip(" " + TATWEEL) or None
