"""Work shared between processes: results in order, no more under way than a small window, nothing left behind."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Batch = TypeVar("Batch")
Result = TypeVar("Result")
Note = TypeVar("Note")

WINDOW = 3
"""So many batches for each process are read before the first of them has been given back."""

NOTES = 16
"""So many notes without a batch, for each process, are read ahead."""

PATIENCE = 1.0
"""Seconds after which a process looks whether the one that started it is still there, should nothing have told it."""


class WorkerDied(RuntimeError):
    """A process ended in the middle of its work: from outside, or for want of memory."""


def in_order(
    work: Callable[[Batch], Result],
    pairs: Iterable[tuple[Note, Batch | None]],
    n_process: int,
    *,
    prepare: Callable[[], object] = bool,
) -> Generator[tuple[Note, Result | None], None, None]:
    """Yield each note with what became of its batch, lazily and in order.

    Args:
        work: What is done with a batch; its result is never None. With several processes it goes to each of them once,
            and is pickled for that where processes are spawned.
        pairs: A note, which stays here, and a batch, which goes to a process, or None. May be endless. If it raises
            an exception, the results of what came before are yielded first.
        n_process: How many processes work; 1 works in this one.
        prepare: Called before processes are forked, which share what it has loaded; not before others.

    Raises:
        WorkerDied: A process ended in the middle of its work.
        Exception: What ``pairs`` or ``work`` raises.
    """
    if n_process == 1:
        for note, batch in pairs:
            yield note, None if batch is None else work(batch)
        return
    with _started(work, n_process, prepare) as workers:
        yield from _shared(workers, iter(pairs), n_process)


class _Worker:
    """A process and the pipe to it.

    A batch is sent only to one that is idle, and so waits for it; with a pipe of its own for each, nobody waits for a
    lock that a dead process holds.
    """

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.slot: list[Any] | None = None  # where the result goes that it is working on

    def send(self, batch: object, slot: list[Any]) -> None:
        self.slot = slot
        try:
            self.pipe.send(batch)
        except OSError:
            raise self._died() from None

    def receive(self) -> None:
        try:
            result, error = self.pipe.recv()
        except (EOFError, OSError):
            raise self._died() from None
        if error:
            raise error
        if self.slot is not None:
            self.slot.append(result)
        self.slot = None

    def _died(self) -> WorkerDied:
        self.process.join(PATIENCE)
        return WorkerDied(
            f"a process ended in the middle of its work (exit code {self.process.exitcode}); if it was memory that "
            "was wanting, take fewer processes or smaller batches"
        )


def _shared(
    workers: list[_Worker], pairs: Iterator[tuple[Note, Batch | None]], n_process: int
) -> Iterator[tuple[Note, Result | None]]:
    from multiprocessing.connection import wait  # noqa: PLC0415  # 7 ms that only several processes need

    waiting: deque[tuple[Note, list[Any]]] = deque()  # in order; a slot is filled when its result is there
    unsent: deque[tuple[Batch, list[Any]]] = deque()  # at hand, so that no process waits for it to be read
    n_batches = 0  # of those waiting
    failure: Exception | None = None
    is_over = False
    while True:
        busy = {worker.pipe: worker for worker in workers if worker.slot is not None}
        is_ready = bool(waiting and waiting[0][1])
        may_read = not is_over and len(unsent) < n_process and n_batches < WINDOW * n_process
        may_read = may_read and len(waiting) < NOTES * n_process
        if not waiting and is_over:
            break
        for pipe in wait(list(busy), 0 if is_ready or may_read else None):
            busy[pipe].receive()  # type: ignore[index]
        for worker in workers:
            if worker.slot is None and unsent:
                worker.send(*unsent.popleft())
        if may_read:
            try:
                note, batch = next(pairs)
            except StopIteration:
                is_over = True
            except Exception as error:  # told when what came before it has been yielded
                is_over, failure = True, error
            else:
                slot: list[Any] = [None] if batch is None else []
                waiting.append((note, slot))
                if batch is not None:
                    n_batches += 1
                    unsent.append((batch, slot))
        elif is_ready:
            note, slot = waiting.popleft()
            n_batches -= slot[0] is not None
            yield note, slot[0]
    if failure:
        raise failure


@contextmanager
def _started(work: Callable[[Any], Any], n_process: int, prepare: Callable[[], object]) -> Iterator[list[_Worker]]:
    """Give running processes, and end them at once when the block ends, whatever they are at."""
    import multiprocessing  # noqa: PLC0415  # as above

    context = multiprocessing.get_context()
    if context.get_start_method() == "fork":
        prepare()
    workers: list[_Worker] = []
    try:
        with _ctrl_c_held_back():
            for _ in range(n_process):
                ours, theirs = context.Pipe()
                # A daemon, so that it ends with this process also where nobody closes the iterator.
                process = context.Process(target=_serve, args=(theirs, work), daemon=True)
                process.start()
                theirs.close()  # else its end would not show
                workers.append(_Worker(process, ours))
        yield workers
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.kill()  # it has nothing to put in order; a milder signal might find a handler of ours
        for worker in workers:
            worker.process.join()
            worker.process.close()


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Let no new process see the Ctrl-C that is meant for the one that starts it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Work on what comes through the pipe, in a process of its own, until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, OSError):  # the other end is closed
        while True:
            batch = pipe.recv()
            done: tuple[Any, Exception | None]
            try:
                done = work(batch), None
            except Exception as error:  # raised where the batch came from
                done = None, error
            pipe.send(done)


def _end_with_parent(parent_id: int) -> None:
    from multiprocessing import parent_process  # noqa: PLC0415  # as above
    from multiprocessing.connection import wait  # noqa: PLC0415

    parent = parent_process()
    # Told by the system, but not where another process has a copy of what tells it; so looked for as well.
    while parent and not wait([parent.sentinel], PATIENCE) and os.getppid() == parent_id:
        pass
    os._exit(1)
