"""The command: arguments in, exit code out. What it does with files is in ``tasks``."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from persnorm import __version__, tasks
from persnorm.arguments import CONTEXT, FLOW_OPTIONS, PATH, flow_options, make_normalizer, make_way, normalizer_options
from persnorm.files import STANDARD, Failure, shown_name
from persnorm.folders import find
from persnorm.formats import TEXT, WrongFormat, choose, format_of
from persnorm.output import silence_standard_output
from persnorm.tasks import ExitCode, Way, tell

SUBCOMMANDS: dict[str, str] = {
    "evaluate": "measure on well-edited text of your own how well half-spaces come back",
    "lexicon": "count the words of texts of your own, as a lexicon for --lexicon",
}
"""What each subcommand does, by its name. As first argument the name means it; a file of that name is ``./NAME``."""

_LISTED = "\n".join(f"  {name}  {what}" for name, what in SUBCOMMANDS.items())

EPILOG = f"""\b
Subcommands, as first argument, with a --help of their own (a file of such a name is ./NAME):
{_LISTED}

\b
Examples:
  persnorm notes.txt > clean.txt       normalize a file
  persnorm -o clean.txt notes.txt      the same; clean.txt appears whole or not at all
  persnorm --in-place *.txt            files are replaced, if anything changes
  persnorm --check docs/*.md           for CI and pre-commit: exit code 1 if anything would change
  persnorm --explain notes.txt         what would change, where and why
  persnorm --html report.html *.txt    the same as a page, before and after side by side
  persnorm --signature --digits en     version, options and lexicon, to keep with a corpus
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


@click.command(context_settings=CONTEXT, epilog=EPILOG)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=PATH)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=PATH,
    help="Write to FILE instead of standard output; with --glob to a folder that mirrors the ones read.",
)
@click.option("-i", "--in-place", is_flag=True, help="Replace each file by its normalized text.")
@click.option("--glob", metavar="PATTERN", multiple=True, help="Of folders, take the files that match. Repeatable.")
@click.option("--resume", is_flag=True, help="With --glob and -o: leave out what is finished there.")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change and exit with 1.")
@click.option("--explain", is_flag=True, help="Write nothing; show what would change, where and why.")
@click.option("--json", is_flag=True, help="With --explain: a JSON object for each change, one a line.")
@click.option("--html", metavar="FILE", type=PATH, help="Write what would change to FILE, as a page for a browser.")
@flow_options
@normalizer_options
@click.option("--signature", is_flag=True, help="Tell version, options and lexicon in one line and exit.")
@click.option("--list-rules", is_flag=True, help="Name the rules with their reasons and exit.")
@click.version_option(__version__, message="%(prog)s %(version)s")
def command(  # noqa: PLR0912, PLR0913, PLR0917  # one for each option
    files: tuple[str, ...],
    output: str | None,
    in_place: bool,
    glob: tuple[str, ...],
    resume: bool,
    check: bool,
    explain: bool,
    json: bool,
    html: str | None,
    signature: bool,
    list_rules: bool,
    **options: Any,
) -> Callable[[], ExitCode]:
    """Normalize Persian text: put lost half-spaces back, set letters, digits, punctuation and spaces right.

    Reads each FILE, or standard input without one or for "-", and writes the normalized text to standard output.
    """
    if list_rules:
        return tasks.list_rules
    _check_modes(
        {
            "--output": output is not None,
            "--in-place": in_place,
            "--check": check,
            "--explain": explain,
            "--html": html is not None,
            "--signature": signature,
        }
    )
    if json and not explain:
        raise click.UsageError("--json is a form of --explain: give both")
    if signature and files:
        raise click.UsageError("--signature tells how texts are normalized and reads none: leave the files out")
    _check_folders(files, glob, output, resumes=resume)
    if in_place and STANDARD in (files or (STANDARD,)):
        raise click.UsageError("--in-place needs files: standard input cannot be replaced")
    way = make_way(options)
    if explain or html is not None:
        _check_shown(options)
    if way.stats_json == STANDARD and not (in_place or check or output not in (None, STANDARD)):
        raise click.UsageError("the text goes to standard output: name a file with --stats-json")
    sources = find(files or (STANDARD,), glob, output)
    names = tuple(source.name for source in sources)
    _check_formats(names, way, output, is_joined=not (in_place or check or glob))
    if html is not None:
        _check_page(html, names, check=check)
    normalizer = make_normalizer({name: value for name, value in options.items() if name not in FLOW_OPTIONS})
    work: Callable[[], ExitCode]
    if signature:
        work = partial(tasks.sign, normalizer)
    elif in_place:
        work = partial(tasks.rewrite, names, normalizer, way)
    elif html is not None:
        work = partial(tasks.write_html, names, normalizer, html, check=check)
    elif explain:
        work = partial(tasks.explain, names, normalizer, check=check, json=json)
    elif check:
        work = partial(tasks.check, names, normalizer, way)
    elif glob and output not in (None, STANDARD):
        work = partial(tasks.mirror, sources, normalizer, output, way, resumes=resume)
    else:
        work = partial(tasks.write, names, normalizer, output or STANDARD, way)
    return work


def _check_folders(files: Sequence[str], glob: Sequence[str], output: str | None, *, resumes: bool) -> None:
    if glob and not files:
        raise click.UsageError("--glob says which files of a folder are read: name the folder")
    if resumes and not (glob and output not in (None, STANDARD)):
        raise click.UsageError("--resume goes with --glob and -o FOLDER: elsewhere nothing is half done")


def _check_modes(modes: dict[str, bool]) -> None:
    """Refuse options that each say where the text goes; only ``--check`` goes with what shows the changes."""
    given = [mode for mode, is_given in modes.items() if is_given]
    if len(given) > 1 and given not in (["--check", "--explain"], ["--check", "--html"]):
        raise click.UsageError(f"{' and '.join(given)} do not go together: choose one")


def _check_shown(options: dict[str, Any]) -> None:
    """Refuse what does not go with showing the changes, which is for plain text, in one process."""
    for name in set(FLOW_OPTIONS) - {"quiet", "format"}:
        if options[name] not in (None, False, (), 1):
            flag = "--field" if name == "fields" else f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{flag} does not go with --explain or --html, which show plain text")
    if options["format"] not in (None, TEXT):
        raise click.UsageError("--explain and --html show plain text, line by line: give --format text")


def _check_formats(names: Sequence[str], way: Way, output: str | None, *, is_joined: bool) -> None:
    """Refuse to take records for prose, to join what cannot be joined, and to write one format for another."""
    try:
        formats = [choose(name, way.settings.fields) for name in names]
    except WrongFormat as error:
        raise click.UsageError(str(error)) from None
    if not is_joined:
        return
    for chosen in formats:
        if chosen not in (TEXT, "jsonl") and len(formats) > 1:
            raise click.UsageError(f"files of {chosen} cannot be joined: give --in-place, or --glob and -o FOLDER")
        if chosen == "parquet" and output in (None, STANDARD):
            raise click.UsageError("Parquet is not written to standard output: name a file with -o")
        if output and format_of(output) not in (TEXT, chosen):
            raise click.UsageError(f"{shown_name(output)}: what is read is {chosen}, and is written as it is")


def _check_page(target: str, names: Sequence[str], *, check: bool) -> None:
    """Refuse to write a page where it is probably not meant to go: over a text, above all."""
    if target == STANDARD:
        if check:
            raise click.UsageError("--check writes to standard output too: name a file with --html")
        return
    page = _stat_of(target)
    is_file = page is None or stat.S_ISREG(page.st_mode)  # else a device or a pipe; a folder is told when it is opened
    if is_file and not target.lower().endswith((".html", ".htm")):
        raise click.UsageError(f"--html writes a page, not over a text: name a file.html, not {shown_name(target)}")
    for name in names:
        text = _stat_of(name)
        if text and page and stat.S_ISREG(text.st_mode) and os.path.samestat(text, page):
            raise click.UsageError(f"the page would replace {shown_name(name)}: name another file")


def _stat_of(name: str) -> os.stat_result | None:
    """Return what the system knows of a file; None of what cannot be found, which is told when it is opened."""
    with suppress(OSError, ValueError):  # ValueError: a name that no file can have
        return os.fstat(0) if name == STANDARD else Path(name).stat()
    return None


def _called(arguments: Sequence[str]) -> tuple[str, click.Command, Sequence[str]]:
    """Return the name by which the user called a command, the command, and the arguments that are left for it."""
    if not arguments or arguments[0] not in SUBCOMMANDS:
        return "persnorm", command, arguments
    subcommand, *rest = arguments
    module = import_module(f"persnorm.commands.{subcommand}")  # only now, so that the others cost nothing
    return f"persnorm {subcommand}", module.command, rest


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
    name, called, rest = _called(sys.argv[1:] if arguments is None else arguments)
    try:
        # click only reads the arguments: what is to be done with files runs outside it, under our own error messages.
        work = called.main(rest, prog_name=name, standalone_mode=False)
        return work() if callable(work) else ExitCode.FINE  # --help and --version are done already
    except click.ClickException as error:
        return tell(f"{' '.join(error.format_message().split())}; see {name} --help", ExitCode.USAGE)
    except Failure as failure:
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
