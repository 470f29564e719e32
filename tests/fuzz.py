"""Coverage-guided fuzzing: bytes become texts, or a file and options for the command; what breaks is written down.

By hand, with atheris (``pip install atheris``; not among the extras, as it has no wheels for every Python):

    python tests/fuzz.py engine --seconds 900 --findings FOLDER
    python tests/fuzz.py command --seconds 900 --findings FOLDER

A finding does not end the run: the shortest input of each kind is kept as ``FOLDER/*.json``, with how
often it came. What is found becomes a case or a property, and what was drawn for it a piece of ``strategies.py``, which
this draws from too.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["persnorm"]):
    from persnorm import Normalizer, normalizer, replay
    from persnorm.cli import main as run_command
    from persnorm.engine import Engine
    from persnorm.lexicon import default_lexicon
    from persnorm.options import CHOICES
    from persnorm.rules import ALL_RULES

import strategies as drawn

TABLES: tuple[Sequence[str], ...] = (
    drawn.PERSIAN,
    drawn.GOLD_WORDS,
    drawn.TRICKY,
    drawn.FOREIGN,
    drawn.PROTECTED,
    drawn.SIGNS,
    drawn.OTHER_LANGUAGES,
    drawn.EMOJI,
    drawn.BREAKS,
    drawn.DOUBLED,
    drawn.OTHER_LETTERS,
    drawn.PRESENTATION_FORMS,
    drawn.MARKS,
    drawn.INVISIBLE,
    drawn.SPACES,
    drawn.DIGITS,
    drawn.PUNCTUATION,
    (" ", drawn.ZWNJ, "\n", "``", "```\n", "$$", "{{", "}}", "<!--", "-->", "](", "\\(", "\\)", "%}", "http://"),
)
"""What texts are put together from; a byte chooses the table, the next ones the piece."""

DOCUMENTED_CODES = {0, 1, 2, 3}
"""Without signals and pipes, which have no part here."""

FAILURES = {2, 3}
"""Those that come with a message."""


class Findings:
    """What broke: the shortest input of each kind, and how often it came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kinds: dict[str, tuple[int, str]] = {}
        self.began = self.told = time.monotonic()
        self.runs = self.checked = 0

    def add(self, kind: str, given: str) -> None:
        """Note a finding of a kind, and keep what it was found with."""
        times, shortest = self.kinds.get(kind, (0, given))
        if not times or len(given) < len(shortest):
            shortest = given
        self.kinds[kind] = (times + 1, shortest)
        name = hashlib.sha256(kind.encode(errors="replace")).hexdigest()[:12]
        content = {"kind": kind, "times": times + 1, "shortest": shortest}
        (self.folder / f"{name}.json").write_text(json.dumps(content, indent=1), encoding="utf-8")

    def tell(self, *, every: float = 30) -> None:
        """Say now and then how far the run has come; libFuzzer ends the process without a word."""
        if time.monotonic() - self.told >= every:
            self.told = time.monotonic()
            kinds = ", ".join(f"{times}x {kind[:60]!a}" for kind, (times, _) in self.kinds.items())
            seconds = self.told - self.began
            print(f"{seconds:.0f} s, {self.runs} runs, {self.checked} of them with changes; {kinds}", flush=True)


def text_from(data: atheris.FuzzedDataProvider, most: int = 40) -> str:
    """Return a text of at most so many pieces: three of four from the tables, the others any code points."""
    pieces: list[str] = []
    while data.remaining_bytes() and len(pieces) < most:
        choice = data.ConsumeIntInRange(0, 2 * len(TABLES) - 1)
        if choice < len(TABLES):
            table = TABLES[choice]
            pieces.append(table[data.ConsumeIntInRange(0, len(table) - 1)])
        elif choice < len(TABLES) + 4:
            pieces.append(chr(data.ConsumeIntInRange(0, sys.maxunicode)))  # lone surrogates included
        elif choice < len(TABLES) + 7:  # repeated: a run is where quadratic and off-by-one faults live
            pieces[-1:] = pieces[-1:] * data.ConsumeIntInRange(1, 5)
        elif choice < len(TABLES) + 10:
            word = drawn.GOLD_WORDS[data.ConsumeIntInRange(0, len(drawn.GOLD_WORDS) - 1)]
            pieces.append(word.replace(drawn.ZWNJ, (" ", "", drawn.ZWNJ * 2)[choice % 3]))
        else:
            pieces.append(" ")
    return "".join(pieces)


