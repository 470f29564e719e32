"""persnorm as the normalizer of a tokenizer of HuggingFace ``tokenizers``, with offsets in the text as it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from tokenizers import NormalizedString, Tokenizer
from tokenizers.normalizers import Normalizer as TokenizerStep
from tokenizers.normalizers import Sequence as Steps

from persnorm.alignment import Cell
from persnorm.normalizer import Normalizer

_UNASSIGNED = range(0xF0000, 0xFFFFE)
"""Private use, plane 15: from here come the signs that stand for several letters while a text is edited."""


def normalizer_step(normalizer: Normalizer | None = None) -> Any:
    """Return a normalizer for ``Tokenizer.normalizer`` or ``tokenizers.normalizers.Sequence``.

    Args:
        normalizer: What normalizes; one with the standard profile if there is none.

    Example:
        >>> from tokenizers import Tokenizer, models, pre_tokenizers
        >>> tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "علی": 1, "آمد": 2}, unk_token="[UNK]"))
        >>> tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
        >>> tokenizer.normalizer = normalizer_step()
        >>> encoding = tokenizer.encode("علــي  آمد")
        >>> encoding.tokens, encoding.offsets
        (['علی', 'آمد'], [(0, 5), (7, 10)])
    """
    return TokenizerStep.custom(_Step(normalizer or Normalizer()))


@contextmanager
def detached(tokenizer: Tokenizer, instead: Any = None) -> Iterator[Tokenizer]:
    """Take the normalizer out of a tokenizer for a while: with it, it can be neither saved nor pickled nor copied.

    All of the normalizer goes, also what stands beside persnorm in a ``Sequence``. It is put back in any case.

    Args:
        tokenizer: Of a tokenizer of transformers, its ``backend_tokenizer``.
        instead: A normalizer of ``tokenizers`` to stand there meanwhile; an empty ``Sequence`` if there is none.

    Example:
        >>> from tokenizers import models
        >>> tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
        >>> tokenizer.normalizer = normalizer_step()
        >>> with detached(tokenizer):
        ...     data = tokenizer.to_str()  # or save("tokenizer.json")
        >>> again = Tokenizer.from_str(data)
        >>> again.normalizer = normalizer_step()
    """
    nothing = Steps([])  # None is refused by older versions, such as 0.15
    step = tokenizer.normalizer
    tokenizer.normalizer = nothing if instead is None else instead
    try:
        yield tokenizer
    finally:
        tokenizer.normalizer = nothing if step is None else step


class _Step:
    """What ``tokenizers`` calls. It swallows exceptions, so nothing is edited before all that may fail is done."""

    def __init__(self, normalizer: Normalizer) -> None:
        self._normalizer = normalizer

    def normalize(self, normalized: NormalizedString) -> None:
        explanation = self._normalizer.explain(str(normalized.normalized))
        if explanation.changes:
            _edit(normalized, written(explanation.alignment.cells, explanation.text), explanation.text)


def written(cells: Sequence[Cell], text: str) -> list[str]:
    r"""Return for each code point of the source what is to be written in its place: one, none or several.

    A ``NormalizedString`` maps each code point of its text to one of the source. So what is put in goes with the
    letter before it, if there is one. One sign for several goes with the first; with the last, if a word ends with it,
    so that the word keeps its end.

    Example:
        >>> from persnorm import explain
        >>> e = explain("گفتوگو  ﷲ")
        >>> written(e.alignment.cells, e.text)
        ['گ', 'ف', 'ت\u200c', 'و', 'گ', 'و', ' ', '', 'الله']
    """
    places = [""] * cells[-1].end
    waiting = ""  # put in after a space or before all else: goes with what follows
    last = 0  # the last place that stays
    for cell in cells:
        new = text[cell.result_start : cell.result_end]
        if new and cell.start == cell.end and text[: cell.result_start][-1:].strip():
            places[last] += new
        elif new and cell.start == cell.end:
            waiting += new
        elif new:
            at = _places(cell, text)
            last = at[-1]
            for place, letters in zip(at, (*new[: len(at) - 1], new[len(at) - 1 :]), strict=True):
                places[place] = waiting + letters
                waiting = ""
    places[last] += waiting
    return places


def _places(cell: Cell, text: str) -> Sequence[int]:
    """Return the places of a cell that get something written."""
    length, new = cell.end - cell.start, cell.result_end - cell.result_start
    if length <= new:
        return range(cell.start, cell.end)
    if new > 1:
        return [*range(cell.start, cell.start + new - 1), cell.end - 1]
    before, after = text[: cell.result_start][-1:], text[cell.result_end :][:1]
    return [cell.end - 1 if before.isalnum() and not after.isalnum() else cell.start]


def _edit(normalized: NormalizedString, places: Sequence[str], text: str) -> None:
    """Write ``places``, each in its own: ``map`` goes from one to one, ``replace`` makes none or several of one.

    ``replace`` finds text, not places. So what is none or several is first mapped to a sign that the text has not.
    """
    unused = (sign for sign in map(chr, _UNASSIGNED) if sign not in text)
    contents = dict.fromkeys(place for place in places if len(place) != 1)
    signs = dict(zip(contents, unused, strict=False))
    for_each = chain.from_iterable(signs.get(place, place) for place in places)
    normalized.map(lambda _: next(for_each))
    for content, sign in signs.items():
        normalized.replace(sign, content)
