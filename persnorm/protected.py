"""What no rule may touch: addresses, code, markup, placeholders, Latin text, words of other languages.

A span is found by its own letters and by nothing beyond the next space outside it. So a line may be cut at the spaces
outside its spans, and each chunk shows the same spans as the line did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from persnorm.alphabet import ARABIC_BLOCKS, FOREIGN_LETTERS, HARAKAT, INVISIBLE, LETTERS, MARKS, TATWEEL
from persnorm.blocks import ELEMENTS
from persnorm.languages import FOREIGN_LETTER, foreign_runs, may_hold_run
from persnorm.late import late
from persnorm.rule import OPAQUE, ZWNJ

# Letters of other scripts, in wide ranges: what is between them makes no difference here.
_LATIN = (
    r"A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u05ff\u0700-\u074f\u0780-\u086f"
    r"\u0900-\u167f\u1681-\u180d\u180f-\u1fff\u2c00-\u2dff\u3041-\ud7ff\uf900-\ufaff"
)

# What ends Latin text: the Arabic script, the object that stands in for a span, and what begins a span of its own.
_ARABIC = ARABIC_BLOCKS + ZWNJ + OPAQUE
_ANY = rf"[^{_ARABIC}`<{{$\\\s]"
_SIGN = rf"[^{_ARABIC}`<{{$\\\s{_LATIN}0-9]"

# The rest of an address: to the next space, but not the punctuation of the sentence around it.
_ADDRESS = r"[^\s<>\"«»`،؛]*[^\s<>\"«»`،؛؟.,;:!?)\]}'*…]"

# A Latin word goes to its last letter or digit; an address may hold Persian letters from its path on.
_WORD = rf"(?:{_ANY}*(?://|\.[A-Za-z]{{2,}}/){_ADDRESS}|{_ANY}*[{_LATIN}0-9])"
# The next one belongs to the same text, if it is no path or tag; a number only if it begins no sentence.
_NEXT_WORD = (
    rf"(?:(?<![.!?…])\s+|\s+(?![0-9]))(?![#@]|/[A-Za-z_.]|~/|\.\.?/|[A-Za-z]:[\\/]|[Ww]{{3}}\.[{LETTERS}]){_WORD}"
)
_MORE_WORDS = rf"(?:(?<![{_ARABIC}]){_SIGN}*(?:\s+{_SIGN}+)*{_NEXT_WORD})*"
_LATIN_TEXT = rf"{_WORD}?{_MORE_WORDS}(?:[+#]+(?!\w))?"  # C++, C#

# An HTML element without prose, and one of them inside another.
_TAG_END = r"(?=[\s>])[^<>]*>"
_NO_TAG = rf"[^<]*(?:<(?!/?(?:{ELEMENTS})[\s>])[^<]*)*"
_INNER = rf"<(?P<inner>{ELEMENTS}){_TAG_END}{_NO_TAG}</(?P=inner)\s*>"
_ELEMENT = rf"(?i:(?P<element>{ELEMENTS}){_TAG_END}{_NO_TAG}(?:{_INNER}{_NO_TAG})*</(?P=element)\s*>)"

# A tag: Persian only in the values of its attributes. Or an address in angle brackets.
_TAG = (
    rf"/?[A-Za-z][A-Za-z0-9:._-]*(?=[\s/>])(?:\"[^\"<>]*\"|'[^'<>]*'|[^<>\"'{ARABIC_BLOCKS}])*>"
    r"|[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>"
)
_COMMENT = r"!--[^<-]*(?:(?:<(?!!--)|-(?!->))[^<-]*)*-->"
_PROGRAM = r"(?P<asked>[?%])(?:(?!(?P=asked)>|<[?%]).)*(?P=asked)>"  # <?php … ?>, <% … %>

# Beside these nothing begins or ends that a second run, without the marks, would see otherwise.
_UNSURE = rf"A-Za-z0-9۰-۹٠-٩{HARAKAT}{INVISIBLE}"

_FILE_TYPES = (
    "pdf|docx?|xlsx?|pptx?|odt|txt|csv|tsv|json|xml|ya?ml|html?|md|epub|jpe?g|png|gif|svg|webp|mp[34]|mkv|avi|wav|ogg|"
    "zip|rar|gz|7z|iso|apk|exe|py|js|ts|css|php|sql|srt|ttf"
)


class _Kind(NamedTuple):
    """A kind of span: a character of ``first``, none of ``after`` before it, and then ``rest``."""

    name: str
    first: str
    after: str
    rest: str


# Where two kinds begin at one place, the upper wins. A failed attempt ends where the next one could begin, or after a
# bounded number of characters: time stays linear for any text.
_KINDS = (
    _Kind("code", "`", "`", r"(?:[^`]+`|`(?!`)(?:[^`]|`(?!`))+``|(?P<ticks>``+)[^`]+`(?P=ticks))(?!`)"),
    _Kind("markup", "<", "", f"(?:{_ELEMENT}|{_TAG}|{_COMMENT}|{_PROGRAM})"),
    # A formula has a TeX sign, or begins with a letter and holds no Arabic letter; prices do neither.
    _Kind(
        "formula",
        "$",
        r"\\$",
        rf"\$?(?=[^\s$])(?:(?=[^$]*[\\_^{{}}])[^$]*|(?=[A-Za-z(-])[^${ARABIC_BLOCKS}]*)(?<!\s)\$(?![\d{HARAKAT}{INVISIBLE}])\$?",
    ),
    _Kind(
        "TeX",
        r"\\",
        "",
        rf"(?:\((?:[^\\{ARABIC_BLOCKS}]|\\(?![()]))*\\\)|\[(?:[^\\{ARABIC_BLOCKS}]|\\(?![\[\]]))*\\\]"
        rf"|[A-Za-z]+\*?(?:\{{[^{{}}]*\}})+|[A-Za-z]{_LATIN_TEXT}|\\[A-Za-z0-9]{_ADDRESS}"
        rf"|(?<![{_UNSURE}]\\)[0-9]{{1,2}}(?![{_UNSURE}]))",  # \1 of a replacement, but not 1403\02\12
    ),
    _Kind("placeholder", "{", "", r"(?:\{[^{}]*\}\}|%[^{}]*%\}|[^{}\s]*\})"),
    _Kind(
        "format", "%", "", r"(?:\(\w+\)|[0-9]+\$)?[-+#]?[0-9.*]*(?:hh?|ll?|[qzjtL])?[sdifgGeExXcoupra@](?!\.?[A-Za-z])"
    ),
    _Kind("entity", "&", "", r"(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"),
    _Kind("keycap", "0-9#*", "", r"\ufe0f?\u20e3"),
    _Kind("mention", "@", "", r"\w+(?:\.\w+)*"),
    _Kind("hashtag", "#", "", rf"(?:[\w{MARKS}]|{ZWNJ}(?=\w))+"),
    _Kind(
        "link target",
        r"\]",
        "",
        r"(?:\((?:<[^<>()]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:\"[^\"()]*\"|'[^'()]*'))?\)"
        r"|(?<![0-9۰-۹٠-٩]\])\[[^\[\]]*\])",  # [text][label], but not [1][2]
    ),
    _Kind("link label", r"\[", "", rf"(?:\^[^\[\]\s]+\]|[^\[\]]+\]:\s+(?:https?://|www\.){_ADDRESS})"),
    _Kind("path", "/~.", r"^\s(\[«\"'=:", rf"(?:(?<=/)(?=[A-Za-z_.])|(?<=~)/|(?<=\.)\.?/){_ADDRESS}"),
    _Kind("web address", "Ww", _UNSURE, rf"[Ww][Ww]\.(?=[{LETTERS}]){_ADDRESS}"),
    # Program Files and the like may stand in it.
    _Kind(
        "path with drive",
        "A-Za-z",
        _UNSURE,
        rf":[\\/](?!/){_ADDRESS}(?:(?: [A-Za-z0-9()&._-]+)+[\\/]{_ADDRESS})*",
    ),
    _Kind("emoticon", ":;=", "", rf"[-'^]?(?:[)(\]\[DPpOo|*]+|/(?!/))(?![{_LATIN}])"),
    _Kind("Persian emoticon", ":;", "", rf"(?:دی?|پی?)(?![{LETTERS}{MARKS}{ZWNJ}{TATWEEL}])"),
    _Kind("e-mail", "A-Za-z0-9", "A-Za-z0-9._%+-", r"[A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    _Kind(
        "UUID",
        "0-9A-Fa-f",
        rf"{_UNSURE}-",
        rf"[0-9A-Fa-f]{{7}}-(?:[0-9A-Fa-f]{{4}}-){{3}}[0-9A-Fa-f]{{12}}(?![{_UNSURE}])",
    ),
    _Kind("DOI", "1", rf".{_UNSURE}", rf"0\.[0-9]{{4,9}}/{_ADDRESS}"),
    _Kind("temperature", "0-9", rf".{_UNSURE}", rf"[0-9]*(?:\.[0-9]+)?°[CF](?![{_UNSURE}])"),
    _Kind("version", "0-9", "0-9.", r"[0-9]*(?:\.[0-9]+){2,}(?:[:/][0-9]+)?"),
    # Also with a number before it in one token: 3x, 2FA, 550e8400-e29b.
    _Kind(
        "Latin text",
        _LATIN + "0-9",
        "",
        rf"(?:(?<=[{_LATIN}])|(?<![0-9][0-9])(?<![0-9][._:/+-].)[0-9]*(?:[._:/+-][0-9]+)*[._:/+-]?[{_LATIN}])"
        rf"{_LATIN_TEXT}(?P<spaced>)",
    ),
)


@cache
def _spans() -> re.Pattern[str]:
    """Return the kinds as one pattern. It begins with one class of characters, which ``re`` looks for very fast."""
    firsts = "".join(sorted({kind.first for kind in _KINDS}, reverse=True))  # reverse: ] and / may not come first
    kinds = (f"(?<=[{k.first}])" + (f"(?<![{k.after}].)" if k.after else "") + k.rest for k in _KINDS)
    return re.compile(f"[{firsts}](?:{'|'.join(kinds)})", re.DOTALL)


_FOREIGN_LETTER = late(FOREIGN_LETTER)
_FILE_TYPE = late(rf"\.(?:{_FILE_TYPES})")
_NOT_SPACE = late(r"\S+")


@cache
def _foreign_word() -> re.Pattern[str]:
    word = rf"{LETTERS}{FOREIGN_LETTERS}\u06d5{MARKS}{TATWEEL}{ZWNJ}"
    return re.compile(rf"(?<![{word}])[{word}]*?(?:{_FOREIGN_LETTER.pattern})[{word}]*")


@cache
def _file_name() -> re.Pattern[str]:
    name = rf"\w{MARKS}{ZWNJ}./\\-"
    return re.compile(rf"(?<![{name}])[{name}]+{_FILE_TYPE.pattern}")


def mask(text: str) -> str:
    """Return ``text`` with each code point of a protected span replaced by ``OPAQUE``.

    The length stays, so offsets hold. Spaces between Latin words stay visible: they may be doubled or foreign like any
    others. A text without protected spans is returned itself, the same object.

    Example:
        >>> mask("فایل a.txt را") == "فایل " + 5 * OPAQUE + " را"
        True
    """
    return _masked(text, _all_but_spaces)


def has_spanning_marker(line: str) -> bool:
    """Tell, cheaply, whether a protected span of ``line`` may hold a space; False is certain."""
    return may_be_spanning(line) and (
        _SPANNING.search(line) is not None
        or any(" " in run[0] for run in _LATIN_RUN.finditer(line))
        or ("/" in line and _BESIDE_ADDRESS.search(line) is not None)
        or may_hold_run(line)
    )


def may_be_spanning(chunk: str) -> bool:
    """Tell, very cheaply, whether a chunk may be part of a protected span that holds a space; False is certain."""
    return _SPANNING_START.search(chunk) is not None


_SPANNING_START = late(rf"[{_LATIN}`<$\\{{\]{FOREIGN_LETTERS}{HARAKAT}\u06d5]")
_SPANNING = late(rf"[`<$]|\\[A-Za-z\\]|:\\|\\[(\[][^{_ARABIC}]|\{{[{{%]|\][(\[]|\]:\s")
_LATIN_RUN = late(rf"[{_LATIN}0-9][^{_ARABIC}]*[{_LATIN}0-9/]")  # takes what follows as long as it can: linear
_BESIDE_ADDRESS = late(rf"[^{_ARABIC} ] +[^{_ARABIC} ]")  # an address may hold Arabic letters


def split_chunks(line: str) -> list[str]:
    """Cut ``line`` at each space outside protected spans; joined with spaces, the chunks give the line.

    Example:
        >>> split_chunks("کد `a b` را")
        ['کد', '`a b`', 'را']
    """
    if not has_spanning_marker(line):
        return line.split(" ")
    chunks, start = [], 0
    for part in _masked(line, _all).split(" "):
        end = start + len(part)
        chunks.append(line[start:end])
        start = end + 1
    return chunks


def _masked(text: str, cover: Callable[[re.Match[str]], str]) -> str:
    masked = _spans().sub(cover, text)
    if runs := foreign_runs(masked):
        masked = _covered(masked, runs)
    if _FOREIGN_LETTER.search(masked):
        masked = _foreign_word().sub(_all, masked)
    if _FILE_TYPE.search(text):
        # In the text itself: of گزارش.pdf the Latin part is masked already.
        masked = _covered(masked, [name.span() for name in _file_name().finditer(text)])
    return text if masked == text else masked


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], OPAQUE * (end - start))
        done = end
    return "".join((*parts, text[done:]))


def _all(span: re.Match[str]) -> str:
    return OPAQUE * (span.end() - span.start())


def _all_but_spaces(span: re.Match[str]) -> str:
    return _NOT_SPACE.sub(_all, span[0]) if span.lastgroup == "spaced" else _all(span)
