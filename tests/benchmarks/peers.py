"""Measure persnorm and other normalizers on the same texts, with the measure of ``persnorm evaluate``, in one run.

    python tests/benchmarks/peers.py [--python PYTHON] [--into DOCUMENT] FOLDER GOLD...

Each GOLD is well-edited UTF-8 text, a sentence or paragraph on each line; the sentences of ``tests/data/ambiguous`` are
measured too. Each peer is installed from the package index into an environment of its own in FOLDER, and found there
the next time; PYTHON (3.11, as not all of them run on others) makes it. It runs as a process of its own, with the
settings that it has if nothing is chosen, and is sent one line at a time as JSON: a line that it fails on counts as it
was sent, and is told under the tables. Writes Markdown, with ``--into`` between the marks ``peers: begin`` and
``peers: end`` of a document. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import IO

AMBIGUOUS = Path(__file__).parent.parent / "data" / "ambiguous"
BEGIN, END = "<!-- peers: begin -->\n", "<!-- peers: end -->\n"


@dataclass(frozen=True)
class Peer:
    """A normalizer of others.

    Attributes:
        requirement: What pip installs.
        module: What is imported.
        normalize: A Python expression for its function from text to text; ``module`` in it is what was imported.
    """

    requirement: str
    module: str
    normalize: str

    @property
    def name(self) -> str:
        """What the tables call it."""
        return self.requirement.replace("==", " ")


PEERS = (
    Peer("hazm==0.10.0", "hazm", "module.Normalizer().normalize"),
    Peer("shekar==1.7.0", "shekar", "module.Normalizer().normalize"),
    Peer("python-negar==1.4.3", "negar.virastar", "lambda text: module.PersianEditor(text).cleanup()"),
    Peer("rishe==0.5.1", "rishe", "module.Normalizer().normalize"),
    Peer("parsivar==0.2.3.1", "parsivar", "module.Normalizer().normalize"),
)


# ------------------------------------------------------------------------- in the process of a peer: no persnorm here


def serve(peer: Peer) -> None:
    """Answer each line of standard input, a JSON string, with one of standard output: a result or an error."""
    # What a peer prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    normalize = eval(peer.normalize, {"module": importlib.import_module(peer.module)})
    print(json.dumps({"result": "ready"}), file=answers, flush=True)
    for line in sys.stdin:
        try:
            answer = {"result": "".join(normalize(json.loads(line)))}  # an error if it is no text
        except Exception as error:  # whatever it is, it is told, and the next line tried
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


# ----------------------------------------------------------------------------------------------- in our own process


class NoPeer(Exception):
    """A peer that cannot be installed or started."""


class Remote:
    """A peer in its process; used as a function from text to text.

    Attributes:
        errors: What it said on each line that it failed on.
    """

    def __init__(self, peer: Peer, python: Path) -> None:
        self.errors: list[str] = []
        self._command = [str(python), __file__, "--serve", peer.requirement]
        self._home = str(python.parent.parent)  # some write to the home directory
        self._start()

    def __call__(self, text: str) -> str:
        answer = self._ask(json.dumps(text) + "\n")
        if answer is None:
            self.errors.append("the process ended")
            self._start()
            return text
        if "error" in answer:
            self.errors.append(answer["error"])
        return str(answer.get("result", text))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "HOME": self._home, "PYTHONPATH": "", "PYTHONUTF8": "1"},
        )
        if self._ask("") is None:
            raise NoPeer(f"could not be started: {' '.join(self._command)}")

    def _ask(self, question: str) -> dict[str, str] | None:
        """Return the answer, or nothing if the process has ended."""
        questions, answers = self._pipes()
        with contextlib.suppress(BrokenPipeError):
            questions.write(question)
            questions.flush()
        answer = answers.readline()
        return json.loads(answer) if answer else None

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


def install(peer: Peer, folder: Path, python: str) -> Path:
    """Return the Python that has a peer, installed now if it was not before."""
    environment = folder / peer.requirement
    own = environment / "bin" / "python"
    done = environment / "installed"
    if not done.exists():
        for command in (
            [python, "-m", "venv", "--clear", str(environment)],
            [str(own), "-m", "pip", "install", "--quiet", peer.requirement],
        ):
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            if ran.returncode:
                reason = (ran.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise NoPeer(f"could not be installed: {reason}")
        done.touch()
    return own


Normalize = Callable[[str], str]


def measured_rows(name: str, normalize: Normalize, files: list[Path]) -> Iterator[str]:
    """Yield the row of a normalizer for each file, and one for the sentences with two readings."""
    from persnorm.evaluation import KINDS, evaluate  # noqa: PLC0415  # not in the process of a peer

    for path in files:
        gold = path.read_text(encoding="utf-8").splitlines()
        scores = {kind: evaluate(gold, normalize, kind) for kind in KINDS}
        f1 = " | ".join(f"{scores[kind].f1:.1f}" for kind in ("joined", "spaced", "mixed"))
        yield f"| {name} | {f1} | {scores['clean'].wrong_per_1000_words:.1f} |"
    shares = (
        f"{evaluate(ambiguous(kind), normalize, kind).exact_lines:.1f} |"
        f" {evaluate(ambiguous(kind), normalize, 'clean').exact_lines:.1f}"
        for kind in ("joined", "spaced")
    )
    yield f"| {name} | {' | '.join(shares)} |"


def ambiguous(kind: str) -> list[str]:
    """Return the sentences with two readings for one kind of damage."""
    pairs = [pair for path in sorted(AMBIGUOUS.glob("*.json")) for pair in json.loads(path.read_text("utf-8"))]
    return [sentence for pair in pairs if pair["kind"] == kind for sentence in pair["sentences"]]


def report(folder: Path, python: str, files: list[Path]) -> str:
    """Return the tables."""
    import persnorm  # noqa: PLC0415  # not in the process of a peer

    rows = [[*measured_rows(f"persnorm {persnorm.__version__}", persnorm.normalize, files)]]
    notes: list[str] = []
    for peer in PEERS:
        print(peer.name, file=sys.stderr)
        try:
            remote = Remote(peer, install(peer, folder, python))
            rows.append([*measured_rows(peer.name, remote, files)])
        except NoPeer as error:
            notes.append(f"{peer.name} {error}")
            rows.append([f"| {peer.name} | not measured | | | |"] * (len(files) + 1))
            continue
        remote.close()
        if remote.errors:
            notes.append(f"{peer.name} failed on {len(remote.errors)} lines, the first time with {remote.errors[0]}")
    return "\n".join(markdown(files, [*zip(*rows, strict=True)], notes))


def markdown(files: list[Path], tables: list[tuple[str, ...]], notes: list[str]) -> Iterator[str]:
    """Yield the lines of the document: when and where, a table for each text, what went wrong."""
    today = datetime.now(tz=timezone.utc).date()
    yield f"Measured on {today} with CPython {platform.python_version()}, each normalizer with its own defaults."
    for path, rows in zip(files, tables, strict=False):
        gold = path.read_text(encoding="utf-8")
        yield from ("", f"`{path.name}`, {len(gold.split()):,} words:", "")
        yield from (
            "| | joined F1 | spaced F1 | mixed F1 | clean: changes per 1000 words |",
            "|---|---:|---:|---:|---:|",
        )
        yield from rows
    joined, spaced = len(ambiguous("joined")), len(ambiguous("spaced"))
    yield from (
        "",
        f"Sentences of words with two readings, {joined} of the joined and {spaced} of the spaced kind:",
        "",
    )
    yield "| | joined: exact, % | undamaged | spaced: exact, % | undamaged |"
    yield from ("|---|---:|---:|---:|---:|", *tables[-1])
    yield from ("", *(f"- {note}" for note in notes or ["Each could be installed, and failed on no line."]))
    yield ""


def write_into(document: Path, tables: str) -> None:
    """Replace what stands between the marks of a document."""
    text = document.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{document}: expected the lines {BEGIN.strip()} and {END.strip()}, found not both")
    document.write_text(before + BEGIN + tables + END + after, encoding="utf-8")


def main() -> None:
    """Measure and write, or be a peer."""
    if sys.argv[1:2] == ["--serve"]:
        serve(next(peer for peer in PEERS if peer.requirement == sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="of the environments of the peers")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--python", default=sys.executable, help="makes the environments; this one, if not given")
    parser.add_argument("--into", type=Path, metavar="DOCUMENT", help="write between its marks, not to standard output")
    options = parser.parse_args()
    write = partial(write_into, options.into) if options.into else sys.stdout.write
    write(report(options.folder, options.python, options.gold))


if __name__ == "__main__":
    main()
