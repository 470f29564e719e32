"""The user's own words, and the tables of the lexicon with these words in them.

A word without a count is a decision: it is always written so, by rules of its own (``rules/own.py``). A word with a
count is a sighting: it is weighed with all others, so it only goes into the tables.
"""

from __future__ import annotations

from collections.abc import Container, ItemsView, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from persnorm.alphabet import NON_JOINERS
from persnorm.lexicon import Gaps, Side, Table, readings_of, side_of
from persnorm.morphology import ENDINGS, INFLECTIONS, JOINED_ENDINGS, VERB_PREFIXES
from persnorm.rule import ZWNJ
from persnorm.word import put_together, take_apart
from persnorm.wordlist import Words, letters_of

DECIDED = 100
"""As often as this was seen, for the tables, what the user has decided: more than the weights are asked for."""

WORTH = 100
"""How many sightings in other texts one in the user's is worth: those are of the kind that is to be normalized."""

_BOUND = ENDINGS | VERB_PREFIXES
_LONGEST_ENDING = max(map(len, INFLECTIONS))
_LAST_OF_ENDINGS = frozenset(ending[-1] for ending in (*ENDINGS, *JOINED_ENDINGS))


class Own:
    """What the user says of words.

    Args:
        words: Words, each with its count or None.

    Attributes:
        words: All of them.
        counted: Those with a count.
        decided: The letters of those without, each with the ways to write them in one.
        apart: Those without that are written apart.
        openers: Letters before a half-space of a decided word: where a text has them as a word, it may begin one.
        longest: The most parts that a decided word has.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.counted = {form: count for form, count in words.items() if count is not None}
        self.decided: dict[str, set[Gaps]] = {}
        self.apart = {form for form, count in words.items() if count is None and " " in form}
        for form in words.keys() - self.counted.keys() - self.apart:
            letters, gaps = take_apart(form)
            self.decided.setdefault(letters, set()).add(gaps)
        self.gaps = {letters: next(iter(ways)) for letters, ways in self.decided.items() if len(ways) == 1}
        self._apart = frozenset(map(letters_of, self.apart))
        self.openers = frozenset(letters[:gap] for letters, gaps in self.gaps.items() for gap in gaps)
        self.longest = max((len(gaps) + 1 for gaps in self.gaps.values()), default=1)

    def __eq__(self, other: object) -> bool:
        return self.words == other.words if isinstance(other, Own) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it holds a dict

    def find(self, letters: str) -> tuple[str, Gaps]:
        r"""Return the decided word that the letters are, with or without an ending, and its half-spaces.

        Nothing twice if there is none, or if the user has decided for several ways.

        >>> own = Own({"بیت\u200cکوین": None})
        >>> own.find("بیتکوین"), own.find("بیتکوینهایشان"), own.find("بیتکوینک")
        (('بیتکوین', (3,)), ('بیتکوین', (3,)), ('', ()))
        """
        stem = stem_of(letters, self.gaps)
        return stem, self.gaps.get(stem, ())

    def parts(self) -> Iterator[str]:
        """Yield what stands beside a half-space of the user's words."""
        for letters, ways in self.decided.items():
            yield from (part for gaps in ways if gaps for part in put_together(letters, gaps).split(ZWNJ))
        yield from (part for form in self.counted if ZWNJ in form for part in form.split(ZWNJ))

    def stands_apart(self, stem: str) -> bool:
        """Tell whether the user has decided that a word may stand apart."""
        return stem in self._apart


def gather(*sources: Words) -> Own | None:
    """Return the words of all sources, or None if there are none; of a word the last source that has it decides."""
    by_letters: dict[str, Words] = {}
    for source in sources:
        these: dict[str, Words] = {}
        for form, count in source.items():
            these.setdefault(letters_of(form), {})[form] = count
        by_letters |= these
    gathered = {form: count for forms in by_letters.values() for form, count in forms.items()}
    return Own(gathered) if gathered else None


def merged(tables: Mapping[str, dict[str, str]], own: Own | None, *, builtin: bool) -> dict[str, Table]:
    """Return the tables of a lexicon with the user's words in them.

    Args:
        tables: The tables that come with the package.
        own: The user's words, if there are any.
        builtin: Whether the words of ``tables`` stay; verbs, endings and weights always do.
    """
    own = own or Own({})
    if not builtin:
        tables = _without_words(tables)
    words, pairs = dict(tables["words"]), dict(tables["pairs"])
    for form, count in own.counted.items():
        n = count * WORTH if builtin else count
        if " " not in form:
            letters, gaps = take_apart(form)
            readings = readings_of(words[letters]) if letters in words else {}
            readings[gaps] = readings.get(gaps, 0.0) + n
            words[letters] = _words_row(letters, readings)
        for pair, new in _neighbours(form, n):
            half, spaced = side_of(pairs[pair]) if pair in pairs else (0, 0)
            pairs[pair] = _pairs_row(half + new.half, spaced + new.other)
    for letters, ways in own.decided.items():
        words[letters] = _words_row(letters, dict.fromkeys(ways, DECIDED))
    apart: set[str] = set()
    for form in own.apart:
        together = DECIDED if letters_of(form) in own.decided else 0
        for pair, _ in _neighbours(form, 1):
            pairs[pair] = _pairs_row(together, DECIDED)
            apart.add(pair)
    return {**tables, "words": _Words(words, own), "pairs": _Pairs(pairs, apart)}


def is_other_word(reading: Gaps, end: int) -> bool:
    """Tell whether a word with these half-spaces has other parts than a stem of ``end`` letters and an ending.

    گوشه‌ای has, where the stem is گوش.
    """
    return end not in reading and any(gap > end for gap in reading)


