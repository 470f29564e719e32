"""What stands between two letters and is none: tatweel, harakat, invisible characters, and half-spaces in disguise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from persnorm.alphabet import BIDI_CONTROLS, DIGITS, HARAKAT, INVISIBLE, LETTERS, MARKS, TATWEEL
from persnorm.rule import OPAQUE, ZWNJ, Edit, Rule, Setting

_NOT_SIGN, _SHY, _ZWSP, _ZWJ = "\N{NOT SIGN}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}"

_DISGUISES = INVISIBLE + BIDI_CONTROLS + _NOT_SIGN + _ZWJ

_PIECES = re.compile(rf"(?P<letters>[{LETTERS}]+)|(?P<gap>[{MARKS}{_DISGUISES}{ZWNJ}{TATWEEL}]+)|[^{LETTERS}{MARKS}]")
_LETTER = re.compile(rf"[{LETTERS}]")
_HARAKAT = re.compile(rf"[{HARAKAT}]+")
_FORMAT = re.compile(rf"[{_DISGUISES}]")
_CLINGS_TO_LEFT = re.compile(rf"[{DIGITS}{OPAQUE})»\]”]")  # beside letters, what a half-space may follow
_VISIBLE_SIGN = re.compile(r"[^\s\w]")
_NEEDS_DIRECTION = re.compile(rf"{OPAQUE}|[^\s\w{DIGITS}()«»\[\]][{DIGITS}{OPAQUE}]")


class _Gap(NamedTuple):
    """A run of characters without width: where it stands, and what is around it."""

    start: int
    end: int
    letters: int  # how many letters of the word stand before it; 0 also if something else stands between
    between: bool  # whether a letter stands on both sides


def _gaps(text: str) -> Iterator[_Gap]:
    letters = 0
    for piece in _PIECES.finditer(text):
        start, end = piece.span()
        if piece["letters"]:
            letters += len(unicodedata.normalize("NFKC", piece[0]))  # ﻻ is two
        elif piece["gap"]:
            yield _Gap(start, end, letters, letters > 0 and _LETTER.match(text, end) is not None)
        else:
            letters = 0


def _cut(text: str, gap: _Gap, characters: str) -> Iterator[Edit]:
    for run in re.finditer(f"[{characters}]+", text[gap.start : gap.end]):
        yield Edit(gap.start + run.start(), gap.start + run.end(), "")


def _find_tatweel(text: str, setting: Setting) -> Sequence[Edit]:
    if TATWEEL not in text:
        return ()
    # At the start of a word (ـها) and after a single letter (هـ) it shows the shape of what it stands beside.
    return [edit for gap in _gaps(text) if gap.between or gap.letters > 1 for edit in _cut(text, gap, TATWEEL)]


def _find_harakat(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(run.start(), run.end(), "") for run in _HARAKAT.finditer(text)]


def _find_disguised(text: str, setting: Setting) -> Sequence[Edit]:
    if not _FORMAT.search(text):
        return ()
    edits = []
    for gap in _gaps(text):
        if gap.between:
            disguises = _DISGUISES
        elif gap.letters and text.startswith(OPAQUE, gap.end):
            disguises = _SHY + _ZWSP
        elif _parts_suffix(text, gap):
            disguises = _SHY + _ZWSP + _NOT_SIGN
        else:
            continue
        for sign in re.finditer(f"[{disguises}]", text[gap.start : gap.end]):
            edits.append(Edit(gap.start + sign.start(), gap.start + sign.end(), ZWNJ))
    return edits


def _parts_suffix(text: str, gap: _Gap) -> bool:
    """Tell whether letters come after what is no word but takes a suffix: ۵ ام, API ها."""
    before = text[gap.start - 1] if gap.start else ""
    return _CLINGS_TO_LEFT.match(before) is not None and _LETTER.match(text, gap.end) is not None


def _fences_span(text: str, gap: _Gap) -> bool:
    """Tell whether the gap keeps a protected span from a sign that, beside it, could make another span (# and tag)."""
    before, after = text[max(gap.start - 1, 0) : gap.start], text[gap.end : gap.end + 1]
    return OPAQUE in (before, after) and all(_VISIBLE_SIGN.match(side) for side in (before, after))


def _find_invisible(text: str, setting: Setting) -> Sequence[Edit]:
    if not _FORMAT.search(text):
        return ()
    edits: list[Edit] = []
    for gap in _gaps(text):
        if not gap.letters and _fences_span(text, gap):
            continue
        # A joiner shows the shape of a single letter, or holds an emoji together.
        word_ends = gap.letters > 1 and not gap.between
        edits += _cut(text, gap, INVISIBLE + _ZWJ if word_ends else INVISIBLE)
    return edits


def _find_bidi(text: str, setting: Setting) -> Sequence[Edit]:
    if not _FORMAT.search(text):
        return ()
    return [
        edit
        for gap in _gaps(text)
        if gap.letters or _LETTER.match(text, gap.end) or not _leans_on_direction(text, gap)
        for edit in _cut(text, gap, BIDI_CONTROLS)
    ]


def _leans_on_direction(text: str, gap: _Gap) -> bool:
    """Tell whether Latin text, or a number with a sign (+98), stands beside the gap."""
    after, before = text[gap.end : gap.end + 2], text[max(gap.start - 2, 0) : gap.start][::-1]
    return any(_NEEDS_DIRECTION.match(side) for side in (after, before))


RULES: tuple[Rule, ...] = (
    Rule(
        name="tatweel",
        why="The tatweel only stretches a line; inside a word it hides the word from search and from every other rule.",
        source="The Unicode Standard, section 9.2: tatweel has no phonemic value",
        find=_find_tatweel,
        examples=(("قیــــمت", "قیمت"), ("تـــست", "تست"), ("سلامـــ", "سلام")),
        counter_examples=("پسوند ـها", "سال ۱۴۰۰ هـ.ش", "تهران ـ قم"),
    ),
    Rule(
        name="harakat",
        why="Vowel signs are optional in Persian: the same word is written with and without them.",
        source="The Unicode Standard, section 9.2: tashkil; the option diacritics=remove",
        find=_find_harakat,
        examples=(("کِتابِ مَن", "کتاب من"), ("بچّه", "بچه"), ("رحمٰن", "رحمن")),
        counter_examples=("خانهٔ ما", "رئیس", "مؤمن"),
        wants=lambda options: options.diacritics == "remove",
    ),
    # After tatweel and harakat, which may stand between the letter and the disguise. Before the next two, which
    # remove what is left of the same characters.
    Rule(
        name="disguised-half-space",
        why="Editors and converters write the half-space as a not sign, a soft hyphen, a zero width space or a mark "
        "of direction. Between two letters these can only mean the half-space.",
        source="Measured on Persian web text; The Unicode Standard, section 23.2: ZWNJ",
        find=_find_disguised,
        examples=(
            ("می\N{NOT SIGN}رود", f"می{ZWNJ}رود"),
            ("آن\N{SOFT HYPHEN}ها", f"آن{ZWNJ}ها"),
            ("آن\N{ZERO WIDTH SPACE}ها", f"آن{ZWNJ}ها"),
            ("آن\N{RIGHT-TO-LEFT MARK}ها", f"آن{ZWNJ}ها"),
            ("همهٔ API\N{NOT SIGN}ها", f"همهٔ API{ZWNJ}ها"),
        ),
        counter_examples=("نقیض گزاره \N{NOT SIGN}الف است",),
    ),
    Rule(
        name="invisible-character",
        why="A soft hyphen, zero width space, byte order mark or joiner that no reader can see parts equal words.",
        source="The Unicode Standard, section 23.2: layout controls",
        find=_find_invisible,
        examples=(
            ("\N{ZERO WIDTH NO-BREAK SPACE}سلام", "سلام"),
            ("سلام\N{ZERO WIDTH SPACE}، خوبی", "سلام، خوبی"),
            ("سلام\N{ZERO WIDTH JOINER} بر تو", "سلام بر تو"),
        ),
        counter_examples=("خانواده \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN} است", "سال ۱۴۰۰ ه\N{ZERO WIDTH JOINER}.ش"),
    ),
    Rule(
        name="bidi-control",
        why="Marks of direction are not needed beside Persian letters, which have their own direction.",
        source="Unicode Standard Annex #9, section 2.7: usage of directional formatting characters",
        find=_find_bidi,
        examples=(
            ("\N{RIGHT-TO-LEFT MARK}سلام\N{LEFT-TO-RIGHT MARK}", "سلام"),
            ("\N{RIGHT-TO-LEFT EMBEDDING}این کتاب\N{POP DIRECTIONAL FORMATTING}", "این کتاب"),
        ),
        counter_examples=(
            "تلفن \N{LEFT-TO-RIGHT MARK}+۹۸-۲۱",
            "زبان \N{LEFT-TO-RIGHT EMBEDDING}C#\N{POP DIRECTIONAL FORMATTING} است",
        ),
    ),
)
