"""The command on much input: several processes, folders, going on after an end, progress, counts."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_cli import (
    CLEAN,
    COMMAND,
    DIRTY,
    FAILED,
    FINE,
    SPACED,
    WOULD_CHANGE,
    environment,
    leftovers,
    one_line,
    process,
    start,
)
from test_pipe import wait_for_the_end

import persnorm
from persnorm import progress

BLOCKS = f"---\ntitle: {DIRTY}\n---\n{DIRTY}\r\n```\n{DIRTY}\n```\n<pre>\n{DIRTY}\n</pre>\n\n{SPACED} <b>\n"


def much(lines=1_500):
    """Return a text of many pieces, its lines all different, with blocks here and there."""
    return "".join(BLOCKS if n % 500 == 0 else f"{n} {DIRTY} {SPACED} و {n * 7919}\n" for n in range(lines))


def children(pid):
    """Return the ids of the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


class TestJobs:
    @pytest.mark.parametrize("kind", ["txt", "jsonl", "csv"])
    def test_the_same_byte_for_byte(self, run, kind):
        """Several processes give what one gives: each kind of output, counts, messages and exit code."""
        if kind == "txt":
            text, arguments = much(), []
        elif kind == "jsonl":
            text = "".join(f'{{"n": {n}, "text": "{DIRTY} {n}"}}\n' if n % 999 else "bad\n" for n in range(2_500))
            arguments = ["--field", "text", "--keep-bad"]
        else:
            text = "n,text\n" + "".join(f'{n},"{DIRTY},\n{n}"\n' for n in range(2_500))
            arguments = ["--field", "text"]
        Path(f"a.{kind}").write_text(text, "utf-8", newline="")
        Path(f"b.{kind}").write_bytes(b"")
        outcomes = []
        for jobs in (1, 2):
            name = f"a.{kind}"
            shown = run("--jobs", jobs, *arguments, name)
            checked = run("--jobs", jobs, *arguments, "--check", name)
            run("--jobs", jobs, *arguments, "-o", f"out.{kind}", name, "--stats-json", "stats")
            stats = json.loads(Path("stats").read_text("utf-8"))
            assert stats.pop("seconds") > 0
            outcomes.append((shown, checked, Path(f"out.{kind}").read_bytes(), stats))
        assert outcomes[0] == outcomes[1]
        assert outcomes[0][0][1] == outcomes[0][2]
        assert outcomes[0][1][0] == (FAILED if kind == "jsonl" else WOULD_CHANGE)

    def test_many_files_in_order(self, run):
        """Small files, empty and broken ones between them, come in the order given, with the errors in it."""
        names = []
        for n in range(60):
            names.append(f"f{n}")
            Path(names[-1]).write_bytes(b"" if n % 7 == 0 else f"{n} {DIRTY}\n".encode() + b"\xff\n" * (n % 11 == 3))
        names.insert(30, "missing")
        names = ["--digits", "keep", *names]
        alone = run(*names)
        assert run("--jobs", 2, *names) == alone
        assert alone[2].count("\n") == 6
        assert alone[1].decode() == "".join(f"{n} {CLEAN}\n" for n in range(60) if n % 7)
        assert run("--jobs", 2, "-i", *names)[0] == FAILED
        assert Path("f1").read_text("utf-8") == f"1 {CLEAN}\n"
        assert run("--jobs", 0, "--digits", "keep", "--check", "f1") == (FINE, b"", "")

    def test_a_broken_file_is_not_read_to_its_end(self, run):
        """What follows a bad record is left out, so that a big file does not pass for nothing; the next one is done."""
        Path("a.jsonl").write_text("bad\n" + f'{{"text": "{DIRTY}"}}\n' * 50_000, "utf-8")
        Path("b.jsonl").write_text(f'{{"text": "{DIRTY}"}}\n', "utf-8")
        code, output, errors = run("--jobs", 2, "--field", "text", "a.jsonl", "b.jsonl", "--stats-json", "stats")
        assert (code, output.decode(), errors.count("\n")) == (FAILED, f'{{"text": "{CLEAN}"}}\n', 1)
        stats = json.loads(Path("stats").read_text("utf-8"))
        assert (stats["files"], stats["failed"]) == (1, 1)
        assert stats["texts"] < 5_000

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
    @pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    def test_ended_in_the_middle(self, tmp_path, ending):
        """Whatever ends the command in the middle, the file is as it was, and no process is left."""
        file = tmp_path / "a"
        text = much(300_000)
        file.write_text(text, "utf-8", newline="")
        code = "import signal, sys; signal.signal(2, signal.default_int_handler)"
        code += "; from persnorm.cli import main; sys.exit(main())"
        with start(
            "-i", "--jobs", "2", "a", command=[sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.PIPE
        ) as running:
            while not any(part.stat().st_size for part in leftovers(tmp_path)):
                assert running.poll() is None
                time.sleep(0.01)
            workers = children(running.pid)
            assert len(workers) == 2
            for pid in workers if ending == signal.SIGINT else ():
                os.kill(pid, ending)  # Ctrl-C goes to all of them
            running.send_signal(ending)
            errors = running.stderr.read().decode()
            assert running.wait() == {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}[ending]
        assert errors == ("persnorm: interrupted; no file is left half written\n" if ending == signal.SIGINT else "")
        assert wait_for_the_end(workers) == []
        assert file.read_bytes() == text.encode()
        assert bool(leftovers(tmp_path)) == (ending == signal.SIGKILL)

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
    def test_a_worker_that_dies(self, tmp_path):
        """A process that the system ends is told with advice, and the file stays."""
        file = tmp_path / "a"
        file.write_text(much(300_000), "utf-8", newline="")
        before = file.read_bytes()
        with start("-i", "--jobs", "2", "a", cwd=tmp_path, stderr=subprocess.PIPE) as running:
            while not any(part.stat().st_size for part in leftovers(tmp_path)):
                time.sleep(0.01)
            os.kill(children(running.pid)[0], signal.SIGKILL)
            assert "fewer processes" in one_line(running.stderr.read().decode())
            assert running.wait() == FAILED
        assert file.read_bytes() == before
        assert not leftovers(tmp_path)


class TestFolders:
    @pytest.fixture
    def corpus(self, run):
        """Make a folder with files of several kinds and depths."""
        for name in ("a.txt", "b/c.txt", "b/d/e.txt", "b/f.md", "b/.hidden.txt"):
            Path("in", name).parent.mkdir(parents=True, exist_ok=True)
            Path("in", name).write_text(f"{name} {DIRTY}\n", "utf-8")
        Path("in/.persnorm-0.tmp").write_text("left after a crash", "utf-8")
        return run

    def outputs(self):
        """Return what is in the output folder, by name."""
        return {
            path.relative_to("out").as_posix(): path.read_text("utf-8")
            for path in Path("out").rglob("*")
            if path.is_file()
        }

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_mirrored(self, corpus, jobs):
        """Files that match at any depth are written under the same names into the other folder, which says how."""
        assert corpus("--glob", "*.txt", "--jobs", jobs, "-o", "out", "in") == (FINE, b"", "")
        made = self.outputs()
        assert made.pop(".persnorm-signature") == f"{persnorm.Normalizer().signature}\n"
        assert made == {name: f"{name} {CLEAN}\n" for name in ("a.txt", "b/c.txt", "b/d/e.txt", "b/.hidden.txt")}

    def test_several_patterns_folders_and_files(self, corpus):
        """Patterns may be several and have folders in them; files may be named beside folders."""
        Path("x.txt").write_text(DIRTY, "utf-8")
        assert corpus("--glob", "d/*.txt", "--glob", "*.md", "-o", "out", "in", "x.txt", "in/a.txt")[0] == FINE
        assert set(self.outputs()) == {".persnorm-signature", "b/d/e.txt", "b/f.md", "x.txt", "a.txt"}

    def test_output_inside_the_input(self, corpus):
        """What is written is not read, also where the output folder is inside the input."""
        for _ in range(2):
            assert corpus("--glob", "*.txt", "-o", "in/out", "in")[0] == FINE
        assert not Path("in/out/out").exists()

    def test_with_the_other_ways(self, corpus):
        """Folders may be checked, explained and replaced in place."""
        code, output, _ = corpus("--check", "--glob", "*.txt", "in")
        assert (code, output.count(b"\n")) == (WOULD_CHANGE, 4)
        assert corpus("--explain", "--glob", "*.md", "in")[1].endswith(b"arabic-yeh 1)\n")
        assert corpus("-i", "--glob", "*.txt", "in") == (FINE, b"", "")
        assert corpus("--check", "--glob", "*.txt", "in") == (FINE, b"", "")
        assert corpus("--glob", "*.txt", "in")[1].decode().count(CLEAN) == 4

    def test_resume(self, corpus):
        """What is finished and not older than its source is left out; what failed or is missing is done."""
        Path("in/b/c.txt").write_bytes(b"\xff")
        assert corpus("--glob", "*.txt", "-o", "out", "in")[0] == FAILED
        assert not Path("out/b/c.txt").exists()
        Path("out/a.txt").write_text("not touched", "utf-8")
        Path("in/b/c.txt").write_text(DIRTY, "utf-8")
        os.utime("out/b/d/e.txt", ns=(1, 1))
        code, _, errors = corpus("--glob", "*.txt", "-o", "out", "--resume", "--stats", "in")
        assert code == FINE
        assert errors.startswith("persnorm: 2 files, 2 finished before, ")
        assert Path("out/a.txt").read_text("utf-8") == "not touched"
        assert Path("out/b/c.txt").read_text("utf-8") == CLEAN
        assert Path("out/b/d/e.txt").stat().st_mtime_ns > 1

    def test_resume_with_other_options(self, corpus):
        """A folder is not filled by two ways of normalizing; made anew it may be."""
        assert corpus("--glob", "*.txt", "-o", "out", "in")[0] == FINE
        code, _, errors = corpus("--glob", "*.txt", "-o", "out", "--resume", "--digits", "en", "in")
        assert code == FAILED
        assert "out: what is there was made otherwise (persnorm|version:" in one_line(errors)
        assert corpus("--glob", "*.txt", "-o", "out", "--digits", "en", "in")[0] == FINE
        assert "digits:en" in Path("out/.persnorm-signature").read_text("utf-8")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--glob", "*.no", "-o", "out", "in"], "in: no file matches *.no"),
            (["--glob", "/x", "-o", "out", "in"], "--glob /x: "),
            (["--glob", "*.txt", "-o", "in", "in"], "no file matches"),
            (["--glob", "*.txt", "-o", "in/b", "in/b/c.txt"], "in/b/c.txt: it would replace what it is made from"),
            (["--glob", "*.txt", "-o", "out", "in", "in/b"], "would both be out/"),
            (["--glob", "*.txt", "-o", "in/a.txt", "in"], "in/a.txt: file exists"),
            (["--glob", "*.txt", "-o", "/proc/x", "in"], "/proc/x: "),
        ],
    )
    def test_impossible_folders(self, corpus, arguments, said):
        """Folders without such files, and outputs that would fall together, are told before anything is written."""
        if "would both" in said:
            Path("in/c.txt").write_text("x", "utf-8")
        code, _, errors = corpus(*arguments)
        assert code == FAILED
        assert said in one_line(errors)
        assert Path("in/a.txt").read_text("utf-8") == f"a.txt {DIRTY}\n"

    def test_a_folder_in_the_place_of_an_output(self, corpus):
        """An output that cannot be made is told, and the others are done."""
        Path("out/a.txt").mkdir(parents=True)
        Path("out/b").mkdir()
        Path("out/b/d").write_text("a file", "utf-8")
        code, _, errors = corpus("--glob", "*.txt", "-o", "out", "in")
        assert (code, errors.count("\n")) == (FAILED, 2)
        assert Path("out/b/c.txt").exists()

    def test_killed_and_resumed(self, tmp_path):
        """Killed with -9 in the middle, a run leaves only whole outputs; what resumes it makes what one run makes."""
        for n in range(12):
            (tmp_path / "in").mkdir(exist_ok=True)
            (tmp_path / "in" / f"{n:02}.txt").write_text(f"{n} {DIRTY}\n" * 3_000, "utf-8")
        arguments = ["--glob", "*.txt", "--jobs", "2", "-o", "out", "in"]
        with start(*arguments, cwd=tmp_path) as running:
            while not (tmp_path / "out" / "02.txt").exists():
                assert running.poll() is None
                time.sleep(0.005)
            running.kill()
        made = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.txt")}
        assert 2 < len(made) < 12
        assert all(data.count(CLEAN.encode()) == 3_000 for data in made.values())
        inodes = {name: (tmp_path / "out" / name).stat().st_ino for name in made}
        assert process("--resume", *arguments, cwd=tmp_path).returncode == FINE
        assert process(*arguments[:-3], "-o", "again", "in", cwd=tmp_path).returncode == FINE
        for n in range(12):
            name = f"{n:02}.txt"
            assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
            if name in made:
                assert made[name] == (tmp_path / "out" / name).read_bytes()
                assert (tmp_path / "out" / name).stat().st_ino == inodes[name]


