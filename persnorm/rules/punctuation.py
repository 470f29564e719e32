"""Punctuation: Persian signs in Persian text, and the spaces around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from persnorm.alphabet import DIGITS, LETTERS, MARKS
from persnorm.late import late
from persnorm.options import Options
from persnorm.rule import OPAQUE, ZWNJ, Edit, Finder, Rule, Setting

_PERSIAN_SIGN = {",": "،", ";": "؛", "?": "؟"}

_L = LETTERS + MARKS
_WORD = _L + ZWNJ
_CLOSING = r")\]»”"
_IS_LETTER = late(f"[{_L}]")

# After a Persian word, perhaps with a closing bracket between; before the end, a space, a word or a quotation.
_COMMA = late(rf"(?<=[{_L}])[{_CLOSING}]*[,;](?=\s|\Z|[{LETTERS}«(])")
# After a number a word must follow, or another Persian number, on the line: ۱, ۲ but not the (1, 2) of a program.
_COMMA_AFTER_NUMBER = late(rf"(?<=[{DIGITS}٪%])(?:[,;](?= [{LETTERS}])|(?<=[۰-۹٪])[,;](?= [۰-۹]))")
_CELL = rf"[{_WORD}{DIGITS}{OPAQUE}]"
_ROW = late(rf"(?<!{_CELL}){_CELL}+(?:[,;]{_CELL}+){{2,}}")  # of a table: الف,ب,پ
_QUESTION = late(rf"(?<=[{_L}۰-۹])[{_CLOSING}]*(?=[!؟]*\?)([!؟?]+)(?=\s|\Z|\.\.|[{LETTERS}{_CLOSING}\"'…*_<])")

# After any of these a word begins anew. A full stop may also end an abbreviation (ه.ق., آر.ال.) or part an address: it
# must have a word of three letters before it, and no other full stop near.
_NO_ADDRESS = rf"(?!(?:کام|نت|ارگ|آی.?آر)(?![{_WORD}]))"
_GLUED = late(
    rf"(?<=[{_L}{DIGITS}{_CLOSING}{OPAQUE}])(?:[؟!]+|[،؛])(?=[{LETTERS}«])"
    rf"|(?<=[{_L}])[،؛؟!](?=[{DIGITS}])"
    rf"|(?<=[{_L}{_CLOSING}]):(?=[{LETTERS}«])"
    rf"|(?<![{_WORD}.])[{_WORD}]{{3,}}\.(?=«|{_NO_ADDRESS}[{LETTERS}][{MARKS}{ZWNJ}]*[{LETTERS}][{_WORD}]*(?![{_WORD}]|\.[{_WORD}«]))"
)
_MAY_BE_GLUED = late(rf"[،؛؟!:.][{_WORD}{DIGITS}«]")  # quick to look for
_GLUING = late("[،؛؟!:.]")

_APART = late(rf"(?<=[{_L}{DIGITS}{_CLOSING}\"*{OPAQUE}]) +(?P<sign>[؟!?]+|[،؛:.,;])(?P<next>[^ ]?)")
_NO_PROSE = f'{OPAQUE}"*'  # Latin text, JSON, Markdown: only a Persian sign after it is part of the sentence
_CLOSED_BY = late(rf"[{_CLOSING}\"']")
_BEGINS = late(rf"[{LETTERS}«(]")
_DIGIT = late(f"[{DIGITS}]")
_DIGIT_NEXT = late(f" *[{DIGITS}]")
_WORD_NEXT = late(f" ?[{LETTERS}]")
# After these the sign is spoken of (علامت ؟ و !), or the sentence goes on.
_SPOKEN_OF = late(
    rf"(?<![{_WORD}])(?:و|یا|به|با|از|در|تا|علامت|نشان|نشانه|نشانهٔ|نماد|نویسه|حرف|کاراکتر|عملگر|پسوند|دامنه|دامنهٔ|فرمت)\Z"
)
_LONGEST_SPOKEN_OF = 9

_INNER_SPACE = late(r"[(\[«] | [)\]»]")
_BRACKET = late(r"[()\[\]«»]")
_OPENING = {")": "(", "]": "[", "»": "«"}

_QUOTE = late('["“”]')
_BEFORE_QUOTATION = late(r"[\s(\[:،؛—–-]")
_AFTER_QUOTATION = late(rf"[\s)\].,:;!?،؛؟…—–{_WORD}-]")

_THREE_DOTS = late(r"(?<!\.)\.{3}(?!\.)")


def _find_comma(sign: str) -> Finder:
    def find(text: str, setting: Setting) -> Sequence[Edit]:
        if sign not in text:
            return ()
        prose = _ROW.sub(lambda row: OPAQUE * len(row[0]), text)
        return sorted(
            Edit(found.end() - 1, found.end(), _PERSIAN_SIGN[sign])
            for found in chain(_COMMA.finditer(prose), _COMMA_AFTER_NUMBER.finditer(prose))
            if found[0][-1] == sign
        )

    return find


def _find_question_mark(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(found.start(1) + offset, found.start(1) + offset + 1, "؟")
        for found in _QUESTION.finditer(text)
        for offset, sign in enumerate(found[1])
        if sign == "?"
    ]


def _find_glued(text: str, setting: Setting) -> Sequence[Edit]:
    if not _MAY_BE_GLUED.search(text):
        return ()
    return [Edit(found.end(), found.end(), " ") for found in _GLUED.finditer(text)]


def _find_apart(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(found.start(), found.end("sign"), "".join(_PERSIAN_SIGN.get(sign, sign) for sign in found["sign"]) + gap)
        for found in _APART.finditer(text)
        if (gap := _gap_after(text, found)) is not None
    ]


def _gap_after(text: str, found: re.Match[str]) -> str | None:
    """Return what comes after a sign that is to move to the word before it, or None if it is to stay."""
    start, sign, after = found.start(), found["sign"], found["next"]
    before = text[start - 1]
    is_persian = sign[0] in "،؛؟" and "?" not in sign
    if (
        (before in _NO_PROSE and not is_persian)
        or (
            any(latin in sign for latin in _PERSIAN_SIGN)
            and not _IS_LETTER.match(before)
            and not (sign in (",", ";") and _DIGIT.match(before) and _WORD_NEXT.match(text, found.end("sign")))
        )
        or (_DIGIT.match(before) and sign in (".", ":") and _DIGIT_NEXT.match(text, found.end("sign")))
        or _SPOKEN_OF.search(text, max(start - _LONGEST_SPOKEN_OF, 0), start)
    ):
        return None
    if not after or _CLOSED_BY.match(after):
        return ""
    if (
        _BEGINS.match(after)
        or (after == OPAQUE and is_persian)
        or (_DIGIT.match(after) and _IS_LETTER.match(before) and sign not in (".", ":"))
    ):
        return " "
    return None


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each opening bracket or guillemet and of the one that closes it."""
    open_ones: list[int] = []
    for bracket in _BRACKET.finditer(text):
        opening = _OPENING.get(bracket[0])
        if opening is None:
            open_ones.append(bracket.start())
        elif open_ones and text[open_ones[-1]] == opening:
            yield open_ones.pop(), bracket.start()


