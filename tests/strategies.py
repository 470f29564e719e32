"""What the property tests draw from: edited Persian, its damage and its noise, Persian-shaped and arbitrary text.

A new rule extends this file: what it repairs becomes a damage or a noise here, and every property then holds it too.

By hand, ``python tests/strategies.py 200000`` runs that many random strings through every profile and style and reports
what breaks: see ``main``.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from persnorm.normalizer import Normalizer
from persnorm.options import PROFILES
from persnorm.rule import ZWNJ

NEWS = Path(__file__).parent / "data" / "news"

# ---------------------------------------------------------------------------------------------- the alphabet of text

PERSIAN = "ءآأؤئابتثجحخدذرزسشصضطظعغفقلمنهوپچژکگی"
NON_JOINING = "ءآأؤادذرزژو"
OTHER_LETTERS = "إةكىيٱۀەھہۃےڤډێۍګۇ"
PRESENTATION_FORMS = "".join(map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))))
HARAKAT = "".join(map(chr, range(0x064B, 0x0653)))
MARKS = HARAKAT + "\u0640\u0653\u0654\u0655\u0656\u0670\u06d6"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DISGUISES = "\u00ac\u00ad\u200b\u200d\u200e\u200f"
"""What stands in real text where a half-space was meant."""

INVISIBLE = BIDI + DISGUISES + ZWNJ + "\u034f\u180e\u2060\ufe0e\ufe0f\ufeff\U000e0067\U000e007f"
SPACES = " \u00a0\u1680\u2000\u2003\u2009\u202f\u205f\u3000"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
PUNCTUATION = ".,;:?!،؛؟٪٫٬…«»‹›\"'“”‘’()[]{}<>-–—_/\\%*+=|~`^&$#@\u200b"
BREAKS = ("\n", "\r", "\r\n", "\t", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\n\n")
_FOREIGN = """
a b C the Python3 v1.2.3 x=1 https://example.com/a1?lang=fa&x=2 www.example.ir user.name2024@mail.com @user_1 #tag1
`code` <b> </b> &nbsp; ![a](b) 10:30 1,234,567 2024/05/01 192.168.1.1 +98-21-1234567 שלום 中文 \N{GRINNING FACE}
\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}
"""
FOREIGN = tuple(_FOREIGN.split())
_PROTECTED = r"""
<code>كد</code> <?كد?> <!--كد--> [كي][كي] [^كي] [كي]: https://a.b 10.1000/182 5°C www.كي.com C:\a\كي \1 %(كي)s
{{كي}} $x_كي$ گزارش-5.pdf http://مثال.ایران/كي 12345678-1234-1234-1234-123456789012 [كي](x.y "كي") #كي_5 @كي.5
"""
PROTECTED = tuple(_PROTECTED.split())
"""What no rule may touch, with Persian or digits in it; words with a space between them are two, to break them up."""

_TRICKY = """
منطقهای گفتوگو می شود نمی خواهم کتاب ها خانه ای ها های تر ترین می نمی ام اند اش شان مان هایشان به بی هم نا
تنها میدان میراث نهایی بهتر به تر نان تر ماه می سال آنها اینکه گوشهای میدانی سلاممم هههه گفت و گو
#برچسب_۱ http://مثال.ایران خانۀ خانه\u0654 ﷲ ﷼ ﻻ
آن این که چه چنان چنانچه هیچ هیچکس کس به عنوان طور صورت به\u200cعنوان گفتگو گفت\u200cوگو گو جست جو شستشو کتابها بزرگتر ی
سیاستروز صاحبخبر کتابخوبی دراین ازاین تورادوست آنهارا پدرومادر وسپس را در از
سلاممممم خیلیییی خوااااام نههههه ههههها دهههها بخششش خانهء خانه ـ ــ
"""
TRICKY = tuple(_TRICKY.split())
_OTHER_LANGUAGES = """
ئێمە لە كوردستان دەژین و زمانی كوردییە په کابل کې ژوند پښتو ژبه ہم پاکستان میں رہتے ہیں اور اردو ئۇيغۇر تىلىدا سۆزلەيمەن
گوٚنش قیٛزیم سنڌي ٻولي بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ قُلْ هُوَ اللَّهُ أَحَدٌ مِن عِندِ إِنَّ عَلَىٰ كُلِّ شَيْءٍ قَدِيرٌ وَ فِي
"""
OTHER_LANGUAGES = tuple(_OTHER_LANGUAGES.split())
"""Words of other languages in the Arabic script; several in a row are a run that is protected whole."""

EMOJI = (
    "\N{HEAVY BLACK HEART}\ufe0f",
    "1\ufe0f\u20e3",
    "\N{REGIONAL INDICATOR SYMBOL LETTER I}\N{REGIONAL INDICATOR SYMBOL LETTER R}",
    "\N{WAVING BLACK FLAG}\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
)
SIGNS = (
    "۱۲ ام",
    "ام اس",
    "1402, ",
    " , ",
    ", ۲",
    "18.5",
    "18٫5",
    "1٬000",
    "50%",
    "٪5",
    "بخش 4.2",
    "10:30",
    "...",
    "؟!",
)
BLOCK_MARKS = (
    *(
        "```\n",
        "\n```",
        "\n```\n",
        "~~~\n",
        "\n~~~",
        "---\na: ",
        "\n---\n",
        "<!--",
        "-->",
        "<pre>\n",
        "</pre>",
        "`</pre>`",
    ),
    *("$$\n", "\n$$", "\\[\n", "\\]", "\\begin{align}\n", "\\end{align}"),
)
"""What opens and closes a block over several lines."""

# ------------------------------------------------------------------------------------------------------- styles

STYLES: dict[str, dict[str, str | bool]] = {
    "half-spaced": dict.fromkeys(("endings", "pronouns", "conjunctions", "verb_pairs", "prepositions"), "half-space")
    | {"ezafe": "yeh", "run_ons": True},
    "joined": dict.fromkeys(("pronouns", "conjunctions", "verb_pairs"), "join")
    | {"prepositions": "space", "ezafe": "hamza"},
}
"""Options that move what is right either way, all at once, one way and the other."""

LETTER_STYLES: dict[str, dict[str, str | bool]] = {
    "tanvin kept": {"diacritics": "keep-tanvin", "bidi": "remove", "phrase_signs": "expand"},
    "marks kept": {"diacritics": "keep-tanvin-tashdid", "bidi": "keep", "phrase_signs": "expand", "run_ons": True},
}
"""What stays of marks and invisible characters, one way and another."""

# Without run_ons: a word that gets an ending and loses its half-space is a run-on only afterwards (docs/limits.md).
STYLES |= {
    f"{name}, then removed": style | {"zwnj": "remove", "run_ons": False} for name, style in tuple(STYLES.items())
}

VARIANTS: dict[str, dict[str, str | bool]] = {profile: {"profile": profile} for profile in PROFILES}
VARIANTS |= STYLES | LETTER_STYLES
"""Every set of options that properties are held to, by name: profiles and styles."""

# ------------------------------------------------------------------------------------------------- edited Persian


class Line(NamedTuple):
    """One line of the news and where it stands."""

    topic: str
    number: int  # from 1, as an editor counts
    text: str


def read_news() -> list[Line]:
    """Return every line of the news, by topic and number."""
    return [
        Line(path.stem, number, text)
        for path in sorted(NEWS.glob("*.txt"))
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


GOLD = read_news()
GOLD_WORDS = sorted({word for line in GOLD for word in line.text.split(" ")})


def gold_lines() -> st.SearchStrategy[Line]:
    """Lines of edited Persian."""
    return st.sampled_from(GOLD)


# ---------------------------------------------------------------------------- damage: half-spaces that were lost

DOUBLED = (ZWNJ * 2, ZWNJ * 3)


def with_half_spaces(text: str, written: list[str]) -> str:
    """Return ``text`` with its half-spaces, first to last, written as ``written`` says."""
    parts = text.split(ZWNJ)
    return parts[0] + "".join(new + part for new, part in zip(written, parts[1:], strict=True))


@st.composite
def damaged(draw: st.DrawFn, ways: tuple[str, ...]) -> tuple[Line, str]:
    """Draw a gold line and the same with each half-space written in one of ``ways``, chosen one by one."""
    line = draw(gold_lines())
    count = line.text.count(ZWNJ)
    written = draw(st.lists(st.sampled_from(ways), min_size=count, max_size=count))
    return line, with_half_spaces(line.text, written)


# ----------------------------------------------------------- noise: what a normalizer takes away without a trace


class Noise(NamedTuple):
    """``text[start:end]`` written as ``new``, which means the same."""

    start: int
    end: int
    new: str


_LETTER = f"[{PERSIAN}]"
_PLAIN_NUMBER = re.compile("(?<![^ ])[۰-۹]+(?![^ ])")
_TO_ARABIC = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def _forms_of() -> dict[str, str]:
    """Return the forms of each Persian letter, and of لا, as Unicode decomposes them."""
    forms: dict[str, str] = {}
    for form in PRESENTATION_FORMS:
        letters = unicodedata.normalize("NFKC", form)
        if letters == "لا" or (len(letters) == 1 and letters in PERSIAN):
            forms[letters] = forms.get(letters, "") + form
    return forms


FORMS_OF = _forms_of()
_HAS_FORMS = re.compile("|".join(sorted(FORMS_OF, key=len, reverse=True)))


def possible_noise(text: str) -> dict[str, list[Noise]]:
    """Return all the noise that a clean line has room for, by kind."""
    kinds: dict[str, list[Noise]] = {
        "arabic letter": [
            Noise(i, i + 1, other)
            for i, letter in enumerate(text)
            for other in {"ی": "\u064a\u0649", "ک": "\u0643"}.get(letter, "")
        ],
        "tatweel": [
            Noise(m.end(), m.end(), "\N{ARABIC TATWEEL}" * length)
            for m in re.finditer(f"(?![{NON_JOINING}]){_LETTER}(?={_LETTER})", text)
            for length in (1, 3)
        ],
        "harakat": [Noise(m.end(), m.end(), mark) for m in re.finditer(_LETTER, text) for mark in HARAKAT],
        "bidi mark": [
            Noise(m.start(), m.start(), mark)
            for m in re.finditer(rf"(?<![^ ])(?={_LETTER})|(?<={_LETTER})(?![^ ])", text)
            for mark in BIDI
        ],
        "byte order mark": [Noise(0, 0, "\N{ZERO WIDTH NO-BREAK SPACE}")],
        "foreign space": [Noise(m.start(), m.end(), space) for m in re.finditer(" ", text) for space in SPACES[1:]],
        "extra space": [Noise(m.end(), m.end(), " " * n) for m in re.finditer(" ", text) for n in (1, 2)],
        "other digits": [
            Noise(m.start(), m.end(), m.group().translate(table))
            for m in _PLAIN_NUMBER.finditer(text)
            for table in (_TO_ARABIC, _TO_ASCII)
        ],
        "presentation form": [
            Noise(m.start(), m.end(), form) for m in _HAS_FORMS.finditer(text) for form in FORMS_OF[m.group()]
        ],
        "disguised half-space": [
            Noise(m.start(), m.end(), written) for m in re.finditer(ZWNJ, text) for written in (*DISGUISES, *DOUBLED)
        ],
    }
    return {kind: noise for kind, noise in kinds.items() if noise}


NOISE_KINDS = tuple(possible_noise(f"یک ۵ می{ZWNJ}رود"))


@st.composite
def noisy(draw: st.DrawFn, kinds: tuple[str, ...] = NOISE_KINDS) -> tuple[Line, str]:
    """Draw a gold line and the same with some noise of these kinds in it."""
    line = draw(gold_lines())
    room = [noise for kind, noises in possible_noise(line.text).items() if kind in kinds for noise in noises]
    if not room:
        return line, line.text
    chosen = draw(st.lists(st.sampled_from(room), max_size=12, unique_by=lambda noise: noise.start))
    return line, with_noise(line.text, chosen)


def with_noise(text: str, noises: list[Noise]) -> str:
    """Return ``text`` with noise in it; from the right, so that offsets hold. Of two that overlap one is left out."""
    done = len(text)
    for start, end, new in sorted(noises, reverse=True):
        if end <= done:
            text = text[:start] + new + text[end:]
            done = start
    return text


@st.composite
def prose(draw: st.DrawFn) -> str:
    """Draw words with a space between them, whole, damaged, odd and made up, some with a sign or a number after them.

    Nothing in it is protected, and it holds no noise yet.
    """
    words = st.one_of(
        st.sampled_from(GOLD_WORDS),
        st.sampled_from(GOLD_WORDS).map(lambda word: word.replace(ZWNJ, "")),
        st.sampled_from(GOLD_WORDS).map(lambda word: word.replace(ZWNJ, " ")),
        st.sampled_from([word for word in TRICKY if re.fullmatch(f"[{PERSIAN}{ZWNJ}]+", word)]),
        st.text(PERSIAN, min_size=1, max_size=6),
        st.text("۰۱۲۳۴۵۶۷۸۹", min_size=1, max_size=4),
    ).filter(lambda word: re.fullmatch(f"[{PERSIAN}{ZWNJ} ۰-۹،؛؟!]+", word))
    signs = st.sampled_from(("", "", "", "", "،", ".", "؟", "؛"))
    return " ".join(draw(st.lists(st.tuples(words, signs).map("".join), min_size=1, max_size=10)))


@st.composite
def noisy_prose(draw: st.DrawFn, kinds: tuple[str, ...] = NOISE_KINDS) -> tuple[str, str]:
    """Draw prose and the same with some noise of these kinds in it."""
    text = draw(prose())
    room = [noise for kind, noises in possible_noise(text).items() if kind in kinds for noise in noises]
    if not room:
        return text, text
    return text, with_noise(
        text, draw(st.lists(st.sampled_from(room), max_size=8, unique_by=lambda noise: noise.start))
    )


# ----------------------------------------------------------------------------------------------- words of one's own


@st.composite
def own_words(draw: st.DrawFn, parts: int = 3) -> str:
    """Draw a word of random letters with up to so many parts, ZWNJ between them."""
    drawn = [draw(st.text(PERSIAN, min_size=2, max_size=7)) for _ in range(draw(st.integers(1, parts)))]
    joining = [part if part[-1] not in NON_JOINING else part + "ن" for part in drawn[:-1]]
    return ZWNJ.join((*joining, drawn[-1]))


def word_lists() -> st.SearchStrategy[dict[str, int | None]]:
    """Words joined, half-spaced and apart, some with counts."""
    written = st.one_of(
        own_words(), own_words(2).map(lambda word: word.replace(ZWNJ, " ")), st.sampled_from(GOLD_WORDS)
    )
    words = written.filter(lambda word: re.fullmatch(f"[{PERSIAN}{ZWNJ} ]+", word))
    return st.dictionaries(words, st.one_of(st.none(), st.integers(1, 10**9)), max_size=20)


# ------------------------------------------------------------------------------------------------------- any text


def arbitrary_text() -> st.SearchStrategy[str]:
    """Any code points at all, lone surrogates included."""
    return st.text(st.characters())


def persian_shaped_text() -> st.SearchStrategy[str]:
    """Text that looks Persian to a rule: words whole and broken, marks, invisibles, Latin, links, breaks."""
    pieces = st.one_of(
        st.sampled_from(GOLD_WORDS),
        st.sampled_from(TRICKY),
        st.text(PERSIAN, min_size=1, max_size=6),
        st.just(" "),
        st.just(ZWNJ),
        st.sampled_from(GOLD_WORDS).map(lambda word: word.replace(ZWNJ, "")),
        st.sampled_from(GOLD_WORDS).map(lambda word: word.replace(ZWNJ, " ")),
        st.sampled_from(OTHER_LETTERS + PRESENTATION_FORMS),
        st.lists(st.sampled_from(OTHER_LANGUAGES), min_size=1, max_size=5).map(" ".join),
        st.sampled_from(EMOJI),
        st.sampled_from(MARKS),
        st.sampled_from(INVISIBLE),
        st.sampled_from(SPACES),
        st.text(DIGITS, min_size=1, max_size=4),
        st.sampled_from(PUNCTUATION),
        st.sampled_from(FOREIGN),
        st.sampled_from(PROTECTED),
        st.sampled_from(SIGNS),
        st.sampled_from(BLOCK_MARKS),
        st.sampled_from(BREAKS),
        st.characters(),
    )
    return st.lists(pieces, max_size=12).map("".join)


def any_text() -> st.SearchStrategy[str]:
    """Persian-shaped three times out of four."""
    return st.one_of(persian_shaped_text(), persian_shaped_text(), persian_shaped_text(), arbitrary_text())


def is_arabic_letter_or_digit(letter: str) -> bool:
    """Tell a letter, digit or word sign (﷼) of the Arabic script by its Unicode name."""
    return letter == "﷼" or (unicodedata.category(letter)[0] in "LNS" and "ARABIC" in unicodedata.name(letter, ""))


def foreign_text() -> st.SearchStrategy[str]:
    """Text without a letter or digit of the Arabic script, but with its marks, signs and invisible characters."""
    letters = st.characters().filter(lambda letter: not is_arabic_letter_or_digit(letter))
    pieces = st.one_of(
        letters, *map(st.sampled_from, (FOREIGN, PUNCTUATION, INVISIBLE, SPACES, HARAKAT, BREAKS, "0123456789"))
    )
    return st.lists(pieces, max_size=12).map("".join).filter(lambda t: not any(map(is_arabic_letter_or_digit, t)))


# ---------------------------------------------------------------------------------------------- the loop by hand


def random_texts(count: int, seed: int) -> Iterator[str]:
    """Yield random strings like ``any_text``, a hundred times as fast and without shrinking."""
    rng = random.Random(seed)
    one_letter = (PERSIAN, PERSIAN, OTHER_LETTERS, PRESENTATION_FORMS, MARKS, INVISIBLE, SPACES, DIGITS, PUNCTUATION)
    tables = (*one_letter, " ", " ", ZWNJ, GOLD_WORDS, GOLD_WORDS, TRICKY, TRICKY, FOREIGN, BREAKS, EMOJI)
    tables = (*tables, OTHER_LANGUAGES, [f"{word} " for word in OTHER_LANGUAGES], BIDI, PROTECTED, SIGNS, BLOCK_MARKS)
    for _ in range(count):
        pieces: list[str] = []
        for _ in range(rng.randrange(1, 14)):
            piece = rng.choice(rng.choice(tables))
            chance = rng.random()
            if chance < 0.15:
                piece = piece.replace(ZWNJ, "")
            elif chance < 0.3:
                piece = piece.replace(ZWNJ, " ")
            elif chance < 0.33:
                piece = chr(rng.randrange(sys.maxunicode + 1))
            pieces.append(piece)
        yield "".join(pieces)


def main() -> int:
    """Run random strings through every profile and style; report exceptions and broken promises, first of each kind."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="how many strings (default 10000)")
    parser.add_argument("--seed", type=int, default=0, help="another seed draws other strings")
    parser.add_argument("--variant", choices=sorted(VARIANTS), action="append", help="only this one; repeatable")
    arguments = parser.parse_args()
    normalizers = [Normalizer(**VARIANTS[name]) for name in arguments.variant or VARIANTS]
    found: dict[str, tuple[int, str]] = {}
    began = time.perf_counter()
    for text in random_texts(arguments.count, arguments.seed):
        for normalizer in normalizers:
            try:
                once = normalizer.normalize(text)
                if normalizer.explain(text).text != once:
                    raise AssertionError("explain(t).text is not normalize(t)")
                if normalizer.normalize(once) != once:
                    raise AssertionError("not idempotent")
            except Exception as error:
                kind = f"{normalizer!r}: {type(error).__name__}: {error}"
                times, shortest = found.get(kind, (0, text))
                found[kind] = (times + 1, min(shortest, text, key=len))
    for kind, (times, shortest) in found.items():
        print(f"{times} times  {kind}\n    shortest: {shortest!a}")
    seconds = time.perf_counter() - began
    print(f"{arguments.count} strings, {len(normalizers)} variants, {len(found)} kinds of failure, {seconds:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
