"""persnorm in the datasets of HuggingFace."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
pytest.importorskip("datasets", reason="needs the extra datasets: pip install '.[datasets]'")

import datasets
from datasets.fingerprint import Hasher

import persnorm
from persnorm.integrations.datasets import NormalizeColumns

TEXTS = ["علي كتاب ها را خواند", None, "", "می شود 25"] * 25
NORMALIZED = [text and persnorm.normalize(text) for text in TEXTS]
N = persnorm.Normalizer


@pytest.fixture
def dataset(tmp_path) -> datasets.Dataset:
    """Give a small dataset that lies in files, as only then results are cached."""
    rows = datasets.Dataset.from_dict({"text": TEXTS, "label": list(range(len(TEXTS)))})
    rows.save_to_disk(str(tmp_path / "rows"))
    return datasets.load_from_disk(str(tmp_path / "rows"))


@pytest.mark.parametrize("options", [{"batched": True}, {"batched": True, "num_proc": 2, "batch_size": 7}, {}])
def test_map(dataset, options):
    """Each row is normalized, in batches or not, in processes or not; missing values and other columns stay."""
    result = dataset.map(NormalizeColumns("text"), **options)
    assert result["text"][:] == NORMALIZED
    assert result["label"][:] == dataset["label"][:]


def test_into_another_column(dataset):
    """The result may go to another column, beside the original."""
    result = dataset.map(NormalizeColumns({"text": "normalized"}), batched=True)
    assert result["text"][:] == TEXTS
    assert result["normalized"][:] == NORMALIZED


def test_several_columns():
    """Several columns are normalized at once."""
    rows = datasets.DatasetDict({"train": datasets.Dataset.from_dict({"a": ["كي"], "b": ["علي"], "c": ["علي"]})})
    assert rows.map(NormalizeColumns(["a", "b"]), batched=True)["train"][0] == {"a": "کی", "b": "علی", "c": "علي"}


def test_streamed():
    """A dataset that is streamed is normalized as it is read, and not before."""
    read = []

    def rows():
        for text in TEXTS:
            read.append(text)
            yield {"text": text}

    stream = datasets.IterableDataset.from_generator(rows)
    result = stream.map(NormalizeColumns("text"), batched=True, batch_size=2)
    assert read == []
    assert [row["text"] for row in result.take(3)] == NORMALIZED[:3]
    assert len(read) < len(TEXTS)
    assert [row["text"] for row in result] == NORMALIZED


def test_cached_by_signature(dataset, monkeypatch):
    """An equal normalizer finds the result again; other options, words, columns or another version do not."""

    def files(step):
        return [file["filename"] for file in dataset.map(step, batched=True).cache_files]

    first = files(NormalizeColumns("text"))
    calls = []
    with monkeypatch.context() as patch:
        patch.setattr(N, "normalize", lambda *_: calls.append(1))
        assert files(NormalizeColumns("text", N("standard", digits="fa"))) == first
    assert calls == []
    others = [N("search"), N(digits="en"), N(words=["بیت|کوین"]), N(disable=["tatweel"]), N(protect=["x+"])]
    found = [files(NormalizeColumns("text", other)) for other in others]
    found.append(files(NormalizeColumns({"text": "other"})))
    monkeypatch.setattr("persnorm.normalizer.__version__", "9.9.9")
    found.append(files(NormalizeColumns("text")))
    assert len({tuple(names) for names in [first, *found]}) == len(others) + 3


def test_hash_is_that_of_every_process(tmp_path):
    """The hash does not depend on the process, on the order of names, or on what was normalized before."""
    lexicon = tmp_path / "my.tsv"
    lexicon.write_text("وب|سایت\nبیت|کوین\t3\n", "utf-8")
    program = f"""
from datasets.fingerprint import Hasher
from persnorm import Normalizer
from persnorm.integrations.datasets import NormalizeColumns
n = Normalizer(disable=["tatweel", "arabic-kaf", "harakat"], lexicon={str(lexicon)!r}, protect=["a", "b"])
print(Hasher.hash(NormalizeColumns(["a", "b"], n)))
"""
    root = str(Path(persnorm.__file__).parent.parent)
    environment = os.environ | {"PYTHONPATH": root}
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env=environment | {"PYTHONHASHSEED": seed}
        ).stdout.split()[-1]
        for seed in "123"
    }
    words = {"بیت|کوین": 3, "وب|سایت": None}
    step = NormalizeColumns(
        ("a", "b"), N(disable=["harakat", "tatweel", "arabic-kaf"], words=words, protect=["a", "b"])
    )
    step({"a": ["می شود"], "b": ["بیتکوین"]})
    assert hashes == {Hasher.hash(step).encode()}


def test_pickled():
    """A step comes back from a pickle with the same normalizer."""
    normalizer = N("search", digits="fa", words=["بیت|کوین"], disable=["tatweel"], protect=["x+"])
    again = pickle.loads(pickle.dumps(NormalizeColumns({"a": "b"}, normalizer)))
    assert (again.columns, again.normalizer, repr(again)[:37]) == (
        {"a": "b"},
        normalizer,
        "NormalizeColumns({'a': 'b'}, Normaliz",
    )


def test_words_are_loaded_once_in_a_process(dataset, monkeypatch):
    """One process loads the words once for all its batches."""
    loads = []
    ready = N._ready
    monkeypatch.setattr(N, "_ready", lambda self: (self._engine is None and loads.append(1), ready(self))[1])
    dataset.map(NormalizeColumns("text"), batched=True, batch_size=5, load_from_cache_file=False)
    assert loads == [1]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1], "column 'text' has int among its texts"),
        (5, "column 'text' has int, not texts"),
        ([["a"]], "has list among"),
    ],
)
def test_what_is_no_text_is_refused(value, message):
    """A column of something else than texts is an error that names it."""
    with pytest.raises(TypeError, match=message):
        NormalizeColumns("text")({"text": value})
