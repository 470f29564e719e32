"""Measure how fast persnorm is on given texts; each line is a text.

    python tests/benchmarks/throughput.py [--processes N] FILE...

Prints the time of the import and of the first result, the memory that both take (not on Windows), then throughput in MB
of UTF-8 a second, best of three:
``new`` has met none of the texts before, ``again`` has met them all, ``explain`` is like ``new``, and ``pipe`` shares
the texts between processes, whose start is included. Nothing is asserted: a figure belongs to a machine.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    before = memory()
    start = time.perf_counter()
    import persnorm  # noqa: PLC0415  # its time is measured

    imported = time.perf_counter()
    persnorm.normalize("دیدارهای منطقهای")
    print(f"import {imported - start:.3f} s, first result {time.perf_counter() - imported:.3f} s after it")
    print(f"memory {memory() - before:.0f} MB")

    texts = [line for path in options.files for line in path.read_text(encoding="utf-8").splitlines()]
    size = sum(len(text.encode()) + 1 for text in texts) / 1e6
    print(f"Python {platform.python_version()} on {platform.machine()}: {size:.2f} MB in {len(texts)} texts")

    def throughput(use: Callable[[persnorm.Normalizer], object], *, met: bool = False) -> str:
        best = float("inf")
        for _ in range(3):
            normalizer = persnorm.Normalizer()
            normalizer.normalize_batch(texts if met else texts[:1])  # the lexicon is read at the first text
            start = time.perf_counter()
            use(normalizer)
            best = min(best, time.perf_counter() - start)
        return f"{size / best:.2f} MB/s"

    print("new", throughput(lambda normalizer: normalizer.normalize_batch(texts)))
    print("again", throughput(lambda normalizer: normalizer.normalize_batch(texts), met=True))
    print("explain", throughput(lambda normalizer: [normalizer.explain(text) for text in texts]))
    shared = throughput(lambda normalizer: list(normalizer.pipe(texts, n_process=options.processes)))
    print(f"pipe, {options.processes} processes", shared)


def memory() -> float:
    """Return the greatest memory of this process so far, in MB."""
    try:
        import resource  # noqa: PLC0415  # there is none on Windows
    except ImportError:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main()