def _find_inner_space(text: str, setting: Setting) -> Sequence[Edit]:
    if not _INNER_SPACE.search(text):
        return ()
    edits = []
    for opening, closing in _bracketed(text):
        start, end = opening + 1, closing
        while text[start] == " ":
            start += 1
        while text[end - 1] == " ":
            end -= 1
        glued_before = opening > 0 and _IS_LETTER.match(text, opening - 1) is not None
        glued_after = _IS_LETTER.match(text, closing + 1) is not None
        # »این« و »آن«, with words at both outer sides, has its quotation marks in reverse.
        if start > end or (text[opening] == "«" and glued_before and glued_after):
            continue
        # A space on the wrong side of a bracket goes over to the right one; a pile of brackets (] ] ]) is no text.
        if opening + 1 < start and text[start] != text[opening]:
            edits.append(Edit(opening, start, f" {text[opening]}" if glued_before else text[opening]))
        if end < closing and text[end - 1] != text[closing]:
            edits.append(Edit(end, closing + 1, f"{text[closing]} " if glued_after else text[closing]))
    return sorted(edits)


def _find_quotes(text: str, setting: Setting) -> Sequence[Edit]:
    quotes = [(quote[0], quote.start()) for quote in _QUOTE.finditer(text)]
    straight = [at for quote, at in quotes if quote == '"']
    pairs = list(zip(straight[::2], straight[1::2], strict=True)) if len(straight) % 2 == 0 else []
    curly = [(quote, at) for quote, at in quotes if quote != '"']
    pairs += [(a, b) for (left, a), (right, b) in pairwise(curly) if (left, right) == ("“", "”")]
    return sorted(
        Edit(at, at + 1, f" {guillemet}" if at == opening and _GLUING.match(text, at - 1) else guillemet)
        for opening, closing in pairs
        if _is_quotation(text, opening, closing)
        for at, guillemet in ((opening, "«"), (closing, "»"))
    )


def _is_quotation(text: str, opening: int, closing: int) -> bool:
    inner = text[opening + 1 : closing]
    before, after = text[max(opening - 1, 0) : opening], text[closing + 1 : closing + 2]
    return (
        inner == inner.strip()
        and _IS_LETTER.search(inner) is not None
        and not set('«»"“”').intersection(inner)
        and (not before or _BEFORE_QUOTATION.match(before) is not None)
        and (not after or _AFTER_QUOTATION.match(after) is not None)
    )


def _find_three_dots(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(dots.start(), dots.end(), "…") for dots in _THREE_DOTS.finditer(text)]


def may_meet(word: str) -> bool:
    """Tell whether a finished chunk may concern the rules on lines: a sign where one may be wrong, or quotes."""
    return word[:1] in _AT_WRONG_START or word[-1:] in _AT_WRONG_END or '"' in word or "“" in word


