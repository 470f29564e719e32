"""Which files are read, and where each goes: folders are searched, and mirrored into another one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from persnorm.files import STANDARD, Failure, Unreadable, Unwritable, shown_name
from persnorm.output import TEMPORARY

SIGNATURE = ".persnorm-signature"
"""The file in an output folder that says how what is in it was made."""


class Source(NamedTuple):
    """A file to be read.

    Attributes:
        name: As it is opened.
        inside: Its name below the folder that was searched for it; of a file that was named, its last part.
    """

    name: str
    inside: str


def find(names: Iterable[str], patterns: tuple[str, ...], without: str | None = None) -> list[Source]:
    """Return the files that are named and, in folders that are named, those that match a pattern at any depth, sorted.

    Args:
        names: Of files and, where there are patterns, of folders.
        patterns: As ``*.txt`` or ``news/*.jsonl.gz``.
        without: A folder that is left out: the one that is written to.

    Raises:
        Unreadable: A folder has no such file.
    """
    found = []
    for name in names:
        if not patterns or name == STANDARD or not Path(name).is_dir():
            found.append(Source(name, Path(name).name))
            continue
        inside = sorted(set(_matching(Path(name), patterns, without)))
        if not inside:
            raise Unreadable(f"{shown_name(name)}: no file matches {' or '.join(patterns)}; look into it with ls -R")
        found += [Source(os.path.join(name, path), path) for path in inside]  # noqa: PTH118  # ./a stays ./a
    return found


def _matching(folder: Path, patterns: tuple[str, ...], without: str | None) -> Iterator[str]:
    left_out = Path(without).resolve() if without else None
    for pattern in patterns:
        try:
            paths = list(folder.rglob(pattern))
        except (ValueError, NotImplementedError) as error:
            raise Unreadable(f"--glob {pattern}: {str(error).lower()}; give one as *.txt") from None
        for path in paths:
            is_ours = path.name.startswith(TEMPORARY) or path.name == SIGNATURE
            if is_ours or not path.is_file() or (left_out and left_out in path.resolve().parents):
                continue
            yield path.relative_to(folder).as_posix()


def mirrored(sources: Iterable[Source], folder: str) -> list[tuple[str, str]]:
    """Return each source with the file in ``folder`` that it goes to.

    Raises:
        Unwritable: Two go to the same, or one to itself.
    """
    pairs: dict[str, str] = {}
    for name, inside in sources:
        target = str(Path(folder, inside))
        if target in pairs:
            raise Unwritable(f"{shown_name(pairs[target])} and {shown_name(name)} would both be {shown_name(target)}")
        if Path(name).resolve() == Path(target).resolve():
            raise Unwritable(f"{shown_name(target)}: it would replace what it is made from; use --in-place")
        pairs[target] = name
    return [(name, target) for target, name in pairs.items()]


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are not there yet.

    Raises:
        Unwritable: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable.of(str(path), error) from None


def is_finished(source: str, target: str) -> bool:
    """Tell whether an output is there, which is so only when it is whole, and is no older than what it is made from."""
    try:
        return Path(target).stat().st_mtime_ns >= Path(source).stat().st_mtime_ns
    except OSError:
        return False


def sign_folder(folder: str, signature: str, *, resumes: bool) -> None:
    """Write into an output folder how what is in it is made.

    Raises:
        Failure: It says something else, and what is finished there is to be kept.
        Unwritable: It cannot be written.
    """
    make_folder(Path(folder))
    path = Path(folder, SIGNATURE)
    try:
        there = path.read_text("utf-8").strip() if path.exists() else ""
        if resumes and there and there != signature:
            raise Failure(
                f"{shown_name(folder)}: what is there was made otherwise ({there}); "
                "go on with the same version and options, take another folder, or leave --resume out"
            )
        if there != signature:
            path.write_text(f"{signature}\n", "utf-8")
    except OSError as error:
        raise Unwritable.of(str(path), error) from None