class TestStats:
    def test_counts_by_rule(self, run):
        """At the end it is told how much was read, and what each rule changed; for programs as JSON too."""
        Path("a").write_text(f"{DIRTY}\n{CLEAN}\n{DIRTY} {SPACED}\n", "utf-8")
        size = Path("a").stat().st_size
        code, output, errors = run("--stats", "--stats-json", "s.json", "a", "missing")
        assert code == FAILED
        assert output.decode().startswith(f"{CLEAN}\n{CLEAN}\n")
        lines = errors.splitlines()
        assert lines[0].startswith("persnorm: missing: no such file")
        assert re.fullmatch(r"persnorm: 1 file, 1 failed, 0\.0 MB in [\d.]+ s \([\d.]+ MB/s\)", lines[1])
        assert lines[2] == "persnorm: 3 texts, 2 changed, 5 changes"
        assert sorted(line.split()[1:] for line in lines[3:]) == [
            ["1", "spaced-word"],
            ["2", "arabic-kaf"],
            ["2", "arabic-yeh"],
        ]
        stats = json.loads(Path("s.json").read_text("utf-8"))
        assert stats.pop("seconds") >= 0
        assert stats == {
            "files": 1,
            "skipped": 0,
            "failed": 1,
            "bytes": size,
            "texts": 3,
            "changed": 2,
            "bad": 0,
            "changes": 5,
            "rules": {"arabic-kaf": 2, "arabic-yeh": 2, "spaced-word": 1},
            "signature": persnorm.Normalizer().signature,
        }

    def test_agree_with_explain(self, run):
        """The counts are those of the explanations."""
        text = much(200)
        Path("a").write_text(text, "utf-8", newline="")
        _, output, _ = run("-o", "b", "--stats-json", "-", "a")
        explained = [json.loads(line)["rule"] for line in run("--explain", "--json", "a")[1].splitlines()]
        assert json.loads(output)["rules"] == {rule: explained.count(rule) for rule in set(explained)}


