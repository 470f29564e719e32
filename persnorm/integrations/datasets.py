"""persnorm for ``datasets`` of HuggingFace: what ``Dataset.map`` calls, and can tell from all others by a hash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from persnorm.integrations.settings import settings_of
from persnorm.normalizer import Normalizer


class NormalizeColumns:
    r"""Normalizes columns of texts, for ``map`` of a ``Dataset``, an ``IterableDataset`` or a ``DatasetDict``.

    ``batched=True`` is quicker; it works either way. Each process loads the words once and remembers those it meets.
    ``datasets`` caches the result under the normalizer's signature: with other options, words or another version it
    is computed anew, with the same it is found again. Missing values (None) stay.

    Args:
        columns: The name of a column, or several; or names with the name of the column that the result goes to.
        normalizer: What normalizes; one with the standard profile if there is none.

    Raises:
        TypeError: When it is called: a value is neither str nor None.

    Example:
        >>> NormalizeColumns("text")({"text": ["علي", None], "label": [0, 1]})
        {'text': ['علی', None]}
        >>> NormalizeColumns({"text": "normalized"})({"text": "می شود"})
        {'normalized': 'می\u200cشود'}
    """

    def __init__(self, columns: str | Iterable[str] | Mapping[str, str], normalizer: Normalizer | None = None) -> None:
        names = [columns] if isinstance(columns, str) else columns
        self.columns = dict(names) if isinstance(names, Mapping) else {name: name for name in names}
        self.normalizer = normalizer or Normalizer()

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns normalized, of one row or of a batch of rows."""
        return {into: self._normalized(name, batch[name]) for name, into in self.columns.items()}

    def _normalized(self, name: str, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value and self.normalizer.normalize(value)
        if not isinstance(value, Iterable):
            raise TypeError(f"column {name!r} has {type(value).__name__}, not texts: {value!r}")
        texts = list(value)
        for text in texts:
            if text is not None and not isinstance(text, str):
                raise TypeError(f"column {name!r} has {type(text).__name__} among its texts, not str: {text!r}")
        return [text and self.normalizer.normalize(text) for text in texts]

    def __reduce__(self) -> tuple[Callable[..., NormalizeColumns], tuple[Any, ...]]:
        # datasets takes the hash of a function from its pickle: plain data in a fixed order, and all that matters.
        # The pickle of a Normalizer holds a set, and says nothing of the version.
        return _again, (self.columns, settings_of(self.normalizer), self.normalizer.signature)

    def __repr__(self) -> str:
        return f"NormalizeColumns({self.columns!r}, {self.normalizer!r})"


def _again(columns: dict[str, str], settings: dict[str, Any], signature: str) -> NormalizeColumns:
    return NormalizeColumns(columns, Normalizer(**settings))
