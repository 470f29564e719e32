"""How far the command is, on a terminal: share, rate and time left. Elsewhere nothing."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from persnorm.files import STANDARD

DELAY = 1.0
"""Seconds before a bar appears: what is done by then needs none."""

INTERVAL = 0.2
"""Seconds between two looks of the bar."""


def total_size(names: Iterable[str]) -> int | None:
    """Return how many bytes the files have together; None if that cannot be known."""
    try:
        stats = [os.fstat(0) if name == STANDARD else Path(name).stat() for name in names]
    except OSError:
        return None
    return sum(stat.st_size for stat in stats) if all(stat.st_size for stat in stats) else None


def wanted(*, quiet: bool) -> bool:
    """Tell whether somebody looks: standard error is a terminal, and standard output, where texts may go, is none."""
    return not quiet and _is_terminal(sys.stderr) and not _is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def _is_terminal(stream: Any) -> bool:
    return stream is not None and bool(stream.isatty())


class Progress:
    """A bar on standard error, to be used in a ``with`` block.

    Args:
        total: Of all bytes, if it is known; without it there is no share and no time left.
        shown: Whether there is a bar at all.
    """

    def __init__(self, total: int | None, *, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._bar: Any = None
        self._start = self._looked = time.monotonic()
        self._before = 0  # bytes of the files before
        self._done = 0
        self._in_bar = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if self._bar:
            if not error:
                self._look(f"{self._rate()}")
            self._bar.render_finish()

    def at(self, position: int, name: str) -> None:
        """Tell how many bytes of the file under way have been read and written."""
        self._done = self._before + position
        now = time.monotonic()
        if self._shown and now - self._start >= DELAY and now - self._looked >= INTERVAL:
            self._looked = now
            self._look(f"{self._rate()}  {name}")

    def end_file(self, position: int) -> None:
        """Tell that a file is done, which had so many bytes."""
        self._before += position
        self._done = self._before

    def interrupt(self) -> None:
        """Begin a new line for a message."""
        if self._bar:
            click.echo("", err=True)

    def _look(self, item: str) -> None:
        if self._bar is None:
            known: Any = {"length": self._total} if self._total else {"iterable": itertools.repeat(None)}
            self._bar = click.progressbar(
                **known,
                label="persnorm",
                file=sys.stderr,
                show_eta=True,
                width=20,
                item_show_func=lambda item: item or "",
            )
            self._bar.start -= time.monotonic() - self._start  # the work began before the bar: for the time left
            self._bar.__enter__()
        step, self._in_bar = self._done - self._in_bar, self._done
        self._bar.update(step, item)

    def _rate(self) -> str:
        return f"{self._done / 1e6:,.1f} MB  {self._done / 1e6 / (time.monotonic() - self._start):.2f} MB/s"
