"""Elongation: letters repeated to draw a word out (خیلیییی), in words that the lexicon knows without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from persnorm.late import late
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import LETTERS, take_apart, words_of

_REPEATED = late(rf"([{LETTERS}])\1\1+")
_PART = late(f"[^{ZWNJ}]+")
_EZAFE = late("[ۀ\N{ARABIC HAMZA ABOVE}]")  # a style may make another letter of it

SIGHTINGS = 5
"""A word must have been seen so often, in the words that were counted, to be what was drawn out."""

SURER = 200
"""It must have been seen so many times as often as what else may be meant, with the letter doubled (بخششش is بخشش and ش
rather than بخش)."""

DRAWN_OUT = 10
"""And so many times as often as the word as it stands, as some were counted drawn out."""

RUNS = 3
"""More runs of repeated letters than this in one word are noise."""

SHORT, SHORT_RUN = 2, 4
"""Of a word of so few letters a run must be so long and end the word: ررره may be an abbreviation, نههههه is none."""


def _drawn_out(word: str, runs: Sequence[re.Match[str]], setting: Setting) -> tuple[int, ...] | None:
    """Return how many letters of each run remain, or None if the word may be meant as it stands."""
    if _parted_in_run(word.replace(ZWNJ, ""), setting):
        return None

    def sightings(lengths: tuple[int, ...]) -> float:
        return _sightings(_shortened(word, runs, lengths), setting)

    ways = sorted(product((1, 2), repeat=len(runs)), key=sightings, reverse=True)
    best = ways[0]
    if sightings(best) < max(SIGHTINGS, DRAWN_OUT * _sightings(word, setting), SURER * sightings(ways[1])):
        return None
    if len(_shortened(word, runs, best)) <= SHORT and not _ends_long(word, runs):
        return None
    return best


def _sightings(word: str, setting: Setting) -> float:
    """Return how often a word was seen: with its half-spaces, if it has any, else however half-spaced."""
    letters, gaps = take_apart(word)
    return setting.lexicon.readings(letters).get(gaps, 0.0) if gaps else setting.lexicon.count(letters)


def _ends_long(word: str, runs: Sequence[re.Match[str]]) -> bool:
    """Tell whether a word ends with a long run, and has no other."""
    return len(runs) == 1 and runs[0].end() == len(word) and runs[0].end() - runs[0].start() >= SHORT_RUN


def _parted_in_run(letters: str, setting: Setting) -> bool:
    """Tell whether the letters are known with a half-space in a run, which it has lost: دهههای is دهه‌های."""
    spans = [run.span() for run in _REPEATED.finditer(letters)]
    gaps = {gap for reading in setting.lexicon.readings(letters) for gap in reading}
    return any(start < gap < end for start, end in spans for gap in gaps)


def _shortened(word: str, runs: Sequence[re.Match[str]], lengths: Sequence[int]) -> str:
    parts: list[str] = []
    done = 0
    for run, length in zip(runs, lengths, strict=True):
        parts += (word[done : run.start()], run[1] * length)
        done = run.end()
    return "".join((*parts, word[done:]))


def may_be_drawn_out(text: str) -> bool:
    """Tell whether a letter is repeated as often as in words drawn out."""
    return _REPEATED.search(text) is not None


def _find_elongation(text: str, setting: Setting) -> Sequence[Edit]:
    if not may_be_drawn_out(text):
        return ()
    return list(_edits(text, setting))


def _edits(text: str, setting: Setting) -> Iterator[Edit]:
    for start, end in _units(text, setting.options.zwnj):
        word = text[start:end]
        if setting.options.zwnj == "remove":
            word = word.replace(ZWNJ, "")
        runs = list(_REPEATED.finditer(word))
        if not 0 < len(runs) <= RUNS or len(runs[0][0]) == len(word) or _EZAFE.search(word):  # هههه is laughter
            continue
        lengths = _drawn_out(word, runs, setting)
        if lengths is None:
            continue
        if len(word) < end - start:
            yield Edit(start, end, _shortened(word, runs, lengths))
        else:
            yield from (
                Edit(start + run.start() + length, start + run.end(), "")
                for run, length in zip(runs, lengths, strict=True)
            )


def _units(text: str, zwnj: str) -> Iterator[tuple[int, int]]:
    """Yield where words begin and end; their parts, if these are to become words."""
    for word in words_of(text):
        if zwnj == "space":
            yield from (part.span() for part in _PART.finditer(text, word.start, word.end))
        else:
            yield word.start, word.end


RULES: tuple[Rule, ...] = (
    Rule(
        name="elongation",
        why="A letter written three times or more draws the word out; the word itself has it once or twice.",
        source="Measured on edited text: what is known with the letter once, and hardly known otherwise, was drawn out",
        find=_find_elongation,
        examples=(("سلاممممم", "سلام"), ("خیلیییی خوب", "خیلی خوب"), (f"می{ZWNJ}خوااااام", f"می{ZWNJ}خوام")),
        counter_examples=("هههه", "ممم", "ررره", "ههههها", "بخششش", "مجسمهههای", f"دهه{ZWNJ}های", "سلامم"),
        wants=lambda options: options.prose,
    ),
)