class _Rows(Mapping[str, str]):
    """Rows of a table, some of which stand for further ones, with endings."""

    def __init__(self, rows: dict[str, str]) -> None:
        self.rows = rows

    def __getitem__(self, key: str) -> str:
        row: str | None = self.get(key)
        if row is None:
            raise KeyError(key)
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def items(self) -> ItemsView[str, str]:
        return self.rows.items()


class _Words(_Rows):
    """The table of words, where decided words with endings are spelt like those without.

    Words that were counted, and what the user's words are made of, have their endings too, where the table does not
    know better: else the weights would look for half-spaces in them.

    Args:
        rows: The table, with the user's words themselves.
        own: The user's words.
    """

    def __init__(self, rows: dict[str, str], own: Own) -> None:
        super().__init__(rows)
        self._decided = own.gaps
        self._stems: dict[str, Gaps] = {part: () for part in own.parts() if len(part) > 2}  # of less nothing follows
        for letters, gaps in (take_apart(form) for form in own.counted if " " not in form):
            if list(readings_of(rows[letters])) == [gaps]:
                self._stems[letters] = gaps
        self._stems |= self._decided

    def get(self, letters: str, default: Any = None) -> Any:
        """Return the row of a word; asked so often that it must be quick for what is no word."""
        known = self.rows.get(letters)
        stem = stem_of(letters, self._stems)
        if known is not None:
            return self._respelt(letters, stem) if stem in self._decided and stem != letters else known
        if not stem:
            return default
        end, gaps = len(stem), self._stems[stem]
        return _words_row(letters, {(*gaps, end) if _half_space_before(letters[end:], stem) else gaps: DECIDED})

    def _respelt(self, letters: str, stem: str) -> str:
        """Return what is known of a word with an ending, its stem written as the user writes it."""
        end, gaps = len(stem), self._decided[stem]
        readings: dict[Gaps, float] = {}
        for known, count in readings_of(self.rows[letters]).items():
            reading = known if is_other_word(known, end) else (*gaps, *(gap for gap in known if gap >= end))
            readings[reading] = readings.get(reading, 0.0) + count
        scale = max(1.0, DECIDED / sum(readings.values()))
        return _words_row(letters, {reading: count * scale for reading, count in readings.items()})

    def __contains__(self, letters: object) -> bool:
        return letters in self.rows or (isinstance(letters, str) and stem_of(letters, self._stems) != "")


class _Pairs(_Rows):
    """The table of neighbours, where those that stand apart do so with endings too.

    Args:
        rows: The table, with the neighbours themselves.
        apart: Keys of those that are to have endings.
    """

    def __init__(self, rows: dict[str, str], apart: Iterable[str]) -> None:
        super().__init__(rows)
        self._apart = frozenset(apart)

    def get(self, pair: str, default: Any = None) -> Any:
        """Return the row of two neighbours, the second one with an ending or without."""
        return self.rows.get((self._apart and stem_of(pair, self._apart)) or pair, default)


def stem_of(letters: str, stems: Container[str]) -> str:
    """Return the longest of the stems that the letters are, with or without an ending; nothing if none is."""
    if letters in stems:
        return letters
    if letters[-1:] not in _LAST_OF_ENDINGS:  # for speed
        return ""
    for cut in range(len(letters) - 1, max(len(letters) - _LONGEST_ENDING, 2) - 1, -1):
        if letters[:cut] in stems and _half_space_before(letters[cut:], letters[:cut]) is not None:
            return letters[:cut]
    return ""


def _half_space_before(ending: str, stem: str) -> bool | None:
    """Tell whether an ending takes a half-space after a word; None if it is no ending that the word may have.

    >>> [_half_space_before(ending, "خانه") for ending in ("ها", "ام", "م")]
    [True, True, None]
    >>> [_half_space_before(ending, "دانشگاه") for ending in ("ها", "ام", "م")]
    [True, False, False]
    """
    silent = stem[-1] == "ه" and stem[-2:-1] not in ("ا", "و", "ی")
    if ending in INFLECTIONS or ((silent or stem[-1] == "ی") and ending in ENDINGS):
        return stem[-1] not in NON_JOINERS
    return False if ending in JOINED_ENDINGS and not silent else None


def _neighbours(form: str, n: int) -> Iterator[tuple[str, Side]]:
    """Yield the neighbours that a word in parts speaks of, as keys of ``pairs``: together, or apart."""
    parts = form.split(" ")
    if len(parts) == 3 and parts[1] == "و":  # گفت و گو
        yield form, Side(0, n)
    elif len(parts) > 1:
        yield from ((f"{left} {right}", Side(0, n)) for left, right in pairwise(parts))
    elif form.count(ZWNJ) == 1:  # of three parts, two may be neighbours in their own right: رو به
        yield form.replace(ZWNJ, " "), Side(n, 0)


def _without_words(tables: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return tables that know of verbs, endings and prefixes, but of no other word."""
    nothing: dict[str, dict[str, str]] = {name: {} for name in ("words", "pairs", "adjectives", "context", "sides")}
    bound = {name: {key: row for key, row in tables[name].items() if key in _BOUND} for name in ("parts", "affixes")}
    return {**tables, **nothing, **bound}


def _words_row(letters: str, readings: Mapping[Gaps, float]) -> str:
    return ";".join(
        f"{put_together(letters, gaps).replace(ZWNJ, '|')} {count:.1f}" if gaps else f"{count:.1f}"
        for gaps, count in readings.items()
    )


def _pairs_row(half: int, spaced: int) -> str:
    return f"{half};{spaced}" + ";+" * (half >= spaced)
