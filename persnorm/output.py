"""Where the command writes: to a stream, or to a file that is replaced whole or not at all; compressed by its name."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from persnorm import compression
from persnorm.files import STANDARD, Unreadable, Unwritable, shown_name

TEMPORARY = ".persnorm-"
"""With this begins the name of a file that is not whole yet. One that is left after a crash may be deleted."""


class Output:
    """A stream for normalized text.

    Attributes:
        replaces: Whether it takes the place of a file, whole and at once, when all is written.
        wanted: Set it to False and the file that was to be replaced stays as it is.
        empty: Whether nothing has been written yet.
        ends_line: Whether what was written ends with a newline, or is nothing.
    """

    def __init__(self, name: str, stream: BinaryIO, *, replaces: bool = False) -> None:
        self.name = name
        self.stream = stream
        self.replaces = replaces
        self.wanted = True
        self.empty = True
        self.ends_line = True
        self._at_once = stream.isatty()  # a person waits for each line; a pipe does not

    def write(self, text: str) -> None:
        """Write ``text`` as UTF-8.

        Raises:
            Unwritable: The stream takes no more.
            BrokenPipeError: The reader of a pipe has gone, which is no failure.
        """
        self.write_bytes(text.encode())

    def write_bytes(self, data: bytes) -> None:
        """Write bytes; raises as ``write`` does."""
        self.empty = False
        self.ends_line = data.endswith(b"\n") if data else self.ends_line
        try:
            self.stream.write(data)
            if self._at_once:
                self.stream.flush()
        except OSError as error:
            raise _unwritable(self.name, error) from None

    def flush(self) -> None:
        """Hand on what is held back; raises as ``write`` does."""
        try:
            self.stream.flush()
        except OSError as error:
            raise _unwritable(self.name, error) from None

    def is_also(self, name: str) -> bool:
        """Tell whether an input is the regular file that this output goes to, and so would never end."""
        try:
            source = os.fstat(0) if name == STANDARD else Path(name).stat()
            return stat.S_ISREG(source.st_mode) and os.path.samestat(source, os.fstat(self.stream.fileno()))
        except (OSError, ValueError):  # ValueError: a stream without a file behind it
            return False


def writing(name: str) -> AbstractContextManager[Output]:
    """Give the output called ``name``: ``-`` is standard output, a regular file is replaced when all is written.

    Raises:
        Unwritable: The output cannot be made or takes no more.
        BrokenPipeError: The reader of a pipe has gone.
    """
    if name in (STANDARD, "/dev/stdout"):
        return _standard_output()
    try:
        is_file = stat.S_ISREG(Path(name).stat().st_mode)
    except FileNotFoundError:
        is_file = True  # soon
    except OSError as error:
        raise Unwritable.of(name, error) from None
    return replacing(name) if is_file else _device(name)  # a pipe or a device cannot be replaced, only written to


@contextmanager
def replacing(name: str) -> Iterator[Output]:
    """Give an output beside the file ``name`` that takes its place, whole and at once, when the block ends well.

    If the block ends in any exception, or ``wanted`` is False, the file stays as it is. A symbolic link stays a link:
    the file that it points to is replaced. The new file has the permissions of the old.

    Raises:
        Unwritable: The file, or its folder, cannot be written.
    """
    target = Path(os.path.realpath(name))
    beside = target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}.tmp")
    try:
        old = target.stat() if target.exists() else None
        if old and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only")
        # Closed to others until it has the permissions of the file that it replaces.
        mode = 0o600 if old else 0o666
        stream = open(beside, "xb", opener=lambda path, flags: os.open(path, flags, mode))  # noqa: SIM115  # closed below
    except OSError as error:
        raise Unwritable.of(name, error) from None
    try:
        with _packing(name, stream) as output:
            output.replaces = True
            yield output
        if output.wanted:
            _put_in_place(name, stream, beside, target, old)
    finally:
        with suppress(OSError):  # on a full disk; told by write or flush already
            stream.close()
        beside.unlink(missing_ok=True)


def check_replaceable(name: str) -> None:
    """See that ``name`` is a regular file, which alone can be replaced.

    Raises:
        Unreadable: It is something else, or is not there.
    """
    try:
        mode = Path(name).stat().st_mode
    except OSError as error:
        raise Unreadable.of(name, error) from None
    if stat.S_ISDIR(mode):
        raise Unreadable.of(name, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{shown_name(name)}: not a regular file, so it cannot be replaced; leave --in-place out")


def silence_standard_output() -> None:
    """Send what standard output still holds nowhere, so that Python does not fail on it once more at its end."""
    with suppress(OSError, ValueError):  # a stream without a file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _standard_output() -> Iterator[Output]:
    if sys.stdout is None:  # closed by the shell: >&-
        raise Unwritable("standard output is closed; name a file with --output")
    output = Output("standard output", sys.stdout.buffer)
    try:
        yield output
        output.flush()
    except BaseException:  # Ctrl-C too: it ends the reader of a pipe as well
        silence_standard_output()
        raise


@contextmanager
def _device(name: str) -> Iterator[Output]:
    try:
        stream = Path(name).open("wb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise Unwritable.of(name, error) from None
    try:
        with _packing(name, stream) as output:
            yield output
    finally:
        with suppress(OSError):  # told by flush already
            stream.close()


@contextmanager
def _packing(name: str, stream: BinaryIO) -> Iterator[Output]:
    """Give an output to a stream, compressed if the name says so; all is handed on when the block ends well."""
    try:
        packing = compression.packed(stream, name)
    except OSError as error:
        raise Unwritable.of(name, error) from None
    output = Output(name, packing)
    try:
        yield output
    except BaseException:
        if packing is not stream:
            with suppress(OSError):  # the same that ended the block, as on a full disk
                packing.close()
        raise
    try:
        if packing is not stream:
            packing.close()
        stream.flush()
    except OSError as error:
        raise _unwritable(name, error) from None


def _put_in_place(name: str, stream: BinaryIO, beside: Path, target: Path, old: os.stat_result | None) -> None:
    try:
        os.fsync(stream.fileno())
        stream.close()
        if old:
            if sys.platform != "win32":
                with suppress(PermissionError):  # only root gives files away
                    os.chown(beside, old.st_uid, old.st_gid)
            beside.chmod(stat.S_IMODE(old.st_mode))
        beside.replace(target)
    except OSError as error:
        raise Unwritable.of(name, error) from None


def _unwritable(name: str, error: OSError) -> Exception:
    return error if isinstance(error, BrokenPipeError) else Unwritable.of(name, error)
