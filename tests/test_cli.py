"""The command: files and streams, exit codes, messages, and that no file is ever left half written."""

import contextlib
import ctypes
import json
import os
import pty
import re
import resource
import shlex
import signal
import stat
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from types import ModuleType

import click
import pytest

import persnorm
from persnorm.arguments import CONTEXT, PATH, make_normalizer, normalizer_options
from persnorm.cli import SUBCOMMANDS
from persnorm.files import BOM, shown_name
from persnorm.options import CHOICES
from persnorm.rules import ALL_RULES
from persnorm.show import BESIDE, LONGEST_UNCHANGED, ZWNJ_MARK, visible

ROOT = Path(persnorm.__file__).parents[1]
DOCUMENT = Path(__file__).parents[1] / "docs" / "command.md"

DIRTY = "كتاب علي"  # two letters are Arabic
CLEAN = "کتاب علی"
SPACED = "می شود"
JOINED = "می\N{ZERO WIDTH NON-JOINER}شود"

FINE, WOULD_CHANGE, USAGE, FAILED = range(4)
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143

COMMAND = [sys.executable, "-m", "persnorm"]

# The command, stopping for a minute just before a finished file is put in its place.
STOPPING = [
    sys.executable,
    "-c",
    """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have told its background jobs to ignore it
def stop(descriptor):
    print("ready", flush=True)
    time.sleep(60)
os.fsync = stop
from persnorm.cli import main
sys.exit(main(sys.argv[1:]))
""",
]


