"""JSON Lines: an object a line. The strings of the fields asked for are written anew; all else stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # in C; of a string from behind its first quote
from typing import Any, BinaryIO, NamedTuple

from persnorm.files import shown_name
from persnorm.formats import Fields
from persnorm.formats.portion import Done, LineSink, Work
from persnorm.pieces import read_pieces

_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # in C
_SPACE = re.compile(r"[ \t\n\r]*")
_KINDS = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-fA-F]{4}")  # of a character beyond ASCII


class BadRecord(ValueError):
    """A line that is no object, or has not the fields."""


class JsonLines(NamedTuple):
    """Lines of a file, the number of the first, and what is text in them."""

    text: str
    number: int
    name: str
    fields: Fields

    def normalized(self, work: Work) -> Done:
        """Return the lines with their texts normalized."""
        done: list[str] = []
        bad: list[str] = []
        failure = ""
        for number, line in enumerate(self.text.split("\n"), self.number):
            new = line
            try:
                new = _normalized(line, self.fields.names, work) if line and not line.isspace() else line
            except BadRecord as error:
                told = f"{shown_name(self.name)}:{number}: {error}"
                if not self.fields.keeps_bad:
                    failure = f"{told}; mend it, or keep such lines as they are with --keep-bad"
                    done.append("")  # so that the line before it ends
                    break
                bad.append(f"{told}; kept as it is")
            done.append(new)
        text = "\n".join(done)
        return Done(text.encode(), work.texts, text != self.text, work.tally, tuple(bad), failure)


def _normalized(line: str, names: tuple[str, ...], work: Work) -> str:
    done, end = [], 0
    for start, after, text in sorted(texts_of(line, names)):
        new = work.normalize(text)
        if new != text:
            done += [line[end:start], _literal(new, line[start:after])]
            end = after
    return "".join([*done, line[end:]])


def _literal(text: str, old: str) -> str:
    """Return a text as JSON, written as the one that it replaces: in ASCII or not, with slashes escaped or not."""
    new = json.dumps(text, ensure_ascii=old.isascii() and bool(_ESCAPED.search(old)))
    if not new.isascii():
        try:
            new.encode()
        except UnicodeEncodeError:  # half of a pair: only an escape can hold it
            new = json.dumps(text)
    return new.replace("/", r"\/") if r"\/" in old else new


def texts_of(line: str, names: tuple[str, ...]) -> list[tuple[int, int, str]]:
    r"""Return where the texts of the named fields stand in a line, quotes included, and what they are.

    A dot leads into an object, and a list stands for all that is in it. Null is no text.

    Raises:
        BadRecord: The line is no JSON object, or has no such field, or something else in it than text.

    >>> texts_of('{"a": [{"b": "x\\n"}, {"b": null}]}', ("a.b",))
    [(13, 18, 'x\n')]
    """
    walk = _Walk(line)
    try:
        start = _after_space(line, 0)
        if line[start : start + 1] != "{":
            raise BadRecord("not a JSON object")
        end = _after_space(line, walk.value(start, {name: name for name in names}))
    except json.JSONDecodeError as error:
        raise BadRecord(f"column {error.pos + 1}: not JSON ({error.msg[:1].lower()}{error.msg[1:]})") from None
    except StopIteration as error:
        raise BadRecord(f"column {error.value + 1}: not JSON (expecting a value)") from None
    except BadRecord:
        raise
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of too many digits
        raise BadRecord(f"JSON that cannot be read ({error})") from None
    if end < len(line):
        raise BadRecord(f"column {end + 1}: not JSON (something follows the object)")
    for name in names:
        if name not in walk.found:
            raise BadRecord(f"no field {name!r}; there are {', '.join(map(ascii, walk.keys)) or 'none'}")
    return walk.texts


def _after_space(line: str, pos: int) -> int:
    found = _SPACE.match(line, pos)
    return found.end() if found else pos


class _Walk:
    """A way through a line that looks into what was asked for only; all else is read at the speed of C.

    Attributes:
        texts: Start, end and value of each text found.
        found: The fields that were there, null and empty lists too.
        keys: Those of the object itself.
    """

    def __init__(self, line: str) -> None:
        self.line = line
        self.texts: list[tuple[int, int, str]] = []
        self.found: set[str] = set()
        self.keys: list[str] = []
        self._depth = 0

    def value(self, pos: int, wanted: dict[str, str]) -> int:
        """Read a value and return where it ends; ``wanted`` has the rest of the way to each field -> the field."""
        char = self.line[pos : pos + 1]
        here = wanted.get("")
        if char == '"' and here is not None:
            end: int
            text, end = scanstring(self.line, pos + 1)
            self.texts.append((pos, end, text))
            self.found.add(here)
            return end
        if char == "{" and here is None and wanted:
            return self._object(pos, wanted)
        if char == "[" and wanted:
            return self._list(pos, wanted)
        value, end = _scan(self.line, pos)
        if here is not None and value is not None:
            kind = _KINDS.get(type(value), "something else")
            raise BadRecord(f"column {pos + 1}: field {here!r} is {kind}, not text")
        if value is None:
            self.found.update(wanted.values())
        return end

    def _object(self, pos: int, wanted: dict[str, str]) -> int:
        self._depth += 1
        pos = _after_space(self.line, pos + 1)
        is_empty = self.line[pos : pos + 1] == "}"
        while not is_empty:
            if self.line[pos : pos + 1] != '"':
                raise json.JSONDecodeError("expecting a name in double quotes", self.line, pos)
            key, pos = scanstring(self.line, pos + 1)
            if self._depth == 1:
                self.keys.append(key)
            pos = _after_space(self.line, self._expect(":", _after_space(self.line, pos)))
            inside = {
                path[len(key) + 1 :]: name for path, name in wanted.items() if path == key or path.startswith(f"{key}.")
            }
            pos = _after_space(self.line, self.value(pos, inside) if inside else _scan(self.line, pos)[1])
            if self.line[pos : pos + 1] == "}":
                break
            pos = _after_space(self.line, self._expect(",", pos))
        self._depth -= 1
        return pos + 1

    def _list(self, pos: int, wanted: dict[str, str]) -> int:
        pos = _after_space(self.line, pos + 1)
        if self.line[pos : pos + 1] == "]":
            self.found.update(wanted.values())
            return pos + 1
        while True:
            pos = _after_space(self.line, self.value(pos, wanted))
            if self.line[pos : pos + 1] == "]":
                return pos + 1
            pos = _after_space(self.line, self._expect(",", pos))

    def _expect(self, sign: str, pos: int) -> int:
        if self.line[pos : pos + 1] != sign:
            raise json.JSONDecodeError(f"expecting {sign!r}", self.line, pos)
        return pos + 1


class JsonLinesFormat:
    """Reads and writes JSON Lines."""

    unit = "text"
    is_text = True
    sink = LineSink

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def read(self, stream: BinaryIO, name: str) -> Iterator[tuple[str, JsonLines]]:
        """Yield the lines in portions."""
        for piece in read_pieces(stream, name):
            yield piece.bom, JsonLines(piece.text, piece.number, name, self._fields)


def make(_chosen: str, fields: Fields) -> JsonLinesFormat:
    """Return the format."""
    return JsonLinesFormat(fields)
