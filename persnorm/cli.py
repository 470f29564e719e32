"""The command: arguments in, exit code out. What it does with files is in ``tasks``."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from inspect import cleandoc
from typing import Any, TypeVar

import click

from persnorm import Normalizer, __version__, tasks
from persnorm.files import STANDARD, Failure, Unwritable
from persnorm.options import CHOICES, Options
from persnorm.output import silence_standard_output
from persnorm.tasks import ExitCode, tell

_Function = TypeVar("_Function", bound=Callable[..., Any])

# A name only, completed by shells; errors of files are told when they are opened.
_PATH = click.Path(readable=False)

EPILOG = """\b
Examples:
  persnorm notes.txt > clean.txt       normalize a file
  persnorm -o clean.txt notes.txt      the same; clean.txt appears whole or not at all
  persnorm --in-place *.txt            files are replaced, if anything changes
  persnorm --check docs/*.md           for CI and pre-commit: exit code 1 if anything would change
  persnorm --explain notes.txt         what would change, where and why
  persnorm --digits keep --disable RULE < in > out

\b
Exit codes:
  0    done; with --check: nothing to change
  1    --check: something would change
  2    wrong usage: unknown option, value or rule
  3    a file could not be read or written; the others are done
  130  interrupted by Ctrl-C; no file is left half written
  141  the reader of the output closed the pipe

Text is UTF-8 whatever the locale. Newlines and a byte order mark stay as they are."""


def _normalizer_options(function: _Function) -> _Function:
    """Give the command an option for each one in ``persnorm.options``, which checks their values too."""
    attributes = cleandoc(Options.__doc__ or "").partition("Attributes:")[2].replace("``", "")
    described = dict(re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE))
    for name, values in reversed(CHOICES.items()):
        flag = name.replace("_", "-")
        text = " ".join(described.get(name, "").split())
        if values == (True, False):
            option = click.option(f"--{flag}/--no-{flag}", default=None, help=text)
        else:
            option = click.option(f"--{flag}", metavar=f"[{'|'.join(map(str, values))}]", help=text)
        function = option(function)
    return function


@click.command(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=_PATH)
@click.option("-o", "--output", metavar="FILE", type=_PATH, help="Write to FILE instead of standard output.")
@click.option("-i", "--in-place", is_flag=True, help="Replace each file by its normalized text.")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change and exit with 1.")
@click.option("--explain", is_flag=True, help="Write nothing; show what would change, where and why.")
@click.option("--json", is_flag=True, help="With --explain: a JSON object for each change, one a line.")
@_normalizer_options
@click.option("--disable", metavar="RULE", multiple=True, help="Leave a rule out. Repeatable.")
@click.option("--list-rules", is_flag=True, help="Name the rules with their reasons and exit.")
@click.version_option(__version__, message="%(prog)s %(version)s")
def command(  # noqa: PLR0913, PLR0917  # one for each option
    files: tuple[str, ...],
    output: str | None,
    in_place: bool,
    check: bool,
    explain: bool,
    json: bool,
    disable: tuple[str, ...],
    list_rules: bool,
    **options: object,
) -> Callable[[], ExitCode]:
    """Normalize Persian text: put lost half-spaces back, set letters, digits, punctuation and spaces right.

    Reads each FILE, or standard input without one or for "-", and writes the normalized text to standard output.
    """
    if list_rules:
        return tasks.list_rules
    modes = {"--output": output is not None, "--in-place": in_place, "--check": check, "--explain": explain}
    given = [mode for mode, is_given in modes.items() if is_given]
    if len(given) > 1 and given != ["--check", "--explain"]:
        raise click.UsageError(f"{' and '.join(given)} do not go together: choose one")
    if json and not explain:
        raise click.UsageError("--json is a form of --explain: give both")
    chosen: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    names = files or (STANDARD,)
    if in_place and STANDARD in names:
        raise click.UsageError("--in-place needs files: standard input cannot be replaced")
    try:
        normalizer = Normalizer(disable=disable, **chosen)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if in_place:
        return partial(tasks.rewrite, names, normalizer)
    if check or explain:
        return partial(tasks.explain, names, normalizer, check=check, explain=explain, json=json)
    return partial(tasks.write, names, normalizer, output or STANDARD)


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911  # one for each way to end
    """Run the command.

    Args:
        arguments: Without the name of the command; those of the process if None.

    Returns:
        The exit code: see ``tasks.ExitCode``.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # None: closed by the shell
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitCode.TERMINATED))  # so that temporary files are removed
    try:
        # click only reads the arguments: what is to be done with files runs outside it, under our own error messages.
        work = command.main(arguments, prog_name="persnorm", standalone_mode=False)
        return work() if callable(work) else ExitCode.FINE  # --help and --version are done already
    except click.ClickException as error:
        return tell(f"{' '.join(error.format_message().split())}; see persnorm --help", ExitCode.USAGE)
    except Unwritable as failure:
        return tell(str(failure), ExitCode.FAILED)
    except BrokenPipeError:
        return ExitCode.PIPE_CLOSED
    except OSError as error:
        if error.filename:  # not one of the user's: those are Failures
            return tell(f"{error.filename}: {error.strerror}; install persnorm anew", ExitCode.FAILED)
        silence_standard_output()  # --help or --version on a full disk
        return tell(str(Failure.of("standard output", error)), ExitCode.FAILED)
    except (KeyboardInterrupt, click.Abort):
        return tell("interrupted; no file is left half written", ExitCode.INTERRUPTED)
