"""What nobody sees: invisible characters, controls of direction, and half-spaces in disguise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from persnorm.alphabet import (
    BIDI_CONTROLS,
    BIDI_ENDS,
    BIDI_STARTS,
    DIGITS,
    INVISIBLE,
    LETTERS,
    MARKS,
    SELECTORS,
    SPACES,
)
from persnorm.late import late
from persnorm.rule import OPAQUE, ZWNJ, Edit, Rule, Setting
from persnorm.rules.marks import INVISIBLES, Gap, cut, gaps

_NOT_SIGN, _SHY, _ZWSP, _ZWJ = "\N{NOT SIGN}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}"

_DISGUISES = INVISIBLE + BIDI_CONTROLS + _NOT_SIGN + _ZWJ

_LETTER = late(rf"[{LETTERS}]")
_INVISIBLE = late(rf"[{INVISIBLES}]")
_UNSEEN = late(rf"[{INVISIBLES}{MARKS}{ZWNJ}]")
_PIECE = late(rf"[^{SPACES}]+")
_CLINGS_TO_LEFT = late(rf"[{DIGITS}{OPAQUE})»\]”]")  # beside letters, what a half-space may follow
_VISIBLE_SIGN = late(r"[^\s\w]")
_NEEDS_DIRECTION = late(rf"{OPAQUE}|[^\s\w{DIGITS}()«»\[\]][{DIGITS}{OPAQUE}]")
_DIGIT = late(f"[{DIGITS}]")
_STARTS, _ISOLATES = late(f"[{BIDI_STARTS}]"), late(r"[\u2066-\u2068]")
_STARTS_AND_ENDS = late(f"[{BIDI_STARTS}{BIDI_ENDS}]")
_MARKS_OF_DIRECTION = r"\u061c\u200e\u200f"
_PDI = "\N{POP DIRECTIONAL ISOLATE}"


def _find_disguised(text: str, setting: Setting) -> Sequence[Edit]:
    if not _INVISIBLE.search(text):
        return ()
    edits = []
    for gap in gaps(text):
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


def _parts_suffix(text: str, gap: Gap) -> bool:
    """Tell whether letters come after what is no word but takes a suffix: ۵ ام, API ها."""
    before = text[gap.start - 1] if gap.start else ""
    return _CLINGS_TO_LEFT.match(before) is not None and _LETTER.match(text, gap.end) is not None


def _fences_span(text: str, gap: Gap) -> bool:
    """Tell whether the gap keeps a protected span from a sign that, beside it, could make another span (# and tag)."""
    before, after = text[max(gap.start - 1, 0) : gap.start], text[gap.end : gap.end + 1]
    return OPAQUE in (before, after) and all(_VISIBLE_SIGN.match(side) for side in (before, after))


def _find_invisible(text: str, setting: Setting) -> Sequence[Edit]:
    if not _INVISIBLE.search(text):
        return ()
    edits: list[Edit] = []
    for gap in gaps(text):
        if not gap.letters:
            if not _fences_span(text, gap):
                edits += cut(text, gap, INVISIBLE)
        elif not gap.between and (gap.letters > 1 or setting.options.erases_zwnj):
            edits += cut(text, gap, INVISIBLE + SELECTORS + _ZWJ)
        else:  # a joiner shows the shape of a single letter
            edits += cut(text, gap, INVISIBLE + SELECTORS)
    return edits


def _find_bidi(text: str, setting: Setting) -> Sequence[Edit]:
    if not _INVISIBLE.search(text):
        return ()
    remove_all = setting.options.bidi == "remove"
    edits: list[Edit] = []
    for gap in gaps(text):
        if gap.letters or _LETTER.match(text, gap.end):
            edits += cut(text, gap, BIDI_CONTROLS)
        elif remove_all:
            if not _fences_span(text, gap):
                edits += cut(text, gap, BIDI_CONTROLS)
        elif not _leans_on_direction(text, gap):
            # Around a number of several groups (+98 21 123) the end stands after digits alone.
            edits += cut(text, gap, _MARKS_OF_DIRECTION if _around_number(text, gap) else BIDI_CONTROLS)
    if remove_all or (not edits and not _STARTS_AND_ENDS.search(text)):
        return edits
    return sorted({*edits, *_loose(text, {at for edit in edits for at in range(edit.start, edit.end)})})


def _around_number(text: str, gap: Gap) -> bool:
    return bool(_DIGIT.match(text, gap.end) or (gap.start and _DIGIT.match(text, gap.start - 1)))


def _loose(text: str, gone: set[int]) -> Iterator[Edit]:
    """Yield edits for starts and ends that stay so far and have no partner in the chunk, nor can have one beyond it."""
    for piece in _PIECE.finditer(text):  # a foreign space will be a space, and then part the chunk
        left, right = piece.span()
        controls = [found for found in _STARTS_AND_ENDS.finditer(text, left, right) if found.start() not in gone]
        opened, closed = _unpaired(controls)
        bare = _LETTER.search(text, left, right) is None
        for control in (*opened, *closed):
            at, end = control.span()
            starts = _STARTS.match(control[0]) is not None
            outermost = at == left if starts else end == right
            if not (bare and outermost and _touches_visible(text, end if starts else at - 1)) and not _ends_span(
                text, control
            ):
                yield Edit(at, end, "")


def _touches_visible(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _UNSEEN.match(text, at) is None


def _leans_on_direction(text: str, gap: Gap) -> bool:
    """Tell whether Latin text, or a number with a sign (+98), stands beside the gap."""
    after, before = text[gap.end : gap.end + 2], text[max(gap.start - 2, 0) : gap.start][::-1]
    return any(_NEEDS_DIRECTION.match(side) for side in (after, before))


def _find_unpaired(text: str, setting: Setting) -> Sequence[Edit]:
    opened, closed = _unpaired(_STARTS_AND_ENDS.finditer(text))
    return sorted(Edit(*control.span(), "") for control in (*opened, *closed) if not _ends_span(text, control))


def _unpaired(controls: Iterable[re.Match[str]]) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Return the starts that have no end among the controls, and the ends that have no start."""
    opened: list[re.Match[str]] = []
    implied: list[re.Match[str]] = []
    closed: list[re.Match[str]] = []
    for control in controls:
        if _STARTS.match(control[0]):
            opened.append(control)
        elif control[0] == _PDI and any(_ISOLATES.match(start[0]) for start in opened):
            while not _ISOLATES.match(opened[-1][0]):  # what was opened inside ends with the isolate
                implied.append(opened.pop())
            opened.pop()
        elif control[0] != _PDI and opened and not _ISOLATES.match(opened[-1][0]):
            opened.pop()
        else:
            closed.append(control)
    return opened + implied, closed


def _ends_span(text: str, control: re.Match[str]) -> bool:
    """Tell an end right after a protected span: its start may be inside."""
    return not _STARTS.match(control[0]) and control.start() > 0 and text[control.start() - 1] == OPAQUE


def may_meet(word: str, setting: Setting) -> bool:
    """Tell whether a finished chunk may hold one of a pair of controls."""
    return setting.options.bidi == "needed" and _STARTS_AND_ENDS.search(word) is not None


CHUNK_RULES: tuple[Rule, ...] = (
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
            ("سلام\N{VARIATION SELECTOR-16} بر تو", "سلام بر تو"),
        ),
        counter_examples=(
            "قلب \N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16} است",
            "خانواده \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN} است",
            "سال ۱۴۰۰ ه\N{ZERO WIDTH JOINER}.ش",
        ),
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
        wants=lambda options: options.bidi != "keep",
    ),
)

LINE_RULES: tuple[Rule, ...] = (
    Rule(
        name="unpaired-bidi-control",
        why="A start without its end sets the direction of the rest of the line; an end without its start, nothing.",
        source="Unicode Standard Annex #9, BD9 and BD11: matching pairs of isolates, embeddings and overrides",
        find=_find_unpaired,
        examples=(
            ("\N{LEFT-TO-RIGHT ISOLATE}C# خوب است\N{POP DIRECTIONAL ISOLATE}", "C# خوب است"),
            ("\N{RIGHT-TO-LEFT EMBEDDING}زبان ۵\N{POP DIRECTIONAL FORMATTING}", "زبان ۵"),
        ),
        counter_examples=(
            "تلفن \N{LEFT-TO-RIGHT EMBEDDING}+۹۸ ۲۱ ۱۲۳\N{POP DIRECTIONAL FORMATTING} است",
            "زبان \N{LEFT-TO-RIGHT ISOLATE}C#\N{POP DIRECTIONAL ISOLATE} است",
        ),
        wants=lambda options: options.bidi == "needed",
    ),
)
