"""Texts one after another: ``pipe`` with contexts, errors that say where, processes that leave nothing behind."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

import persnorm
from persnorm import Normalizer, jobs
from persnorm.jobs import WorkerDied, _serve, in_order

ROOT = Path(persnorm.__file__).parents[1]
METHODS = [m for m in ("fork", "spawn", "forkserver") if m in multiprocessing.get_all_start_methods()]
PROCESSES = pytest.mark.parametrize("n_process", [1, 2])

# Stands at the top of a script that uses processes: what its workers are, written for the test to read.
SCRIPT = """
import itertools, multiprocessing, os, sys, time
from persnorm import Normalizer, jobs
def texts():
    for n in itertools.count():
        yield f"علي {n}"
def main():
    multiprocessing.set_start_method(sys.argv[1])
    piped = Normalizer(digits="keep").pipe(texts(), n_process=2, batch_size=10)
    next(piped)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    %s
if __name__ == "__main__":
    main()
"""


@pytest.fixture
def method(request, monkeypatch):
    """Let processes be started in one way."""
    context = multiprocessing.get_context(request.param)
    monkeypatch.setattr(multiprocessing, "get_context", lambda: context)
    return request.param


def is_alive(pid):
    """Tell whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_the_end(pids):
    """Wait, not for ever, until no process of these is left; return those that are."""
    for _ in range(300):
        if not (left := [pid for pid in pids if is_alive(pid)]):
            return []
        time.sleep(0.05)
    return left


