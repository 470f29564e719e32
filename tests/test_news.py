"""Edited news: clean text comes back as it is, damaged text comes back as it was.

``cases/known-failures-news.json`` lists the words that do not come back yet, each a strict xfail;
``python tests/test_news.py`` writes it anew, to be reviewed: a longer list is a loss.
"""

from __future__ import annotations

import json
import random
import re
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    DISGUISES,
    DOUBLED,
    GOLD,
    NEWS,
    NOISE_KINDS,
    NON_JOINING,
    PERSIAN,
    Line,
    damaged,
    noisy,
    with_half_spaces,
)

from persnorm import explain, normalize
from persnorm.rule import ZWNJ

KNOWN_FAILURES = Path(__file__).parent / "cases" / "known-failures-news.json"

DAMAGES = {"dropped": "", "spaced": " "}

LEGAL_JOINED = {f"آن{ZWNJ}ها"}
"""Words that are as right joined: dropping their half-space is no damage (دستور خط فارسی, 1401, p. 40)."""

by_line = pytest.mark.parametrize("line", GOLD, ids=lambda line: f"{line.topic}:{line.number}")
by_damage = pytest.mark.parametrize("damage", DAMAGES)


# -------------------------------------------------------------------------------------------------- the data itself


def test_news_is_long_and_varied_enough():
    """The corpus has the size that the shares below are worth something: topics, words, half-spaces, lines."""
    text = "\n".join(line.text for line in GOLD)
    assert len({line.topic for line in GOLD}) >= 12
    assert len(text.split()) >= 2500
    assert text.count(ZWNJ) >= 300
    assert len(set(re.findall(f"[{PERSIAN}]+(?:{ZWNJ}[{PERSIAN}]+)+", text))) >= 200
    assert all(line.text.count(" ") >= 15 for line in GOLD)


@pytest.mark.parametrize("path", sorted(NEWS.glob("*.txt")), ids=lambda path: path.stem)
def test_news_is_clean(path):
    """Only Persian letters, digits and punctuation; single spaces; half-spaces only where two letters would join."""
    text = path.read_bytes().decode("utf-8")
    assert set(text) <= set(f"{PERSIAN}{ZWNJ} \n.،؛؟:«»۰۱۲۳۴۵۶۷۸۹٫")
    assert re.fullmatch(r"(?:[^\s](?: ?[^\s])+\n)+", text)
    assert not re.search(f"(?<![{PERSIAN}]){ZWNJ}|[{NON_JOINING}]{ZWNJ}|{ZWNJ}(?![{PERSIAN}])", text)
    assert text.count("«") == text.count("»")
    assert not re.search(r"\s[.،؛؟:»]|«\s|[،؛؟](?![ »\n])", text)


# ------------------------------------------------------------------------------------- clean text comes back as it is


@by_line
def test_clean_line_comes_back(line):
    """Edited Persian is not changed, and no change of it is explained: do no harm."""
    assert normalize(line.text) == line.text
    assert explain(line.text).changes == ()


@pytest.mark.parametrize("path", sorted(NEWS.glob("*.txt")), ids=lambda path: path.stem)
def test_clean_article_comes_back(path):
    """A whole article is its lines: breaks come back too."""
    text = path.read_text(encoding="utf-8")
    assert normalize(text) == text


# ------------------------------------------------------------------------------- noise is taken away without a trace


@pytest.mark.parametrize("written", [*DISGUISES, *DOUBLED], ids=ascii)
def test_disguised_half_spaces_come_back(written):
    """Every half-space of every line, written as something else or twice, is one half-space again."""
    for line in GOLD:
        assert normalize(line.text.replace(ZWNJ, written)) == line.text


@given(damaged((ZWNJ, *DISGUISES, *DOUBLED, *(ZWNJ + sign for sign in DISGUISES))))
def test_half_spaces_disguised_one_by_one_come_back(case):
    """Several disguises in one line, some half-spaces kept, some beside their disguise."""
    line, text = case
    assert normalize(text) == line.text


@pytest.mark.parametrize("kind", NOISE_KINDS)
@given(data=st.data())
def test_noise_is_taken_away(kind, data):
    """One kind of noise, anywhere in a line, leaves no trace."""
    line, text = data.draw(noisy((kind,)))
    assert normalize(text) == line.text


@given(noisy())
def test_mixed_noise_is_taken_away(case):
    """Noise of all kinds in one line hides no noise from its rule."""
    line, text = case
    assert normalize(text) == line.text


# --------------------------------------------------------------------------------------- lost half-spaces are put back


class Wrong(NamedTuple):
    """A word, or two with the space between them, that came back otherwise."""

    word: int  # its number in the line, from 1
    gold: str
    got: str


def damage_line(line: Line, damage: str) -> str:
    """Return a line that lost all its half-spaces, but for those whose loss is no damage."""
    lost = DAMAGES[damage]
    return " ".join(
        word if damage == "dropped" and is_legal_joined(word) else word.replace(ZWNJ, lost)
        for word in line.text.split(" ")
    )


def is_legal_joined(word: str) -> bool:
    """Tell a word that is right without its half-space, punctuation around it or not."""
    return re.sub("[.،؛؟:«»]", "", word) in LEGAL_JOINED


def gaps(text: str) -> tuple[str, list[str]]:
    """Return the letters of a text without spaces and half-spaces, and what stands before each."""
    parts = re.findall(f"([ {ZWNJ}]*)([^ {ZWNJ}])", text)
    return "".join(letter for _, letter in parts), [gap for gap, _ in parts]


