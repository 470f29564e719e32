"""What files hold: plain text, or records with fields of text. A file each; none is imported before it is needed."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from persnorm import compression
from persnorm.files import STANDARD, Failure, shown_name
from persnorm.formats.portion import Format

TEXT = "text"
MODULES = {
    TEXT: "plain_text",
    "jsonl": "json_lines",
    "csv": "delimited",
    "tsv": "delimited",
    "parquet": "parquet",
}
"""The module of each format."""

ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
}
"""The format that an ending of a name tells; any other is plain text."""


class Fields(NamedTuple):
    """What the user says of the records.

    Attributes:
        format: The format, if the names of the files shall not tell it.
        names: The fields that are text.
        keeps_bad: Whether a record that cannot be read stays as it is, and is told, instead of ending its file.
        delimiter: What stands between the columns of CSV and TSV, if not what is usual.
        has_header: Whether their first line names the columns; if not, the names are numbers from 1.
    """

    format: str | None = None
    names: tuple[str, ...] = ()
    keeps_bad: bool = False
    delimiter: str | None = None
    has_header: bool = True

    @property
    def signature(self) -> str:
        """What is added to the signature of the normalizer: ``|fields:NAME,...``, or nothing."""
        return f"|fields:{','.join(self.names)}" if self.names else ""


class WrongFormat(Failure):
    """A file, as its name tells, is not what the user says; nothing has been opened."""


def format_of(name: str) -> str:
    """Return the format that a name tells.

    >>> format_of("a/b.JSONL.zst"), format_of("notes.txt"), format_of("-")
    ('jsonl', 'text', 'text')
    """
    stem = name[: -len(packed)] if (packed := compression.ending(name)) else name
    return TEXT if name == STANDARD else ENDINGS.get(PurePath(stem).suffix.lower(), TEXT)


def choose(name: str, fields: Fields) -> str:
    """Return the format of a file, by what the user says or by its name.

    Raises:
        WrongFormat: Fields are asked for in plain text, or not in records: these are no prose.
    """
    chosen = fields.format or format_of(name)
    if chosen == TEXT and fields.names:
        raise WrongFormat(f"{shown_name(name)}: plain text has no fields; name the format with --format")
    if chosen != TEXT and not fields.names:
        raise WrongFormat(
            f"{shown_name(name)}: say with --field which fields of {chosen} are text, or --format text if it is prose"
        )
    return chosen


def load(chosen: str, fields: Fields) -> Format:
    """Return what reads and writes a format.

    Raises:
        Failure: A library for it is not installed.
    """
    module = import_module(f"persnorm.formats.{MODULES[chosen]}")
    made: Format = module.make(chosen, fields)
    return made
