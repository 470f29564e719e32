"""The only file that opens ``data/``: word forms and counts, and how to look them up.

In the data files ``|`` stands for the half-space (ZWNJ), which nobody can see.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from persnorm.context import Context
from persnorm.morphology import Verbs
from persnorm.rule import ZWNJ
from persnorm.word import take_apart

class Side(NamedTuple):
    """How often a string is the left or the right side of a gap, by whether the gap has a half-space."""

    half: int
    other: int


class Part(NamedTuple):
    """A string seen at one side of a half-space, with what else stands between it and its neighbours.

    ``joined_*`` count distinct words (half-spaced against joined), ``spaced_*`` count running words (half-spaced
    against spaced).
    """

    joined_left: Side
    joined_right: Side
    spaced_left: Side
    spaced_right: Side


class Lexicon:
    """Word forms with counts, parts of words, neighbour pairs and the weights that judge unseen words.

    Attributes:
        plain: Letters of a word without half-space -> count. Counts are words in 5.3 million, weighted by source.
        half: Letters -> the half-spaced forms with these letters, each as (gap offsets, count).
        parts: Letters -> ``Part``.
        endings: (last letter of the left side, right side) -> distinct words half-spaced against joined.
        pairs: (left, right) -> running words half-spaced against spaced.
        prefixes: Left sides that take new neighbours by half-space: می، بی.
        suffixes: Right sides that do: ها، تر، پذیر.
        weights: Name of a feature -> weight, for the two models ``joined`` and ``spaced``.
        verbs: The verb forms.
        context: Which neighbours speak for which form.
    """

    def __init__(self) -> None:
        self.plain: dict[str, float] = {}
        self.half: dict[str, list[tuple[tuple[int, ...], float]]] = {}
        self.parts: dict[str, Part] = {}
        self.endings: dict[tuple[str, str], tuple[Side, Side]] = {}
        self.pairs: dict[tuple[str, str], Side] = {}
        self.prefixes: set[str] = set()
        self.suffixes: set[str] = set()
        self.weights: dict[str, dict[str, float]] = {"joined": {}, "spaced": {}}
        self.verbs = Verbs(())
        self.context = Context()

    def add(self, form: str, count: float) -> None:
        """Add one word form, half-spaces written as ZWNJ, to what is known."""
        letters, gaps = take_apart(form)
        if gaps:
            self.half.setdefault(letters, []).append((gaps, count))
        else:
            self.plain[letters] = self.plain.get(letters, 0) + count

    def knows(self, letters: str) -> bool:
        """Tell whether some form with these letters is in the lexicon."""
        return letters in self.plain or letters in self.half


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of a data file that are not comments, half-spaces as ZWNJ."""
    text = (files("persnorm.data") / name).read_text(encoding="utf-8").replace("|", ZWNJ)
    return (line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def default_lexicon() -> Lexicon:
    """Return the lexicon that comes with the package, read once."""
    lexicon = Lexicon()
    plain, half = lexicon.plain, lexicon.half
    for line in read_lines("words.tsv"):
        form, _, count = line.partition("\t")
        if ZWNJ in form:
            letters, gaps = take_apart(form)
            half.setdefault(letters, []).append((gaps, float(count)))
        else:
            plain[form] = float(count)
    for line in read_lines("parts.tsv"):
        part, *counts = line.split("\t")
        n = [int(count) for count in counts]
        lexicon.parts[part] = Part(Side(n[0], n[1]), Side(n[2], n[3]), Side(n[4], n[5]), Side(n[6], n[7]))
    for line in read_lines("endings.tsv"):
        letter, right, *counts = line.split("\t")
        n = [int(count) for count in counts]
        lexicon.endings[letter, right] = (Side(n[0], n[1]), Side(n[2], n[3]))
    for line in read_lines("pairs.tsv"):
        left, right, half_count, spaced = line.split("\t")
        lexicon.pairs[left, right] = Side(int(half_count), int(spaced))
    for line in read_lines("affixes.tsv"):
        side, part = line.split("\t")
        (lexicon.prefixes if side == "left" else lexicon.suffixes).add(part)
    for line in read_lines("weights.tsv"):
        model, feature, weight = line.split("\t")
        lexicon.weights[model][feature] = float(weight)
    context = lexicon.context
    for line in read_lines("context.tsv"):
        form, side, neighbour, count = line.split("\t")
        context.seen[form, side, neighbour] = int(count)
        context.totals[form, side] = context.totals.get((form, side), 0) + int(count)
        if not neighbour.startswith("-"):
            context.words.add(neighbour)
    lexicon.verbs = Verbs((past, present) for past, present in (line.split("\t") for line in read_lines("verbs.tsv")))
    return lexicon
