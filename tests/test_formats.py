"""Records: JSON Lines, CSV, TSV and Parquet, of which only the fields asked for change; and compressed files."""

from __future__ import annotations

import csv
import importlib
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import CLEAN, DIRTY, FAILED, FINE, JOINED, SPACED, USAGE, WOULD_CHANGE, leftovers, one_line

import persnorm
from persnorm import compression
from persnorm.formats import Fields, delimited, json_lines, plain_text
from persnorm.formats.portion import work_on

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    pa = pq = None

NORMALIZER = persnorm.Normalizer()
RECORDS = {"jsonl": f'{{"text": "{DIRTY}"}}\n', "csv": f"id,text\n1,{DIRTY}\n", "tsv": f"id\ttext\n1\t{DIRTY}\n"}


def through(made, data):
    """Return what a format makes of bytes, and what it says of records."""
    done = [work_on(NORMALIZER, False, portion) for _, portion in made.read(io.BytesIO(data), "in") if portion]
    return b"".join(one.data for one in done), [message for one in done for message in one.bad]


class TestJsonLines:
    @pytest.mark.parametrize(
        ("line", "after"),
        [
            ('{"text": "كتاب"}', '{"text": "کتاب"}'),
            (
                '  {"a":[1.50,2E3,{}] ,"text" :\t"كتاب","b":"كتاب"} \r',
                '  {"a":[1.50,2E3,{}] ,"text" :\t"کتاب","b":"كتاب"} \r',
            ),
            (
                r'{"text": "\u0643\u062A\u0627\u0628 \u0647\u0627"}',
                r'{"text": "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627"}',
            ),
            (r'{"text": "كتاب\/x \u200c\"\\u0643\n"}', None),
            (r'{"t\u0065xt": "كتاب"}', r'{"t\u0065xt": "کتاب"}'),
            ('{"text": "كتاب", "text": "علي"}', '{"text": "کتاب", "text": "علی"}'),
            ('{"text": null, "x": "كتاب"}', '{"text": null, "x": "كتاب"}'),
            ('{"text": ["كتاب", null, ["علي"]]}', '{"text": ["کتاب", null, ["علی"]]}'),
            ('{"text": []}', '{"text": []}'),
            (r'{"text": "\ud83d كتاب"}', r'{"text": "\ud83d \u06a9\u062a\u0627\u0628"}'),
            ("", ""),
            (" \t\r", " \t\r"),
        ],
    )
    def test_only_the_text_changes(self, run, line, after):
        """The literal of a field is written anew, in the manner of the old one; all else stays byte for byte."""
        code, output, errors = run("--format", "jsonl", "--field", "text", given=f"{line}\n{line}".encode())
        assert (code, errors) == (FINE, "")
        if after is None:
            after = output.decode().split("\n")[0]
            assert json.loads(after)["text"] == NORMALIZER.normalize(json.loads(line)["text"])
            assert "\\/" in after
        assert output.decode() == f"{after}\n{after}"

    def test_fields_inside(self, run):
        """A dot leads into objects, lists stand for all in them; several fields may be named, and a name with a dot."""
        record = {
            "messages": [{"role": "كاربر", "content": DIRTY}, {"role": "x", "content": None}],
            "meta": {"title": DIRTY, "n": 1},
            "a.b": DIRTY,
            "empty": [],
            "none": None,
        }
        names = ("messages.content", "meta.title", "a.b", "empty.x", "none.x")
        fields = [argument for name in names for argument in ("--field", name)]
        _, output, errors = run(*fields, "--format", "jsonl", given=json.dumps(record, ensure_ascii=False).encode())
        assert errors == ""
        record["messages"][0]["content"] = record["meta"]["title"] = record["a.b"] = CLEAN
        assert output.decode() == json.dumps(record, ensure_ascii=False)

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ('{"text": "x"', "column 13: not JSON (expecting ',')"),
            ('{"text" "x"}', "column 9: not JSON (expecting ':')"),
            ('{"text": }', "column 10: not JSON (expecting a value)"),
            ('{"text": "x"} y', "column 15: not JSON (something follows the object)"),
            ('{"text": "x\ty"}', "column 12: not JSON (invalid control character at)"),
            ("{text: 1}", "column 2: not JSON (expecting a name in double quotes)"),
            ('["text"]', "not a JSON object"),
            ("كتاب", "not a JSON object"),
            ("{}", "no field 'text'; there are none"),
            ('{"body": "x", "\u200c": 1}', "no field 'text'; there are 'body', '\\u200c'"),
            ('{"text": 3}', "column 10: field 'text' is a number, not text"),
            ('{"text": {"a": 1}}', "column 10: field 'text' is an object, not text"),
            ('{"text": [true]}', "column 11: field 'text' is true or false, not text"),
            ('{"a": ' + "[" * 100_000, "JSON that cannot be read"),
            ('{"a": ' + "1" * 5_000 + "}", "JSON that cannot be read"),
        ],
    )
    def test_bad_lines(self, run, line, said):
        """A line that cannot be read ends its file, with place and advice; or it stays, and the others are done."""
        good = f'{{"text": "{DIRTY}"}}\n'
        Path("a.jsonl").write_text(good + line + "\n" + good, "utf-8")
        before = Path("a.jsonl").read_bytes()
        code, output, errors = run("--field", "text", "a.jsonl")
        assert (code, output.decode()) == (FAILED, good.replace(DIRTY, CLEAN))
        assert one_line(errors).startswith(f"persnorm: a.jsonl:2: {said}")
        assert "--keep-bad" in errors
        assert run("-i", "--field", "text", "a.jsonl")[0] == FAILED
        assert Path("a.jsonl").read_bytes() == before
        code, _, errors = run("-i", "--keep-bad", "--field", "text", "a.jsonl")
        assert code == FAILED
        assert one_line(errors).endswith("; kept as it is\n")
        assert Path("a.jsonl").read_text("utf-8") == (good + line + "\n" + good).replace(DIRTY, CLEAN)

    def test_files_are_joined_line_by_line(self, run):
        """A file without a last newline does not run into the next one; one byte order mark is left."""
        Path("a.jsonl").write_text(f'{{"text": "{DIRTY}"}}', "utf-8-sig")
        Path("b.ndjson").write_text("", "utf-8")
        _, output, _ = run("--field", "text", "a.jsonl", "b.ndjson", "a.jsonl")
        assert output.decode() == f'\ufeff{{"text": "{CLEAN}"}}\n{{"text": "{CLEAN}"}}'

    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from(["text", "id", "كتاب", "a.b"]),
                st.recursive(
                    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
                    max_leaves=5,
                ),
                max_size=4,
            ),
            max_size=5,
        ),
        st.booleans(),
        st.sampled_from([None, (",", ":"), (" , ", " : ")]),
    )
    def test_what_json_reads_is_the_same_but_for_the_texts(self, records, ascii_only, separators):
        """Whatever the objects and however they are written, only texts of the field are other, and others stay."""
        lines = [json.dumps(record, ensure_ascii=ascii_only, separators=separators) for record in records]
        data = "".join(f"{line}\n" for line in lines).encode(errors="backslashreplace")
        made = json_lines.make("jsonl", Fields(names=("text",), keeps_bad=True))
        output, bad = through(made, data)
        done = output.decode().split("\n")
        assert len(done) == data.count(b"\n") + 1
        for record, line, new in zip(records, data.decode().split("\n"), done, strict=False):
            text = record.get("text")
            if isinstance(text, str) and not any("\ud800" <= char <= "\udfff" for char in line):
                want = {**json.loads(line), "text": NORMALIZER.normalize(json.loads(line)["text"])}
                assert json.loads(new) == want
            if "text" not in record:
                assert new == line
                assert bad