def environment(**more):
    """Return the environment for a command, with the package under test on the path."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def process(*arguments, given=b"", command=COMMAND, env=None, **more):
    """Run the command as a process of its own; output and errors are bytes."""
    more.setdefault("stdout", subprocess.PIPE)
    more.setdefault("stderr", subprocess.PIPE)
    if "stdin" not in more:
        more["input"] = given
    return subprocess.run([*command, *map(str, arguments)], env=environment(**env or {}), check=False, **more)


def start(*arguments, command=COMMAND, **more):
    """Start the command as a process of its own and do not wait for it."""
    return subprocess.Popen([*command, *map(str, arguments)], env=environment(), stdout=subprocess.PIPE, **more)


def leftovers(folder):
    """Return what temporary files lie in a folder."""
    return list(folder.glob(".persnorm-*"))


def one_line(errors):
    """Return an error text, having seen that it is one line that says who speaks."""
    assert errors.startswith("persnorm: ")
    assert errors.endswith("\n")
    assert errors.count("\n") == 1
    return errors


class TestStreams:
    def test_standard_input_to_standard_output(self):
        """Without a file the command is a filter."""
        done = process(given=f"{DIRTY}\n".encode())
        assert (done.returncode, done.stdout.decode(), done.stderr) == (FINE, f"{CLEAN}\n", b"")

    def test_files_and_a_dash_in_their_order(self, run):
        """Files are written one after another; a dash is standard input."""
        Path("a").write_text(f"{DIRTY} 1\n", "utf-8")
        Path("b").write_text(f"{DIRTY} 3", "utf-8")
        code, output, errors = run("--digits", "keep", "a", "-", "b", given=f"{DIRTY} 2\n".encode())
        assert (code, errors) == (FINE, "")
        assert output.decode() == f"{CLEAN} 1\n{CLEAN} 2\n{CLEAN} 3"

    @pytest.mark.parametrize("text", ["", "\n", "{0}", "{0}\r\n{0}\n\n{0}", "{0}\r\n", "\r\n\r\n", "{0}\r{0}\n", "\r"])
    def test_newlines_are_kept(self, run, text):
        """Each newline comes back as it was, also a missing last one."""
        code, output, _ = run(given=text.format(DIRTY).encode())
        assert (code, output.decode()) == (FINE, text.format(CLEAN))

    def test_bom_is_kept_at_the_start(self, run):
        """A byte order mark at the start of the input starts the output; of further inputs it is dropped."""
        Path("a").write_text(f"{DIRTY}\n", "utf-8-sig")
        _, output, _ = run("a")
        assert output.decode() == f"{BOM}{CLEAN}\n"
        _, output, _ = run("a", "a")
        assert output.decode() == f"{BOM}{CLEAN}\n{CLEAN}\n"

    @pytest.mark.parametrize("mark_only", [BOM, f"{BOM}\n"])
    def test_bom_alone(self, run, mark_only):
        """A file of nothing but a byte order mark comes back as it is."""
        _, output, _ = run(given=mark_only.encode())
        assert output.decode() == mark_only

    @pytest.mark.parametrize(
        "env",
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"PYTHONIOENCODING": "ascii"},
        ],
    )
    def test_utf8_whatever_the_locale(self, env, tmp_path):
        """Text, file names and help are UTF-8 in any locale."""
        name = tmp_path / "متن.txt"
        name.write_text(f"{DIRTY}\n", "utf-8")
        lines = process("--explain", name, env=env).stdout.decode().splitlines()
        assert lines[:2] == [f"- {DIRTY}", f"+ {CLEAN}"]
        assert f'{name}:1:1: arabic-kaf: "ك" U+0643 becomes "ک" U+06A9' in lines
        missing = process(tmp_path / "نیست", env=env)
        assert (missing.returncode, "نیست: no such file" in one_line(missing.stderr.decode())) == (FAILED, True)
        assert "«»".encode() in process("--help", env=env).stdout

    def test_endless_input_and_a_reader_that_goes(self):
        """Output comes while input still goes on; when its reader goes, the command ends quietly with 141."""
        with start(stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            block = f"{DIRTY}\n".encode() * 10_000
            got = b""
            os.set_blocking(running.stdout.fileno(), False)
            while len(got) < len(block):  # input is never closed: only a command that streams gets out of here
                running.stdin.write(block[: len(block) // 10])
                got += running.stdout.read() or b""
            running.stdout.close()
            with contextlib.suppress(BrokenPipeError):
                while True:
                    running.stdin.write(block)
            with contextlib.suppress(BrokenPipeError):
                running.stdin.close()
            assert running.stderr.read() == b""
            assert running.wait() == PIPE_CLOSED
        assert got.startswith(f"{CLEAN}\n{CLEAN}\n".encode())

    def test_constant_memory(self, run):
        """A file is never held as a whole: a thousand times the text takes hardly more memory."""
        text = f"{DIRTY} {SPACED} {'word ' * 200}\n".encode()
        run(given=text)  # whatever is loaded once
        peaks = []
        for times in (1, 2_000):
            Path("in").write_bytes(text * times)
            tracemalloc.start()
            try:
                assert run("-o", "out", "in")[0] == FINE
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
        assert peaks[1] - peaks[0] < Path("out").stat().st_size / 4

    def test_a_terminal_gets_each_line_at_once(self):
        """A person at the terminal sees a line as soon as it is typed, and is told how to end."""
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            COMMAND, env=environment(), stdin=theirs, stdout=theirs, stderr=subprocess.PIPE
        ) as running:
            os.close(theirs)
            assert b"end with Ctrl-D" in running.stderr.readline()
            os.write(ours, f"{DIRTY}\n".encode())
            got = b""
            while CLEAN.encode() not in got:
                got += os.read(ours, 1000)
            os.write(ours, b"\x04")
            assert running.wait() == FINE
        os.close(ours)

    def test_own_output_as_input_is_refused(self, tmp_path):
        """Appending a file to itself would go on without end, with each form of output."""
        file = tmp_path / "a"
        for options in ([], ["--explain"]):
            file.write_text(f"{DIRTY}\n" * 3, "utf-8")
            with file.open("ab") as stream:
                done = process(*options, file, stdout=stream)
            assert done.returncode == FAILED
            assert "use --in-place" in one_line(done.stderr.decode())
            assert file.read_text("utf-8") == f"{DIRTY}\n" * 3
        with file.open("ab") as stream, file.open("rb") as source:
            done = process(stdin=source, stdout=stream)
        assert (done.returncode, b"<stdin>: the output goes to the same file" in done.stderr) == (FAILED, True)

    def test_module_and_console_script_are_one(self):
        """The script of the package calls the same function as ``python -m``."""
        script = [sys.executable, "-c", "import sys; from persnorm.cli import main; sys.exit(main())"]
        assert process("--version", command=script).stdout == process("--version").stdout


class TestOutput:
    def test_new_file_follows_the_umask(self, run):
        """A new file has the permissions that any program would give it."""
        before = os.umask(0o027)
        try:
            code, output, errors = run("-o", "new", given=DIRTY.encode())
        finally:
            os.umask(before)
        assert (code, output, errors) == (FINE, b"", "")
        assert Path("new").read_text("utf-8") == CLEAN
        assert stat.S_IMODE(Path("new").stat().st_mode) == 0o640
        assert not leftovers(Path())

    def test_existing_file_keeps_its_permissions(self, run):
        """The file that is replaced hands its permissions on."""
        Path("old").write_text("before", "utf-8")
        Path("old").chmod(0o604)
        run("--output", "old", given=DIRTY.encode())
        assert Path("old").read_text("utf-8") == CLEAN
        assert stat.S_IMODE(Path("old").stat().st_mode) == 0o604

    def test_output_may_be_the_input(self, run):
        """The input is read to its end before the file is replaced."""
        Path("a").write_text(f"{DIRTY}\n" * 1000, "utf-8")
        run("-o", "a", "a", "a")
        assert Path("a").read_text("utf-8") == f"{CLEAN}\n" * 2000

    def test_link_is_followed(self, run):
        """A symbolic link stays; the file that it names is written, also if it was not there."""
        Path("link").symlink_to("target")
        run("-o", "link", given=DIRTY.encode())
        assert Path("link").is_symlink()
        assert Path("target").read_text("utf-8") == CLEAN

    def test_pipe_is_written_to_not_replaced(self, run):
        """Only regular files are replaced; others, as a named pipe or a device, are written to."""
        os.mkfifo("pipe")
        with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
            code, _, _ = run("-o", "pipe", given=DIRTY.encode())
            assert reader.stdout.read().decode() == CLEAN
        assert code == FINE
        assert stat.S_ISFIFO(Path("pipe").stat().st_mode)

    @pytest.mark.parametrize("name", ["-", "/dev/stdout"])
    def test_standard_output_by_name(self, name, tmp_path):
        """Standard output may be named; a file behind it is appended to, not replaced."""
        log = tmp_path / "log"
        log.write_text("before\n", "utf-8")
        with log.open("ab") as stream:
            assert process("-o", name, given=DIRTY.encode(), stdout=stream).returncode == FINE
        assert log.read_text("utf-8") == f"before\n{CLEAN}"

    def test_nothing_written_when_an_input_fails(self, run):
        """With one broken input the output stays as it was, and the user is told."""
        Path("out").write_text("before", "utf-8")
        Path("good").write_text(DIRTY, "utf-8")
        code, _, errors = run("-o", "out", "good", "missing", "good")
        assert code == FAILED
        assert errors.splitlines()[1] == "persnorm: out: left as it was, as not every input could be read"
        assert Path("out").read_text("utf-8") == "before"
        assert not leftovers(Path())

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            (".", "is a directory"),
            ("no/such", "no such file or directory; check the name and the folder"),
            ("a/b", "not a directory"),
            ("x" * 300, "file name too long; check the file and its disk"),
        ],
    )
    def test_impossible_output(self, run, name, what):
        """An output that cannot be made is told in one line, before any input is read."""
        Path("a").write_text(DIRTY, "utf-8")
        code, output, errors = run("-o", name, "a")
        assert (code, output) == (FAILED, b"")
        assert one_line(errors).startswith(f"persnorm: {name}: {what}")

    def test_full_disk(self, tmp_path):
        """A full disk is told in one line and ends the command, whichever way it is met."""
        file = tmp_path / "a"
        file.write_text(f"{DIRTY}\n", "utf-8")
        with Path("/dev/full").open("wb") as full:
            for arguments in ([file, file], ["--explain", file], ["--check", file], ["--list-rules"], ["--help"]):
                done = process(*arguments, stdout=full)
                assert (arguments, done.returncode) == (arguments, FAILED)
                assert "standard output: no space left on device; free some space" in one_line(done.stderr.decode())
            assert process("missing", stderr=full).returncode == FAILED
        done = process("-o", "/dev/full", file, file)
        assert done.returncode == FAILED
        assert "/dev/full: no space left on device" in one_line(done.stderr.decode())

    def test_closed_streams(self, tmp_path):
        """A stream that the shell has closed is told, not met with a traceback."""
        persnorm = f"{shlex.join(COMMAND)}"
        for line, said in (
            (f"{persnorm} >&-", "standard output is closed; name a file with --output"),
            (f"{persnorm} <&-", "standard input is closed; name a file"),
            (f"{persnorm} missing 2>&-", ""),
        ):
            done = process("-c", line, command=["sh"], cwd=tmp_path)
            assert (line, done.returncode) == (line, FAILED)
            assert done.stderr.decode() == (f"persnorm: {said}\n" if said else "")


class TestInPlace:
    def test_replaces_what_changes(self, run):
        """Files are replaced by their normalized text, byte order mark and newlines kept."""
        Path("a").write_bytes(f"{BOM}{DIRTY}\r\n{SPACED}".encode())
        Path("b").write_text(f"{DIRTY}\n", "utf-8")
        assert run("--in-place", "a", "b") == (FINE, b"", "")
        assert Path("a").read_bytes() == f"{BOM}{CLEAN}\r\n{JOINED}".encode()
        assert Path("b").read_text("utf-8") == f"{CLEAN}\n"
        assert not leftovers(Path())

    @pytest.mark.parametrize("text", ["", CLEAN, f"{CLEAN}\r\n\n", f"{BOM}{CLEAN}\n", "Latin only\n"])
    def test_clean_file_is_untouched(self, run, text):
        """A file in which nothing changes stays the same file, its times too."""
        Path("a").write_bytes(text.encode())
        before = Path("a").stat()
        assert run("-i", "a") == (FINE, b"", "")
        after = Path("a").stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        assert Path("a").read_bytes() == text.encode()
        assert not leftovers(Path())

    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o620])
    def test_permissions_are_kept(self, run, mode):
        """The new file has the permissions of the old, whatever the umask."""
        Path("a").write_text(DIRTY, "utf-8")
        Path("a").chmod(mode)
        run("-i", "a")
        assert Path("a").read_text("utf-8") == CLEAN
        assert stat.S_IMODE(Path("a").stat().st_mode) == mode

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
    def test_owner_is_kept(self, run):
        """The new file belongs to whom the old belonged."""
        Path("a").write_text(DIRTY, "utf-8")
        os.chown("a", 1234, 4321)
        run("-i", "a")
        assert Path("a").read_text("utf-8") == CLEAN
        assert (Path("a").stat().st_uid, Path("a").stat().st_gid) == (1234, 4321)

    def test_link_stays_a_link(self, run):
        """The target of a symbolic link is replaced in its own folder, the link stays."""
        Path("folder").mkdir()
        Path("folder/target").write_text(DIRTY, "utf-8")
        Path("link").symlink_to("folder/target")
        assert run("-i", "link") == (FINE, b"", "")
        assert Path("link").readlink() == Path("folder/target")
        assert Path("folder/target").read_text("utf-8") == CLEAN

    def test_others_are_done_after_a_failure(self, run):
        """A file that fails stays as it is, the files after it are done, the exit code tells."""
        broken = f"{DIRTY}\n".encode() + b"\xff\n"
        Path("broken").write_bytes(broken)
        Path("good").write_text(DIRTY, "utf-8")
        os.mkfifo("pipe")
        Path("loose").symlink_to("nowhere")
        code, output, errors = run("-i", "broken", "missing", "loose", ".", "pipe", "good")
        assert (code, output) == (FAILED, b"")
        assert [line.split("; ")[0].split(" (0")[0] for line in errors.splitlines()] == [
            f"persnorm: broken:2: byte offset {len(broken) - 2}",
            "persnorm: missing: no such file or directory",
            "persnorm: loose: no such file or directory",
            "persnorm: .: is a directory",
            "persnorm: pipe: not a regular file, so it cannot be replaced",
        ]
        assert Path("broken").read_bytes() == broken
        assert Path("good").read_text("utf-8") == CLEAN
        assert not leftovers(Path())

    @pytest.mark.parametrize(
        ("signal_number", "code", "said"),
        [
            (signal.SIGINT, INTERRUPTED, b"persnorm: interrupted; no file is left half written\n"),
            (signal.SIGTERM, TERMINATED, b""),
            (signal.SIGKILL, -signal.SIGKILL, b""),
        ],
    )
    @pytest.mark.parametrize("arguments", [["--in-place", "a"], ["-o", "a", "a"]])
    def test_old_file_is_whole_after_a_signal(self, tmp_path, signal_number, code, said, arguments):
        """Ended by any signal just before the last step, the command leaves the old file as it was."""
        file = tmp_path / "a"
        file.write_text(f"{DIRTY}\n" * 1000, "utf-8")
        with start(*arguments, command=STOPPING, cwd=tmp_path, stderr=subprocess.PIPE) as running:
            assert running.stdout.readline() == b"ready\n"
            assert len(leftovers(tmp_path)) == 1  # it was at work
            running.send_signal(signal_number)
            assert running.wait() == code
            assert running.stderr.read() == said
        assert file.read_text("utf-8") == f"{DIRTY}\n" * 1000
        if signal_number != signal.SIGKILL:  # which leaves no time to clean up
            assert not leftovers(tmp_path)

    def test_full_disk_in_the_middle(self, tmp_path):
        """When the disk is full, or the file grows beyond what is allowed, the old file stays and others are done."""
        big, small = tmp_path / "big", tmp_path / "small"
        big.write_text(f"{DIRTY}\n" * 100_000, "utf-8")
        small.write_text(DIRTY, "utf-8")
        limit = 1_000_000  # bytes: less than the file, more than anything else that the process may write

        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = process("-i", big, small, preexec_fn=limited)
        assert done.returncode == FAILED
        assert f"{big}: file too large" in one_line(done.stderr.decode())
        assert big.read_text("utf-8") == f"{DIRTY}\n" * 100_000
        assert small.read_text("utf-8") == CLEAN
        assert not leftovers(tmp_path)


class TestInterrupt:
    def test_ctrl_c_while_reading(self, tmp_path):
        """Ctrl-C ends a filter that waits for input with 130 and one line; its output file is not made."""
        heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        command = [
            sys.executable,
            "-c",
            f"{heed}\nimport sys; from persnorm.cli import main; sys.exit(main(sys.argv[1:]))",
        ]
        with start(
            "-o", "out", command=command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            while not leftovers(tmp_path) and running.poll() is None:
                time.sleep(0.01)
            running.send_signal(signal.SIGINT)
            assert running.wait() == INTERRUPTED
            assert one_line(running.stderr.read().decode()) == "persnorm: interrupted; no file is left half written\n"
        assert list(tmp_path.iterdir()) == []


def without_roots_rights():
    """Take from a process about to start the right of root to read and write every file."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                raise OSError("cannot give up the rights of root")


