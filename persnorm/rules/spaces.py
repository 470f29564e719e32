"""Spaces and half-spaces: one at a time, and only where they can stand. Lost ones come back in words and affixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from persnorm.alphabet import DIGITS, LETTERS, MARKS, NON_JOINERS, SPACES
from persnorm.late import late
from persnorm.protected import split_chunks
from persnorm.rule import OPAQUE, ZWNJ, Edit, Rule, Setting

_FOREIGN_SPACE = late(f"[{SPACES}]")
_REPEATED_SPACE = late(r"(?<=[^\s|])  +(?=[^\s|])")  # what pads the cells of a table stays

_HALF_SPACES = late(rf"(?<![{MARKS}])[{MARKS}]*{ZWNJ}[{MARKS}{ZWNJ}]*")
_RUN = late(f"{ZWNJ}+")
_LETTER, _MARK = late(f"[{LETTERS}]"), late(f"[{MARKS}]")
_NON_JOINER = late(f"[{NON_JOINERS}]")
_TWO_LETTERS = late(f"[{LETTERS}]{{2}}")
_JOINING_END = late(rf"[{LETTERS}{MARKS}](?![{NON_JOINERS}])[{LETTERS}]")
_TAKES_SUFFIX = late(rf"[{LETTERS}{DIGITS}{OPAQUE})»\]”]")
_AT_WORD_START = late(rf"(?P<spaces>(?<! ) +|\A)(?P<half>{ZWNJ}+)(?P<word>(?:[{MARKS}][{MARKS}{ZWNJ}]*)?[{LETTERS}])")


class _HalfSpaces(NamedTuple):
    """A run of half-spaces and the marks among them: where, how it begins, and what is around it ("" at the ends)."""

    start: int
    end: int
    first: str
    left: str
    right: str

    @property
    def starts_word(self) -> bool:
        """Whether a space or nothing stands before, and a letter after: the line decides."""
        return self.first == ZWNJ and self.left in ("", " ") and _LETTER.match(self.right) is not None

    @property
    def parts_word(self) -> bool:
        """Whether it stands inside a word, or between one and its suffix: ۵ ام, API ها."""
        return _TAKES_SUFFIX.match(self.left) is not None and (
            self.right == OPAQUE or _LETTER.match(self.right) is not None
        )

    @property
    def fences_span(self) -> bool:
        """Whether it keeps a protected span from a sign that, beside it, could make another span (# and tag)."""
        return OPAQUE in (self.left, self.right) and all(side and side != " " for side in (self.left, self.right))

    @property
    def shows(self) -> bool:
        """Whether the letter before it would join the next one without it."""
        return not _NON_JOINER.match(self.left)

    def runs(self, text: str) -> Iterator[tuple[int, int]]:
        for run in _RUN.finditer(text, self.start, self.end):
            yield run.span()


def _half_spaces(text: str) -> Iterator[_HalfSpaces]:
    if ZWNJ not in text:
        return
    for found in _HALF_SPACES.finditer(text):
        start, end = found.span()
        yield _HalfSpaces(start, end, text[start], text[start - 1] if start else "", text[end : end + 1])


def _find_foreign_space(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(space.start(), space.end(), " ") for space in _FOREIGN_SPACE.finditer(text)]


def _find_repeated_half_space(text: str, setting: Setting) -> Sequence[Edit]:
    edits = []
    for found in _half_spaces(text):
        keep = 1
        for start, end in found.runs(text):
            if end > start + keep:
                edits.append(Edit(start + keep, end, ""))
            keep = 0
    return edits


def _find_stray_half_space(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(start, end, "")
        for found in _half_spaces(text)
        if not (found.parts_word or found.starts_word or found.fences_span)
        for start, end in found.runs(text)
    ]


def _find_invisible_half_space(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(start, end, "")
        for found in _half_spaces(text)
        if found.parts_word and not found.shows
        for start, end in found.runs(text)
    ]


def _find_repeated_space(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(run.start() + 1, run.end(), "") for run in _REPEATED_SPACE.finditer(text)]


def _find_half_space_after_space(text: str, setting: Setting) -> Sequence[Edit]:
    if f" {ZWNJ}" not in text and not text.startswith(ZWNJ):
        return ()
    edits = []
    for found in _AT_WORD_START.finditer(text):
        if found["spaces"] and _joins_words(text, found.start(), found.start("word")):
            edits.append(Edit(*found.span("spaces"), ""))
        else:
            edits += (Edit(*run.span(), "") for run in _RUN.finditer(text, found.start("half"), found.end()))
    return edits


def _joins_words(text: str, end: int, start: int) -> bool:
    """Tell whether words of two letters or more end and start there, the first with a letter that joins the next."""
    while end and _MARK.match(text, end - 1):
        end -= 1
    return end > 1 and _JOINING_END.match(text, end - 2) is not None and _TWO_LETTERS.match(text, start) is not None


def may_meet(word: str) -> bool:
    """Tell whether a finished chunk may concern the rules on lines: empty between two spaces, or with one inside."""
    return not word or word.startswith(ZWNJ) or (" " in word and ("  " in word or len(split_chunks(word)) > 1))


CHUNK_RULES: tuple[Rule, ...] = (
    # Before the half-spaces, which ask whether a space stands beside them.
    Rule(
        name="foreign-space",
        why="No-break and other special spaces look like a space, and part equal words for search and for programs.",
        source="The Unicode Standard, section 6.2: space characters",
        find=_find_foreign_space,
        examples=(("سلام\N{NO-BREAK SPACE}دنیا", "سلام دنیا"), ("متن\N{THIN SPACE}ساده", "متن ساده")),
        counter_examples=("کد `a\N{NO-BREAK SPACE}b` است",),
        wants=lambda options: options.prose,
    ),
    Rule(
        name="repeated-half-space",
        why="Two half-spaces in a row show nothing more than one.",
        source="The Unicode Standard, section 23.2: ZWNJ",
        find=_find_repeated_half_space,
        examples=((f"می{ZWNJ}{ZWNJ}شود", f"می{ZWNJ}شود"),),
    ),
    Rule(
        name="stray-half-space",
        why="A half-space parts two letters; at the edge of a word, or beside a sign, it shows nothing.",
        source="The Unicode Standard, section 23.2: ZWNJ",
        find=_find_stray_half_space,
        examples=((f"سلام{ZWNJ} دنیا", "سلام دنیا"), (f"سلام{ZWNJ}، دنیا", "سلام، دنیا"), (f"({ZWNJ}سلام)", "(سلام)")),
        counter_examples=(f"۵{ZWNJ}ام خرداد", f"API{ZWNJ}های ما", f"«من»{ZWNJ}های ما"),
    ),
    Rule(
        name="half-space-after-non-joiner",
        why="ا، د، ذ، ر، ز، ژ and و never join the next letter: a half-space after them shows nothing, and makes two "
        "spellings of one word.",
        source="The Unicode Standard, section 9.2: Joining_Type R and U",
        find=_find_invisible_half_space,
        examples=((f"کار{ZWNJ}ها", "کارها"), (f"شیء{ZWNJ}ای", "شیءای")),
        counter_examples=(f"خانه{ZWNJ}ها", f"همان{ZWNJ}طور"),
    ),
)

LINE_RULES: tuple[Rule, ...] = (
    Rule(
        name="repeated-space",
        why="Between two words one space is enough. Those that indent or end a line stay.",
        source="typesetting practice",
        find=_find_repeated_space,
        examples=(("این    متن", "این متن"),),
        counter_examples=("    این متن", "این متن  "),
        wants=lambda options: options.prose,
    ),
    Rule(
        name="space-before-half-space",
        why="A half-space was typed beside the space that it was to replace; where it cannot show, the space stays.",
        source="«دستور خط فارسی» (1401), p. 39",
        find=_find_half_space_after_space,
        examples=((f"می {ZWNJ}شود", f"می{ZWNJ}شود"), (f"دار {ZWNJ}و ندار", "دار و ندار")),
    ),
)
