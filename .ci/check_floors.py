"""Hold measured accuracy to its bounds.

    python check_floors.py FLOORS.tsv SCORES.json

Prints each bounded figure beside its bound. Exit code 0: all hold; 1: some do not, or were not measured.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

AT_LEAST = ("P", "R", "F1", "exact")
AT_MOST = ("changed_per_1000_words", "lines_with_letters_changed")


def main(floors: str, scores: str) -> int:
    """Compare the scores with the floors and return the exit code."""
    measured = {(row["file"], row["kind"]): row for row in json.loads(Path(scores).read_text(encoding="utf-8"))}
    failed = 0
    for number, line in enumerate(Path(floors).read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        file, kind, figure, bound = line.split("\t")
        if figure not in AT_LEAST + AT_MOST:
            raise SystemExit(f"{floors}:{number}: expected one of {', '.join(AT_LEAST + AT_MOST)}, got {figure!r}")
        value = measured.get((file, kind), {}).get(figure)
        at_least = figure in AT_LEAST
        holds = value is not None and (value >= float(bound) if at_least else value <= float(bound))
        failed += not holds
        shown = "not measured" if value is None else f"{value:g}"
        relation = "at least" if at_least else "at most"
        print(f"{'ok  ' if holds else 'FAIL'} {file} {kind} {figure}: {shown} ({relation} {bound})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