class TestUnreadable:
    def test_permissions(self, tmp_path):
        """A file that may not be read, or not be written, is told so, and stays as it is."""
        if sys.platform != "linux":
            pytest.skip("the rights of root are given up the Linux way")
        secret, fixed = tmp_path / "secret", tmp_path / "fixed"
        for file, mode in ((secret, 0o000), (fixed, 0o444)):
            file.write_text(DIRTY, "utf-8")
            file.chmod(mode)
        done = process(secret, preexec_fn=without_roots_rights)
        assert done.returncode == FAILED
        assert f"{secret}: permission denied; check the permissions" in one_line(done.stderr.decode())
        for arguments in (["-i", fixed], ["-o", fixed]):
            done = process(*arguments, given=DIRTY.encode(), preexec_fn=without_roots_rights)
            assert done.returncode == FAILED
            assert f"{fixed}: the file is read-only; check the permissions" in one_line(done.stderr.decode())
        assert fixed.read_text("utf-8") == DIRTY

    @pytest.mark.parametrize("mode", [[], ["--check"], ["--explain"]])
    def test_missing_file_and_folder(self, run, mode):
        """A missing file and a folder are told, each in a line; the other files are done; failure outweighs changes."""
        Path("good").write_text(DIRTY, "utf-8")
        code, output, errors = run(*mode, "missing", ".", "good")
        assert code == FAILED
        assert errors == (
            "persnorm: missing: no such file or directory; check the name and the folder\n"
            "persnorm: .: is a directory; name a file in it, or several, as in FOLDER/*.txt\n"
        )
        assert output

    @pytest.mark.parametrize("good", ["", f"{CLEAN}\n", f"{BOM}{DIRTY}\r\n{CLEAN}\n"])
    def test_broken_utf8(self, run, good):
        """Broken UTF-8 is told with file, line and offset in bytes; what was whole before it is written."""
        data = good.encode() + "علی ".encode() + b"\xd9 broken\n"
        Path("a").write_bytes(data)
        code, output, errors = run("a")
        assert (code, output.decode()) == (FAILED, good.replace(DIRTY, CLEAN))
        line, offset = good.count("\n") + 1, data.index(b"\xd9 ")
        assert one_line(errors) == (
            f"persnorm: a:{line}: byte offset {offset} (0xD9): not UTF-8 (invalid continuation byte); "
            "if it is Windows-1256: iconv -f WINDOWS-1256 -t UTF-8 FILE\n"
        )

    def test_broken_utf8_on_standard_input(self, run):
        """On standard input too; the advice then is a filter."""
        code, _, errors = run(given=b"\xc7")
        assert code == FAILED
        assert one_line(errors).startswith(
            "persnorm: <stdin>:1: byte offset 0 (0xC7): not UTF-8 (unexpected end of data)"
        )
        assert errors.endswith("iconv -f WINDOWS-1256 -t UTF-8\n")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_utf16(self, run, encoding):
        """UTF-16 is recognized, with and without a byte order mark, and nothing is written."""
        data = f"این\nمتن {DIRTY}\n".encode(encoding)
        Path("a").write_bytes(data)
        code, _, errors = run("--in-place", "a")
        assert code == FAILED
        assert "this looks like UTF-16, not UTF-8; convert it first: iconv -f UTF-16 -t UTF-8 FILE" in one_line(errors)
        assert Path("a").read_bytes() == data

    def test_lexicon_gone(self, run, monkeypatch):
        """A file of the package that is gone is not blamed on the user's files."""

        def gone(self, text):
            raise FileNotFoundError(2, "No such file or directory", "/data/words")

        monkeypatch.setattr(persnorm.Normalizer, "normalize", gone)
        code, _, errors = run(given=DIRTY.encode())
        assert (code, one_line(errors)) == (
            FAILED,
            "persnorm: /data/words: No such file or directory; install persnorm anew\n",
        )


