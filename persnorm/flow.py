"""How texts flow through the command: files are read in portions, these are worked on in order, and poured out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import groupby
from typing import Any, BinaryIO, NamedTuple, cast

from persnorm import Normalizer, compression
from persnorm.files import STANDARD, Failure, Unreadable, opened, shown_name
from persnorm.formats import Fields, choose, load
from persnorm.formats.portion import Done, Format, work_on
from persnorm.jobs import in_order
from persnorm.output import Output
from persnorm.progress import Progress, total_size, wanted
from persnorm.show import Tally
from persnorm.stats import Statistics


class Settings(NamedTuple):
    """How the command works.

    Attributes:
        fields: What is text in records.
        jobs: How many processes work.
        counts: Whether the changes are counted, rule by rule.
        quiet: Whether nothing is said but what goes wrong.
    """

    fields: Fields = Fields()
    jobs: int = 1
    counts: bool = False
    quiet: bool = False


class _Step(NamedTuple):
    """What comes of reading: a portion's note, or the end of a file.

    Attributes:
        file: Its index.
        position: How many of its bytes have been read.
        note: For the sink.
        is_end: Whether the file has ended.
        failure: Why, if not because all was read.
    """

    file: int
    position: int
    note: Any = None
    is_end: bool = False
    failure: Failure | None = None


class File:
    """A file whose portions come in order.

    Attributes:
        name: As it was given.
        format: What it holds.
        tally: The counts of its changes, complete when it has been poured.
    """

    def __init__(self, flow: Flow, name: str, kind: Format, results: Iterator[tuple[_Step, Done | None]]) -> None:
        self.name = name
        self.format = kind
        self.tally = Tally(kind.unit)
        self._flow = flow
        self._results = results

    def pour(self, output: Output | None) -> bool:
        """Write what has become of the file to an output, or nowhere; tell whether anything changed.

        Raises:
            Failure: It could not be read to its end, or not be written; what came before has been written.
        """
        flow = self._flow
        sink = self.format.sink(output) if output else None
        has_changed = False
        for step, done in self._results:
            if step.failure:
                raise step.failure
            if sink and not step.is_end:
                sink.put(step.note, done)
            flow.progress.at(step.position, shown_name(self.name))
            if step.is_end:
                flow.progress.end_file(step.position)
                flow.statistics.bytes += step.position
            if done:
                has_changed = has_changed or done.has_changed
                flow.statistics.texts += done.texts
                if done.tally:
                    self.tally.update(done.tally)
                    flow.statistics.tally.update(done.tally)
                for message in done.bad:
                    flow.tell_bad(message)
                if done.failure:
                    raise Unreadable(done.failure)
        if sink:
            sink.close()
        flow.statistics.files += 1
        return has_changed


class Flow:
    """Reads files, shares their portions between processes, and gives them file by file; for a ``with`` block.

    Attributes:
        statistics: What was done so far.
        progress: Where it is shown how far all is.
    """

    def __init__(self, normalizer: Normalizer, settings: Settings, tell: Callable[[str], object]) -> None:
        self._normalizer = normalizer
        self._settings = settings
        self._tell = tell
        self._given_up: set[int] = set()
        self.statistics = Statistics(normalizer)
        self.progress = Progress(None, shown=False)

    def files(self, names: Sequence[str], check: Callable[[str], None]) -> Generator[File, None, None]:
        """Yield each file, to be poured before the next one is asked for; what is not poured is left out.

        Args:
            names: Of the files; ``-`` is standard input.
            check: Raises a Failure for a file that is not to be read; called before it is opened.

        Raises:
            Failure: A library is missing.
            WorkerDied: A process was ended from outside.
        """
        formats = [self._format(name) for name in names]
        counts = self._settings.counts
        work = partial(work_on, self._normalizer, counts)
        prepare = partial(self._normalizer.normalize, "")
        is_shown = wanted(quiet=self._settings.quiet)
        self.progress = Progress(total_size(names) if is_shown else None, shown=is_shown)
        steps = self._steps(names, formats, check)
        with self.progress, closing(in_order(work, steps, self._settings.jobs, prepare=prepare)) as results:
            for index, of_one in groupby(results, lambda result: result[0].file):
                yield File(self, names[index], formats[index], of_one)
                self._given_up.add(index)

    def tell_bad(self, message: str) -> None:
        """Tell of a record that stayed as it was."""
        self.statistics.bad += 1
        self.progress.interrupt()
        self._tell(message)

    def _format(self, name: str) -> Format:
        return load(choose(name, self._settings.fields), self._settings.fields)

    def _steps(
        self, names: Iterable[str], formats: list[Format], check: Callable[[str], None]
    ) -> Iterator[tuple[_Step, Any]]:
        for index, name in enumerate(names):
            position = 0
            failure: Failure | None = None
            if name == STANDARD and sys.stdin is not None and sys.stdin.isatty() and not self._settings.quiet:
                self._tell("reading from the terminal; end with Ctrl-D (Ctrl-Z and Enter on Windows)")
            try:
                check(name)
                with _counted(name) as stream, compression.reading(stream, name) as unpacked:
                    for note, portion in formats[index].read(unpacked, name):
                        position = stream.tell()
                        yield _Step(index, position, note), portion
                        if index in self._given_up:
                            break
            except Failure as error:
                failure = error
            except OSError as error:
                failure = Unreadable.of(name, error)
            yield _Step(index, position, is_end=True, failure=failure), None


@contextmanager
def _counted(name: str) -> Iterator[BinaryIO]:
    """Open a file, or a pipe that knows, as a file does, how much of it has been read."""
    with opened(name) as stream:
        yield stream if stream.seekable() else cast(BinaryIO, _Pipe(stream))


class _Pipe:
    """Bytes of a pipe, with their count."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._position

    def read1(self, size: int) -> bytes:
        data: bytes = self._stream.read1(size)  # type: ignore[attr-defined]
        self._position += len(data)
        return data

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._position += len(data)
        return data
