"""Write what other normalizers make of the examples into the page for those who come from them, docs/migrating.md.

    python tests/benchmarks/migrating.py [--python PYTHON] FOLDER DOCUMENT

In each table of the document the columns that are named as one of ``peers.PEERS`` (``hazm 0.10.0``) are filled with
what that one makes of the column ``before``; ``made as``, where a row has it, is how it is made, in place of its
defaults, as ``Normalizer(persian_numbers=False)``. Each is installed into FOLDER, as ``peers.py`` does. Afterwards
``git diff DOCUMENT`` shows what has changed. Our own columns are left to the tests.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from peers import PEERS, Peer, install

ALSO = {"shekar": "shekar.preprocessing"}
"""Module of a peer -> another one whose names ``made as`` may use."""


def answer(peer: Peer) -> None:
    """Read pairs of how it is made and a text as JSON, and write what comes out; no persnorm here."""
    questions = json.load(sys.stdin)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a peer prints must not get between
    module = importlib.import_module(peer.module)
    names = {**vars(module), **(vars(importlib.import_module(ALSO[peer.module])) if peer.module in ALSO else {})}
    made: dict[str, object] = {}
    results = []
    for how, text in questions:
        if how not in made:
            made[how] = eval(how, dict(names)) if how else eval(peer.normalize, {"module": module})
        function = getattr(made[how], "normalize", made[how])
        results.append("".join(function(text)))
    json.dump(results, out)
    out.close()


def ask(peer: Peer, python: Path, questions: list[tuple[str, str]]) -> list[str]:
    """Return what a peer makes of texts, in a process of its own."""
    done = subprocess.run(
        [str(python), __file__, "--answer", peer.requirement],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(python.parent.parent), "PYTHONPATH": "", "PYTHONUTF8": "1"},
    )
    return list(json.loads(done.stdout))


def filled(document: str, folder: Path, python: str) -> str:
    """Return the document with the columns of the peers filled."""
    from persnorm.rules.__main__ import cell  # noqa: PLC0415  # not in the process of a peer

    lines = document.splitlines(keepends=True)
    rows = [[part.strip() for part in line.strip().strip("|").split("|")] for line in lines]
    columns = headings(lines, rows)
    for peer in PEERS:
        places = [(number, columns[number].index(peer.name)) for number in columns if peer.name in columns[number]]
        if not places:
            continue
        questions = []
        for number, _ in places:
            row = dict(zip(columns[number], rows[number], strict=True))
            questions.append((row.get("made as", "").strip("`"), text_of(row["before"])))
        for (number, at), result in zip(places, ask(peer, install(peer, folder, python), questions), strict=True):
            rows[number][at] = re.sub("(?<= ) ", "<U+0020>", cell(result))  # a page shows two spaces as one
            lines[number] = f"| {' | '.join(rows[number])} |\n".replace("|  |", "| |")
    return "".join(lines)


def headings(lines: list[str], rows: list[list[str]]) -> dict[int, list[str]]:
    """Return for the number of each line that is a row of a table its headings."""
    columns: dict[int, list[str]] = {}
    heading: int | None = None
    for number, line in enumerate(lines):
        if not line.startswith("|"):
            heading = None
        elif heading is None:
            heading = number
        elif number > heading + 1:
            columns[number] = rows[heading]
    return columns


def text_of(cell: str) -> str:
    """Return the text that a cell shows, as the tests read it."""
    text = cell.strip("`").replace("\N{WORD SEPARATOR MIDDLE DOT}", "\N{ZERO WIDTH NON-JOINER}")
    return re.sub(r"<U\+([0-9A-F]{4,6})>", lambda shown: chr(int(shown[1], 16)), text)


def main() -> None:
    """Fill the document, or be a peer."""
    if sys.argv[1:2] == ["--answer"]:
        answer(next(peer for peer in PEERS if peer.requirement == sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="of the environments of the peers")
    parser.add_argument("document", type=Path)
    parser.add_argument("--python", default=sys.executable, help="makes the environments; this one, if not given")
    options = parser.parse_args()
    text = options.document.read_text(encoding="utf-8")
    options.document.write_text(filled(text, options.folder, options.python), encoding="utf-8")


if __name__ == "__main__":
    main()
