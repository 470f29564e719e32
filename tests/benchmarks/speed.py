"""How fast persnorm is: against the least that any normalizer must do, and against other normalizers, in one run.

    python tests/benchmarks/speed.py FILE... [--size 12] [--runs 3] [--peers FOLDER [--python PYTHON]] [--into DOCUMENT]

The lines of the FILEs, well-edited UTF-8 text, are shuffled and never repeat; every other one has lost its half-spaces,
some or all, without a trace or to spaces. ``size`` million characters of them are new to the normalizer, as many more
come after these. The least there is to do (``limit``) is to split the same lines at spaces, look each word up in a dict
that remembers all, and join them again; it is measured right after. Each run is a process of its own and gives ratios
of CPU time to that limit; the table has the median of the runs, and the lowest and highest. With ``--peers`` each peer
of ``peers.py``, in its own environment in FOLDER, does a part of the same lines. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from peers import PEERS, NoPeer, install, write_into

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
MILLION = 1_000_000
WARM, TIMED = MILLION // 50, MILLION // 4
"""So many characters a peer has to warm up with, and so many are timed: some take a minute for a million."""


def prepared(files: Sequence[Path], size: int) -> dict[str, list[str]]:
    """Return the lines of each measurement."""
    rng = random.Random(1)
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    rng.shuffle(lines)
    mixed = [damaged(line, rng) if index % 2 else line for index, line in enumerate(lines)]
    new = cut(mixed, 0, size)
    then = cut(mixed, len(new), size)
    fresh = cut(lines, len(new) + len(then), size // 4)
    spoilt = [damaged(line, rng) for line in fresh]
    return {
        "mixed, half of the lines damaged": new,
        "mixed, as much again": then,
        "clean": fresh,
        "the same again": fresh,
        "damaged": spoilt,
        "damaged, explained": spoilt,
        "words that never repeat": [unheard_of(rng, 15) for _ in range(size // 800)],
    }


def cut(lines: Sequence[str], start: int, size: int) -> list[str]:
    """Return lines from ``start`` on, of so many characters together."""
    taken: list[str] = []
    for line in lines[start:]:
        if size <= 0:
            break
        taken.append(line)
        size -= len(line) + 1
    return taken


def damaged(line: str, rng: random.Random) -> str:
    """Return a line without its half-spaces, or without most of them."""
    way = rng.random()
    if way < 0.7:
        return line.replace(ZWNJ, "" if way < 0.4 else " ")
    return "".join(rng.choice(("", " ", letter)) if letter == ZWNJ else letter for letter in line)


def unheard_of(rng: random.Random, words: int) -> str:
    """Return a line of random words, some with endings."""
    letters = "ابپتجخدرزسشفقکگلمنوهی"
    endings = ("", "", "ها", "های", "ی", "ای", "ترین")
    return " ".join("".join(rng.choices(letters, k=rng.randint(4, 9))) + rng.choice(endings) for _ in range(words))


def limit(lines: Sequence[str]) -> float:
    """Return how many seconds of CPU time splitting, looking up and joining take."""
    words: dict[str, str] = {}
    began = time.process_time()
    for line in lines:
        " ".join([words.setdefault(word, word) for word in line.split(" ")])
    return time.process_time() - began


def seconds(normalize: Callable[[str], object], lines: Sequence[str]) -> float:
    """Return how many seconds of CPU time the lines take."""
    gc.collect()
    began = time.process_time()
    for line in lines:
        normalize(line)
    return time.process_time() - began


def one_run(folder: Path) -> None:
    """Measure persnorm in this process and print the figures as JSON."""
    began = time.perf_counter()
    import persnorm  # noqa: PLC0415  # its time is measured

    imported = time.perf_counter()
    persnorm.normalize("دیدارهای منطقهای")
    figures: dict[str, float] = {"import": imported - began, "first result": time.perf_counter() - imported}
    for path in sorted(folder.glob("*.txt")):
        name, lines = read(path)
        normalizer = normalizer if name.endswith("again") else persnorm.Normalizer()  # noqa: F821  # "again" is not first
        size = sum(map(len, lines)) / MILLION
        use = normalizer.explain if name.endswith("explained") else normalizer.normalize
        taken, least = seconds(use, lines), limit(lines)
        figures[name] = least / taken
        figures[f"{name}: Mchar/s"] = size / taken
    print(json.dumps(figures))


def memory_run(paths: Sequence[str]) -> None:
    """Print as JSON how much memory this process has taken after the first text, and after the lines of each file."""
    import persnorm  # noqa: PLC0415  # not in the process of a peer

    persnorm.normalize("دیدارهای منطقهای")
    taken = [memory()]
    for path in paths:
        with Path(path).open(encoding="utf-8") as lines:  # one at a time, so that they take no room
            for line in lines:
                persnorm.normalize(line)
        taken.append(memory())
    print(json.dumps(taken))


def read(path: Path) -> tuple[str, list[str]]:
    """Return the name of a measurement and its lines."""
    name, *lines = path.read_text(encoding="utf-8").split("\n")
    return name, lines


def peer_run(requirement: str, path: Path) -> None:
    """Measure a peer in this process, which has no persnorm, and print its ratio to the limit."""
    peer = next(peer for peer in PEERS if peer.requirement == requirement)
    normalize = eval(peer.normalize, {"module": importlib.import_module(peer.module)})
    lines = read(path)[1]
    warm = cut(lines, 0, WARM)
    lines = cut(lines, len(warm), TIMED)

    def tolerant(line: str) -> None:
        try:
            "".join(normalize(line))
        except Exception:
            failed.append(line)

    failed: list[str] = []
    seconds(tolerant, warm)
    print(json.dumps({"ratio": limit(lines) / seconds(tolerant, lines), "failed": len(failed)}))


def memory() -> float:
    """Return the greatest memory of this process so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system tells of a process begins with what its parent had
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) * 1024 / MILLION  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MILLION