class TestCheck:
    def test_clean(self, run):
        """Where nothing would change the command says nothing and ends with 0."""
        Path("a").write_text(f"{CLEAN}\n", "utf-8")
        assert run("--check", "a", "a") == (FINE, b"", "")

    def test_dirty(self, run):
        """Each file that would change gets one line with how much and by which rules; nothing is written."""
        Path("a").write_text(f"{DIRTY}\n{CLEAN}\n{DIRTY}\n", "utf-8")
        Path("b").write_text(f"{CLEAN}\n", "utf-8")
        Path("c").write_text("علي", "utf-8")
        before = {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in Path().iterdir()}
        code, output, errors = run("--check", "a", "b", "c")
        assert (code, errors) == (WOULD_CHANGE, "")
        assert output.decode().splitlines() == [
            "a: 4 changes in 2 lines (arabic-kaf 2, arabic-yeh 2)",
            "c: 1 change in 1 line (arabic-yeh 1)",
        ]
        assert {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in Path().iterdir()} == before

    def test_agrees_with_normalizing(self, run):
        """What ``--in-place`` has written passes ``--check``."""
        Path("a").write_text(f"{DIRTY}\n{SPACED} و كتـــاب ٤٥٦ ,\n", "utf-8")
        assert run("--check", "a")[0] == WOULD_CHANGE
        run("--in-place", "a")
        assert run("--check", "a") == (FINE, b"", "")

    def test_with_explain(self, run):
        """Together with ``--explain`` the changes are shown and the exit code tells."""
        code, output, _ = run("--check", "--explain", given=DIRTY.encode())
        assert code == WOULD_CHANGE
        assert "<stdin>:1:1: arabic-kaf" in output.decode()
        assert run("--check", "--explain", "--json", given=DIRTY.encode())[0] == WOULD_CHANGE


