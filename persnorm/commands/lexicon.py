"""``persnorm lexicon build``: a word list counted in text of the user's own; ``collecting`` counts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from persnorm.arguments import CONTEXT, PATH
from persnorm.collecting import WordCounts
from persnorm.files import STANDARD, read_lines
from persnorm.output import writing
from persnorm.tasks import ExitCode, abandon, for_each, tell
from persnorm.wordlist import render

HEADING = """\
# Words with half-spaces (|), and what else stands in their place, each with how often it was seen.
# A word without a number is always written so; persnorm --lexicon FILE takes it.
"""

EPILOG = """\b
Examples:
  persnorm lexicon build articles/*.txt -o my.tsv    count, look it over, correct it, then:
  persnorm --lexicon my.tsv notes.txt
  persnorm lexicon build --every *.txt -o all.tsv    for use with --no-builtin"""


@click.group(context_settings=CONTEXT, no_args_is_help=False)
def command() -> None:
    """Make a lexicon of your own, for --lexicon."""


@command.command(context_settings=CONTEXT, epilog=EPILOG)
@click.argument("files", metavar="[TEXT]...", nargs=-1, type=PATH)
@click.option("-o", "--output", metavar="FILE", type=PATH, help="Write to FILE instead of standard output.")
@click.option(
    "--min-count",
    metavar="N",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Leave out words that have their half-spaces fewer than N times.",
)
@click.option("--every", is_flag=True, help="Count words without half-spaces too.")
def build(files: tuple[str, ...], output: str | None, min_count: int, every: bool) -> Callable[[], ExitCode]:
    """Count the words with half-spaces in each TEXT, well-edited UTF-8, or in standard input.

    What is written is a word list to look over: a word a line, | for the half-space, and how often it was seen.
    """
    for name in files:
        with suppress(OSError):  # what cannot be found is told when it is opened
            if output and name != STANDARD and Path(name).samefile(output):
                raise click.UsageError(f"the lexicon would replace {name}, from which it is counted: name another file")
    return partial(_build, files or (STANDARD,), output or STANDARD, min_count, every)


def _build(names: tuple[str, ...], target: str, min_count: int, every: bool) -> ExitCode:
    counts = WordCounts()

    def count(name: str) -> ExitCode:
        for line in read_lines(name):
            if not line.is_block:
                counts.add(line.text)
        return ExitCode.FINE

    with writing(target) as output:
        if (code := for_each(names, count)) != ExitCode.FINE:
            abandon(output, target)
            return code
        words = counts.words(min_count, every=every)
        output.write(HEADING)
        for line in render(words):
            output.write(line)
    if not words:
        tell(
            f"no word has a half-space {min_count} times or more; lower --min-count, or take text that has half-spaces"
        )
    return code