class TestDelimited:
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            ("id,text\n1,كتاب\n", "id,text\n1,کتاب\n"),
            (
                'id,text,x\r\n1,"علي ""گل""",كتاب\r\n\r\n2,كي,"a,b"',
                'id,text,x\r\n1,"علی ""گل""",كتاب\r\n\r\n2,کی,"a,b"',
            ),
            ('"text"\n"كتاب\nعلي"\nكي\r\n', '"text"\n"کتاب\nعلی"\nکی\r\n'),
            ('text,x\n5" كتاب,y\n"كتاب" x,z\n', '۵" '),
            ("text\n", "text\n"),
            ("\ufefftext,a\nكي,b\n", "\ufefftext,a\nکی,b\n"),
            ('text\n""\n"كي, x"\n', 'text\n""\n"کی، x"\n'),
        ],
    )
    def test_only_the_text_changes(self, run, text, after):
        """Cells asked for are written anew, with quotes where there were some; all else stays byte for byte."""
        Path("a.csv").write_bytes(text.encode())
        code, output, errors = run("--field", "text", "a.csv")
        assert (code, errors) == (FINE, "")
        if after.endswith("\n") or "\r\n" in after:
            assert output.decode() == after
        else:  # what is no proper cell is taken as it stands
            assert output.decode().splitlines()[1].startswith(after)
            assert output.decode().splitlines()[2].endswith(" x,z")

    def test_a_text_that_comes_to_need_quotes_gets_them(self):
        """A cell without quotes gets them when its text has the delimiter, or begins with a quote."""
        assert delimited._cell("a,b", "a", ",") == '"a,b"'
        assert delimited._cell('"a', "a", ",") == '"""a"'
        assert delimited._cell("a,b", "a", ";") == "a,b"

    def test_other_delimiters_and_numbers(self, run):
        """The delimiter may be another one; without a header columns have numbers; several may be named."""
        Path("a.csv").write_text(f"{DIRTY};x;{DIRTY}\n", "utf-8")
        _, output, _ = run("--delimiter", ";", "--no-header", "--field", "3", "--field", "1", "a.csv")
        assert output.decode() == f"{CLEAN};x;{CLEAN}\n"
        Path("a.tsv").write_text(f"a\tb\n{DIRTY}\t{DIRTY}, x\n", "utf-8")
        _, output, _ = run("--field", "b", "a.tsv")
        assert output.decode() == f"a\tb\n{DIRTY}\t{CLEAN}، x\n"

    def test_bad_rows(self, run):
        """A row that is too short ends the file, or stays as it is; so does a header without the name."""
        text = f'a,text\n"1\n",{DIRTY}\n2\n3,{DIRTY}\n'
        Path("a.csv").write_text(text, "utf-8")
        code, output, errors = run("--field", "text", "a.csv")
        assert (code, output.decode()) == (FAILED, f'a,text\n"1\n",{CLEAN}\n')
        assert one_line(errors).startswith("persnorm: a.csv:4: 1 columns, but text in column 2; mend it")
        code, output, errors = run("--keep-bad", "--field", "text", "a.csv")
        assert (code, output.decode()) == (FAILED, text.replace(DIRTY, CLEAN))
        assert "a.csv:4: 1 columns, but text in column 2; kept as it is" in one_line(errors)
        _, output, errors = run("--field", "txt", "a.csv")
        assert output == b""
        assert "a.csv:1: no column 'txt'; there are a, text; is the delimiter another one" in one_line(errors)

    @pytest.mark.parametrize("longest", [delimited.LONGEST_ROW, 1000])
    def test_a_quote_that_is_not_closed(self, run, monkeypatch, longest):
        """It is told where its row begins, and the rest of the file is not gathered without bound."""
        monkeypatch.setattr(delimited, "LONGEST_ROW", longest)
        monkeypatch.setattr("persnorm.pieces.SIZE", 100)
        Path("a.csv").write_text(f'id,text\n1,{DIRTY}\n2,"{DIRTY}\n' + "3,x\n" * 1000, "utf-8")
        code, output, errors = run("--field", "text", "a.csv")
        assert (code, output.decode()) == (FAILED, f"id,text\n1,{CLEAN}\n")
        assert "a.csv:3: a quote is opened in this row and not closed" in one_line(errors)

    @given(
        st.lists(st.lists(st.text(st.sampled_from('كa ,;"\t\n\rعلي'), max_size=5), min_size=2, max_size=2), max_size=6),
        st.sampled_from([",", ";", "\t"]),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        st.sampled_from([1, 7, 1 << 15]),
    )
    def test_what_csv_reads_is_the_same_but_for_the_texts(self, rows, delimiter, quoting, size):
        """What Python's csv module writes is read as the module does, whatever stands in it and wherever it is cut."""
        written = io.StringIO()
        csv.writer(written, delimiter=delimiter, quoting=quoting).writerows([["a", "text"], *rows])
        made = delimited.make("csv", Fields(names=("text",), delimiter=delimiter))
        before, plain_text.read_pieces.__globals__["SIZE"] = plain_text.read_pieces.__globals__["SIZE"], size
        try:
            output, _ = through(made, written.getvalue().encode())
        finally:
            plain_text.read_pieces.__globals__["SIZE"] = before
        want = [["a", "text"], *([row[0], NORMALIZER.normalize(row[1])] for row in rows)]
        assert list(csv.reader(io.StringIO(output.decode(), newline=""), delimiter=delimiter)) == want


