"""Time grows with the length of a text and no faster, whatever stands in it: twice as long takes about twice as long.

CPU times of one run are held against each other, with a wide margin, never against a clock.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from strategies import BIDI, DIGITS, GOLD_WORDS, INVISIBLE, PUNCTUATION, SPACES, TRICKY

from persnorm.change import Piece, Trace
from persnorm.engine import Engine
from persnorm.normalizer import Normalizer
from persnorm.rule import ZWNJ, Edit
from persnorm.rules import ALL_RULES

BEH = "ب"
SIZE = 3000
MARGIN = 3.5
"""Twice as long may take so many times as long: linear is 2, quadratic 4, and the rest is the machine's."""

SETTINGS = {name: Normalizer(name)._ready().setting for name in ("standard", "search", "publish")}

REPEATED = {
    "a letter": "س",
    "a vowel": "ا",
    "harakat": "\u064e\u0651",
    "hamza": "\u0654",
    "ZWNJ": ZWNJ,
    "tatweel": "\u0640",
    "half-spaced endings": f"ها{ZWNJ}",
    "marks on letters": "بِ",
    "verse": "بِسْمِ ",
    "letter and space": "ی ",
    "prefixes": "می ",
    "endings": "ها ",
    "and": "و ",
    "Kurdish": "ێ ",
    "presentation forms": "ﻛﺘﺎﺏ",
    "isolates": "\u2067ب",
    "unclosed fence": "```",
    "unclosed link": "](",
    "unclosed link with text": "[a](",
    "placeholder": "{{",
    "template": "{%",
    "TeX": "\\(",
    "TeX commands": "\\a{",
    "tags": "<a",
    "comments": "<!--",
    "entities": "&a",
    "formulas": "$a",
    "addresses": "http://",
    "e-mails": "a@",
    "e-mails with dots": "a.@",
    "mentions": "@a",
    "hashtags": "#ب",
    "formats": "%(",
    "versions": "1.",
    "times": "1:",
    "thousands": "۱,",
    "paths": "./",
    "drives": "c:\\",
    "Latin words": "a ",
    "Latin and Persian": "aب",
    "abbreviations": "ا.ب.",
    "file names": "ب.pd",
    "words run on": "".join(GOLD_WORDS[:: len(GOLD_WORDS) // 40]).replace(ZWNJ, ""),
    "words": " ".join(GOLD_WORDS[:: len(GOLD_WORDS) // 40]) + " ",
    "words by slash": "/".join(TRICKY) + "/",
} | {f"sign {sign!a}": sign for sign in dict.fromkeys(PUNCTUATION + INVISIBLE + BIDI + SPACES + DIGITS[::5])}


def of_size(piece: str, size: int) -> str:
    """Return a line that begins with a Persian letter and goes on with a piece, again and again."""
    return BEH + (piece * (size // len(piece) + 1))[:size]


def shortest_time(work: Callable[[], object]) -> float:
    """Return the shortest CPU time of three runs, which is the least disturbed; collecting garbage is left out."""
    times = []
    gc.disable()
    try:
        for _ in range(3):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)


def growth(setting, method: str, piece: str, size: int) -> float:
    """Return how many times as long twice as much takes, in an engine that has seen none of it."""
    short, long = (
        shortest_time(lambda text=text: getattr(Engine(setting), method)(text))
        for text in (of_size(piece, size), of_size(piece, 2 * size))
    )
    return long / max(short, 0.002)  # below that the clock is too coarse, and a quadratic step too small to matter


@pytest.mark.parametrize(
    ("name", "method"), [("publish", "normalize"), ("search", "normalize"), ("standard", "explain")]
)
@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_twice_as_long_takes_about_twice_as_long(name, method, piece):
    """No line, however odd, is searched again and again; what looks so is measured once more, on longer lines."""
    assert any(growth(SETTINGS[name], method, piece, size) <= MARGIN for size in (SIZE, 2 * SIZE, 4 * SIZE))


def test_edits_of_one_long_piece_are_recorded_in_one_go():
    """What is left of a long line that was not changed yet is not copied at each of its edits."""
    rule = ALL_RULES[0]

    def grown(size: int) -> float:
        short, long = (
            shortest_time(
                lambda n=n: Trace([Piece(0, n, "آ" * n)]).record(rule, [Edit(i, i + 1, "") for i in range(0, n, 32)])
            )
            for n in (size, 2 * size)
        )
        return long / short

    assert any(grown(size) <= MARGIN for size in (400_000, 600_000))


@pytest.mark.parametrize("method", ["normalize", "explain"])
@pytest.mark.parametrize("pair", ["«»", "“”", '""', "()", "[]", "``", "\u202b\u202c", "\u2067\u2069"], ids=ascii)
def test_pairs_within_pairs(method, pair):
    """Opened a thousand times and closed as often: what belongs together is found in one go."""

    def nested(size: int) -> str:
        return f"{BEH} {pair[0] * size} {BEH} {pair[1] * size}"

    def grown(size: int) -> float:
        short, long = (
            shortest_time(lambda text=text: getattr(Engine(SETTINGS["publish"]), method)(text))
            for text in (nested(size), nested(2 * size))
        )
        return long / max(short, 0.002)

    assert any(grown(size) <= MARGIN for size in (SIZE, 2 * SIZE, 4 * SIZE))