def engine_check(findings: Findings) -> Callable[[bytes], None]:
    """Return the check of one text under one variant: what tests/test_properties.py says of every text."""
    normalizers = {name: Normalizer(**options) for name, options in drawn.VARIANTS.items()}
    normalizers["patterns"] = Normalizer(protect=[r"\[\w+\]", "ك+", "(?s)«.*?»"])
    settings = {name: one._ready().setting for name, one in normalizers.items()}
    names = sorted(settings)

    def check(raw: bytes) -> None:
        data = atheris.FuzzedDataProvider(raw)
        name = names[data.ConsumeIntInRange(0, len(names) - 1)]
        text = text_from(data)
        engine = Engine(settings[name])  # fresh, so that the same bytes always take the same way
        findings.runs += 1
        try:
            once = engine.normalize(text)
            explanation = engine.explain(text)
            if explanation.text != once:
                raise AssertionError("explain(t).text is not normalize(t)")
            if replay(text, explanation.changes) != once:
                raise AssertionError("the changes do not replay")
            _check_offsets(explanation)
            if once != text:
                findings.checked += 1
                if engine.normalize(once) != once:
                    findings.add(f"{name}: not idempotent", text)
        except Exception as error:
            findings.add(f"{name}: {_where(error)}", text)
        findings.tell()

    return check


def _where(error: BaseException) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {str(error)[:80]}"


def _check_offsets(explanation: object) -> None:
    to_source = [explanation.to_source(at) for at in range(len(explanation.text) + 1)]
    to_result = [explanation.to_result(at) for at in range(len(explanation.source) + 1)]
    for name, offsets, end in (
        ("to_source", to_source, len(explanation.source)),
        ("to_result", to_result, len(explanation.text)),
    ):
        if offsets != sorted(offsets) or offsets[0] < 0 or offsets[-1] != end:
            raise AssertionError(f"{name} runs backwards or out of the text")


def share_evidence() -> None:
    """Weigh the package's own lexicon once, not at each run of the command: it takes longer than all the rest."""
    weigh, lexicon = normalizer.Evidence, default_lexicon()
    shared = weigh(lexicon)
    normalizer.Evidence = lambda other: shared if other is lexicon else weigh(other)


def command_check(findings: Findings, folder: Path) -> Callable[[bytes], None]:
    """Return the check of one run of the command: documented exit codes, no traceback, the input left intact."""
    rules = [rule.name for rule in ALL_RULES]
    share_evidence()
    source = folder / "in.txt"

    def check(raw: bytes) -> None:
        data = atheris.FuzzedDataProvider(raw)
        arguments = _arguments(data, rules)
        if data.ConsumeBool():
            content = data.ConsumeBytes(data.remaining_bytes())
        else:
            content = text_from(data).encode(errors="surrogatepass")
        for left in folder.iterdir():
            if left.is_file():
                left.unlink()
        source.write_bytes(content)
        if "words.tsv" in arguments:
            (folder / "words.tsv").write_bytes(content)
        findings.runs += 1
        code, problem = _run(arguments, content)
        after = source.read_bytes()
        findings.checked += after != content or code == 1
        problem = problem or _harm(arguments, code, content, after)
        if not problem and list(folder.glob(".persnorm-*")):
            problem = "a temporary file is left behind"
        if problem:
            findings.add(problem, json.dumps([arguments, content.decode("latin-1")]))
        findings.tell()

    return check


def _run(arguments: list[str], given: bytes) -> tuple[int, str]:
    """Run the command within this process; return the exit code, and what is wrong with how it ended."""
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(given))
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    try:
        code = run_command(arguments)
        errors = sys.stderr.buffer.getvalue().decode(errors="replace")
    except BaseException as error:  # SystemExit too
        return -1, _where(error)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    if code not in DOCUMENTED_CODES:
        return code, f"exit code {code}"
    if "Traceback" in errors:
        return code, f"a traceback: {errors[-200:]}"
    if code in FAILURES and not errors.startswith("persnorm"):
        return code, "a failure without a word"
    return code, ""