class TestExplain:
    def test_what_where_and_why(self, run):
        """A changed line is shown before and after; each change has its place, the reason stands under the first."""
        Path("a").write_text(f"\ufeff{CLEAN}\n{DIRTY} علي\r\n", "utf-8")
        code, output, errors = run("--explain", "a")
        yeh = next(rule for rule in ALL_RULES if rule.name == "arabic-yeh")
        kaf = next(rule for rule in ALL_RULES if rule.name == "arabic-kaf")
        assert (code, errors) == (FINE, "")
        assert output.decode().splitlines() == [
            f"- {DIRTY} علي",
            f"+ {CLEAN} علی",
            'a:2:1: arabic-kaf: "ك" U+0643 becomes "ک" U+06A9',
            f"    {kaf.why} [{kaf.source}]",
            'a:2:8: arabic-yeh: "ي" U+064A becomes "ی" U+06CC',
            f"    {yeh.why} [{yeh.source}]",
            'a:2:12: arabic-yeh: "ي" U+064A becomes "ی" U+06CC',
            "a: 3 changes in 1 line (arabic-yeh 2, arabic-kaf 1)",
        ]

    def test_half_space_is_visible(self, run):
        """A half-space is shown by a mark that a legend explains, once and only where it is needed."""
        code, output, _ = run("--explain", given=f"{SPACED}\n{SPACED}\n".encode())
        lines = output.decode().splitlines()
        assert code == FINE
        assert "\N{ZERO WIDTH NON-JOINER}" not in output.decode()
        assert lines[0] == f"{ZWNJ_MARK} stands for a half-space (U+200C, zero width non-joiner)"
        assert lines[1:3] == [f"- {SPACED}", f"+ می{ZWNJ_MARK}شود"]
        assert output.decode().count("stands for") == 1
        _, output, _ = run("--explain", given=DIRTY.encode())
        assert ZWNJ_MARK not in output.decode()

    def test_insertion_and_removal(self, run):
        """What is removed, and what is put in, are said in words: arrows may be turned round in a terminal."""
        _, output, _ = run("--explain", given="کتـــاب".encode())
        assert re.search(r'<stdin>:1:3: [a-z-]+: "ـ+"[^"]* is removed', output.decode())
        _, output, _ = run("--explain", given="علَی".encode())
        assert '"\N{DOTTED CIRCLE}\N{ARABIC FATHA}" U+064E is removed' in output.decode()
        _, output, _ = run("--explain", given="می\N{ZERO WIDTH NON-JOINER}شود و نمیشود".encode())
        assert f'"{ZWNJ_MARK}" U+200C is put in' in output.decode()
        _, output, _ = run("--explain", given="\u200fعلی".encode())
        assert ' "<U+200F>" is removed\n' in output.decode()

    def test_long_lines_are_cut_to_what_stands_beside_a_change(self, run):
        """Of a long paragraph some words on both sides of a change are shown, and how much is left out."""
        left, right = "این یک متن بلند است. " * 100, "بلند است این متن. " * 50
        _, output, _ = run("--explain", given=f"{left}كتاب {right}\n".encode())
        before, after, *_ = output.decode().splitlines()
        shape = r"([-+]) <([\d,]+) characters>(.*)([كک])(تاب .*)<([\d,]+) characters>"
        for line, sign, letter in ((before, "-", "ك"), (after, "+", "ک")):
            found = re.fullmatch(shape, line)
            assert (found[1], found[4]) == (sign, letter)
            assert left.endswith(f" {found[3]}")
            assert f"تاب {right}".startswith(found[5])
            assert 100 < len(found[3]) <= BESIDE
            shown = len(found[3]) + 1 + len(found[5])
            assert shown + sum(int(found[n].replace(",", "")) for n in (2, 6)) == len(left) + len(f"كتاب {right}")
        _, output, _ = run("--explain", given=f"{left[:LONGEST_UNCHANGED]}كتاب".encode())
        assert output.decode().startswith(f"- {left[:LONGEST_UNCHANGED]}كتاب\n")

    def test_nothing_to_change(self, run):
        """A file without a change is told to be so."""
        assert run("--explain", given=CLEAN.encode()) == (FINE, b"<stdin>: nothing to change\n", "")

    def test_control_characters_do_not_reach_the_terminal(self, run):
        """No character of a file can steer the terminal."""
        _, output, _ = run("--explain", given=f"\x1b[31m{DIRTY}\u202e\N{NO-BREAK SPACE}x".encode())
        assert b"\x1b" not in output
        assert "\u202e" not in output.decode()

    @pytest.mark.parametrize(
        ("env", "coloured"),
        [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
    )
    def test_colour_on_a_terminal(self, run, env, coloured):
        """A terminal gets colours, unless NO_COLOR is set or it cannot show them; without them the text is the same."""
        Path("a").write_text(DIRTY, "utf-8")
        plain = run("--explain", "a")[1].decode()
        ours, theirs = pty.openpty()
        process("--explain", "a", stdout=theirs, env={"NO_COLOR": "", "TERM": "xterm", **env})
        os.close(theirs)
        shown = os.read(ours, 10_000).decode().replace("\r\n", "\n")
        os.close(ours)
        assert "\x1b" not in plain
        assert ("\x1b[31m" in shown and "\x1b[32m" in shown) == coloured
        assert re.sub("\x1b\\[[0-9;]*m", "", shown) == plain

    def test_visible(self):
        """Every invisible character but the space is shown; letters, marks and emoji are left."""
        text = "ab می\N{ZERO WIDTH NON-JOINER}شودً 👍\t\u00a0\u200f\ufeff\x07"
        assert visible(text) == f"ab می{ZWNJ_MARK}شودً 👍<U+0009><U+00A0><U+200F><U+FEFF><U+0007>"

    def test_shown_name(self):
        """A file name cannot break a message apart or hide in it."""
        assert shown_name("متن.txt") == "متن.txt"
        assert shown_name("a\nb\x1b\u202e") == r"a\nb\x1b\u202e"
        assert shown_name(os.fsdecode(b"a\xff")) == r"a\xff"
        assert (shown_name("-"), shown_name("")) == ("<stdin>", "''")


class TestJson:
    TEXT = f"{BOM}{CLEAN}\r\n{DIRTY} {SPACED}\n\n😀 كتـــاب علي"

    def test_offsets(self, run):
        """Offsets are code points of the decoded file: taking each change there gives the normalized text."""
        Path("a").write_bytes(self.TEXT.encode())
        code, output, errors = run("--explain", "--json", "a")
        assert (code, errors) == (FINE, "")
        changes = [json.loads(line) for line in output.splitlines()]
        text = result = self.TEXT.removeprefix(BOM)
        assert len(changes) > 3
        for change in reversed(changes):
            assert text[change["start"] : change["end"]] == change["before"]
            assert change["start"] == text.rfind("\n", 0, change["start"]) + change["column"]
            assert change["line"] == text.count("\n", 0, change["start"]) + 1
            result = result[: change["start"]] + change["after"] + result[change["end"] :]
        assert result.encode() == run("a")[1].removeprefix(BOM.encode())

    def test_fields(self, run):
        """Each object says what, where and why; the text is ASCII, so that no half-space is lost on its way."""
        _, output, _ = run("--explain", "--json", given=DIRTY.encode())
        kaf = next(rule for rule in ALL_RULES if rule.name == "arabic-kaf")
        assert output.isascii()
        assert json.loads(output.splitlines()[0]) == {
            "file": "<stdin>",
            "line": 1,
            "column": 1,
            "start": 0,
            "end": 1,
            "rule": "arabic-kaf",
            "also": [],
            "before": "ك",
            "after": "ک",
            "why": kaf.why,
            "authority": kaf.source,
        }

    def test_nothing_for_clean_text(self, run):
        """Clean text gives no line at all."""
        assert run("--explain", "--json", given=CLEAN.encode()) == (FINE, b"", "")


class TestOptions:
    @pytest.mark.parametrize(
        ("name", "value"), [(name, value) for name, values in CHOICES.items() for value in values], ids=str
    )
    def test_each_value_of_each_option(self, run, name, value):
        """Every choice of the library is an option of the command, with the same result."""
        text = f'{DIRTY} {SPACED} 12 ۱۲ "گفتوگو" عَلی می\N{ZERO WIDTH NON-JOINER}رود آنها اینکه به عنوان خانۀ دراین'
        expected = persnorm.Normalizer(**{name: value}).normalize(text)
        flag = name.replace("_", "-")
        option = [f"--{flag}", value] if isinstance(value, str) else [f"--{flag}" if value else f"--no-{flag}"]
        code, output, errors = run(*option, given=text.encode())
        assert (code, output.decode(), errors) == (FINE, expected, "")

    def test_options_make_a_difference(self, run):
        """Options reach the normalizer."""
        _, output, _ = run("--no-spaced", given=SPACED.encode())
        assert output.decode() == SPACED
        _, output, _ = run("--digits", "en", given="کتاب ۱۲".encode())
        assert output.decode() == "کتاب 12"

    def test_disable(self, run):
        """A rule, or several, can be left out."""
        _, output, _ = run("--disable", "arabic-yeh", given=DIRTY.encode())
        assert output.decode() == "کتاب علي"
        _, output, _ = run("--disable", "arabic-yeh", "--disable", "arabic-kaf", given=DIRTY.encode())
        assert output.decode() == DIRTY

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--digts", "fa"], "--digits"),
            (["--digits", "fax"], "unknown digits 'fax': did you mean fa? it is one of fa, en, keep"),
            (["--digits"], "requires an argument"),
            (["--profile", "standart"], "did you mean standard?"),
            (["--disable", "arabic-yhe"], "did you mean arabic-yeh"),
            (["--joined=yes"], "--joined"),
            (["--in-place"], "--in-place needs files"),
            (["--in-place", "a", "-"], "--in-place needs files"),
            (["-o", "b", "--in-place", "a"], "--output and --in-place do not go together: choose one"),
            (["-o", "b", "--check", "a"], "--output and --check do not go together"),
            (["-o", "b", "--explain", "a"], "--output and --explain do not go together"),
            (["--in-place", "--check", "a"], "--in-place and --check do not go together"),
            (["--in-place", "--check", "--explain", "a"], "--in-place and --check and --explain do not go together"),
            (["--json", "a"], "--json is a form of --explain: give both"),
            (["--signature", "a"], "--signature tells how texts are normalized and reads none: leave the files out"),
            (["--signature", "--check"], "--check and --signature do not go together"),
            (["--signature", "--digits", "fax"], "unknown digits 'fax'"),
        ],
    )
    def test_wrong_usage(self, run, arguments, said):
        """Wrong usage is told in one line, with what is near or right, before any file is touched."""
        Path("a").write_text(DIRTY, "utf-8")
        code, output, errors = run(*arguments)
        assert (code, output) == (USAGE, b"")
        assert said in one_line(errors)
        assert errors.endswith("; see persnorm --help\n")
        assert [file.name for file in Path().iterdir()] == ["a"]
        assert Path("a").read_text("utf-8") == DIRTY

    def test_help(self, run):
        """Help names every option with what it does, every exit code, and examples."""
        code, output, errors = run("--help")
        text = output.decode()
        assert (code, errors) == (FINE, "")
        for name, values in CHOICES.items():
            flag = name.replace("_", "-")
            assert f"--{flag} / --no-{flag}" in text if values == (True, False) else f"--{flag} [" in text
            entry = text.split(f"  --{flag} ", 1)[1].split("\n  -", 1)[0]
            assert len(entry) > 60, f"--{flag} has no help: see the docstring of Options"
        for exit_code in (FINE, WOULD_CHANGE, USAGE, FAILED, INTERRUPTED, PIPE_CLOSED):
            assert re.search(rf"^ +{exit_code} +\S", text, re.MULTILINE)
        assert "persnorm --check docs/*.md" in text
        assert run("-h") == (code, output, errors)

    def test_list_rules(self, run):
        """Every rule is listed with its reason and source, in the order in which they run."""
        code, output, errors = run("--list-rules")
        assert (code, errors) == (FINE, "")
        assert output.decode() == "".join(f"{rule.name}: {rule.why} [{rule.source}]\n" for rule in ALL_RULES)

    def test_signature(self, run, tmp_path):
        """Version, options and lexicon are told in one line, those of the same normalizer in Python."""
        Path("own.tsv").write_text("پخش|نما\n", "utf-8")
        code, output, errors = run("--signature", "--profile", "search", "--no-spaced", "--lexicon", "own.tsv")
        made = persnorm.Normalizer("search", spaced=False, words=["پخش|نما"])
        assert (code, output.decode(), errors) == (FINE, f"{made.signature}\n", "")
        assert run("--signature", "--lexicon", "missing")[0] == FAILED

    def test_version_is_cheap(self):
        """The version is told without opening the lexicon, which normalizing a text does open."""
        watch = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from persnorm.cli import main
