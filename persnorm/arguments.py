"""Arguments that the command and its subcommands have in common: the options of a normalizer, above all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import Any, TypeVar

import click

from persnorm import Normalizer
from persnorm.files import Unreadable
from persnorm.flow import Settings
from persnorm.formats import MODULES, Fields
from persnorm.options import CHOICES, Options, check_known
from persnorm.tasks import Way
from persnorm.wordlist import BadWordList

_Function = TypeVar("_Function", bound=Callable[..., Any])

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

PATH = click.Path(readable=False)
"""A name only, completed by shells; errors of files are told when they are opened."""


def normalizer_options(function: _Function) -> _Function:
    """Give a command an option for each one of ``Normalizer``, which checks their values too."""
    attributes = cleandoc(Options.__doc__ or "").partition("Attributes:")[2].replace("``", "")
    described = dict(re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE))
    options = [
        click.option("--lexicon", metavar="FILE", multiple=True, type=PATH, help="Words of your own. Repeatable."),
        click.option("--disable", metavar="RULE", multiple=True, help="Leave a rule out. Repeatable."),
        click.option(
            "--protect",
            metavar="PATTERN",
            multiple=True,
            help="Leave what a regular expression matches. Repeatable.",
        ),
    ]
    for name, values in reversed(CHOICES.items()):
        flag = name.replace("_", "-")
        text = " ".join(described.get(name, "").split())
        if values == (True, False):
            options.append(click.option(f"--{flag}/--no-{flag}", default=None, help=text))
        else:
            options.append(click.option(f"--{flag}", metavar=f"[{'|'.join(map(str, values))}]", help=text))
    for option in options:
        function = option(function)
    return function


FLOW_OPTIONS = ("fields", "format", "keep_bad", "delimiter", "header", "jobs", "quiet", "stats", "stats_json")
"""What ``flow_options`` reads."""


def flow_options(function: _Function) -> _Function:
    """Give a command the options for records, for several processes, and for what is told of the work."""
    options = [
        click.option("--field", "fields", metavar="NAME", multiple=True, help="Of records: what is text. Repeatable."),
        click.option("--format", metavar=f"[{'|'.join(MODULES)}]", help="What files hold, if their names do not tell."),
        click.option("--keep-bad", is_flag=True, help="Leave and tell records that cannot be read, and go on."),
        click.option("--delimiter", metavar="SIGN", help="Between columns of CSV, if no comma; of TSV, if no tab."),
        click.option("--header/--no-header", default=None, help="The columns of CSV and TSV have names, or numbers."),
        click.option("--jobs", metavar="N", type=click.IntRange(min=0), default=1, help="Processes; 0: one a core."),
        click.option("-q", "--quiet", is_flag=True, help="No progress bar; only what goes wrong is told."),
        click.option("--stats", is_flag=True, help="Tell at the end how much was read, and what each rule changed."),
        click.option("--stats-json", metavar="FILE", type=PATH, help="Write the same to FILE for programs."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def make_way(options: dict[str, Any]) -> Way:
    """Return how files are worked on, of what ``flow_options`` read.

    Raises:
        click.UsageError: Options that do not go together, or an unknown format.
    """
    given = {name: options[name] for name in FLOW_OPTIONS}
    delimiter, has_header = given["delimiter"], given["header"] is not False
    if given["format"] is not None:
        with _as_usage():
            check_known("format", given["format"], tuple(MODULES))
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise click.UsageError(f"--delimiter is one sign, as ';', not {delimiter!r}")
    if not has_header and not all(re.fullmatch("[1-9][0-9]{0,5}", name) for name in given["fields"]):
        raise click.UsageError("with --no-header columns have numbers: give them as --field 1 --field 3")
    fields = Fields(given["format"], given["fields"], given["keep_bad"], delimiter, has_header)
    counts = given["stats"] or given["stats_json"] is not None
    settings = Settings(fields, given["jobs"] or _cores(), counts, given["quiet"])
    return Way(settings, given["stats"], given["stats_json"])


@contextmanager
def _as_usage() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_normalizer(options: dict[str, Any]) -> Normalizer:
    """Return the normalizer of what ``normalizer_options`` read; None is what was not given.

    Raises:
        click.UsageError: An unknown value or rule.
        Unreadable: A lexicon cannot be read, or is none.
    """
    try:
        return Normalizer(**{name: value for name, value in options.items() if value is not None})
    except BadWordList as error:
        raise Unreadable(str(error)) from None
    except OSError as error:
        raise Unreadable.of(error.filename or "--lexicon", error) from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
