"""No code in the documents is only to be looked at: what cannot run here has its parts checked.

Python runs in ``test_docs``, the shell of three pages in ``test_cli``, a config in ``test_integration_spacy``.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_docs import DOCUMENTS, ROOT, relative

from persnorm import wordlist
from persnorm.rule import ZWNJ

RUN_WHOLE = {"docs/command.md", "docs/lexicon.md", "docs/ci.md"}
"""Pages whose shell examples ``test_cli`` runs one after the other, and compares with what they show."""

TEXT = f"كتاب را می{ZWNJ}خواند و می شود\n"
ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"

LANGUAGES = {"python", "console", "yaml", "ini", "text"}
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)


def blocks(document: Path, language: str) -> list[str]:
    """Return the blocks of a document in one language."""
    return [body for name, body in BLOCK.findall(document.read_text("utf-8")) if name == language]


COMMANDS = [
    (relative(document), line[2:])
    for document in DOCUMENTS
    if relative(document) not in RUN_WHOLE
    for block in blocks(document, "console")
    for line in block.splitlines()
    if line.startswith("$ ")
]


def extras() -> set[str]:
    """Return the names of the extras of the package."""
    section = (ROOT / "pyproject.toml").read_text("utf-8").split("[project.optional-dependencies]")[1].split("\n[")[0]
    return set(re.findall(r"^([a-z]+) = \[", section, re.M))


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_each_language_is_known(document):
    """Each block says its language, and it is one that is run or checked somewhere."""
    assert {name for name, _ in BLOCK.findall(document.read_text("utf-8"))} <= LANGUAGES


@pytest.mark.parametrize(("document", "line"), COMMANDS, ids=lambda part: part[:60])
def test_commands_that_need_more_than_persnorm(document, line, tmp_path):
    """What a line of the shell installs, starts or reads is there; where it is persnorm alone, it runs."""
    line = line.split("  #")[0]
    if line.startswith("persnorm "):
        run(line, tmp_path)
        return
    for command in line.split("&&"):
        program, *arguments = shlex.split(command)
        name = Path(program).name
        if name == "pip":
            assert arguments[0] == "install"
            assert extras_of(arguments) <= extras(), command
        elif name in ("python", "python3"):
            check_python(arguments)
        elif name == "persnorm":
            assert arguments == ["FILE"]
        else:
            assert name == "pytest", f"{document}: nothing checks {command!r}"
            assert all((ROOT / path).exists() for path in arguments)


def run(line: str, folder: Path) -> None:
    """Run a line with the command in a folder that has what the documents name; nothing may be refused."""
    tools = folder / "tools"
    (folder / "docs").mkdir()
    tools.mkdir()
    tool = tools / "persnorm"
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m persnorm "$@"\n', "utf-8")
    tool.chmod(0o755)
    for name in ("notes.txt", "gold.txt", "docs/a.md"):
        (folder / name).write_text(TEXT, "utf-8")
    write_corpora(folder, line)
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", line], cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == ("--check" in line), done.stderr.decode()
    assert done.stderr == b""
    for target in re.findall(r"(?:>|--html) (\S+)", line):
        assert (folder / target).stat().st_size > 0


def write_corpora(folder: Path, line: str) -> None:
    """Write what a line names that is compressed or holds records; skip where it needs an extra that is not there."""
    (folder / "corpus.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    if ".zst" in line:
        zstd = pytest.importorskip(ZSTD, reason="needs the extra zst")
        for name in ("data", "corpus"):
            (folder / f"{name}.jsonl.zst").write_bytes(zstd.compress((json.dumps({"text": TEXT}) + "\n").encode()))
    if ".parquet" in line:
        arrow = pytest.importorskip("pyarrow", reason="needs the extra arrow")
        (folder / "corpus").mkdir()
        import pyarrow.parquet  # noqa: PLC0415  # an extra

        pyarrow.parquet.write_table(arrow.table({"text": [TEXT]}), folder / "corpus" / "a.parquet")


def extras_of(arguments: list[str]) -> set[str]:
    """Return the extras that ``pip install`` is given."""
    return {
        extra for argument in arguments for found in re.findall(r"\[(.*)\]", argument) for extra in found.split(",")
    }


def check_python(arguments: list[str]) -> None:
    """See that a module or script is there, and that a script knows its options."""
    if arguments[0] == "-m":
        assert find_spec(arguments[1]) is not None
        return
    script, *rest = arguments
    if script.startswith("../shared/"):  # not part of the project, and said so there
        return
    text = (ROOT / script).read_text("utf-8")
    assert [option for option in rest if option.startswith("--") and f'"{option}"' not in text] == []


@pytest.mark.parametrize("document", ["docs/ci.md", "docs/command.md"])
def test_settings_for_ci(document, tmp_path):
    """Hooks and steps are YAML as pre-commit and CI read it, and what they start runs."""
    yaml = pytest.importorskip("yaml", reason="needs PyYAML, which pre-commit brings")
    found = [yaml.safe_load(block) for block in blocks(ROOT / document, "yaml")]
    assert found
    for number, settings in enumerate(found):
        if isinstance(settings, dict):
            (repository,) = settings["repos"]
            (hook,) = repository["hooks"]
            if repository["repo"] != "local":
                ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
                hook |= next(each for each in ours if each["id"] == hook["id"])
            else:
                assert hook["additional_dependencies"] == ["persnorm"]
            assert hook["language"] == "python"
            line = shlex.join([*hook["entry"].split(), *hook.get("args", []), "docs/a.md"])
        else:
            (step,) = settings
            install, line = step["run"].split(" && ")
            assert install == "pip install persnorm"
        (tmp_path / str(number)).mkdir()
        run_hook(line, tmp_path / str(number))


def run_hook(line: str, folder: Path) -> None:
    """Run what a hook starts on a text that is to be changed: it fails, and says why."""
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text("كتاب\n", "utf-8")
    command = f"{shlex.quote(sys.executable)} -m {line}"
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"arabic-kaf" in done.stdout


def test_list_of_words(tmp_path):
    """The list that the page about words shows is read as one, and says what stands beside it."""
    (block,) = blocks(ROOT / "docs" / "lexicon.md", "text")
    rows = [re.split(r"   +", row)[0] for row in block.splitlines()]
    (tmp_path / "my.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    words = wordlist.read(tmp_path / "my.tsv")
    assert words == {f"پخش{ZWNJ}نما": None, "بینالمللی": None, "نرم افزار": None, f"وب{ZWNJ}سایت": 120}
