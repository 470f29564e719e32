"""Dask: what its workers make is what ``normalize`` makes."""

from __future__ import annotations

import pytest

from persnorm import Normalizer
from persnorm.integrations import workers
from persnorm.integrations.dask import normalize_column

dd = pytest.importorskip("dask.dataframe", reason="needs the extra dask: pip install 'persnorm[dask]'")
pd = pytest.importorskip("pandas", reason="needs the extra dask: pip install 'persnorm[dask]'")

TEXTS = ["كتاب هاي علي", None, "", "مي شود ١٢", "abc", "\n", "پخشنما"] * 20


@pytest.fixture
def frame():
    """Give a frame of four partitions."""
    return dd.from_pandas(pd.DataFrame({"id": range(len(TEXTS)), "text": TEXTS}), npartitions=4)


@pytest.mark.parametrize("scheduler", ["synchronous", "threads", "processes"])
@pytest.mark.parametrize("options", [{}, {"digits": "en", "words": ["پخش|نما"]}])
def test_the_same_byte_for_byte(frame, scheduler, options):
    """A column comes out as each text alone would; missing values stay, other columns and kinds too."""
    want = [None if text is None else Normalizer(**options).normalize(text) for text in TEXTS]
    done = normalize_column(frame, "text", **options)
    assert list(done.columns) == ["id", "text"]
    result = done.compute(scheduler=scheduler)
    assert [None if pd.isna(text) else text for text in result["text"]] == want
    assert result["id"].tolist() == list(range(len(TEXTS)))
    assert result.dtypes.equals(frame.compute(scheduler="synchronous").dtypes)


def test_a_normalizer_into_another_column(frame):
    """A normalizer that is there may be given, and the texts kept beside the result."""
    result = normalize_column(frame, "text", "clean", normalizer=Normalizer("search")).compute(scheduler="synchronous")
    assert list(result.columns) == ["id", "text", "clean"]
    assert result["clean"].iloc[0] == Normalizer("search").normalize(TEXTS[0])


def test_made_once_in_a_process(frame):
    """All partitions of all graphs in a process share one normalizer."""
    before = workers.unpacked.cache_info().misses
    for _ in range(2):
        normalize_column(frame, "text", digits="keep", disable=["tatweel"]).compute(scheduler="synchronous")
    assert workers.unpacked.cache_info().misses == before + 1


def test_what_cannot_be_done(frame):
    """A column that is not there, and wrong options, are told where they are written."""
    with pytest.raises(ValueError, match="no column 'txt': there are id, text"):
        normalize_column(frame, "txt")
    with pytest.raises(ValueError, match="did you mean digits"):
        normalize_column(frame, "text", digit="en")
    with pytest.raises(TypeError, match="a normalizer or options for one, not both: digits"):
        normalize_column(frame, "text", normalizer=Normalizer(), digits="en")