_AT_WRONG_START = frozenset("،؛؟!?:.,;)]»")
_AT_WRONG_END = frozenset("([«,;")


def _prose(options: Options) -> bool:
    return options.prose


_MISSING_SPACE = Rule(
    name="missing-space",
    why="After a comma, colon, full stop or question mark a space parts it from the next word.",
    source="typesetting practice",
    find=_find_glued,
    examples=(("سلام،دنیا", "سلام، دنیا"), ("گفت:«بیا»", "گفت: «بیا»"), ("رفته است.او آمد", "رفته است. او آمد")),
    counter_examples=(
        "۳۵۰ ه.ق",
        "ج.ا.ا",
        "ساعت ۱۰:۳۰",
        "عدد ۴.۲",
        "کتاب(ها)",
        "«من»ها",
        "و...",
        "بقره:۲۵۵",
        "ایران.کام",
    ),
    wants=_prose,
)

_COMMA_RULE = Rule(
    name="latin-comma",
    why="The Persian comma is ،, U+060C. Those inside numbers, Latin text and rows of a table stay.",
    source="ISIRI 6219; typesetting practice",
    find=_find_comma(","),
    examples=(
        ("سلام, دنیا", "سلام، دنیا"),
        ("سلام,دنیا", "سلام، دنیا"),
        ("سال 1402, ایران", "سال ۱۴۰۲، ایران"),
        ("اعداد ۱, ۲ و ۳", "اعداد ۱، ۲ و ۳"),
    ),
    counter_examples=("مبلغ ۱,۲۳۴", "React, Vue و Angular", "نام,سن,شهر"),
    wants=_prose,
)

_SEMICOLON_RULE = Rule(
    name="latin-semicolon",
    why="The Persian semicolon is ؛, U+061B.",
    source="ISIRI 6219; typesetting practice",
    find=_find_comma(";"),
    examples=(("هیچ; همین", "هیچ؛ همین"), ("سال ۱۴۰۲; ایران", "سال ۱۴۰۲؛ ایران")),
    counter_examples=("می&zwnj;شود", "x = 5; y = 6; // توضیح"),
    wants=_prose,
)

CHUNK_RULES: tuple[Rule, ...] = (
    _COMMA_RULE,
    _SEMICOLON_RULE,
    Rule(
        name="latin-question-mark",
        why="The Persian question mark is ؟, U+061F.",
        source="ISIRI 6219; typesetting practice",
        find=_find_question_mark,
        examples=(("چرا?", "چرا؟"), ("راستی?!", "راستی؟!")),
        counter_examples=("نشانی https://example.com/?q=1 است", "Why? برای همین"),
        wants=_prose,
    ),
    # After the three above, which give it their signs.
    _MISSING_SPACE,
    Rule(
        name="three-dots",
        why="The ellipsis is one sign, U+2026.",
        source="typesetting practice",
        find=_find_three_dots,
        examples=(("باران آمد...", "باران آمد…"),),
        counter_examples=("باران آمد....",),
        wants=lambda options: options.profile == "publish",
    ),
)

LINE_RULES: tuple[Rule, ...] = (
    Rule(
        name="space-inside-brackets",
        why="Brackets and quotation marks stand close to what they hold.",
        source="typesetting practice",
        find=_find_inner_space,
        examples=(("( سلام )", "(سلام)"), ("« متن »", "«متن»"), ("به« متن» رسید", "به «متن» رسید")),
        counter_examples=("- [ ] کار", "کتاب »این« و »آن« است"),
        wants=_prose,
    ),
    Rule(
        name="space-before-punctuation",
        why="A comma, full stop or question mark stands close to the word before it, and parted from the next.",
        source="typesetting practice",
        find=_find_apart,
        examples=(("سلام .", "سلام."), ("سلام ،دنیا", "سلام، دنیا"), ("چرا ?", "چرا؟"), ("گفت : «بیا»", "گفت: «بیا»")),
        counter_examples=("و ... رفت", "نسبت ۲ : ۳", "علامت ؟ و ! است", "سلام :)", "کتاب .pdf", '"نام" : "علی"'),
        wants=_prose,
    ),
    Rule(
        name="latin-quotes",
        why="Persian quotation marks are « and ».",
        source="ISIRI 6219; typesetting practice",
        find=_find_quotes,
        examples=(('او گفت "سلام" و رفت', "او گفت «سلام» و رفت"), ("او گفت “سلام” و رفت", "او گفت «سلام» و رفت")),
        counter_examples=('واژهٔ "hello" است', 'پیچ ۵" است'),
        wants=lambda options: options.quotes == "guillemets",
    ),
    # Once more: after a number it takes the next word to tell, and after quotation marks what became of them.
    _COMMA_RULE,
    _SEMICOLON_RULE,
)

AFTER_REPAIR: tuple[Rule, ...] = (_MISSING_SPACE,)
"""Rules that see more in a line whose words are put together."""
