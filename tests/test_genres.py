"""Prose of six genres, written for this purpose by a writer who had seen neither rules nor data: how much comes back.

It tells whether a change helps text at large. The floors are what was measured on 2026-12-01, less half a point; of
clean text three words in ten thousand more may be changed than were.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from strategies import NON_JOINING, PERSIAN

from persnorm import normalize
from persnorm.evaluation import evaluate
from persnorm.rule import ZWNJ

TEXTS = Path(__file__).parent / "data" / "genres"

F1 = {
    "fiction": {"joined": 96.92, "spaced": 91.54, "mixed": 95.19},
    "memoir": {"joined": 96.94, "spaced": 94.80, "mixed": 95.88},
    "news": {"joined": 95.51, "spaced": 93.50, "mixed": 94.57},
    "science": {"joined": 96.41, "spaced": 95.10, "mixed": 95.28},
    "talk": {"joined": 91.70, "spaced": 87.66, "mixed": 91.67},
    "technical": {"joined": 95.73, "spaced": 95.34, "mixed": 95.95},
}

CLEAN = {"fiction": 0.3, "memoir": 0.53, "news": 0.3, "science": 0.6, "talk": 1.64, "technical": 0.76}
"""Gaps changed for each 1000 words."""


def lines(genre: str) -> list[str]:
    """Return the paragraphs of a genre."""
    return (TEXTS / f"{genre}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("genre", "kind"), [(genre, kind) for genre in F1 for kind in F1[genre]])
def test_half_spaces_come_back(genre: str, kind: str) -> None:
    """Of half-spaces removed, made spaces, or some of both, so many are put back, and none is put elsewhere."""
    assert evaluate(lines(genre), normalize, kind).f1 >= F1[genre][kind]


@pytest.mark.parametrize("genre", CLEAN)
def test_clean_text_stays(genre: str) -> None:
    """Clean text comes back as it went in, but for a word in some thousands."""
    assert evaluate(lines(genre), normalize, "clean").wrong_per_1000_words <= CLEAN[genre]


@pytest.mark.parametrize("genre", F1)
def test_text_is_edited(genre: str) -> None:
    """The text is long enough, and its half-spaces stand only where letters would join."""
    text = "\n".join(lines(genre))
    assert len(text.split()) > 2900
    assert text.count(ZWNJ) > 300
    assert not re.search(rf"(?<![{PERSIAN}]){ZWNJ}|[{NON_JOINING}]{ZWNJ}|{ZWNJ}(?![{PERSIAN}])|[يك]", text)
