"""persnorm inside scikit-learn."""

from __future__ import annotations

import pickle

import pytest

pytest.importorskip("sklearn", reason="needs the extra sklearn: pip install '.[sklearn]'")

import numpy as np
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline

import persnorm
from persnorm.integrations.sklearn import PersianNormalizer

TEXTS = ["علي كتاب ها را خواند", "می شود 25", "دیدارهای منطقهای", "سلام"]
NORMALIZED = [persnorm.normalize(text) for text in TEXTS]


@pytest.mark.parametrize("made", [list, tuple, iter, lambda texts: np.array(texts, dtype=object), np.array])
def test_any_iterable_of_texts(made):
    """Lists, iterators and arrays of objects or strings give the same array of objects."""
    result = PersianNormalizer().transform(made(TEXTS))
    assert result.dtype == object
    assert result.tolist() == NORMALIZED


def test_series():
    """A pandas Series is taken by its values, whatever its index."""
    pandas = pytest.importorskip("pandas", reason="needs the extra pandas")
    assert PersianNormalizer().transform(pandas.Series(TEXTS, index=[7, 5, 3, 1])).tolist() == NORMALIZED


def test_no_texts():
    """No texts give an empty array."""
    assert PersianNormalizer().fit_transform([]).shape == (0,)


def test_processes():
    """Several processes give the same, in order."""
    assert PersianNormalizer(n_process=2, batch_size=1).fit_transform(TEXTS).tolist() == NORMALIZED


def test_params_clone_pickle():
    """Parameters are those of the constructor; copies do the same, and set_params takes effect."""
    step = PersianNormalizer("minimal", options={"digits": "en"})
    assert step.get_params() == {
        "profile": "minimal",
        "options": {"digits": "en"},
        "n_process": 1,
        "batch_size": 1000,
    }
    expected = step.fit_transform(TEXTS).tolist()
    assert expected == [persnorm.Normalizer("minimal", digits="en").normalize(text) for text in TEXTS]
    assert clone(step).transform(TEXTS).tolist() == expected
    assert pickle.loads(pickle.dumps(step)).transform(TEXTS).tolist() == expected
    assert step.set_params(profile="standard", options=None).transform(TEXTS).tolist() == NORMALIZED


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ("علی", TypeError, "one str"),
        (["علی", None], TypeError, "text 1 is NoneType"),
        (["علی", "کی", 2.5], TypeError, "text 2 is float"),
        (np.array([["علی"]]), ValueError, "one column"),
    ],
)
def test_what_is_no_text(wrong, error, message):
    """What is not str is refused, with its place."""
    with pytest.raises(error, match=message):
        PersianNormalizer().transform(wrong)


def test_unknown_option():
    """Options are checked by fit, not by the constructor, as scikit-learn asks."""
    with pytest.raises(ValueError, match="standard"):
        PersianNormalizer("standart").fit(TEXTS)


def test_pipeline():
    """Spellings that differ are one feature to a vectorizer behind it."""
    pipeline = make_pipeline(PersianNormalizer("search"), TfidfVectorizer())
    pipeline.fit(["می شود", "می‌شود", "ميشود"])
    assert pipeline.get_feature_names_out().tolist() == ["میشود"]


def test_grid_search():
    """A grid search chooses among profiles, in copies of the step."""
    pipeline = Pipeline([("norm", PersianNormalizer()), ("tfidf", TfidfVectorizer()), ("model", LogisticRegression())])
    texts = ["كتاب خوب", "کتاب بد", "فيلم خوب", "فیلم بد"] * 3
    search = GridSearchCV(pipeline, {"norm__profile": ["minimal", "search"]}, cv=2).fit(texts, [1, 0] * 6)
    assert search.best_score_ == 1
    assert search.best_params_["norm__profile"] in ("minimal", "search")


def test_feature_names():
    """One column comes out, under the name it came in with."""
    assert PersianNormalizer().get_feature_names_out().tolist() == ["text"]
    assert PersianNormalizer().get_feature_names_out(["title"]).tolist() == ["title"]