class TestPlainText:
    def test_pieces_make_no_difference(self, monkeypatch):
        """Wherever a file is cut into pieces, lines and blocks come out as if it were read as a whole."""
        text = (
            "\ufeff---\nعنوان: كتاب\n---\nكتاب\r\n```\nكتاب\n\nكتاب\n```\nكتاب <b>\n<pre>\nكتاب\n</pre>كتاب\n"
            "<!-- كتاب\nكتاب -->\n~~~\nكتاب\n<pre> كتاب\n```\nكتاب"
        )
        results = set()
        for size in (1, 2, 3, 10, 50, 1000):
            monkeypatch.setattr("persnorm.pieces.SIZE", size)
            made = plain_text.make("text", Fields())
            done = list(made.read(io.BytesIO(text.encode()), "in"))
            assert [note for note, _ in done if note] == ["\ufeff"]
            results.add(b"".join(work_on(NORMALIZER, False, portion).data for _, portion in done))
        assert len(results) == 1
        assert results.pop().decode().count("کتاب") == 4

    @pytest.mark.parametrize("options", [{}, {"protect": ["[^ب]+"]}])
    def test_lines_at_once_are_lines_alone(self, options):
        """Lines that are normalized together give what each gives alone, also with patterns that match newlines."""
        normalizer = persnorm.Normalizer(**options)
        lines = [f"{DIRTY}\r", SPACED, "", "  ", f"x {DIRTY}\u2028{SPACED}\r\r", "كت", "كب"]
        portion = plain_text.Lines([("\n".join(lines), False)])
        alone = [normalizer.normalize(line.rstrip("\r")) + "\r" * line.count("\r") for line in lines]
        assert work_on(normalizer, False, portion).data.decode() == "\n".join(alone)
        assert work_on(normalizer, True, portion).data.decode() == "\n".join(alone)


