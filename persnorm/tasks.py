"""What the command does with its files; each task gives the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import IntEnum

from persnorm import Explanation, Normalizer
from persnorm.files import STANDARD, Failure, Line, Unreadable, read_lines, shown_name
from persnorm.output import Output, check_replaceable, replacing, writing
from persnorm.rules import ALL_RULES
from persnorm.show import Report, Tally, as_json


class ExitCode(IntEnum):
    """Exit codes, graver ones later. They are API: scripts and CI depend on them."""

    FINE = 0
    WOULD_CHANGE = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130  # the last three as a shell reports SIGINT, SIGPIPE and SIGTERM
    PIPE_CLOSED = 141
    TERMINATED = 143


def write(names: Iterable[str], normalizer: Normalizer, target: str) -> ExitCode:
    """Write the normalized inputs one after another to ``target``; a file only if all of them could be read."""

    def copy(name: str) -> ExitCode:
        _copy(name, normalizer, output)
        return ExitCode.FINE

    with writing(target) as output:
        code = for_each(names, copy)
        if code != ExitCode.FINE:
            abandon(output, target)
    return code


def abandon(output: Output, target: str) -> None:
    """Leave the file as it was that ``output`` was to replace, and say so."""
    if output.replaces:
        output.wanted = False
        tell(f"{shown_name(target)}: left as it was, as not every input could be read")


def rewrite(names: Iterable[str], normalizer: Normalizer) -> ExitCode:
    """Replace each file in which something changes by its normalized text."""

    def replace(name: str) -> ExitCode:
        check_replaceable(name)
        with replacing(name) as output:
            output.wanted = _copy(name, normalizer, output)
        return ExitCode.FINE

    return for_each(names, replace, passing_over=Failure)


def _copy(name: str, normalizer: Normalizer, output: Output) -> bool:
    """Write the normalized lines of an input and tell whether any of them changed."""
    changed = False
    for line in _lines(name, output):
        text = line.text if line.is_block else normalizer.normalize(line.text)
        changed = changed or text != line.text
        if line.bom and output.empty:  # a byte order mark has no use elsewhere than at the start
            output.write(line.bom)
        output.write(text + line.ending)
    return changed


def explain(names: Iterable[str], normalizer: Normalizer, *, check: bool, explain: bool, json: bool) -> ExitCode:
    """Write what would change: each change with ``explain``, a line for each file that changes with ``check``."""

    def show(name: str) -> ExitCode:
        tally = Tally()
        for line, explanation in _changed(name, normalizer, output):
            tally.add(explanation)
            if json:
                output.write(as_json(name, line, explanation))
            elif explain:
                report.show(name, line, explanation)
        if not json and (tally.lines or explain):
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
    if output.is_also(name):  # each line written would be read again, without end
        raise Unreadable(f"{shown_name(name)}: the output goes to the same file; use --in-place")
    return read_lines(name)


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