QUICK = """
import sys
from persnorm import progress
progress.DELAY = progress.INTERVAL = 0
from persnorm.cli import main
sys.exit(main())
"""


def on_a_terminal(*arguments, stdin=subprocess.DEVNULL, folder=None, term="xterm"):
    """Run the command with a terminal for its errors, where a bar appears at once; return what it shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", QUICK, *map(str, arguments)],
        env=environment() | {"TERM": term},
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=folder,
    ) as running:
        os.close(theirs)
        shown = b""
        try:
            while got := os.read(ours, 10_000):
                shown += got
        except OSError:  # the terminal has no other end any more
            pass
        running.wait()
    os.close(ours)
    return shown.decode()


class TestProgress:
    @pytest.mark.parametrize("jobs", [1, 2])
    def test_a_bar_on_a_terminal(self, tmp_path, jobs):
        """On a terminal a bar shows share, how much and how fast, and the file; at the end all is done."""
        (tmp_path / "a").write_text(much(12_000), "utf-8")
        (tmp_path / "b").write_text(much(600), "utf-8")
        shown = on_a_terminal("--jobs", jobs, "a", "b", folder=tmp_path)
        left = r"(?:  \d\d:\d\d:\d\d)?"  # not before the second second, which a quick machine does not need
        assert re.search(rf"persnorm  \[#+-+\] +\d+%{left}  [\d.]+ MB  [\d.]+ MB/s  a", shown)
        assert re.search(r"\[#+\]  100%.*MB/s", shown)

    def test_time_left(self, monkeypatch):
        """Half done in ten seconds, by a clock of our own: ten more are left."""
        now = 1000.0
        monkeypatch.setattr(time, "time", lambda: now)
        monkeypatch.setattr(time, "monotonic", lambda: now)
        terminal = io.StringIO()
        terminal.isatty = lambda: True
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress.Progress(2_000_000, shown=True) as bar:
            for done in range(21):
                bar.at(done * 50_000, "a")
                now += 0.5
            seen = terminal.getvalue()
        assert re.search(r"50%  00:00:10  1\.0 MB  0\.10 MB/s  a", seen), ascii(seen[-200:])

    def test_without_a_known_size(self, tmp_path):
        """Of a pipe no share is known; how much and how fast is shown all the same."""
        with subprocess.Popen(["head", "-c", "300000", "/dev/zero"], stdout=subprocess.PIPE) as source:
            shown = on_a_terminal(stdin=source.stdout, folder=tmp_path)
        assert re.search(r"0\.\d MB  [\d.]+ MB/s", shown)
        assert "%" not in shown

    def test_silence(self, tmp_path):
        """Nothing is shown with --quiet, on a terminal that cannot move back, or where no terminal is."""
        (tmp_path / "a").write_text(much(2_000), "utf-8")
        assert on_a_terminal("--quiet", "a", folder=tmp_path) == ""
        assert on_a_terminal("a", folder=tmp_path, term="dumb") == ""
        assert process("a", command=[sys.executable, "-c", QUICK], cwd=tmp_path).stderr == b""

    def test_messages_stand_on_lines_of_their_own(self, tmp_path):
        """An error does not run into the bar."""
        (tmp_path / "a").write_bytes(much(2_000).encode() + b"\xff\n" + much(2_000).encode())
        shown = on_a_terminal("a", "a", folder=tmp_path)
        assert len(re.findall(r"(?:^|[\r\n])persnorm: a:\d+: byte offset", shown)) == 2


def test_command_line_is_not_slow_to_say_its_version():
    """Formats and processes are imported when they are needed, not before."""
    late = ("multiprocessing", "gzip", "pyarrow", "persnorm.formats.json_lines")
    code = f"import sys; before = {{*sys.modules}}; import persnorm.cli; print({{*sys.modules}} - before & {{*{late}}})"
    done = process(command=[*COMMAND[:1], "-c", code])
    assert done.stdout == b"set()\n"
