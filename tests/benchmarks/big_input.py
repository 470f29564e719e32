"""Measure the command on big input: time and memory by size, and what a second process brings.

    python tests/benchmarks/big_input.py [--sizes MB,MB,...] [--jobs N] [--repeats N] [--folder FOLDER] [--plot SVG]
        FILE...

From the lines of the FILEs texts of each size are made, in the order of a fixed shuffle, each line with a number that
no other has, and normalized by the command in a process of its own. For each size it tells:

- seconds, MB of UTF-8 a second, and the greatest memory of any one process in MB, with one process and with ``--jobs``;
- how many times as fast the second is, the median of the repeats with the least and the greatest;
- how much more the cores work for that, by their own time. This does not depend on what else they do, as seconds do:
  with 1.05 two processes can be 1.9 times as fast as one, where two cores are free;
- the cores' time for a MB, as of the first size: 1 if time grows as size does.

``--plot`` draws time and memory by size (``pip install matplotlib``). The texts, and what is made of them, are removed.
Nothing is asserted: a figure belongs to a machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """Seconds, those of the cores, the greatest memory of any one process in MB, and a hash of what was written."""

    seconds: float
    work: float
    memory: float
    digest: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sizes", default="1,10,100", help="in MB")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw time and memory by size")
    options = parser.parse_args()

    lines = [line for path in options.files for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    print(f"{len(lines)} lines to choose from, {os.cpu_count()} cores")
    print("    MB   seconds  MB/s  memory   with jobs: seconds  MB/s  memory   times as fast  more work  work for a MB")
    first = 0.0
    drawn: list[tuple[float, float, float, float]] = []
    for size in map(float, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            source = Path(folder, "source.txt")
            write(source, lines, round(size * 1e6))
            pairs = []
            for _ in range(options.repeats):  # in turn, so that other work meets both
                pairs.append((run(source, 1), run(source, options.jobs)))
            if any(one.digest != several.digest for one, several in pairs):
                sys.exit("several processes have written something else than one")
            one, several = (statistics.median(pair[n].seconds for pair in pairs) for n in (0, 1))
            ratios = sorted(alone.seconds / shared.seconds for alone, shared in pairs)
            more = statistics.median(shared.work / alone.work for alone, shared in pairs)
            work = min(alone.work for alone, _ in pairs) / size
            first = first or work
            print(
                f"{size:6.0f} {one:9.2f} {size / one:5.2f} {pairs[-1][0].memory:7.0f} {several:20.2f} "
                f"{size / several:5.2f} {pairs[-1][1].memory:7.0f}    {statistics.median(ratios):.2f} "
                f"({ratios[0]:.2f} to {ratios[-1]:.2f}) {more:9.2f} {work / first:15.2f}",
                flush=True,
            )
            drawn.append((size, one, several, pairs[-1][0].memory))
    if options.plot:
        plot(options.plot, drawn, options.jobs)


def plot(target: Path, drawn: list[tuple[float, float, float, float]], jobs: int) -> None:
    """Draw seconds and memory by size, on scales where what grows in proportion is a straight line."""
    import matplotlib  # noqa: PLC0415  # only a plot needs it

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "persnorm"  # the same figures give the same file
    from matplotlib import pyplot  # noqa: PLC0415

    sizes, one, several, memory = zip(*drawn, strict=True)
    figure, (of_time, of_memory) = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    of_time.loglog(sizes, one, "o-", label="one process")
    of_time.loglog(sizes, several, "s-", label=f"{jobs} processes")
    of_time.loglog(sizes, [one[-1] / sizes[-1] * size for size in sizes], ":", color="gray", label="in proportion")
    of_time.set(xlabel="MB of text", ylabel="seconds", title="Time")
    of_time.legend()
    of_memory.semilogx(sizes, memory, "o-")
    of_memory.set(xlabel="MB of text", ylabel="MB of memory, one process", title="Memory", ylim=(0, max(memory) * 1.2))
    for axes in (of_time, of_memory):
        axes.grid(alpha=0.3)
    figure.savefig(target, format="svg", metadata={"Date": None})


def write(target: Path, lines: list[str], size: int) -> None:
    """Write so many bytes of lines, shuffled anew each time round, each with a number of its own."""
    chance = random.Random(7)  # no secret
    order = list(lines)
    number = 0
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        while stream.tell() < size:
            chance.shuffle(order)
            for line in order:
                number += 1
                stream.write(f"{line} {number}\n")
                if number % 1000 == 0 and stream.tell() >= size:
                    return


def run(source: Path, jobs: int) -> Run:
    """Normalize a file by the command."""
    target = source.with_name("target.txt")
    command = [sys.executable, "-m", "persnorm", "--quiet", "--jobs", str(jobs), "-o", str(target), str(source)]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)  # of the greatest of the process and those that it has waited for
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"the command has failed: {status}")
    process.returncode = 0
    digest = hashlib.sha256()
    with target.open("rb") as stream:
        while data := stream.read(1 << 20):
            digest.update(data)
    target.unlink()
    return Run(
        seconds,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6,
        digest.hexdigest(),
    )


if __name__ == "__main__":
    main()
