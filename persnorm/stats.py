"""What the command has done, told at the end: how much, how fast, and how often each rule changed something."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from persnorm import Normalizer
from persnorm.show import Tally, count


class Statistics:
    """Counts of one run of the command.

    Attributes:
        files: Files that were read to their end.
        skipped: Files that were finished already.
        failed: Files that were not, or could not be written.
        bytes: As they were read, compressed or not.
        texts: Lines of plain text, and fields of records.
        bad: Records that could not be read and stayed as they were.
        tally: Texts that changed, and changes by rule.
    """

    def __init__(self, normalizer: Normalizer) -> None:
        self._normalizer = normalizer
        self._start = time.monotonic()
        self.files = self.skipped = self.failed = self.bytes = self.texts = self.bad = 0
        self.tally = Tally()

    def as_json(self) -> str:
        """Return one JSON object for a program, as a line."""
        seconds = time.monotonic() - self._start
        figures = {
            "files": self.files,
            "skipped": self.skipped,
            "failed": self.failed,
            "bytes": self.bytes,
            "texts": self.texts,
            "changed": self.tally.lines,
            "bad": self.bad,
            "changes": self.tally.rules.total(),
            "rules": dict(self.tally.rules.most_common()),
            "seconds": round(seconds, 3),
            "signature": self._normalizer.signature,
        }
        return json.dumps(figures) + "\n"

    def lines(self) -> Iterator[str]:
        """Yield the lines of a report for a person."""
        seconds = time.monotonic() - self._start
        size = self.bytes / 1e6
        told = [count(self.files, "file"), f"{size:,.1f} MB in {seconds:.1f} s ({size / max(seconds, 1e-9):.2f} MB/s)"]
        if self.skipped:
            told.insert(1, f"{self.skipped:,} finished before")
        if self.failed:
            told.insert(1, f"{self.failed:,} failed")
        yield ", ".join(told)
        yield f"{count(self.texts, 'text')}, {self.tally.lines:,} changed, {count(self.tally.rules.total(), 'change')}"
        if self.bad:
            yield f"{count(self.bad, 'record')} kept as found"
        for rule, times in self.tally.rules.most_common():
            yield f"{times:12,}  {rule}"
