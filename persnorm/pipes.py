"""Texts one after another, lazily and in order, in this process or in several; an error says which text it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

Normalize = Callable[[str], str]


class Batch(NamedTuple):
    """Texts that go to a process together.

    Attributes:
        start: The index of the first one.
        texts: They themselves.
        contexts: What goes with each, if pairs were given.
    """

    start: int
    texts: list[str]
    contexts: list[Any]


def one_by_one(normalize: Normalize, items: Iterable[Any], *, as_tuples: bool) -> Iterator[Any]:
    """Yield the normalized texts, reading each item when its result is asked for.

    Raises:
        TypeError: An item is no pair where pairs were to be given.
        Exception: What ``normalize`` raises, with the attribute ``index``.
    """
    for index, item in enumerate(items):
        text, context = _pair(item, index) if as_tuples else (item, None)
        try:
            result = normalize(text)
        except Exception as error:
            _tell_index(error, index)
            raise
        yield (result, context) if as_tuples else result


def in_batches(
    normalize: Normalize, items: Iterable[Any], *, as_tuples: bool, n_process: int, batch_size: int
) -> Iterator[Any]:
    """Yield what ``one_by_one`` yields, worked on by several processes.

    Raises:
        WorkerDied: A process was ended from outside.
        Exception: What ``one_by_one`` raises.
    """
    from persnorm.jobs import in_order  # noqa: PLC0415  # only several processes need it

    pairs = ((batch, batch.texts) for batch in _batches(items, batch_size, as_tuples=as_tuples))
    for batch, done in in_order(partial(_normalize_all, normalize), pairs, n_process, prepare=partial(normalize, "")):
        results, error = done or ([], None)
        yield from zip(results, batch.contexts, strict=False) if as_tuples else results
        if error:
            _tell_index(error, batch.start + len(results))
            raise error


def _normalize_all(normalize: Normalize, texts: list[str]) -> tuple[list[str], Exception | None]:
    """Return the normalized texts, up to one that raises an exception, and the exception."""
    results: list[str] = []
    try:
        for text in texts:
            results.append(normalize(text))  # what was done before an exception is wanted
    except Exception as error:  # raised where the text came from
        return results, error
    return results, None


def _batches(items: Iterable[Any], size: int, *, as_tuples: bool) -> Iterator[Batch]:
    """Yield the items in batches, all that came before an exception too."""
    batch = Batch(0, [], [])
    failure: Exception | None = None
    iterator = enumerate(items)
    while True:
        try:
            index, item = next(iterator)
            text, context = _pair(item, index) if as_tuples else (item, None)
        except StopIteration:
            break
        except Exception as error:  # raised when what came before it has been yielded
            failure = error
            break
        batch.texts.append(text)
        batch.contexts.append(context)
        if len(batch.texts) == size:
            yield batch
            batch = Batch(index + 1, [], [])
    if batch.texts:
        yield batch
    if failure:
        raise failure


def _pair(item: Any, index: int) -> tuple[str, Any]:
    if not isinstance(item, tuple | list) or len(item) != 2:
        error = TypeError(f"with as_tuples each item is a pair of a text and its context, got {type(item).__name__}")
        _tell_index(error, index)
        raise error
    return item[0], item[1]


def _tell_index(error: Exception, index: int) -> None:
    """Write the index of a text into the error that it raised."""
    with suppress(AttributeError):  # an exception with __slots__
        error.index = index  # type: ignore[attr-defined]
    if error.args and isinstance(error.args[0], str):
        error.args = (f"text at index {index}: {error.args[0]}", *error.args[1:])
