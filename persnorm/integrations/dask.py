"""Dask: a column of texts normalized, partition by partition. Needs the extra ``dask``.

The normalizer goes to the workers with the graph. Each process makes it once and keeps what it has remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from persnorm import Normalizer
from persnorm.integrations.workers import packed, unpacked

if TYPE_CHECKING:
    import dask.dataframe as dd
    import pandas as pd


def normalize_column(
    frame: dd.DataFrame, column: str, into: str | None = None, *, normalizer: Normalizer | None = None, **options: Any
) -> dd.DataFrame:
    """Return a frame with a column of texts normalized, lazily. Missing values stay missing.

    Args:
        frame: The frame.
        column: The column, of texts.
        into: The column that the result goes to; without it the column is replaced.
        normalizer: One that is there already, or None.
        **options: Those of ``persnorm.Normalizer``, if none is given.

    Raises:
        ValueError: The frame has no such column, or as ``persnorm.Normalizer`` does.
        TypeError: Both a normalizer and options are given. When it is computed: a value is no text.
    """
    if column not in frame.columns:
        raise ValueError(f"no column {column!r}: there are {', '.join(map(str, frame.columns))}")
    texts = frame[column]
    done = texts.map_partitions(_normalized, packed(normalizer, options), meta=texts._meta)
    result: dd.DataFrame = frame.assign(**{into or column: done})
    return result


def _normalized(texts: pd.Series, sent: bytes) -> pd.Series:
    return texts.map(unpacked(sent).normalize, na_action="ignore").astype(texts.dtype)