def start_script(folder, ending, how="fork"):
    """Start a script that has begun to pipe through two processes; return it and the ids of these."""
    script = folder / "script.py"
    script.write_text(SCRIPT % ending, "utf-8")
    running = subprocess.Popen(
        [sys.executable, script, how],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    pids = [int(pid) for pid in running.stdout.readline().split()]
    assert len(pids) == 2
    return running, pids


@PROCESSES
def test_contexts_go_along(n_process):
    """Pairs come back as pairs, each context the very same object, which may be one that cannot be pickled."""
    contexts = [lambda: None, {"id": 1}, None, 3, ()]
    pairs = [("علي", context) for context in contexts]
    done = list(Normalizer().pipe(iter(pairs), as_tuples=True, n_process=n_process, batch_size=2))
    assert [text for text, _ in done] == ["علی"] * 5
    assert all(got is given for (_, got), given in zip(done, contexts, strict=True))


@PROCESSES
@pytest.mark.parametrize("as_tuples", [False, True])
@pytest.mark.parametrize("place", [0, 4, 5, 12])
def test_an_error_says_which_text(n_process, as_tuples, place):
    """The error keeps its type and says at which index; the results before it have been yielded."""
    texts = [f"علي {n}" for n in range(15)]
    texts[place] = None
    items = zip(texts, itertools.count()) if as_tuples else texts
    done = []
    with pytest.raises(TypeError, match=f"^text at index {place}: normalize takes str, not None: ") as caught:
        done.extend(Normalizer(digits="keep").pipe(items, as_tuples=as_tuples, n_process=n_process, batch_size=5))
    assert caught.value.index == place
    assert [result[0] if as_tuples else result for result in done] == [f"علی {n}" for n in range(place)]


def test_a_batch_says_which_text():
    """A list with a wrong text is told with its index too."""
    with pytest.raises(TypeError, match=r"^text at index 1: normalize takes str, not bytes") as caught:
        Normalizer().normalize_batch(["علي", b"bytes"])
    assert caught.value.index == 1


@PROCESSES
@pytest.mark.parametrize("wrong", ["ab", ("a",), ("a", 1, 2), None, {"a": 1, "b": 2}], ids=repr)
def test_what_is_no_pair(n_process, wrong):
    """With ``as_tuples`` whatever is no pair is told, two letters of a text above all."""
    piped = Normalizer().pipe([("a", 1), wrong], as_tuples=True, n_process=n_process, batch_size=5)
    assert next(piped) == ("a", 1)
    with pytest.raises(TypeError, match=r"^text at index 1: with as_tuples each item is a pair") as caught:
        next(piped)
    assert caught.value.index == 1


@PROCESSES
def test_an_error_of_the_source_comes_after_its_texts(n_process):
    """When the source breaks, as a file may, the texts before that are not lost, and the error is the same object."""
    error = OSError("the disk is gone")

    def source():
        yield from ["علي"] * 7
        raise error

    done = []
    with pytest.raises(OSError, match="gone") as caught:
        done.extend(Normalizer().pipe(source(), n_process=n_process, batch_size=3))
    assert done == ["علی"] * 7
    assert caught.value is error


class Wrong(Exception):
    """An error without a text of its own, and with slots, that can be pickled."""

    __slots__ = ()


def refuse(batch):
    """Work on nothing."""
    raise Wrong(batch)


def leave(batch):
    """End the process without a word, as the system does for want of memory."""
    os._exit(9) if batch == 2 else None
    return batch


def test_an_error_of_the_work_is_raised_here():
    """What the work raises in another process is raised in this one."""
    with pytest.raises(Wrong):
        list(in_order(refuse, [(None, 1)], 2))


def test_a_process_that_dies_is_told():
    """A process that ends in the middle of its work is an error with advice, not an endless wait."""
    done = []
    with pytest.raises(WorkerDied, match=r"exit code 9\); .* fewer processes"):
        done.extend(in_order(leave, ((n, n) for n in range(50)), 2))
    assert done in ([], [(0, 0)], [(0, 0), (1, 1)])
    assert multiprocessing.active_children() == []


@PROCESSES
def test_notes_without_a_batch_keep_their_place(n_process):
    """What is not worked on stands in order between what is; an endless run of it is not read to its end."""
    pairs = [(n, n if n % 3 else None) for n in range(60)]
    assert list(in_order(abs, pairs, n_process)) == pairs
    read = []
    endless = ((read.append(n) or n, None) for n in itertools.count())
    with closing(in_order(abs, endless, n_process)) as notes:
        assert list(itertools.islice(notes, 3)) == [(0, None), (1, None), (2, None)]
    assert len(read) < 100


@pytest.mark.parametrize("method", METHODS, indirect=True)
def test_each_way_to_start_processes(method):
    """Forked, spawned or served, processes give what one gives."""
    texts = [f"كتاب هاي {n}" for n in range(30)]
    normalizer = Normalizer(words=["پخش|نما"])
    assert list(normalizer.pipe(texts, n_process=2, batch_size=7)) == normalizer.normalize_batch(texts)
    assert multiprocessing.active_children() == []


def test_a_consumer_that_stops_early_leaves_no_process():
    """Closed, or forgotten, in the middle of an endless source, with results that no pipe holds: all ends at once."""
    long = "علي كتاب ها " * 20_000  # far more than a pipe takes
    piped = Normalizer().pipe(itertools.repeat(long), n_process=2, batch_size=3)
    next(piped)
    assert len(multiprocessing.active_children()) == 2
    piped.close()
    assert multiprocessing.active_children() == []
    piped = Normalizer().pipe(itertools.repeat("علي"), n_process=2, batch_size=3)
    next(piped)
    del piped
    assert multiprocessing.active_children() == []


def test_several_pipes_at_once():
    """Two pipes with processes may be read in turn, and from several threads."""
    texts = [f"علي {n}" for n in range(40)]
    want = Normalizer(digits="keep").normalize_batch(texts)
    normalizer = Normalizer(digits="keep")
    first, second = (normalizer.pipe(texts, n_process=2, batch_size=5) for _ in range(2))
    assert list(zip(first, second, strict=True)) == list(zip(want, want, strict=True))
    with ThreadPoolExecutor(3) as threads:
        assert all(got == want for got in threads.map(normalizer.normalize_batch, [texts] * 3))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("how", METHODS)
def test_processes_die_with_their_parent(tmp_path, how):
    """Killed with -9, the program leaves no process behind, also while these wait for work."""
    running, pids = start_script(tmp_path, "time.sleep(60)", how)
    with running:
        running.kill()
    assert wait_for_the_end(pids) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize(
    ("ending", "code"), [("pass", 0), ("sys.exit(3)", 3), ("global kept; kept = piped", 0), ("1 / 0", 1)]
)
def test_a_program_that_ends_is_not_held_up(tmp_path, ending, code):
    """A program may end in the middle of a pipe, closed or not; its processes end with it."""
    running, pids = start_script(tmp_path, ending)
    with running:
        assert running.wait(60) == code
        assert (b"Error" in running.stderr.read()) == (ending == "1 / 0")
    assert wait_for_the_end(pids) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_ctrl_c_is_for_the_program_alone(tmp_path):
    """Ctrl-C, which a terminal sends to all processes, is one KeyboardInterrupt, not one for each process."""
    ending = """
    import signal
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("heeds it", flush=True)
    for _ in piped:
        pass"""
    running, pids = start_script(tmp_path, ending)
    with running:
        assert running.stdout.readline() == b"heeds it\n"
        for pid in [*pids, running.pid]:
            os.kill(pid, signal.SIGINT)
        running.stdout.close()
        assert running.stderr.read().count(b"Traceback") == 1
    assert wait_for_the_end(pids) == []


def test_a_process_serves_until_its_pipe_closes(monkeypatch):
    """What a process does, done here: results and errors go back, and the end of the pipe is its end."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(jobs, "_end_with_parent", lambda _: None)
    ours, theirs = multiprocessing.Pipe()
    for batch in (-1, None):
        ours.send(batch)
    with ThreadPoolExecutor(1) as thread:
        served = thread.submit(_serve, theirs, abs)
        assert ours.recv() == (1, None)
        result, error = ours.recv()
        assert (result, type(error)) == (None, TypeError)
        ours.close()
        assert served.result(10) is None
    theirs.close()


def test_the_error_of_a_text_can_be_pickled():
    """The index goes along when an error goes through another pool."""
    with pytest.raises(TypeError) as caught:
        Normalizer().normalize_batch([None])
    assert pickle.loads(pickle.dumps(caught.value)).index == 0
