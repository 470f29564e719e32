"""Apache Spark, for real: two workers, and what they make is what ``normalize`` makes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

import persnorm
from persnorm import Normalizer

pytest.importorskip("pyspark", reason="needs the extra spark: pip install 'persnorm[spark]'")
pytest.importorskip("pyarrow", reason="needs the extra spark: pip install 'persnorm[spark]'")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("needs Java 17, which Spark runs on", allow_module_level=True)

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from persnorm.integrations import workers
from persnorm.integrations.spark import normalize_column, normalize_udf

# Of the libraries among each other: Spark warns of a pandas that is newer than it knows.
NOT_OURS = ("FutureWarning", "DeprecationWarning", "ResourceWarning")
pytestmark = [pytest.mark.filterwarnings(f"ignore::{kind}") for kind in NOT_OURS]

TEXTS = ["كتاب هاي علي", None, "", "مي شود ١٢", "abc", "دیدارهای منطقهای و گفتوگو", "\n", "می‌شود"]


@pytest.fixture(scope="module")
def session():
    """Give a session with two workers on this machine, batches of a hundred rows, and no page."""
    root = str(Path(persnorm.__file__).parents[1])
    before = {name: os.environ.get(name) for name in ("PYSPARK_PYTHON", "PYTHONPATH")}
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (root, before["PYTHONPATH"])))
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def frame_of(session, texts):
    """Return a frame of two parts with numbered texts."""
    rows = [(n, text) for n, text in enumerate(texts)]
    return session.createDataFrame(rows, "id int, text string").repartition(2, "id")


def column(frame, name):
    """Return a column of a frame in the order of the numbers."""
    return [row[name] for row in frame.orderBy("id").collect()]


@pytest.mark.parametrize("options", [{}, {"profile": "search"}, {"digits": "en", "words": ["پخش|نما"]}])
def test_the_same_byte_for_byte(session, options):
    """A column comes out as each text alone would; missing values stay, other columns too."""
    texts = TEXTS + [f"{n} پخشنما {text}" for n in range(150) for text in TEXTS if text]
    normalizer = Normalizer(**options)
    want = [text if text is None else normalizer.normalize(text) for text in texts]
    done = normalize_column(frame_of(session, texts), "text", **options)
    assert done.columns == ["id", "text"]
    assert column(done, "text") == want
    kept = normalize_column(frame_of(session, texts), "text", "clean", normalizer=normalizer)
    assert column(kept, "text") == texts
    assert column(kept, "clean") == want


def test_the_lexicon_is_loaded_once_per_worker(session):
    """A process that works on many batches, in several queries, loads the lexicon once, not for each of them."""
    inside = normalize_udf().func

    def report(batches):
        from persnorm import lexicon  # noqa: PLC0415  # in the worker

        for batch in inside(batches):
            loads = lexicon.default_lexicon.cache_info().misses
            made = workers.unpacked.cache_info().misses
            told = f"{os.getpid()} {len(batch)} {loads} {made}"
            yield batch.map(lambda _, told=told: told)

    report.__annotations__ = inside.__annotations__
    told = []
    for _ in range(2):
        frame = frame_of(session, [f"كتاب {n}" for n in range(4_000)])
        told += [row[0].split() for row in frame.select(F.pandas_udf(report, "string")("text")).collect()]
    assert {int(size) for _, size, *_ in told} <= set(range(1, 101))  # so there were 80 batches at least
    assert {loads for *_, loads, _ in told} == {"1"}
    # Normalizers of other tests may be there too, but none is made while it works.
    pids = {pid for pid, *_ in told}
    assert len(pids) <= 2
    assert len({(pid, made) for pid, *_, made in told}) == len(pids)


def test_in_sql(session):
    """A registered UDF can be called in SQL."""
    session.udf.register("normalize_fa", normalize_udf(digits="keep"))
    frame_of(session, TEXTS).createOrReplaceTempView("texts")
    done = session.sql("SELECT id, normalize_fa(text) AS text FROM texts WHERE text IS NOT NULL")
    assert column(done, "text") == Normalizer(digits="keep").normalize_batch(text for text in TEXTS if text is not None)


def test_names_with_signs_in_them(session):
    """A column may have a dot or a backtick in its name."""
    frame = session.createDataFrame([("علي",)], ["a.`b"])
    assert normalize_column(frame, "a.`b").collect()[0][0] == "علی"


def test_what_cannot_be_done(session):
    """A column that is not there, or no text, and wrong options are told where they are written."""
    frame = frame_of(session, TEXTS)
    with pytest.raises(ValueError, match="no column 'txt': there are id, text"):
        normalize_column(frame, "txt")
    with pytest.raises(ValueError, match="column 'id' is int, not string"):
        normalize_column(frame, "id")
    with pytest.raises(ValueError, match="did you mean digits"):
        normalize_udf(digit="en")
    with pytest.raises(TypeError, match="a normalizer or options for one, not both: digits"):
        normalize_udf(Normalizer(), digits="en")


def test_beside_other_functions(session):
    """The UDF stands in a query as any function of columns does."""
    normalized = normalize_udf()
    words = frame_of(session, ["علي علي", "علی"]).select(F.explode(F.split(normalized("text"), " ")).alias("word"))
    assert [(row.word, row["count"]) for row in words.groupBy("word").count().collect()] == [("علی", 3)]
