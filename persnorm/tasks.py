"""What the command does with its files; each task gives the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from persnorm import Explanation, Normalizer
from persnorm.files import STANDARD, Failure, Line, Unreadable, read_lines, shown_name
from persnorm.flow import File, Flow, Settings
from persnorm.folders import Source, is_finished, make_folder, mirrored, sign_folder
from persnorm.jobs import WorkerDied
from persnorm.output import Output, check_replaceable, replacing, writing
from persnorm.rules import ALL_RULES
from persnorm.show import Report, Tally, as_json


class Way(NamedTuple):
    """How files are worked on, and what is told of it.

    Attributes:
        settings: Of the flow.
        stats: Whether the changes are told at the end, by rule.
        stats_json: The file, or ``-``, to which the same goes for programs.
    """

    settings: Settings = Settings()
    stats: bool = False
    stats_json: str | None = None


class ExitCode(IntEnum):
    """Exit codes, graver ones later. They are API: scripts and CI depend on them."""

    FINE = 0
    WOULD_CHANGE = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130  # the last three as a shell reports SIGINT, SIGPIPE and SIGTERM
    PIPE_CLOSED = 141
    TERMINATED = 143


def write(names: Sequence[str], normalizer: Normalizer, target: str, way: Way) -> ExitCode:
    """Write the normalized inputs one after another to ``target``; a file only if all of them could be read."""

    def copy(file: File) -> ExitCode:
        file.pour(output)
        return ExitCode.FINE

    def check(name: str) -> None:
        _check_not_output(name, output)

    with _flow(normalizer, way) as flow, writing(target) as output:
        code = _pour_each(flow, names, copy, check)
        if code != ExitCode.FINE and flow.statistics.failed:
            abandon(output, target)
    return code


def abandon(output: Output, target: str) -> None:
    """Leave the file as it was that ``output`` was to replace, and say so."""
    if output.replaces:
        output.wanted = False
        tell(f"{shown_name(target)}: left as it was, as not every input could be read")


def rewrite(names: Sequence[str], normalizer: Normalizer, way: Way) -> ExitCode:
    """Replace each file in which something changes by its normalized text."""

    def replace(file: File) -> ExitCode:
        check_replaceable(file.name)
        with replacing(file.name) as output:
            output.wanted = file.pour(output)
        return ExitCode.FINE

    with _flow(normalizer, way) as flow:
        return _pour_each(flow, names, replace, check_replaceable, passing_over=Failure)


def mirror(sources: Sequence[Source], normalizer: Normalizer, folder: str, way: Way, *, resumes: bool) -> ExitCode:
    """Write each file to its place in ``folder``, where it appears when it is whole; those that are there may stay."""
    pairs = mirrored(sources, folder)
    sign_folder(folder, f"{normalizer.signature}{way.settings.fields.signature}", resumes=resumes)
    left = [(name, target) for name, target in pairs if not (resumes and is_finished(name, target))]
    targets = iter([target for _, target in left])

    def put(file: File) -> ExitCode:
        target = next(targets)
        make_folder(Path(target).parent)
        with replacing(target) as output:
            file.pour(output)
        return ExitCode.FINE

    with _flow(normalizer, way) as flow:
        flow.statistics.skipped = len(pairs) - len(left)
        return _pour_each(flow, [name for name, _ in left], put, passing_over=Failure)


def check(names: Sequence[str], normalizer: Normalizer, way: Way) -> ExitCode:
    """Write a line for each file that would change."""

    def read(file: File) -> ExitCode:
        file.pour(None)
        if not file.tally.lines:
            return ExitCode.FINE
        output.write(f"{shown_name(file.name)}: {file.tally}\n")
        return ExitCode.WOULD_CHANGE

    way = way._replace(settings=way.settings._replace(counts=True))
    with _flow(normalizer, way) as flow, writing(STANDARD) as output:
        return _pour_each(flow, names, read, lambda name: _check_not_output(name, output))


@contextmanager
def _flow(normalizer: Normalizer, way: Way) -> Iterator[Flow]:
    """Give a flow, and report at its end what was done, if that is asked for."""
    flow = Flow(normalizer, way.settings, tell)
    yield flow
    if way.stats:
        for line in flow.statistics.lines():
            tell(line)
    if way.stats_json:
        with writing(way.stats_json) as output:
            output.write(flow.statistics.as_json())


def _pour_each(
    flow: Flow,
    names: Sequence[str],
    work: Callable[[File], ExitCode],
    check: Callable[[str], None] = lambda _: None,
    *,
    passing_over: type[Failure] = Unreadable,
) -> ExitCode:
    """Do the work for each file, going on with the others after a failure; the gravest exit code tells."""
    code = ExitCode.FINE
    try:
        with closing(flow.files(names, check)) as files:
            for file in files:
                try:
                    code = max(code, work(file))
                except passing_over as failure:
                    flow.statistics.failed += 1
                    flow.progress.interrupt()
                    code = tell(str(failure), ExitCode.FAILED)
    except WorkerDied as error:
        raise Failure(str(error)) from None
    return ExitCode.FAILED if flow.statistics.bad else code


def explain(names: Iterable[str], normalizer: Normalizer, *, check: bool, json: bool) -> ExitCode:
    """Write each change, and a line for each file; with ``check`` the exit code tells whether any would change."""

    def show(name: str) -> ExitCode:
        tally = Tally()
        for line, explanation in _changed(name, normalizer, output):
            tally.add(explanation)
            if json:
                output.write(as_json(name, line, explanation))
            else:
                report.show(name, line, explanation)
        if not json:
            output.write(f"{shown_name(name)}: {tally}\n")
        return ExitCode.WOULD_CHANGE if check and tally.lines else ExitCode.FINE

    with writing(STANDARD) as output:
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        report = Report(output, colour=output.stream.isatty() and not plain)
        return for_each(names, show)


def write_html(names: Iterable[str], normalizer: Normalizer, target: str, *, check: bool) -> ExitCode:
    """Write what would change as a page to ``target``; with ``check`` a line for each file that changes, as well."""
    from persnorm.html_report import HtmlReport  # noqa: PLC0415  # 10 ms that only a page needs

    def show(name: str) -> ExitCode:
        tally = Tally()
        try:
            for line, explanation in _changed(name, normalizer, output):
                tally.add(explanation)
                report.show(name, line, explanation)
        except Unreadable as failure:
            report.end_file(name, tally, failure)
            raise
        report.end_file(name, tally)
        if not (check and tally.lines):
            return ExitCode.FINE
        lines.append(f"{shown_name(name)}: {tally}\n")
        return ExitCode.WOULD_CHANGE

    lines: list[str] = []
    with HtmlReport(normalizer.signature) as report, writing(target) as output:
        code = for_each(names, show)
        if code == ExitCode.FAILED:
            abandon(output, target)
        if code != ExitCode.FAILED or not output.replaces:
            report.write(output)
    if lines:
        with writing(STANDARD) as output:
            output.write("".join(lines))
    return code


def _changed(name: str, normalizer: Normalizer, output: Output) -> Iterator[tuple[Line, Explanation]]:
    """Yield the lines of an input that would change, explained."""
    for line in _lines(name, output):
        if not line.is_block and normalizer.normalize(line.text) != line.text:  # far faster than to explain each
            yield line, normalizer.explain(line.text)


def sign(normalizer: Normalizer) -> ExitCode:
    """Write the signature of a normalizer."""
    with writing(STANDARD) as output:
        output.write(f"{normalizer.signature}\n")
    return ExitCode.FINE


def list_rules() -> ExitCode:
    """Write the name of each rule, its reason and where it comes from."""
    with writing(STANDARD) as output:
        for rule in ALL_RULES:
            output.write(f"{rule.name}: {rule.why} [{rule.source}]\n")
    return ExitCode.FINE


def _lines(name: str, output: Output) -> Iterator[Line]:
    _check_not_output(name, output)
    return read_lines(name)


def _check_not_output(name: str, output: Output) -> None:
    if output.is_also(name):  # each line written would be read again, without end
        raise Unreadable(f"{shown_name(name)}: the output goes to the same file; use --in-place")


def for_each(
    names: Iterable[str], work: Callable[[str], ExitCode], *, passing_over: type[Failure] = Unreadable
) -> ExitCode:
    """Do the work for each file, going on with the others after a failure; the gravest exit code tells."""
    code = ExitCode.FINE
    for name in names:
        if name == STANDARD and sys.stdin is not None and sys.stdin.isatty():
            tell("reading from the terminal; end with Ctrl-D (Ctrl-Z and Enter on Windows)")
        try:
            code = max(code, work(name))
        except passing_over as failure:
            code = tell(str(failure), ExitCode.FAILED)
    return code


def tell(message: str, code: ExitCode = ExitCode.FINE) -> ExitCode:
    """Write a line to standard error and return ``code``."""
    with suppress(OSError, AttributeError):  # a full or closed standard error; the exit code still tells
        sys.stderr.write(f"persnorm: {message}\n")
        sys.stderr.flush()
    return code
