"""Apache Spark: a column of texts normalized by an Arrow-vectorized UDF. Needs the extra ``spark``, and Java.

The normalizer goes to the workers with the query. Each Python worker loads the lexicon once and keeps what it has
remembered for all batches and tasks that it gets, as Spark uses its workers again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F  # as everybody calls it
from pyspark.sql.types import StringType

from persnorm import Normalizer
from persnorm.integrations.workers import packed, unpacked

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import Column, DataFrame


def normalize_udf(normalizer: Normalizer | None = None, **options: Any) -> Callable[..., Column]:
    """Return a function of columns, for ``select``, ``withColumn`` and, once registered, SQL.

    Args:
        normalizer: One that is there already, or None.
        **options: Those of ``persnorm.Normalizer``, if none is given.

    Returns:
        A vectorized UDF from string to string. Missing values stay missing.

    Raises:
        TypeError: Both a normalizer and options are given.
        ValueError: As ``persnorm.Normalizer`` does.

    Example:
        >>> from persnorm.integrations.spark import normalize_udf
        >>> normalized = normalize_udf(digits="en")
        >>> # frame.select(normalized("text"))
        >>> # spark.udf.register("normalize_fa", normalized)
    """
    sent = packed(normalizer, options)

    def normalized(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        normalize = unpacked(sent).normalize
        for batch in batches:
            yield batch.map(normalize, na_action="ignore")

    # Spark takes the kind of a UDF from its annotations, which it cannot read as text.
    import pandas as pd  # noqa: PLC0415  # Spark needs it for this

    normalized.__annotations__ = {"batches": Iterator[pd.Series], "return": Iterator[pd.Series]}
    made: Callable[..., Column] = F.pandas_udf(normalized, StringType())  # type: ignore[attr-defined,unused-ignore]  # by version
    return made


def normalize_column(
    frame: DataFrame, column: str, into: str | None = None, *, normalizer: Normalizer | None = None, **options: Any
) -> DataFrame:
    """Return a frame with a column of texts normalized.

    Args:
        frame: The frame.
        column: The column, of strings.
        into: The column that the result goes to; without it the column is replaced.
        normalizer: As in ``normalize_udf``.
        **options: As in ``normalize_udf``.

    Raises:
        ValueError: The frame has no such column of strings.
        TypeError: Both a normalizer and options are given.
    """
    kinds = dict(frame.dtypes)
    if column not in kinds:
        raise ValueError(f"no column {column!r}: there are {', '.join(kinds)}")
    if kinds[column] != "string":
        raise ValueError(f"column {column!r} is {kinds[column]}, not string: cast it, or name another one")
    # In backticks, for a dot in a name would lead into a struct.
    text = F.col(f"`{column.replace('`', '``')}`")
    return frame.withColumn(into or column, normalize_udf(normalizer, **options)(text))
