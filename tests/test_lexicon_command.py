"""``persnorm lexicon build``, and word lists given to the command: what is written, what is said, what is kept."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from test_cli import FAILED, FINE, INTERRUPTED, STOPPING, USAGE, leftovers, one_line, process, start

import persnorm
from persnorm.commands.lexicon import HEADING
from persnorm.files import BOM
from persnorm.rule import ZWNJ
from persnorm.wordlist import read

TEXT = f"پخش{ZWNJ}نما و پخش نما، پخشنما\nاین پخش{ZWNJ}نما کتاب{ZWNJ}ها را می{ZWNJ}خواند\n"
LIST = f"{HEADING}پخش نما\t1\nپخشنما\t1\nپخش|نما\t2\n"


@pytest.fixture
def text(run):
    """Return the name of a text in a folder of its own."""
    Path("text.txt").write_text(TEXT, "utf-8")
    return "text.txt"


class TestBuild:
    def test_file_and_standard_streams(self, run, text):
        """Files and standard input are counted, and the list goes to a file or to standard output."""
        assert run("lexicon", "build", text) == (FINE, LIST.encode(), "")
        assert run("lexicon", "build", "-", given=TEXT.encode()) == (FINE, LIST.encode(), "")
        assert run("lexicon", "build", given=TEXT.encode()) == (FINE, LIST.encode(), "")
        assert run("lexicon", "build", text, "-o", "my.tsv") == (FINE, b"", "")
        assert Path("my.tsv").read_text("utf-8") == LIST

    def test_several_texts(self, run, text):
        """Counts are of all texts together, in whatever order these come."""
        Path("more.txt").write_bytes(f"{BOM}پخش{ZWNJ}نما\r\nپخش{ZWNJ}نما".encode())
        assert run("lexicon", "build", text, "more.txt", "-o", "a.tsv")[0] == FINE
        assert run("lexicon", "build", "more.txt", text, "-o", "b.tsv")[0] == FINE
        assert read("a.tsv")[f"پخش{ZWNJ}نما"] == 4
        assert Path("a.tsv").read_bytes() == Path("b.tsv").read_bytes()

    def test_options(self, run, text):
        """The least count and the words without half-spaces are the user's choice."""
        _, output, _ = run("lexicon", "build", "--min-count", "1", text)
        assert "کتاب|ها\t1\n" in output.decode()
        assert "این" not in output.decode()
        _, output, _ = run("lexicon", "build", "--min-count", "1", "--every", text)
        assert "این\t1\n" in output.decode()

    def test_what_is_built_is_a_lexicon(self, run, text):
        """The list can be given to the command as it is, and changes what comes out."""
        run("lexicon", "build", text, text, "-o", "my.tsv")
        _, output, errors = run("--lexicon", "my.tsv", given="پخشنماهای او".encode())
        assert (output.decode(), errors) == (f"پخش{ZWNJ}نماهای او", "")

    def test_no_word(self, run):
        """Text without half-spaces gives a list without words, and a hint."""
        code, output, errors = run("lexicon", "build", given="کتاب من".encode())
        assert (code, output.decode()) == (FINE, HEADING)
        assert one_line(errors).startswith("persnorm: no word has a half-space 2 times or more; lower --min-count")

    def test_unreadable(self, run, text):
        """Broken and missing texts are all told, with their place; an old list stays as it is, none is written."""
        Path("bad.txt").write_bytes(TEXT.encode() + b"ab\xc7\n")
        Path("my.tsv").write_text("old\n", "utf-8")
        code, output, errors = run("lexicon", "build", "bad.txt", "gone.txt", text, "-o", "my.tsv")
        assert (code, output) == (FAILED, b"")
        assert errors.splitlines() == [
            f"persnorm: bad.txt:3: byte offset {len(TEXT.encode()) + 2} (0xC7): not UTF-8 (invalid continuation byte); "
            "if it is Windows-1256: iconv -f WINDOWS-1256 -t UTF-8 FILE",
            "persnorm: gone.txt: no such file or directory; check the name and the folder",
            "persnorm: my.tsv: left as it was, as not every input could be read",
        ]
        assert Path("my.tsv").read_text("utf-8") == "old\n"
        assert run("lexicon", "build", "bad.txt")[:2] == (FAILED, b"")
        assert leftovers(Path()) == []

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["build", "text.txt", "-o", "text.txt"], "would replace text.txt, from which it is counted"),
            (["build", "text.txt", "-o", "link.txt"], "would replace text.txt, from which it is counted"),
            (["build", "--min-count", "0", "text.txt"], "--min-count"),
            (["build", "--mincount", "2", "text.txt"], "--min-count"),
            (["bild"], "bild"),
            ([], "Missing command"),
        ],
    )
    def test_wrong_usage(self, run, text, arguments, said):
        """Wrong usage is told in one line before anything is read, above all what would cost the text."""
        Path("link.txt").symlink_to(text)
        code, output, errors = run("lexicon", *arguments)
        assert (code, output) == (USAGE, b"")
        assert said in one_line(errors)
        assert errors.endswith("; see persnorm lexicon --help\n")
        assert Path(text).read_text("utf-8") == TEXT

    def test_help(self, run):
        """The group names what it can do, and that its options."""
        assert "build" in run("lexicon", "--help")[1].decode()
        text = run("lexicon", "build", "--help")[1].decode()
        assert text.startswith("Usage: persnorm lexicon build [OPTIONS] [TEXT]...\n")
        for option in ("--output FILE", "--min-count N", "--every"):
            assert option in text

    def test_old_list_is_whole_after_ctrl_c(self, tmp_path):
        """Ended just before the new list is put in place, the command leaves the old one and nothing else."""
        (tmp_path / "text.txt").write_text(TEXT, "utf-8")
        (tmp_path / "my.tsv").write_text("old\n", "utf-8")
        running = start("lexicon", "build", "text.txt", "-o", "my.tsv", command=STOPPING, cwd=tmp_path)
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
        assert running.returncode == INTERRUPTED
        assert (tmp_path / "my.tsv").read_text("utf-8") == "old\n"
        assert leftovers(tmp_path) == []

    def test_full_disk(self, tmp_path):
        """A list that finds no room is told as such."""
        (tmp_path / "text.txt").write_text(TEXT, "utf-8")
        done = process("lexicon", "build", "text.txt", "-o", "/dev/full", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (FAILED, b"")
        assert "no space left on device" in one_line(done.stderr.decode())

    def test_nothing_is_opened_for_other_commands(self):
        """Counting is imported only by who counts."""
        code = "import sys, persnorm.cli; print('persnorm.collecting' in sys.modules)"
        assert process(command=[sys.executable, "-c", code]).stdout == b"False\n"


class TestLexiconOption:
    def test_files_in_their_order(self, run):
        """Several lists may be given; of a word the last one decides."""
        Path("a.tsv").write_text("پخش|نما\nفیش|نگار\n", "utf-8")
        Path("b.tsv").write_text("پخشنما\n", "utf-8")
        _, output, errors = run("--lexicon", "a.tsv", "--lexicon", "b.tsv", given="پخشنما فیشنگار".encode())
        assert (output.decode(), errors) == (f"پخشنما فیش{ZWNJ}نگار", "")

    def test_explained(self, run):
        """The explanation says that it was the user's word."""
        Path("a.tsv").write_text("پخش|نما\n", "utf-8")
        _, output, _ = run("--explain", "--lexicon", "a.tsv", given="پخشنما".encode())
        assert "own-joined-word" in output.decode()

    def test_only_own_words(self, run):
        """The words of the package can be left out, those of the list are known all the same."""
        Path("a.tsv").write_text("پخش|نما\n", "utf-8")
        text = "بینالمللی پخشنما می شود"
        _, output, _ = run("--no-builtin", "--lexicon", "a.tsv", given=text.encode())
        assert output.decode() == f"بینالمللی پخش{ZWNJ}نما می{ZWNJ}شود"
        assert output.decode() == persnorm.Normalizer(lexicon="a.tsv", builtin=False).normalize(text)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("آب\nکار|بر\n".encode(), "a.tsv:2: expected no half-space after ر"),
            ("آب\n".encode() + b"\xc7\n", "a.tsv:2: byte offset 5 (0xC7): not UTF-8"),
            (None, "a.tsv: no such file or directory; check the name and the folder"),
        ],
    )
    def test_bad_list(self, run, content, said):
        """A list that cannot be read, or is none, is told with its place; no text is touched."""
        Path("text.txt").write_text("پخشنما", "utf-8")
        if content is not None:
            Path("a.tsv").write_bytes(content)
        code, output, errors = run("--in-place", "--lexicon", "a.tsv", "text.txt")
        assert (code, output) == (FAILED, b"")
        assert one_line(errors).startswith(f"persnorm: {said}")
        assert Path("text.txt").read_text("utf-8") == "پخشنما"