main(sys.argv[1:])
print(sum("data" in name and name.endswith(".tsv") for name in opened), file=sys.stderr)
"""
        command = [sys.executable, "-c", watch]
        done = process("--version", command=command)
        assert done.stdout.decode() == f"persnorm {persnorm.__version__}\n"
        assert done.stderr == b"0\n"
        assert int(process(given=DIRTY.encode(), command=command).stderr) > 0


@pytest.fixture
def echo(monkeypatch):
    """Make a subcommand ``echo`` that prints the names of its files, and its normalizer, when its work is done."""

    @click.command(context_settings=CONTEXT)
    @click.argument("files", nargs=-1, type=PATH)
    @normalizer_options
    def command(files, **options):
        normalizer = make_normalizer(options)
        return lambda: click.echo(f"{files} {normalizer}") or WOULD_CHANGE

    module = ModuleType("persnorm.commands.echo")
    module.command = command
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(SUBCOMMANDS, "echo", "print")


@pytest.mark.usefixtures("echo")
class TestSubcommands:
    def test_takes_the_rest(self, run):
        """The arguments after the name are the subcommand's; what it returns is done, and gives the exit code."""
        code, output, errors = run("echo", "echo", "--disable", "arabic-yeh", "--no-spaced")
        assert (code, errors) == (WOULD_CHANGE, "")
        assert output.decode() == (
            f"('echo',) {persnorm.Normalizer(disable=['arabic-yeh'], spaced=False)}\n"  # only what was given
        )

    @pytest.mark.parametrize("arguments", [["./echo"], ["--", "echo"], ["--no-spaced", "echo"]])
    def test_file_of_that_name(self, run, arguments):
        """Anywhere but in the first place, or with its folder, the name is that of a file."""
        Path("echo").write_text(DIRTY, "utf-8")
        code, output, errors = run(*arguments)
        assert (code, output.decode(), errors) == (FINE, CLEAN, "")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["echo", "--in-place"], "persnorm: No such option"),
            (["echo", "--digits", "fax"], "persnorm: unknown digits 'fax': did you mean fa?"),
        ],
    )
    def test_wrong_usage(self, run, arguments, said):
        """An error in the arguments of a subcommand leads to its own help."""
        code, output, errors = run(*arguments)
        assert (code, output) == (USAGE, b"")
        assert one_line(errors).startswith(said)
        assert errors.endswith("; see persnorm echo --help\n")

    def test_help(self, run):
        """The help of a subcommand goes by its full name."""
        code, output, errors = run("echo", "--help")
        assert (code, errors) == (FINE, "")
        assert output.decode().startswith("Usage: persnorm echo [OPTIONS] [FILES]...\n")

    def test_listed(self, run):
        """The help of the command names each subcommand with what it does."""
        _, output, _ = run("--help")
        for name, what in SUBCOMMANDS.items():
            assert name == "echo" or re.search(rf"^ +{name}  +{what}$", output.decode(), re.MULTILINE)

    def test_costs_nothing_otherwise(self, run, monkeypatch):
        """No subcommand is imported but the one that is called."""
        monkeypatch.setitem(sys.modules, "persnorm.commands.echo", None)  # an import would fail
        assert run("--version")[0] == FINE
        with pytest.raises(ModuleNotFoundError):
            run("echo")