def table(runs: Sequence[dict[str, float]]) -> Iterator[str]:
    """Yield the lines of a table of the figures."""
    yield "| | share of the limit | Mchar/s |\n|---|---:|---:|"
    for name in runs[0]:
        if f"{name}: Mchar/s" in runs[0]:
            yield f"| {name} | {spread(runs, name, 3)} | {spread(runs, f'{name}: Mchar/s', 2)} |"
    yield ""
    yield f"Import {spread(runs, 'import', 3)} s, first result {spread(runs, 'first result', 2)} s after it."


def spread(runs: Sequence[dict[str, float]], name: str, digits: int) -> str:
    """Return the median of the runs with the lowest and the highest."""
    values = [run[name] for run in runs]
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def peer_rows(folder: Path, python: str, path: Path, ours: float) -> Iterator[str]:
    """Yield a row for each peer: how many times as fast persnorm is on new text, as ratios to the limit."""
    yield "| | share of the limit | persnorm is faster by |\n|---|---:|---:|"
    for peer in PEERS:
        try:
            own = install(peer, folder, python)
        except NoPeer as error:
            yield f"| {peer.name} | {error} | |"
            continue
        command = [str(own), __file__, "--peer", peer.requirement, str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            yield f"| {peer.name} | failed | |"
            continue
        figures = json.loads(ran.stdout.splitlines()[-1])
        yield f"| {peer.name} | {figures['ratio']:.4f} | {ours / figures['ratio']:.1f} |"


def in_process(*arguments: str) -> Any:
    """Return what this script prints as JSON in a process of its own."""
    ran = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def main() -> None:
    """Measure and write, or be one of the runs."""
    if sys.argv[1:2] == ["--run"]:
        return one_run(Path(sys.argv[2]))
    if sys.argv[1:2] == ["--memory"]:
        return memory_run(sys.argv[2:])
    if sys.argv[1:2] == ["--peer"]:
        return peer_run(sys.argv[2], Path(sys.argv[3]))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--size", type=int, default=12, help="millions of characters that are new")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, help="folder of the environments of the peers")
    parser.add_argument("--python", default=sys.executable, help="makes these environments; this one, if not given")
    parser.add_argument("--into", type=Path, metavar="DOCUMENT", help="write between its marks, not to standard output")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for index, (name, of_it) in enumerate(prepared(options.files, options.size * MILLION).items()):
            (Path(folder) / f"{index}.txt").write_text("\n".join((name, *of_it)), encoding="utf-8")
        runs = []
        for number in range(options.runs):
            print(f"run {number + 1} of {options.runs}", file=sys.stderr)
            runs.append(in_process("--run", folder))
        taken = in_process("--memory", *(f"{folder}/{index}.txt" for index in (0, 1)))
        lines = [f"CPython {platform.python_version()} on {platform.machine()}, one core, {options.runs} runs.", ""]
        lines += table(runs)
        first, new, then = (f"{megabytes:.0f} MB" for megabytes in taken)
        lines.append(f"Memory: {first} after it, {new} and {then} after the lines of the first and the second row.")
        if options.peers:
            ours = median(run["mixed, half of the lines damaged"] for run in runs)
            lines += ["", *peer_rows(options.peers, options.python, Path(folder) / "0.txt", ours)]
    text = "\n".join((*lines, ""))
    write_into(options.into, text) if options.into else sys.stdout.write(text)
    return None


if __name__ == "__main__":
    main()
