"""Words with two readings: the same letters, in two sentences of which each allows only one of them.

``data/ambiguous/build.json`` may be looked at while rules are made, ``test.json`` only tells whether they hold for
other words too: no letters are in both. ``unseen.json`` was written at one go by a writer who had seen neither rules
nor data, and asks for rarer readings; some letters of the others are there too, in other sentences. ``blind.json`` is
another of that kind, of which nobody has looked at what comes of it; it must stay so. An entry has

- ``letters``: what the two readings have in common,
- ``kind``: ``joined`` if the half-spaces are removed (``گوشهای``), ``spaced`` if they become spaces (``پیش بینی``),
- ``sentences``: one for each reading, as an editor writes them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from strategies import NON_JOINING, PERSIAN

from persnorm import normalize
from persnorm.rule import ZWNJ

DATA = Path(__file__).parent / "data" / "ambiguous"
HALVES = ("build", "test")
SETS = (*HALVES, "unseen", "blind")

DAMAGE = {"joined": "", "spaced": " "}
"""What becomes of each half-space of a sentence."""

EXACT = {"build": 92.1, "test": 91.6, "unseen": 83.4, "blind": 77.4}
"""How many of a hundred sentences come back exactly, at the least: measured on 2026-12-01, less two."""


class Pair(NamedTuple):
    """Two readings of the same letters."""

    letters: str
    kind: str
    sentences: list[str]

    def damaged(self, sentence: str) -> str:
        """Return a sentence without its half-spaces."""
        return sentence.replace(ZWNJ, DAMAGE[self.kind])

    def readings(self, sentence: str) -> list[str]:
        """Return how the letters are written in a sentence, a half-space before or after them included."""
        gap = f"[ {ZWNJ}]" if self.kind == "spaced" else f"{ZWNJ}?"
        parts = self.letters.split(" ") if self.kind == "spaced" else list(self.letters)
        return re.findall(rf"(?:{ZWNJ}|\b){gap.join(parts)}(?:{ZWNJ}|\b)", sentence)


def read(half: str) -> list[Pair]:
    """Return the pairs of one file."""
    return [Pair(**entry) for entry in json.loads((DATA / f"{half}.json").read_text(encoding="utf-8"))]


PAIRS = [pytest.param(pair, id=f"{half}: {pair.letters}") for half in SETS for pair in read(half)]


@pytest.mark.parametrize("half", SETS)
def test_share_of_exact_sentences(half):
    """The words around tell the reading: so many sentences come back without a wrong gap."""
    exact = [normalize(pair.damaged(gold)) == gold for pair in read(half) for gold in pair.sentences]
    assert 100 * sum(exact) / len(exact) >= EXACT[half]


@pytest.mark.parametrize("pair", PAIRS)
def test_pair_has_two_readings(pair):
    """The letters stand once in each sentence, with other half-spaces in one than in the other."""
    readings = [pair.readings(sentence) for sentence in pair.sentences]
    assert [len(found) for found in readings] == [1, 1]
    assert readings[0] != readings[1]
    assert {pair.damaged(found).strip() for (found,) in readings} == {pair.letters}


@pytest.mark.parametrize("pair", PAIRS)
def test_sentences_are_clean(pair):
    """Only Persian letters and punctuation, single spaces, half-spaces only where two letters would join."""
    hamza = unicodedata.lookup("ARABIC HAMZA ABOVE")
    for sentence in pair.sentences:
        assert re.fullmatch(rf"[{PERSIAN}{ZWNJ}{hamza} ،؛:]+[.؟!](?: [{PERSIAN}{ZWNJ}{hamza} ،؛:]+[.؟!])?", sentence)
        assert not re.search(rf"  | [،؛:.]|[،؛:](?! )|[^ه]{hamza}", sentence)
        assert not re.search(rf"(?<![{PERSIAN}]){ZWNJ}|[{NON_JOINING}]{ZWNJ}|{ZWNJ}(?![{PERSIAN}])", sentence)
        assert 5 <= len(sentence.split(" ")) <= 16


def test_halves_are_apart():
    """No letters are in both halves, and no sentence is there twice."""
    build, test = ({(pair.kind, pair.letters) for pair in read(half)} for half in HALVES)
    assert build & test == set()
    sentences = [sentence for half in SETS for pair in read(half) for sentence in pair.sentences]
    assert len(set(sentences)) == len(sentences)


def test_halves_are_alike():
    """Both halves are sorted, as large, and have as many of each kind, enough for the shares to mean something."""
    build, test = map(read, HALVES)
    for pairs in (build, test):
        keys = [(pair.kind, pair.letters) for pair in pairs]
        assert all(first < second for first, second in pairwise(keys))
    for kind, least in {"joined": 160, "spaced": 50}.items():
        in_build, in_test = (sum(pair.kind == kind for pair in pairs) for pairs in (build, test))
        assert abs(in_build - in_test) <= 1
        assert in_build + in_test >= least


@pytest.mark.parametrize("half", SETS)
def test_raw_file_shows_what_is_invisible(half):
    r"""Half-spaces are written as \u200c, and nothing else invisible is there."""
    raw = (DATA / f"{half}.json").read_bytes().decode("utf-8")
    assert [f"U+{ord(char):04X}" for char in set(raw) if not char.isprintable() and char != "\n"] == []
