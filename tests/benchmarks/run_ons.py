"""Measure how well run-on words are parted: spaces between letters are deleted and should come back.

    python tests/benchmarks/run_ons.py [--share 0.1] [--seed 7] GOLD...

GOLD is edited text, one sentence or paragraph a line. Spaces after letters that do not join (*hidden*: their loss does
not show) and after letters that do (*visible*) are deleted in turn. ``precision`` and ``recall`` are of the spaces put
back, against the text whose run-ons were made here; ``harm`` is spaces put into the text as it was, per 1000 words,
all counted as wrong, also those that part a run-on of its own; ``stripped`` is the same for the text without its
half-spaces. Nothing is asserted: a figure belongs to a text.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from persnorm import Normalizer
from persnorm.alphabet import LETTERS, NON_JOINERS
from persnorm.rule import ZWNJ
from persnorm.rules import ALL_RULES

LOST = {
    "hidden": re.compile(f"(?<=[{NON_JOINERS}]) (?=[{LETTERS}])"),
    "visible": re.compile(f"(?<=[{LETTERS}])(?<![{NON_JOINERS}]) (?=[{LETTERS}])"),
}
"""The spaces that are deleted, by whether their loss shows."""

RULE = "run-on-word"


class Counts(NamedTuple):
    """Spaces of a kind deleted, put back, put elsewhere, put into the text as it was and as stripped; words."""

    lost: int
    right: int
    wrong: int
    harm: int
    stripped: int
    words: int

    def __str__(self) -> str:
        """Return the figures of a text."""
        precision, recall = self.right / max(self.right + self.wrong, 1), self.right / max(self.lost, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        harm, stripped = (1000 * spaces / max(self.words, 1) for spaces in (self.harm, self.stripped))
        return (
            f"{self.words:6} words  {self.lost:5} lost  precision {precision:6.1%}  recall {recall:6.1%}  F1 {f1:6.1%}"
            f"  harm {harm:.2f}  stripped {stripped:.2f}"
        )


def run_on(line: str, spaces: re.Pattern[str], share: float, rng: random.Random) -> tuple[str, set[int]]:
    """Return a line with a share of its spaces of a kind deleted, and where they were."""
    parts, lost, done, at = [], set[int](), 0, 0
    for space in spaces.finditer(line):
        if rng.random() < share:
            parts.append(line[done : space.start()])
            at += len(parts[-1])
            lost.add(at)
            done = space.end()
    return "".join((*parts, line[done:])), lost


def spaces_put(normalizer: Normalizer, text: str) -> Iterator[int]:
    """Yield where the rule puts a space into a text."""
    for change in normalizer.explain(text).changes:
        if RULE in (change.rule, *change.also):
            yield from (
                change.start + len(before.replace(" ", ""))
                for before in (change.after[:at] for at, char in enumerate(change.after) if char == " ")
            )


def kind_of(text: str, place: int) -> str:
    """Return which kind of space a rule puts into a place of a text."""
    return "hidden" if text[place - 1] in NON_JOINERS else "visible"


def measure(
    lines: list[str], kind: str, normalizer: Normalizer, share: float, seed: int
) -> tuple[Counts, Counter[str]]:
    """Return the counts of a kind for the lines of a text, and the words that were parted in it as it was."""
    rng, wrong_words = random.Random(seed), Counter[str]()
    lost = right = wrong = harm = stripped = 0
    for line in lines:
        text, places = run_on(line, LOST[kind], share, rng)
        put = set(spaces_put(normalizer, text))
        lost, right, wrong = lost + len(places), right + len(put & places), wrong + len(put - places)
        bare = line.replace(ZWNJ, "")
        stripped += sum(kind_of(bare, place) == kind for place in spaces_put(normalizer, bare))
        for place in spaces_put(normalizer, line):
            if kind_of(line, place) == kind:
                harm += 1
                wrong_words[f"{line[:place].split(' ')[-1]}_{line[place:].split(' ')[0]}"] += 1
    return Counts(lost, right, wrong, harm, stripped, sum(len(line.split()) for line in lines)), wrong_words


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--share", type=float, default=0.1, help="of the spaces that are deleted (default 0.1)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--errors", type=int, default=0, help="list so many words that were parted in the text as it was"
    )
    options = parser.parse_args()

    # Only this rule: what others change is not measured, and the places of the source stay those of the result.
    normalizer = Normalizer(run_ons=True, disable=[rule.name for rule in ALL_RULES if rule.name != RULE])
    texts = {path.name: path.read_text(encoding="utf-8").splitlines() for path in options.gold}
    for kind in LOST:
        print(kind)
        total = Counts(*[0] * len(Counts._fields))
        for name, lines in texts.items():
            counts, errors = measure(lines, kind, normalizer, options.share, options.seed)
            total = Counts(*map(sum, zip(total, counts, strict=True)))
            print(f"{name:24} {counts}")
            for word, times in errors.most_common(options.errors):
                print(f"    {times:3}  {word}")
        print(f"{'all':24} {total}")


if __name__ == "__main__":
    main()