def _harm(arguments: list[str], code: int, before: bytes, after: bytes) -> str:
    """Return what is wrong with what became of the input: it stays, unless it was to be replaced and could be."""
    if before == after or (code == 0 and ("--output", "in.txt") in pairwise(arguments)):
        return ""
    if "--in-place" not in arguments or code not in (0, 3):  # 3: another file failed, and this one is done
        return "the input was changed"
    if _is_utf8(before) != _is_utf8(after) or after.count(b"\n") != before.count(b"\n"):
        return "--in-place lost lines"
    return ""


def _is_utf8(content: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        content.decode()
        return True
    return False


def _arguments(data: atheris.FuzzedDataProvider, rules: list[str]) -> list[str]:
    """Return arguments: a task, some options with good and bad values, some inputs."""
    modes = (
        [],
        [],
        ["--in-place"],
        ["--check"],
        ["--explain"],
        ["--explain", "--json"],
        ["--check", "--explain"],
        ["--html", "page.html"],
        ["--html", "in.txt"],
        ["--html", "-"],
        ["--output", "out.txt"],
        ["--output", "in.txt"],
        ["--output", "folder"],
        ["--signature"],
        ["--list-rules"],
        ["evaluate"],
        ["evaluate", "--json", "--errors", "3"],
        ["lexicon", "build"],
        ["lexicon", "build", "--every", "--min-count", "1"],
    )
    arguments = list(modes[data.ConsumeIntInRange(0, len(modes) - 1)])
    if arguments[:1] != ["lexicon"]:
        for _ in range(data.ConsumeIntInRange(0, 3)):
            choice = data.ConsumeIntInRange(0, 9)
            if choice == 0:
                arguments += ["--disable", rules[data.ConsumeIntInRange(0, len(rules) - 1)]]
            elif choice == 1:
                arguments += [("--lexicon=words.tsv", "--lexicon", "--no-builtin")[data.ConsumeIntInRange(0, 2)]]
                if arguments[-1] == "--lexicon":
                    arguments.append("words.tsv")
            elif choice == 2:
                arguments.append(data.ConsumeUnicodeNoSurrogates(8).replace("\0", "").replace("/", "") or "-")
                if "-" not in arguments[-1][:1]:
                    arguments[-1] = "--" + arguments[-1]  # never a path: what is written must stay in the folder
            else:
                name, values = list(CHOICES.items())[data.ConsumeIntInRange(0, len(CHOICES) - 1)]
                flag = name.replace("_", "-")
                if values == (True, False):
                    arguments.append(("--" if data.ConsumeBool() else "--no-") + flag)
                else:
                    value = values[data.ConsumeIntInRange(0, len(values) - 1)]
                    arguments += [f"--{flag}", str(value)]
    inputs = (
        [],
        ["-"],
        ["in.txt"],
        ["in.txt"],
        ["in.txt"],
        ["in.txt", "missing"],
        ["folder", "in.txt"],
        ["in.txt"] * 2,
    )
    return [*arguments, *inputs[data.ConsumeIntInRange(0, len(inputs) - 1)]]


def main() -> None:
    """Fuzz the engine or the command for so many seconds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("what", choices=("engine", "command"))
    parser.add_argument("--seconds", type=int, default=900, help="how long (default 900)")
    parser.add_argument("--seed", type=int, default=0, help="of libFuzzer; 0 draws one")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"), help="folder for what breaks")
    parser.add_argument("--corpus", type=Path, help="folder in which libFuzzer keeps inputs that reach new code")
    arguments = parser.parse_args()
    arguments.findings.mkdir(parents=True, exist_ok=True)
    if arguments.corpus:
        arguments.corpus = arguments.corpus.resolve()
        arguments.corpus.mkdir(parents=True, exist_ok=True)
    findings = Findings(arguments.findings.resolve())
    if arguments.what == "engine":
        check = engine_check(findings)
    else:
        folder = Path(tempfile.mkdtemp(prefix="persnorm-fuzz-"))  # libFuzzer ends the process: it stays
        (folder / "folder").mkdir()
        os.chdir(folder)
        check = command_check(findings, folder)
    flags = [
        f"-max_total_time={arguments.seconds}",
        "-max_len=400",
        "-len_control=0",
        "-timeout=60",
        "-rss_limit_mb=4000",
    ]
    flags += [f"-seed={arguments.seed}"] if arguments.seed else []
    atheris.Setup([sys.argv[0], *flags, *([str(arguments.corpus)] if arguments.corpus else [])], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
