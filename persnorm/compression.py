"""Compressed files, told by their names: ``.gz``, ``.bz2``, ``.xz`` and ``.zst``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import PurePath
from typing import Any, BinaryIO, cast

NAMES = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "Zstandard"}
"""What each ending of a name says."""

_DAMAGE = {"EOFError", "BadGzipFile", "error", "LZMAError", "ZstdError"}  # by name: most modules are never imported
_ZSTD_MODULES = ("compression.zstd", "backports.zstd")  # the first from Python 3.14


class CompressionError(OSError):
    """Compressed data that cannot be read, or a library for it that is not there.

    Attributes:
        advice: What to do.
    """

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(None, what)
        self.advice = advice


def ending(name: str) -> str:
    """Return the ending of a name that says how a file is compressed; empty if it is not.

    >>> ending("a.jsonl.GZ"), ending("a.txt")
    ('.gz', '')
    """
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in NAMES else ""


@contextmanager
def reading(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Give what ``stream`` holds, decompressed if the name says so; several streams in one file are read as one.

    Raises:
        CompressionError: The data is damaged, cut off or something else, when it is read; or a library is missing.
    """
    if not (kind := ending(name)):
        yield stream
        return
    unpacking = _Unpacking(_open(stream, "rb", kind), NAMES[kind])
    with io.BufferedReader(unpacking, 1 << 18) as unpacked:
        yield cast(BinaryIO, unpacked)


def packed(stream: BinaryIO, name: str) -> BinaryIO:
    """Return a stream whose bytes go to ``stream``, compressed if the name says so: the same for the same bytes.

    To be closed when all is written, which leaves ``stream`` open; it is ``stream`` itself if nothing is compressed.

    Raises:
        CompressionError: A library is missing.
    """
    return _open(stream, "wb", kind) if (kind := ending(name)) else stream


def _open(stream: BinaryIO, mode: Any, kind: str) -> BinaryIO:
    if kind == ".gz":
        gzip = import_module("gzip")  # neither name nor time, which would differ from run to run
        return cast(BinaryIO, gzip.GzipFile("", mode, 6, stream, 0 if mode == "wb" else None))
    if kind == ".bz2":
        return cast(BinaryIO, import_module("bz2").BZ2File(stream, mode))
    if kind == ".xz":
        return cast(BinaryIO, import_module("lzma").LZMAFile(stream, mode))
    zstd = _zstd()
    # Corpora are packed with windows of up to 2 GiB (zstd --long=31), which are refused unless asked for.
    options = {zstd.DecompressionParameter.window_log_max: 31} if mode == "rb" else None
    return cast(BinaryIO, zstd.ZstdFile(stream, mode, options=options))


def _zstd() -> Any:
    for module in _ZSTD_MODULES:
        try:
            return import_module(module)
        except ImportError:
            continue
    raise CompressionError("needs a library for Zstandard", "pip install 'persnorm[zst]', or unpack it first: zstd -d")


class _Unpacking(io.RawIOBase):
    """Decompressed bytes; damage of any kind is a CompressionError."""

    def __init__(self, packed: BinaryIO, kind: str) -> None:
        self._packed = packed
        self._kind = kind

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._packed.read1(len(buffer))  # type: ignore[attr-defined]
        except Exception as error:
            if type(error).__name__ not in _DAMAGE and (type(error) is not OSError or error.errno):
                raise
            if isinstance(error, EOFError):
                raise CompressionError(f"the {self._kind} data is cut off", "get the file anew") from None
            raise CompressionError(
                f"the {self._kind} data is damaged, or it is something else ({error})",
                "get the file anew, or name it as what it is",
            ) from None
        buffer[: len(data)] = data
        return len(data)
