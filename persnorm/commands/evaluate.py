"""``persnorm evaluate``: how well half-spaces come back in texts of the user's own; ``evaluation`` has the measure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import click

from persnorm import Normalizer, __version__
from persnorm.arguments import CONTEXT, PATH, make_normalizer, normalizer_options
from persnorm.evaluation import KINDS, SEED, NotGold, Score, evaluate
from persnorm.files import STANDARD, Unreadable, read_lines, shown_name
from persnorm.options import check_known
from persnorm.output import writing
from persnorm.show import LEGEND, visible
from persnorm.tasks import ExitCode, for_each

Scores = dict[str, Score]
"""What was measured of one text, by kind of damage."""

MEANING = """\
precision, recall, F1: of the half-spaces, in percent; exact lines: lines that came out right as a whole, in percent
wrong: gaps between letters in which the result differs from the text given; for clean, all that was changed
"""

EPILOG = """\b
Examples:
  persnorm evaluate gold.txt                             all kinds of damage
  persnorm evaluate --errors 20 --kinds mixed gold.txt   what goes wrong most often
  persnorm evaluate --no-spaced *.txt                    with other options; several texts and their total

\b
Kinds of damage:
  joined   every half-space is removed
  spaced   every half-space becomes a space
  mixed    at random 25 % stay, 45 % are removed, 30 % become a space
  clean    none: whatever changes is harm"""


def _kinds(_context: click.Context, _parameter: click.Parameter, given: str) -> list[str]:
    kinds = list(dict.fromkeys(given.split(",")))
    try:
        for kind in kinds:
            check_known("kind", kind, tuple(KINDS))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return kinds


@click.command(context_settings=CONTEXT, epilog=EPILOG)
@click.argument("files", metavar="[GOLD]...", nargs=-1, type=PATH)
@click.option(
    "--kinds",
    callback=_kinds,
    default=",".join(KINDS),
    metavar="KIND,...",
    show_default=True,
    help="Of damage: see below.",
)
@click.option("--seed", default=SEED, show_default=True, help="Of the random choices of mixed.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Show the N commonest errors too.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object for each file and kind, one a line.")
@normalizer_options
def command(
    files: tuple[str, ...], kinds: list[str], seed: int, errors: int, as_json: bool, **options: Any
) -> Callable[[], ExitCode]:
    """Measure how well half-spaces come back.

    Each GOLD is well-edited UTF-8 text, a sentence or paragraph on each line, with every half-space where it belongs;
    without one, or for "-", it is standard input. It is damaged, normalized with the options, and compared with itself.
    """
    names = files or (STANDARD,)
    return partial(_evaluate, names, make_normalizer(options), kinds, seed=seed, errors=errors, as_json=as_json)


def _evaluate(  # noqa: PLR0913  # one for each option
    names: tuple[str, ...], normalizer: Normalizer, kinds: list[str], *, seed: int, errors: int, as_json: bool
) -> ExitCode:
    """Write how well each file comes back, and for people all of them together."""
    measured: list[Scores] = []

    def measure(name: str) -> ExitCode:
        gold = [line.text for line in read_lines(name)]
        try:
            scores = {kind: evaluate(gold, normalizer.normalize, kind, seed=seed) for kind in kinds}
        except NotGold as error:
            raise Unreadable(f"{shown_name(name)}: {error}") from None
        measured.append(scores)
        if as_json:
            setting = {"seed": seed, "normalizer": repr(normalizer), "version": __version__}
            output.write("".join(_json_lines(name, scores, errors, setting)))
        else:
            output.write("".join(_table(shown_name(name), scores, errors)))
        return ExitCode.FINE

    with writing(STANDARD) as output:
        code = for_each(names, measure)
        if measured and not as_json:
            if len(measured) > 1:
                total = {kind: sum((scores[kind] for scores in measured), Score()) for kind in kinds}
                output.write("".join(_table(f"all {len(measured)} texts", total, errors)))
            output.write(MEANING + (LEGEND if errors else ""))
            output.write(f"measured by persnorm {__version__} with {normalizer!r}, seed {seed}\n")
    return code


def _table(name: str, scores: Scores, errors: int) -> Iterator[str]:
    """Yield the figures of one text as a table, and its commonest errors under it."""
    text = next(iter(scores.values()))
    yield f"{name}: {text.lines:,} lines, {text.words:,} words, {text.half_spaces:,} half-spaces\n"
    yield "damage   precision   recall      F1   exact lines   wrong per 1000 words\n"
    for kind, score in scores.items():
        yield (
            f"{kind:6} {score.precision:11.1f} {score.recall:8.1f} {score.f1:7.1f}"
            f" {score.exact_lines:13.1f} {score.wrong_per_1000_words:22.1f}\n"
        )
    for kind, score in scores.items():
        if common := score.errors.most_common(errors):
            yield f"commonest errors, {kind}:\n"
        for (gold, result), count in common:
            yield f'{count:6}  "{visible(gold)}" came out as "{visible(result)}"\n'
    yield "\n"


def _json_lines(name: str, scores: Scores, errors: int, setting: dict[str, object]) -> Iterator[str]:
    """Yield the figures of one text as JSON objects: counts, rates to two decimals, what they were measured with."""
    for kind, score in scores.items():
        counts = ("lines", "words", "half_spaces", "right", "missing", "surplus", "wrong", "exact")
        rates = ("precision", "recall", "f1", "exact_lines", "wrong_per_1000_words")
        figures = {
            "file": shown_name(name),
            "kind": kind,
            **{count: getattr(score, count) for count in counts},
            **{rate: round(getattr(score, rate), 2) for rate in rates},
            "errors": [
                {"count": count, "gold": gold, "result": result}
                for (gold, result), count in score.errors.most_common(errors)
            ],
            **setting,
        }
        yield json.dumps(figures) + "\n"
