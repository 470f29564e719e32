"""The only file that opens ``data/``: word forms and counts, and how to look them up.

The data files are tables of text, one row a line: a key, a tab, and what is known of it, parted by ``;``. ``|`` stands
for the half-space (ZWNJ), which nobody can see. A row is taken apart when it is first asked for: most never are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate
from pkgutil import get_data
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from persnorm.companions import Companions
from persnorm.compounds import Compounds
from persnorm.context import Context
from persnorm.doubles import Doubles
from persnorm.grammar import Grammar
from persnorm.morphology import OF_PARTICIPLES, Verbs
from persnorm.remembering import remembered
from persnorm.rule import ZWNJ
from persnorm.table import LateTable, keys_ending_in, parse_table

if TYPE_CHECKING:
    import hashlib

Gaps = tuple[int, ...]
Table = Mapping[str, str]
T = TypeVar("T")

TABLES = (
    "words",
    "parts",
    "endings",
    "pairs",
    "affixes",
    "context",
    "kin",
    "companions",
    "grammar",
    "compounds",
    "weights",
    "sides",
    "verbs",
    "adjectives",
)
"""The data files, each ``NAME.tsv``."""


GREAT_TABLES = frozenset(("words", "parts", "endings", "pairs", "kin", "companions", "grammar", "compounds"))
"""Those of them that are sorted by key, and so great that reading them as a whole takes long."""

SURE, SURE_PARTED, WEIGHED = "=", "+", "?"
"""Begin the row of a word, which was weighed when the data were made: one that stays in one piece wherever it stands;
one that is its commonest half-spaced form wherever it stands; one of which ``THOUGHT`` tells what the weights think."""

_MARKS = SURE + SURE_PARTED + WEIGHED

THOUGHT = "~"
"""Begins the field with the form that the weights would make of a word, and how likely it is; none is negligible."""


PREVAILS, EITHER = "+", "?"
"""End the row of neighbours that are half-spaced at least as often as spaced, or nearly; that are one word or two, as
the line tells."""

MEETING = (PREVAILS, EITHER)
"""End the row of neighbours that are worth weighing."""

HEARD = 3
"""An ه is silent if other endings stand half-spaced after it more than so many times as often as joined: not in گره."""

PARSED = 1 << 14
"""So many rows of a table are kept taken apart; taken apart they need many times the room."""


class Side(NamedTuple):
    """How often a half-space stands in a gap, and how often it does not."""

    half: int
    other: int


class Part(NamedTuple):
    """A string seen at one side of a half-space, with what else stands between it and its neighbours.

    ``joined_*`` count distinct words (half-spaced against joined), ``spaced_*`` count running words (half-spaced
    against spaced).
    """

    joined_left_half: int
    joined_left_other: int
    joined_right_half: int
    joined_right_other: int
    spaced_left_half: int
    spaced_left_other: int
    spaced_right_half: int
    spaced_right_other: int

    @property
    def joined_left(self) -> Side:
        """What stands after it in words."""
        return Side(self[0], self[1])

    @property
    def joined_right(self) -> Side:
        """What stands before it in words."""
        return Side(self[2], self[3])

    @property
    def spaced_left(self) -> Side:
        """What stands after it in running words."""
        return Side(self[4], self[5])

    @property
    def spaced_right(self) -> Side:
        """What stands before it in running words."""
        return Side(self[6], self[7])


_NOTHING = Side(0, 0)
_NO_PART = Part(0, 0, 0, 0, 0, 0, 0, 0)


class Lexicon:
    """Word forms with counts, parts of words, neighbour pairs and the weights that judge unseen words.

    Args:
        tables: The rows of each of ``TABLES`` by their key, half-spaces as ``|``.

    Attributes:
        neighbours: Two that were counted, a space between them -> how often half-spaced and spaced.
        weights: Model (``joined`` or ``spaced``) and feature -> weight, as in ``joined: always``.
        sides: Side of a gap (``<`` or ``>``) and what it is like -> how much that speaks for a compound, not a space.
        prefixes: Left sides that take new neighbours by half-space: می، بی.
        suffixes: Right sides that do: ها، تر، پذیر.
        adjectives: Words that take degrees: بزرگ, and so بزرگ‌تر.
        verbs: The verb forms.
        context: Which neighbours speak for which form.
        doubles: Which words around speak for which of two nouns that differ by a silent ه.
        compounds: Which words around two neighbours speak for one word.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._words = tables["words"]
        self._parts = _Parsed(tables["parts"], _part, _NO_PART)
        self._endings = tables["endings"]
        self.neighbours = tables["pairs"]
        self._readings: _Parsed[dict[Gaps, float]] = _Parsed(tables["words"], readings_of, {})
        self.weights = {name: float(weight) for name, weight in tables["weights"].items()}
        self.sides = tables["sides"]
        self.prefixes = frozenset(part for part, side in tables["affixes"].items() if "left" in side)
        self.suffixes = frozenset(part for part, side in tables["affixes"].items() if "right" in side)
        self.adjectives = frozenset(tables["adjectives"])
        self.verbs = Verbs(
            (past, present) for past, presents in tables["verbs"].items() for present in presents.split(" ")
        )
        self.context = Context(tables["context"])
        self.companions = Companions(tables["kin"], tables["companions"])
        self.grammar = Grammar(tables["grammar"], self.companions.part)
        self.compounds = Compounds(tables["compounds"], self.companions, self.adjectives, self.verbs)
        self.doubles = Doubles(self.companions, self.grammar, self.weights, self.verbs.is_participle)

    def knows(self, letters: str) -> bool:
        """Tell whether some form with these letters is in the lexicon."""
        return letters in self._words

    def is_sure(self, letters: str) -> bool:
        """Tell whether a word is marked as one that stays in one piece wherever it stands."""
        return self._words.get(letters, "")[:1] == SURE

    def sure_form(self, letters: str) -> str | None:
        """Return the one form of a word marked as sure, with its half-spaces; None if more was seen of it, or less."""
        row = self._words.get(letters, "")
        if row[:1] == SURE:
            return None if "|" in row else letters
        return _form_of(row) if row[:1] == SURE_PARTED and ";" not in row else None

    def only_form(self, letters: str) -> str | None:
        """Return the one form of a word that was weighed, if it was only seen half-spaced and so; else None."""
        row = self._words.get(letters, "").partition(f";{THOUGHT}")[0]
        return _form_of(row) if row[:1] in (SURE_PARTED, WEIGHED) and "|" in row and ";" not in row else None

    def mark(self, letters: str) -> str:
        """Return the mark of a word that was weighed when the data were made, or nothing."""
        mark = self._words.get(letters, "")[:1]
        return mark if mark in _MARKS else ""

    def thought(self, letters: str) -> tuple[float, Gaps] | None:
        """Return how likely the weights think it that a word has half-spaces, and where; None if it was not weighed."""
        row = self._words.get(letters, "")
        if row[:1] != WEIGHED:
            return None
        form, _, chance = row.partition(THOUGHT)[2].rpartition(" ")
        return (float(chance), _gaps_of(form)) if form else (0.0, ())

    def all_letters(self) -> Iterable[str]:
        """Return the letters of all forms."""
        return self._words.keys()

    def readings(self, letters: str) -> Mapping[Gaps, float]:
        """Return the known forms with these letters: offsets of their half-spaces, () for none -> count.

        Counts are words in the 5.3 million that were counted, weighted by source.
        """
        return self._readings[letters]

    def count(self, letters: str) -> float:
        """Return how often these letters were seen as a word, however half-spaced."""
        return sum(self._readings[letters].values(), 0.0)

    def plain(self, letters: str) -> float:
        """Return how often these letters were seen as a word without a half-space."""
        return self._readings[letters].get((), 0.0)

    def ends_silent(self, letters: str) -> bool:
        """Tell whether the last letter of a word is an ه that is not heard: خانه, but not راه, seen as راهی and راهش.

        Other endings then stand half-spaced after it.
        """
        if len(letters) < 3 or letters[-1] != "ه":
            return False
        half = sum(self.readings(letters + ending).get((len(letters),), 0.0) for ending in ("ای", "ام", "اش"))
        heard = sum(self.plain(letters + ending) for ending in ("ی", "م", "ش"))
        if not half and not heard:  # گنده: behind a consonant it is hardly ever heard
            return len(letters) > 3 and letters[-2] not in "اوی" and self.count(letters) > self.count(letters[:-1])
        return half > HEARD * heard

    def takes_colloquial_clitic(self, letters: str, clitic: str) -> bool:
        """Tell whether a word may take an ending of spoken language, as in همه‌ش; some stand after participles alone."""
        is_participle = len(letters) > 2 and self.verbs.is_participle(letters)
        if clitic == "شو" and (is_participle or letters in self.adjectives):
            return False  # آماده شو is another verb
        if is_participle:
            return True
        return clitic not in OF_PARTICIPLES and self.ends_silent(letters)

    def part(self, letters: str) -> Part:
        """Return what is known of a side of half-spaces."""
        return self._parts[letters]

    def is_part(self, letters: str) -> bool:
        """Tell whether letters were ever seen at one side of a half-space."""
        return letters in self._parts.rows

    def ending(self, letter: str, right: str) -> tuple[Side, Side]:
        """Return how often a half-space stands between a last letter and an ending: in words, in running words."""
        row = self._endings.get(f"{letter} {right}")
        return _two_sides(row) if row else (_NOTHING, _NOTHING)

    def pair(self, left: str, right: str) -> Side:
        """Return how often two neighbours are half-spaced against spaced, in running words."""
        row = self.neighbours.get(f"{left} {right}")
        return side_of(row) if row else _NOTHING

    def may_meet(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are worth weighing, whatever they are: by counts, or as the line may tell."""
        return self.neighbours.get(f"{left} {right}", "")[-1:] in MEETING

    def is_either(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are one word or two words, each with a meaning of its own, as the line tells."""
        return self.neighbours.get(f"{left} {right}", "")[-1:] == EITHER

    def meeting(self) -> list[str]:
        """Return the neighbours, a space between them, that ``may_meet`` tells of."""
        return keys_ending_in(self.neighbours, MEETING)


class _Parsed(Generic[T]):
    """Rows of a table, taken apart when they are first asked for; a default for those not there."""

    def __init__(self, rows: Table, parse: Callable[[str], T], default: T) -> None:
        def _of_key(key: str) -> T:
            return parse(rows[key])

        self.rows = rows
        self._default = default
        self._parsed = remembered(_of_key, PARSED)

    def __getitem__(self, key: str) -> T:
        return self._parsed(key) if key in self.rows else self._default  # there is no end to what is not in a table


def _numbers(row: str) -> list[int]:
    return [int(number) for number in row.split(";")]


def _part(row: str) -> Part:
    return Part(*map(int, row.split(";")))


def _two_sides(row: str) -> tuple[Side, Side]:
    n = _numbers(row)
    return Side(n[0], n[1]), Side(n[2], n[3])


def side_of(row: str) -> Side:
    """Take apart a row of ``pairs``."""
    half, other, *_ = row.split(";")
    return Side(int(half), int(other))


def readings_of(row: str) -> dict[Gaps, float]:
    """Take apart a row of ``words``: ``12.5`` for the word as its letters are, ``می|دانی 40`` for other forms."""
    if "|" not in row:  # half of them
        return {(): float(row.lstrip(_MARKS))}
    readings: dict[Gaps, float] = {}
    for reading in seen_of(row).split(";"):
        form, _, count = reading.rpartition(" ")
        readings[_gaps_of(form)] = float(count)
    return readings


def _gaps_of(form: str) -> Gaps:
    """Return the offsets of the half-spaces of a form, in its letters."""
    return tuple(accumulate(map(len, form.split("|")[:-1])))


def _form_of(row: str) -> str:
    """Return the form in a row of ``words`` that has a mark and one form."""
    return row[1 : row.rindex(" ")].replace("|", ZWNJ)


def seen_of(row: str) -> str:
    """Return a row of ``words`` without what was found by weighing: what was seen alone."""
    row = row.partition(f";{THOUGHT}")[0]
    return row.lstrip(_MARKS)


@cache
def default_tables() -> dict[str, dict[str, str]]:
    """Return the tables that come with the package, read once."""
    return {
        name: LateTable(rows.partition(b"\n")[2]) if name in GREAT_TABLES else parse_table(rows.decode())
        for name, rows in ((name, _data(name)) for name in TABLES)
    }


@cache
def default_lexicon() -> Lexicon:
    """Return the lexicon of these tables."""
    return Lexicon(default_tables())


def fingerprint(own: Iterable[str] = ()) -> str:
    """Return what tells this lexicon from every other one: the first 12 hexadecimal digits of a SHA-256.

    Args:
        own: The lines of the user's own words, which are part of it.
    """
    digest = _digest_of_data().copy()
    for line in own:
        digest.update(line.encode())
    return digest.hexdigest()[:12]


@cache
def _digest_of_data() -> hashlib._Hash:
    import hashlib  # noqa: PLC0415  # only a signature needs it

    digest = hashlib.sha256()
    for name, text in _data_files():
        digest.update(f"{name}\n{text}\n".encode())
    return digest


def _data_files() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each data file."""
    for name in TABLES:
        yield name, _data(name).decode()


def _data(name: str) -> bytes:
    """Return what a data file holds, in UTF-8; newlines are LF, however the files were checked out."""
    rows = get_data("persnorm.data", f"{name}.tsv")
    if rows is None:
        raise FileNotFoundError(f"persnorm/data/{name}.tsv: the package was installed without its data")
    return rows.replace(b"\r\n", b"\n") if b"\r" in rows else rows
