"""persnorm inside scikit-learn."""

from __future__ import annotations

import pickle
import warnings

import pytest

pytest.importorskip("sklearn", reason="needs the extra sklearn: pip install '.[sklearn]'")

import numpy as np
import sklearn
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.exceptions import SkipTestWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils import estimator_checks

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


# ---------------------------------------------------------------------------------------- what scikit-learn asks of all

STEPS = {
    "defaults": PersianNormalizer(),
    "options": PersianNormalizer(
        "search", options={"digits": "fa", "disable": ["tatweel"]}, n_process=1, batch_size=10
    ),
}

CHECKS = [
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_dataframe_column_names_consistency",
    "check_estimator_cloneable",
    "check_estimator_get_tags_default_keys",  # before scikit-learn 1.6
    "check_estimator_repr",
    "check_estimator_tags_renamed",
    "check_estimators_fit_returns_self",
    "check_estimators_overwrite_params",
    "check_estimators_partial_fit_n_features",
    "check_estimators_unfitted",
    "check_get_params_invariance",
    "check_mixin_order",
    "check_n_features_in_after_fitting",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_readonly_memmap_input",
    "check_requires_y_none",
    "check_set_params",
    "check_transformer_n_iter",
    "check_valid_tag_types",
]
"""The checks that ask nothing of the data; the others hand over tables of numbers: text has its own tests."""


@pytest.mark.parametrize("step", STEPS)
def test_passes_the_estimator_checks(step):
    """scikit-learn's own choice of checks, by the tags, finds nothing; with text for input that is not many."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)
        estimator_checks.check_estimator(clone(STEPS[step]))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("check", CHECKS)
def test_passes_the_checks_that_ask_no_numbers(check, step):
    """Nor do those that it leaves out together with all that hand over numbers, taken one by one."""
    function = getattr(estimator_checks, check, None)
    if function is None:
        pytest.skip(f"scikit-learn {sklearn.__version__} has no {check}")
    if "dataframe" in check:
        pytest.importorskip("pandas", reason="needs the extra pandas")
    function("PersianNormalizer", clone(STEPS[step]))


def test_tags():
    """It tells scikit-learn that it takes texts, one after the other, and may be used without fit."""
    if hasattr(estimator_checks, "check_valid_tag_types"):
        tags = sklearn.utils.get_tags(PersianNormalizer())
        given = tags.input_tags
        assert (given.string, given.one_d_array, given.two_d_array) == (True, True, False)
        assert (tags.requires_fit, tags.transformer_tags.preserves_dtype) == (False, [])
    else:
        tags = PersianNormalizer()._get_tags()
        assert (tags["X_types"], tags["requires_fit"], tags["preserves_dtype"]) == (["1darray", "string"], False, [])


def test_each_text_by_itself():
    """Order, company and number of texts do not matter, nor does fit, once or twice; nothing given is changed."""
    step, given = PersianNormalizer(), list(TEXTS)
    assert step.transform(given[::-1]).tolist() == NORMALIZED[::-1]
    assert [step.transform([text])[0] for text in given] == NORMALIZED
    assert step.fit(given).fit(given[:1]).transform(given).tolist() == NORMALIZED
    assert step.fit(given, [0, 1, 0, 1]).fit_transform(given, [0, 1, 0, 1]).tolist() == NORMALIZED
    assert given == TEXTS


def test_transform_changes_no_parameter():
    """Parameters are the same objects before and after fit and transform."""
    options = {"digits": "en"}
    step = PersianNormalizer(options=options)
    step.fit(TEXTS).transform(TEXTS)
    assert step.options is options
    assert options == {"digits": "en"}
    assert step.get_params() == PersianNormalizer(options=options).get_params()


@pytest.mark.parametrize("output", ["default", "pandas", "polars"])
def test_output_is_no_table_whatever_is_set(output):
    """A setting that makes tables of all that comes out leaves texts as they are, so what is behind gets them."""
    if output != "default":
        pytest.importorskip(output, reason=f"needs the extra {output}")
    if output == "polars" and tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 5):
        pytest.skip(f"scikit-learn {sklearn.__version__} may not know it")
    with sklearn.config_context(transform_output=output):
        assert PersianNormalizer().fit_transform(TEXTS).tolist() == NORMALIZED
        pipeline = make_pipeline(PersianNormalizer("search"), TfidfVectorizer())
        assert pipeline.fit_transform(["می شود", "ميشود"]).shape == (2, 1)


def test_column_of_a_table():
    """In a ColumnTransformer it takes a column by its name, before a vectorizer."""
    pandas = pytest.importorskip("pandas", reason="needs the extra pandas")
    frame = pandas.DataFrame({"text": ["می شود", "ميشود", "كتاب"], "n": [1, 2, 3]})
    made = make_column_transformer(
        (make_pipeline(PersianNormalizer("search"), TfidfVectorizer()), "text"), ("passthrough", ["n"])
    )
    assert made.fit_transform(frame).shape == (3, 3)
    with pytest.raises(ValueError, match="as a str, not a list"):
        make_column_transformer((PersianNormalizer(), ["text"])).fit_transform(frame)
