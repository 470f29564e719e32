"""Callers get the types that the documents promise: type checkers read a program from outside the package.

Errors that the program expects are marked in it; a mark without an error fails as well, so both directions are held.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import persnorm

CLIENT = Path(__file__).parent / "typing" / "client.py"
PACKAGE = Path(persnorm.__file__).parent

MYPY = ["-m", "mypy", "--strict", "--warn-unused-ignores", "--no-incremental", "--config-file="]
PYRIGHT = ["-m", "basedpyright", "--level", "error", "--pythonpath", sys.executable]
SETTINGS = (
    '{"typeCheckingMode": "strict", "reportUnnecessaryTypeIgnoreComment": true, "enableTypeIgnoreComments": false}'
)


def check(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a type checker on a copy of the client in ``folder``, with the package where this test has it."""
    shutil.copy(CLIENT, folder)
    (folder / "pyrightconfig.json").write_text(SETTINGS, "utf-8")
    environment = {**os.environ, "MYPYPATH": ""}
    if PACKAGE.parent.name != "site-packages":  # a checkout: it is found as one that is installed would be
        (folder / "persnorm").symlink_to(PACKAGE)
    return subprocess.run(
        [sys.executable, *command, "client.py"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=lambda command: command[1])
def test_client_gets_its_types(command, tmp_path):
    """The program passes in strict mode, with the errors that it expects and no others."""
    if find_spec(command[1]) is None:
        pytest.skip(f"{command[1]} is not installed: pip install {command[1]}")
    done = check(command, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_says_that_it_is_typed():
    """The mark that makes checkers read the annotations is in the package (PEP 561)."""
    assert (PACKAGE / "py.typed").exists()
