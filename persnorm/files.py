"""Files as the command reads them: line by line, in constant memory, newlines kept; and what it says of bad ones."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import tee
from pathlib import Path
from typing import BinaryIO, NamedTuple

from persnorm import compression
from persnorm.blocks import protected_lines
from persnorm.compression import CompressionError

STANDARD = "-"
"""The name under which standard input and standard output go."""

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # the first also opens UTF-32

_ADVICE = {
    errno.ENOENT: "check the name and the folder",
    errno.EISDIR: "name a file in it, or several, as in FOLDER/*.txt",
    errno.ENOTDIR: "check the name and the folder",
    errno.EACCES: "check the permissions of the file and its folder with ls -l",
    errno.EPERM: "check the permissions of the file and its folder with ls -l",
    errno.ENOSPC: "free some space and run it again",
    errno.EROFS: "copy the file to a place that can be written",
}


class Failure(Exception):
    """What went wrong with a file, as one line for the user: where, what, what to do."""

    @classmethod
    def of(cls, name: str, error: OSError, line: int = 0) -> Failure:
        """Return the failure that tells the user of an error of the system, and in which line, if that is known."""
        what = error.strerror or str(error)
        what = what if isinstance(error, CompressionError) else what.lower()
        advice = getattr(error, "advice", None) or _ADVICE.get(error.errno or 0, "check the file and its disk")
        return cls(f"{shown_name(name)}{f':{line}' if line else ''}: {what}; {advice}")


class Unreadable(Failure):
    """An input that cannot be read, or is not UTF-8; the other inputs still can."""


class Unwritable(Failure):
    """An output that cannot be written."""


class Line(NamedTuple):
    """One line of an input.

    Attributes:
        number: Counted from 1.
        offset: Of its first code point in the decoded file, the byte order mark not counted.
        text: Without what ends it.
        ending: The newline as it was found; empty at the end of a file without a last newline.
        bom: The byte order mark before the first line of a file, if it has one.
        is_block: Whether it belongs to a block that stays as it is, as code between fences; see ``blocks``.
    """

    number: int
    offset: int
    text: str
    ending: str
    bom: str = ""
    is_block: bool = False


def shown_name(name: str) -> str:
    """Return a file name as it can be shown: no invisible or broken characters, ``<stdin>`` for ``-``."""
    if name == STANDARD:
        return "<stdin>"
    readable = os.fsencode(name).decode(errors="backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in readable) or "''"


def read_lines(name: str) -> Iterator[Line]:
    """Yield the lines of a UTF-8 file, or of standard input for ``-``, holding one at a time.

    Where something opens that may be a block, it reads on to its end, or as far as ``blocks.LONGEST``. A file that is
    compressed, by its name, is read as what it holds.

    Raises:
        Unreadable: The file cannot be opened or read, or a line is not UTF-8.
    """
    try:
        with opened(name) as stream, compression.reading(stream, name) as stream:
            lines, texts = tee(lines_of(stream, name))
            for line, is_block in zip(lines, protected_lines(line.text for line in texts), strict=True):
                yield line._replace(is_block=True) if is_block else line
    except OSError as error:
        raise Unreadable.of(name, error) from None


def lines_of(stream: BinaryIO, name: str) -> Iterator[Line]:
    """Yield the lines of an opened UTF-8 file, holding one at a time.

    Raises:
        Unreadable: A line is not UTF-8.
        OSError: The file cannot be read further.
    """
    start = offset = 0  # of the line: in bytes and in code points
    number = 0
    try:
        for number, raw in enumerate(stream, 1):  # the number is for the error below
            line = raw.decode()
            bom = BOM if number == 1 and line.startswith(BOM) else ""
            line = line[len(bom) :]
            text = line.rstrip("\r\n")
            yield Line(number, offset, text, line[len(text) :], bom)
            start += len(raw)
            offset += len(line)
    except UnicodeDecodeError as error:
        raise Unreadable(not_utf8(name, number, start, error)) from None


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Give the bytes of a file, or of standard input for ``-``.

    Raises:
        Unreadable: Standard input is closed.
        OSError: The file cannot be opened.
    """
    if name != STANDARD:
        with Path(name).open("rb") as stream:
            yield stream
    elif sys.stdin is None:  # closed by the shell: <&-
        raise Unreadable("standard input is closed; name a file")
    else:
        yield sys.stdin.buffer


def not_utf8(name: str, number: int, start: int, error: UnicodeDecodeError) -> str:
    """Return what the user is told of a line that is not UTF-8, which starts at a byte of the file."""
    raw, bad = error.object, error.start
    where = f"{shown_name(name)}:{number}: byte offset {start + bad} (0x{raw[bad]:02X})"
    file = "" if name == STANDARD else " FILE"
    # Bytes that no other text has: 00xx is a space or a Latin letter in UTF-16, 06xx an Arabic one.
    if (number == 1 and raw.startswith(_UTF16_MARKS)) or b"\0" in raw or b"\6" in raw:
        return f"{where}: this looks like UTF-16, not UTF-8; convert it first: iconv -f UTF-16 -t UTF-8{file}"
    return f"{where}: not UTF-8 ({error.reason}); if it is Windows-1256: iconv -f WINDOWS-1256 -t UTF-8{file}"
