"""Parquet, with pyarrow: columns of text, a row group at a time; schema, groups, metadata and codecs stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from persnorm.files import Failure, Unreadable, Unwritable, shown_name
from persnorm.formats import Fields
from persnorm.formats.portion import Done, Work
from persnorm.output import Output

CHARACTERS = 1 << 17
"""About so many code points go to a process at a time."""


class Texts(NamedTuple):
    """Some values of a column, missing ones as None."""

    values: list[str | None]

    def normalized(self, work: Work) -> Done:
        """Return the values normalized."""
        new = [value if value is None else work.normalize(value) for value in self.values]
        return Done(new, work.texts, new != self.values, work.tally)


class Group(NamedTuple):
    """A row group that begins: its rows, and what the file is like, for the first of them."""

    table: Any
    settings: dict[str, Any]


class Parquet:
    """Reads and writes Parquet."""

    unit = "text"
    is_text = False

    def __init__(self, arrow: Any, parquet: Any, fields: Fields) -> None:
        self._arrow = arrow
        self._parquet = parquet
        self._fields = fields

    def read(self, stream: BinaryIO, name: str) -> Iterator[tuple[Any, Texts | None]]:
        """Yield each row group with nothing, and then its texts, each portion with the number of its column."""
        if not stream.seekable():
            raise Unreadable(f"{shown_name(name)}: Parquet is not read from a pipe; name a file")
        try:
            file = self._parquet.ParquetFile(stream)
            columns = self._columns(file.schema_arrow, name)
            settings = _settings(file.metadata)
            if not file.num_row_groups:
                yield Group(file.schema_arrow.empty_table(), settings), None
            for number in range(file.num_row_groups):
                table = file.read_row_group(number)
                yield Group(table, settings), None
                for column in columns:
                    for values in _portions(table.column(column)):
                        yield column, Texts(values)
        except (self._arrow.ArrowException, OSError) as error:
            what = str(error).split("\n", 1)[0].strip().rstrip(".")
            raise Unreadable(f"{shown_name(name)}: not Parquet, or damaged ({what}); get the file anew") from None

    def _columns(self, schema: Any, name: str) -> list[int]:
        for field in self._fields.names:
            if (found := schema.get_field_index(field)) < 0:
                there = ", ".join(schema.names)
                raise Unreadable(f"{shown_name(name)}: no column {field!r}; there are {there}")
            kind = str(self._values(schema.field(found).type))
            if kind not in ("string", "large_string", "string_view"):
                raise Unreadable(f"{shown_name(name)}: column {field!r} is {kind}, not text; name another one")
        return [schema.get_field_index(field) for field in dict.fromkeys(self._fields.names)]

    def _values(self, kind: Any) -> Any:
        return kind.value_type if self._arrow.types.is_dictionary(kind) else kind

    def sink(self, output: Output) -> ParquetSink:
        """Return what writes to an output."""
        return ParquetSink(self._arrow, self._parquet, output)


class ParquetSink:
    """Puts texts into their row group and writes it when the next one begins."""

    def __init__(self, arrow: Any, parquet: Any, output: Output) -> None:
        self._arrow = arrow
        self._parquet = parquet
        self._output = output
        self._writer: Any = None
        self._group: Group | None = None
        self._texts: dict[int, list[str | None]] = {}

    def put(self, note: Group | int, done: Done | None) -> None:
        """Take a row group that begins, or texts of a column."""
        if isinstance(note, Group):
            self._write_group()
            self._group = note
        elif done:
            self._texts.setdefault(note, []).extend(done.data)

    def close(self) -> None:
        """Write the last row group and the end of the file."""
        self._write_group()
        with _told(self._output.name):
            self._writer.close()

    def _write_group(self) -> None:
        if self._group is None:
            return
        table, settings = self._group
        for number, texts in self._texts.items():
            field = table.schema.field(number)
            table = table.set_column(number, field, self._column(texts, field.type))
        self._texts = {}
        self._output.empty = False
        with _told(self._output.name):
            if self._writer is None:
                self._writer = self._parquet.ParquetWriter(self._output.stream, table.schema, **settings)
            if table.num_rows:
                self._writer.write_table(table, row_group_size=table.num_rows)

    def _column(self, texts: list[str | None], kind: Any) -> Any:
        if self._arrow.types.is_dictionary(kind):
            return self._arrow.array(texts, kind.value_type).dictionary_encode().cast(kind)
        return self._arrow.array(texts, kind)


class _told:
    """Tells errors of writing as the command does."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise Unwritable.of(self._name, error) from None


def _portions(column: Any) -> Iterator[list[str | None]]:
    length = max(1, column.nbytes // max(1, len(column)))
    size = max(1, CHARACTERS // length)
    for start in range(0, len(column), size):
        yield column.slice(start, size).to_pylist()


def _settings(metadata: Any) -> dict[str, Any]:
    """Return how the first row group was written, so that the others and a copy can be written likewise."""
    if not metadata.num_row_groups:
        return {}
    group = metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    with_dictionary = [c.path_in_schema for c in columns if any("DICTIONARY" in name for name in c.encodings)]
    return {
        "compression": {
            c.path_in_schema: "none" if c.compression == "UNCOMPRESSED" else c.compression for c in columns
        },
        "use_dictionary": with_dictionary or False,
        "write_statistics": [c.path_in_schema for c in columns if c.is_stats_set] or False,
        "version": metadata.format_version,
    }


def make(_chosen: str, fields: Fields) -> Parquet:
    """Return the format.

    Raises:
        Failure: pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415  # an extra, and only this format needs it
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise Failure("Parquet needs pyarrow; pip install 'persnorm[arrow]'") from None
    return Parquet(pyarrow, pyarrow.parquet, fields)