def wrong_words(gold: str, result: str) -> list[Wrong]:
    """Return the words of ``gold`` whose half-spaces or spaces came back otherwise; no letter may differ."""
    letters, gold_gaps = gaps(gold)
    result_letters, result_gaps = gaps(result)
    assert result_letters == letters, "a letter was lost or made"

    def got(start: int, end: int) -> str:
        return result_letters[start] + "".join(
            gap + letter for gap, letter in zip(result_gaps[start + 1 : end], letters[start + 1 : end], strict=True)
        )

    wrong: list[Wrong] = []
    words = gold.split(" ")
    ends = list(accumulate(len(word.replace(ZWNJ, "")) for word in words))
    for number, (word, start, end) in enumerate(zip(words, [0, *ends], ends, strict=False), 1):
        if end < len(letters) and result_gaps[end] != gold_gaps[end]:
            wrong.append(Wrong(number, f"{word} {words[number]}", got(start, ends[number])))
        elif result_gaps[start + 1 : end] != gold_gaps[start + 1 : end]:
            wrong.append(Wrong(number, word, got(start, end)))
    return wrong


def read_known_failures() -> list[dict[str, object]]:
    """Return the words that are known not to come back."""
    return json.loads(KNOWN_FAILURES.read_text(encoding="utf-8"))


KNOWN = read_known_failures()
KNOWN_PLACES = {(known["damage"], known["topic"], known["line"], known["word"]) for known in KNOWN}


def failures(damage: str, line: Line) -> list[Wrong]:
    """Return what does not come back of a line that lost its half-spaces."""
    return wrong_words(line.text, normalize(damage_line(line, damage)))


@by_damage
@by_line
def test_lost_half_spaces_come_back(damage, line):
    """A line that lost all its half-spaces comes back exactly, but for the known failures."""
    new = [wrong for wrong in failures(damage, line) if (damage, *line[:2], wrong.word) not in KNOWN_PLACES]
    assert new == []


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(known, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason="known failure"))
        for known in KNOWN
    ],
    ids="{damage}-{topic}:{line}:{word}".format_map,
)
def test_known_failure(known):
    """A word that does not come back yet. The day it does, this says so: take it off the list."""
    line = next(line for line in GOLD if line[:2] == (known["topic"], known["line"]))
    words = " ".join(line.text.split(" ")[known["word"] - 1 :])
    if not words.startswith(known["gold"]):
        raise ValueError(f"{known} is not in the news any more: take it off the list")  # no failed assertion: told
    assert known["word"] not in [wrong.word for wrong in failures(known["damage"], line)]


def test_known_failures_are_sorted_and_unique():
    """The list is in the order of the news, one entry a place, so that two people's additions do not clash."""
    order = [(known["damage"], known["topic"], known["line"], known["word"]) for known in KNOWN]
    assert order == sorted(set(order))


@given(damaged((ZWNJ, "", " ", ZWNJ * 2, "\u00ac")))
def test_mixed_damage_costs_no_letter(case):
    """Whatever became of the half-spaces, every letter, digit and sign comes back, in order."""
    line, text = case
    assert gaps(normalize(text))[0] == gaps(line.text)[0]


class Share(NamedTuple):
    """How the gaps of the corpus came back."""

    lost: int
    back: int
    harmed: list[tuple[str, int, int]]  # topic, line and letter of gaps that were right and are not any more


def share_back(ways: tuple[str, ...]) -> Share:
    """Write each half-space of the corpus in one of ``ways``, at random, and count what comes back."""
    rng = random.Random(1)
    lost = back = 0
    harmed = []
    for line in GOLD:
        written = rng.choices(ways, k=line.text.count(ZWNJ))
        half_spaces = iter(written)
        result_gaps = gaps(normalize(with_half_spaces(line.text, written)))[1]
        for at, (gold, got) in enumerate(zip(gaps(line.text)[1], result_gaps, strict=True)):
            if gold == ZWNJ and next(half_spaces) != ZWNJ:
                lost += 1
                back += got == gold
            elif got != gold:
                harmed.append((line.topic, line.number, at))
    return Share(lost, back, harmed)


@pytest.mark.parametrize(
    ("ways", "floor", "ceiling"),
    [
        pytest.param(("",), 0.965, 9, id="dropped"),
        pytest.param((" ",), 0.955, 4, id="spaced"),
        pytest.param(("", " "), 0.94, 5, id="dropped or spaced"),
        pytest.param((ZWNJ, "", " "), 0.91, 6, id="kept, dropped or spaced"),
    ],
)
def test_share_of_half_spaces_that_come_back(ways, floor, ceiling):
    """Of the half-spaces that the corpus lost this share is back, and few of the gaps that were right are not."""
    share = share_back(ways)
    assert share.lost > 300
    assert share.back / share.lost >= floor
    assert len(share.harmed) <= ceiling, share.harmed


@by_damage
def test_share_of_single_words_that_come_back(damage):
    """A word that alone lost its half-spaces comes back so often, although its line speaks against a repair."""
    words = back = 0
    for line in GOLD:
        parts = line.text.split(" ")
        for number, word in enumerate(parts):
            if ZWNJ in word:
                words += 1
                broken = [*parts[:number], word.replace(ZWNJ, DAMAGES[damage]), *parts[number + 1 :]]
                back += normalize(" ".join(broken)) == line.text
    assert back / words >= {"dropped": 0.7, "spaced": 0.8}[damage]


def current_failures() -> list[dict[str, object]]:
    """Return the known failures as they should be listed now."""
    return [
        {"damage": damage, "topic": line.topic, "line": line.number} | wrong._asdict()
        for damage in DAMAGES
        for line in GOLD
        for wrong in failures(damage, line)
    ]


if __name__ == "__main__":
    entries = (json.dumps(entry, ensure_ascii=False).replace(ZWNJ, r"\u200c") for entry in current_failures())
    KNOWN_FAILURES.write_text("[\n  " + ",\n  ".join(entries) + "\n]\n", encoding="utf-8")