@pytest.fixture(params=[".gz", ".bz2", ".xz", ".zst"])
def packed(request):
    """Give an ending and the functions that compress and decompress for it."""
    if request.param == ".zst":
        for module in compression._ZSTD_MODULES:
            if module.split(".")[0] == "compression" and sys.version_info < (3, 14):
                continue
            zstd = pytest.importorskip(module, reason="needs the extra zst")
            return ".zst", zstd.compress, zstd.decompress
    module = importlib.import_module({".gz": "gzip", ".bz2": "bz2", ".xz": "lzma"}[request.param])
    return request.param, module.compress, module.decompress


class TestCompression:
    def test_in_and_out(self, run, packed):
        """What is compressed, by its name, is read as what it holds, and written compressed, the same each time."""
        ending, compress, decompress = packed
        Path(f"a.txt{ending}").write_bytes(compress(f"{DIRTY}\n".encode()) + compress(f"{SPACED}\n".encode()))
        want = f"{CLEAN}\n{JOINED}\n".encode()
        assert run(f"a.txt{ending}") == (FINE, want, "")
        assert run("-o", f"b{ending}", f"a.txt{ending}") == (FINE, b"", "")
        assert decompress(Path(f"b{ending}").read_bytes()) == want
        first = Path(f"b{ending}").read_bytes()
        assert run("--jobs", "2", "-o", f"b{ending}", f"a.txt{ending}")[0] == FINE
        assert Path(f"b{ending}").read_bytes() == first
        assert run("-i", f"a.txt{ending}") == (FINE, b"", "")
        assert decompress(Path(f"a.txt{ending}").read_bytes()) == want
        assert run("--check", f"a.txt{ending}")[0] == FINE
        assert run("--explain", f"a.txt{ending}")[1].endswith(b"nothing to change\n")

    def test_cut_off_and_damaged(self, run, packed):
        """Data that ends too early, or is something else, is told with its line; files stay as they were."""
        ending, compress, _ = packed
        name = f"a.txt{ending}"
        whole = compress("".join(f"{n} {DIRTY}\n" for n in range(8_000)).encode())
        for data, line in ((whole[: len(whole) // 2], r"\d+"), (b"no such thing " * 9, "1"), (whole[:5], "1")):
            Path(name).write_bytes(data)
            code, output, errors = run(name)
            assert code == FAILED
            assert one_line(errors).startswith(f"persnorm: {name}:")
            number = int(errors.split(":")[2])
            assert number == output.count(b"\n") + 1
            assert line != "1" or number == 1
            assert "data is" in errors
            assert run("-i", name)[0] == run("--explain", name)[0] == FAILED
            assert Path(name).read_bytes() == data
        assert not leftovers(Path())

    def test_a_library_that_is_missing(self, run, monkeypatch):
        """Without a library for Zstandard the user is told how to get it, reading and writing."""
        monkeypatch.setattr(compression, "_ZSTD_MODULES", ("persnorm.no_such",))
        Path("a.zst").write_bytes(b"x")
        Path("a").write_text(DIRTY, "utf-8")
        for arguments in (["a.zst"], ["-o", "b.zst", "a"]):
            code, _, errors = run(*arguments)
            assert code == FAILED
            assert "needs a library for Zstandard; pip install 'persnorm[zst]'" in one_line(errors)
        assert not Path("b.zst").exists()

    def test_an_error_of_the_disk_stays_one(self):
        """What is no damage of the data is not taken for it."""

        class Broken(io.BytesIO):
            def read1(self, _size):
                raise OSError(5, "Input/output error")

        with pytest.raises(OSError, match="Input/output") as caught:
            compression._Unpacking(Broken(), "gzip").readinto(bytearray(5))
        assert caught.value.errno == 5


class TestParquet:
    @pytest.fixture(autouse=True)
    def arrow(self):
        """Need pyarrow."""
        if pa is None:
            pytest.skip("needs the extra arrow: pip install 'persnorm[arrow]'")

    def write(self, name, **settings):
        """Write a file of two row groups with several kinds of text."""
        kinds = {"text": pa.string(), "large": pa.large_string(), "coded": pa.dictionary(pa.int8(), pa.string())}
        values = [DIRTY, None, "", SPACED, DIRTY]
        columns = {"id": pa.array(range(5))} | {name: pa.array(values, pa.string()) for name in kinds}
        columns["coded"] = columns["coded"].dictionary_encode().cast(kinds["coded"])
        schema = pa.schema([pa.field("id", pa.int64()), *(pa.field(*kind) for kind in kinds.items())], {"a": "b"})
        table = pa.table(columns).cast(schema)
        pq.write_table(
            table,
            name,
            row_group_size=3,
            compression={"id": "gzip", "text": "zstd", "large": "none", "coded": "snappy"},
            **settings,
        )
        return table

    @pytest.mark.parametrize("jobs", [1, 2])
    @pytest.mark.parametrize("size", [1, 1 << 17])
    def test_only_the_texts_change(self, run, monkeypatch, jobs, size):
        """Texts change, missing ones stay; other columns, schema, metadata, row groups and codecs are the same."""
        monkeypatch.setattr("persnorm.formats.parquet.CHARACTERS", size)
        self.write("a.parquet")
        before = pq.read_table("a.parquet")
        fields = ["--field", "text", "--field", "large", "--field", "coded"]
        assert run("--jobs", jobs, *fields, "-o", "b.pq", "a.parquet") == (FINE, b"", "")
        after = pq.read_table("b.pq")
        assert after.schema.equals(before.schema, check_metadata=True)
        want = [CLEAN, None, "", JOINED, CLEAN]
        assert [after.column(name).to_pylist() for name in ("id", "text", "large", "coded")] == [
            [*range(5)],
            want,
            want,
            want,
        ]
        old, new = pq.ParquetFile("a.parquet").metadata, pq.ParquetFile("b.pq").metadata
        for group in range(2):
            assert new.row_group(group).num_rows == old.row_group(group).num_rows
            for column in range(4):
                assert (
                    new.row_group(group).column(column).compression == old.row_group(group).column(column).compression
                )

    def test_in_place_and_check(self, run):
        """A file is replaced if anything changes, counted by rule, and clean then."""
        self.write("a.parquet")
        code, output, _ = run("--check", "--field", "text", "a.parquet")
        assert (code, output.decode()) == (
            WOULD_CHANGE,
            "a.parquet: 5 changes in 3 texts (arabic-kaf 2, arabic-yeh 2, spaced-word 1)\n",
        )
        assert run("-i", "--field", "text", "a.parquet") == (FINE, b"", "")
        inode = Path("a.parquet").stat().st_ino
        assert run("-i", "--field", "text", "a.parquet") == (FINE, b"", "")
        assert Path("a.parquet").stat().st_ino == inode
        assert run("--check", "--field", "text", "a.parquet") == (FINE, b"", "")

    def test_no_rows(self, run):
        """A file without rows comes back without rows."""
        for groups in (0, 1):
            with pq.ParquetWriter("a.parquet", pa.schema([("text", pa.string())])) as writer:
                for _ in range(groups):
                    writer.write_table(pa.table({"text": pa.array([], pa.string())}))
            assert run("--field", "text", "-o", "b.parquet", "a.parquet") == (FINE, b"", "")
            assert pq.read_table("b.parquet").to_pydict() == {"text": []}

    def test_what_cannot_be_done(self, run):
        """Wrong columns, damage and full disks are told in one line; nothing is written."""
        self.write("a.parquet")
        for field, said in (
            ("id", "column 'id' is int64, not text"),
            ("x", "no column 'x'; there are id, text, large"),
        ):
            code, _, errors = run("--field", field, "-i", "a.parquet")
            assert (code, said in one_line(errors)) == (FAILED, True)
        Path("bad.parquet").write_bytes(Path("a.parquet").read_bytes()[:-9])
        assert "not Parquet, or damaged" in one_line(run("--field", "text", "-i", "bad.parquet")[2])
        code, _, errors = run("--field", "text", "-o", "/dev/full", "a.parquet")
        assert (code, "/dev/full: no space left" in one_line(errors)) == (FAILED, True)
        code, _, errors = run("--field", "text", "--format", "parquet", "-o", "out", given=b"x")
        assert (code, "not Parquet" in errors) == (FAILED, True)

    def test_pyarrow_is_missing(self, run, monkeypatch):
        """Without pyarrow the user is told how to get it."""
        self.write("a.parquet")
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        assert "Parquet needs pyarrow; pip install 'persnorm[arrow]'" in run("--field", "text", "-i", "a.parquet")[2]


class TestUsage:
    @pytest.mark.parametrize("name", RECORDS)
    def test_records_are_not_taken_for_prose(self, run, name):
        """Without --field a file of records is refused, as its commas and quotes would change, or said to be prose."""
        file = Path(f"a.{name}")
        file.write_text(RECORDS[name], "utf-8")
        for arguments in ([], ["-i"], ["--check"], ["--explain"]):
            code, output, errors = run(*arguments, file)
            assert (code, output) == (USAGE, b"")
            assert f"say with --field which fields of {name} are text" in one_line(errors)
        assert run("--format", "text", file)[0] == FINE
        assert run("--field", "text", file)[1].decode() == RECORDS[name].replace(DIRTY, CLEAN)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--field", "text", "a.txt"], "a.txt: plain text has no fields; name the format with --format"),
            (["--format", "jsn", "a.txt"], "unknown format 'jsn'"),
            (["--field", "t", "--explain", "a.jsonl"], "--field does not go with --explain or --html"),
            (["--jobs", "2", "--html", "x.html", "a.txt"], "--jobs does not go with --explain or --html"),
            (["--format", "csv", "--explain", "a.txt"], "give --format text"),
            (["--field", "t", "a.csv", "b.csv"], "files of csv cannot be joined"),
            (["--field", "t", "a.parquet"], "Parquet is not written to standard output"),
            (["--field", "t", "a.jsonl", "-o", "b.csv"], "b.csv: what is read is jsonl, and is written as it is"),
            (["--delimiter", "ab", "a.csv"], "--delimiter is one sign"),
            (["--no-header", "--field", "text", "a.csv"], "with --no-header columns have numbers"),
            (["--resume", "a.txt"], "--resume goes with --glob and -o FOLDER"),
            (["--glob", "*.txt"], "--glob says which files of a folder are read: name the folder"),
            (["--stats-json", "-", "a.txt"], "the text goes to standard output: name a file with --stats-json"),
            (["--jobs", "-1", "a.txt"], "--jobs"),
        ],
    )
    def test_wrong_usage(self, run, arguments, said):
        """Options that do not go together are told before any file is opened."""
        code, output, errors = run(*arguments)
        assert (code, output) == (USAGE, b"")
        assert said in one_line(errors)
