"""The hooks for pre-commit."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml", reason="needs PyYAML, which pre-commit brings")
ROOT = Path(__file__).parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def test_hooks():
    """One hook checks, the other one changes; both take text and Markdown."""
    assert {name: hook["entry"] for name, hook in HOOKS.items()} == {
        "persnorm-check": "persnorm --check",
        "persnorm": "persnorm --in-place",
    }
    assert all(
        hook["language"] == "python" and hook["types_or"] == ["plain-text", "markdown"] for hook in HOOKS.values()
    )


@pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="needs pre-commit: pip install pre-commit")
@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="needs git and a checkout")
@pytest.mark.parametrize("hook", HOOKS)
def test_try_repo(hook, tmp_path, monkeypatch):
    """In a repository of a user both hooks fail on text to be changed; one of them changes it, and passes then."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    text, code = work / "a.txt", work / "a.py"
    text.write_text("می شود\n", "utf-8")
    code.write_text("# می شود\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=work, check=True)
    subprocess.run(["git", "add", "."], cwd=work, check=True)
    run = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), hook, "--all-files"]
    first = subprocess.run(run, cwd=work, capture_output=True, text=True, check=False)
    assert first.returncode == 1, first.stdout + first.stderr
    changed = hook == "persnorm"
    assert text.read_text("utf-8") == ("می\N{ZERO WIDTH NON-JOINER}شود\n" if changed else "می شود\n")
    assert code.read_text("utf-8") == "# می شود\n"
    if changed:
        assert subprocess.run(run, cwd=work, capture_output=True, text=True, check=False).returncode == 0