def consoles(document):
    """Return the console examples of a page."""
    return re.findall(r"^```console\n(.*?)^```$", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)


class TestDocument:
    @pytest.mark.parametrize(
        "document", [DOCUMENT, *map(DOCUMENT.with_name, ("lexicon.md", "ci.md"))], ids=lambda path: path.name
    )
    def test_examples(self, document, tmp_path):
        """Each console example gives what is written there; ``...`` stands for any text."""
        tools, work = tmp_path / "tools", tmp_path / "work"
        tools.mkdir()
        work.mkdir()
        tool = tools / "persnorm"
        tool.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n', "utf-8")
        tool.chmod(0o755)
        examples = consoles(document)
        assert len(examples) > 2
        for example in examples:
            lines = example.splitlines()
            script = "".join(
                f"printf '%s\\n' {shlex.quote(line)}\n{line[2:]}\n" for line in lines if line.startswith("$ ")
            )
            done = process(
                "-c",
                script,
                command=["sh"],
                cwd=work,
                env={"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
                stderr=subprocess.STDOUT,
            )
            pattern = ".*".join(map(re.escape, example.split("...")))
            assert re.fullmatch(pattern, done.stdout.decode(), re.DOTALL), done.stdout.decode()

    def test_names_every_option_and_exit_code(self):
        """The page leaves out no option and no exit code."""
        text = DOCUMENT.read_text("utf-8")
        helps = (process(*name, "--help").stdout.decode() for name in ([], *([name] for name in SUBCOMMANDS)))
        options = re.findall(r"--[a-z-]+", "".join(helps))
        assert [option for option in options if f"`{option}" not in text] == []
        for code in (FINE, WOULD_CHANGE, USAGE, FAILED, INTERRUPTED, PIPE_CLOSED):
            assert re.search(rf"^\| {code} ", text, re.MULTILINE)
