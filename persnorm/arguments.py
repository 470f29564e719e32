"""Arguments that the command and its subcommands have in common: the options of a normalizer, above all."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import cleandoc
from typing import Any, TypeVar

import click

from persnorm import Normalizer
from persnorm.files import Unreadable
from persnorm.options import CHOICES, Options
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
