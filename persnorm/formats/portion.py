"""A portion of a file, which goes to a process as a whole, and what comes back of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, Protocol

from persnorm import Normalizer
from persnorm.output import Output
from persnorm.show import Tally


class Done(NamedTuple):
    """What became of a portion.

    Attributes:
        data: What is written in its place: bytes, or what else the format writes.
        texts: How many texts were in it.
        has_changed: Whether any of them did.
        tally: Which rules changed how much, if that was to be counted.
        bad: What the user is told of records that stayed as they were.
        failure: What the user is told of the record that ends the file: ``data`` is what came before it.
    """

    data: Any
    texts: int
    has_changed: bool
    tally: Tally | None = None
    bad: tuple[str, ...] = ()
    failure: str = ""


class Portion(Protocol):
    """A part of a file that can be worked on by itself; picklable."""

    def normalized(self, work: Work) -> Done:
        """Return what becomes of it."""
        ...


class Sink(Protocol):
    """Takes what a format writes, in order."""

    def put(self, note: Any, done: Done | None) -> None:
        """Take what became of a portion, with the note that was given with it."""
        ...

    def close(self) -> None:
        """Write what is still to be written."""
        ...


class Format(Protocol):
    """A kind of files.

    Attributes:
        unit: What its texts are called, in the singular.
        is_text: Whether it is written to standard output, compressed and joined with others.
    """

    unit: str
    is_text: bool

    def read(self, stream: BinaryIO, name: str) -> Iterator[tuple[Any, Portion | None]]:
        """Yield the portions of a file in order, each with a note for the sink.

        Raises:
            Failure: It cannot be read further; what came before has been yielded.
        """
        ...

    def sink(self, output: Output) -> Sink:
        """Return what writes to an output."""
        ...


class Work:
    """What is done with a text: it is normalized and, where that is asked for, its changes are counted.

    Attributes:
        normalizer: The normalizer.
        tally: The counts so far, or None.
        texts: How many texts there were so far.
    """

    def __init__(self, normalizer: Normalizer, *, counts: bool) -> None:
        self.normalizer = normalizer
        self.tally = Tally() if counts else None
        self.texts = 0

    def normalize(self, text: str) -> str:
        """Return one text normalized."""
        self.texts += 1
        new = self.normalizer.normalize(text)
        if self.tally is not None and new != text:
            self.tally.add(self.normalizer.explain(text))
        return new


def work_on(normalizer: Normalizer, counts: bool, portion: Portion) -> Done:
    """Return what becomes of a portion."""
    return portion.normalized(Work(normalizer, counts=counts))


class ByteSink:
    """Writes bytes as they come; the note is a byte order mark, which stands only at the start of an output."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def put(self, note: str, done: Done | None) -> None:
        """Write what became of a portion."""
        if note and self._output.empty:
            self._output.write(note)
        if done:
            self._output.write_bytes(done.data)

    def close(self) -> None:
        """Write nothing more."""


class LineSink(ByteSink):
    """The same, for records on a line each: it parts the last line of one file from the first of the next."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._has_begun = False

    def put(self, note: str, done: Done | None) -> None:
        """Write what became of a portion."""
        if done and done.data and not self._has_begun:
            self._has_begun = True
            if not self._output.ends_line:
                self._output.write("\n")
        super().put(note, done)
