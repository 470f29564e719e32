"""persnorm in the place of hazm's normalizer."""

from __future__ import annotations

import inspect

import pytest

from persnorm.integrations.hazm import RULES_OF, Normalizer
from persnorm.rule import ZWNJ
from persnorm.rules import ALL_RULES


def test_rules_of_flags_exist():
    """Each flag stands for rules that there are, and no rule stands under two flags."""
    names = [name for rules in RULES_OF.values() for name in rules]
    assert len(names) == len(set(names))
    assert set(names) <= {rule.name for rule in ALL_RULES}


@pytest.mark.parametrize(
    ("flag", "text", "with_it", "without"),
    [
        ("correct_spacing", "کتاب ( خوب )", "کتاب (خوب)", "کتاب ( خوب )"),
        ("remove_diacritics", "کَرد", "کرد", "کَرد"),
        ("remove_specials_chars", "پیامبر ﷺ بود", "پیامبر بود", "پیامبر ﷺ بود"),
        ("decrease_repeated_chars", "سلامممم", "سلام", "سلامممم"),
        ("persian_style", 'گفت "سلام"', "گفت «سلام»", 'گفت "سلام"'),
        ("persian_numbers", "25 نفر", "۲۵ نفر", "25 نفر"),
        ("unicodes_replacement", "\ufefb", "لا", "\ufefb"),
        ("seperate_mi", "نمیدانم", f"نمی{ZWNJ}دانم", "نمیدانم"),
    ],
)
def test_flags(flag, text, with_it, without):
    """Each flag does its part, on if nothing is said, and can be turned off."""
    assert Normalizer().normalize(text) == with_it
    assert Normalizer(**{flag: False}).normalize(text) == without


@pytest.mark.parametrize(
    ("method", "text", "result"),
    [
        ("correct_spacing", "علي می رود", f"علي می{ZWNJ}رود"),
        ("remove_diacritics", "حَذفِ 1", "حذف 1"),
        ("remove_specials_chars", "اکرم ﷺ", "اکرم "),
        ("decrease_repeated_chars", "سلاممممم را", "سلام را"),
        ("persian_style", '"علي" 1', "«علي» 1"),
        ("persian_number", "علي 5", "علي ۵"),
        ("unicodes_replacement", "\ufdf2", "الله"),
        ("seperate_mi", "نمیدانم چه میگفت 1", f"نمی{ZWNJ}دانم چه می{ZWNJ}گفت 1"),
    ],
)
def test_methods(method, text, result):
    """Each method does what its flag stands for, and nothing else."""
    assert getattr(Normalizer(), method)(text) == result


def test_token_spacing():
    """Tokens that are parts of one word are put together."""
    assert Normalizer().token_spacing(["او", "می", "رود"]) == ["او", f"می{ZWNJ}رود"]
    assert Normalizer().token_spacing([]) == []


def test_signature_is_that_of_hazm():
    """The constructor has the flags of the installed hazm, in its order and with its defaults, and all its methods."""
    hazm = pytest.importorskip("hazm", reason="needs the extra hazm")
    flags = {p.name: p.default for p in inspect.signature(hazm.Normalizer).parameters.values()}
    assert {p.name: p.default for p in inspect.signature(Normalizer).parameters.values()} == flags
    assert {name for name in vars(hazm.Normalizer) if not name.startswith("_")} <= set(dir(Normalizer))


def test_pipeline_of_hazm():
    """What comes out is cut into sentences, words and lemmas by hazm."""
    hazm = pytest.importorskip("hazm", reason="needs the extra hazm")
    text = Normalizer().normalize("علي كتاب ها را می خواند. ما نمیدانیم.")
    first, second = hazm.sent_tokenize(text)
    words = hazm.WordTokenizer().tokenize(first)
    assert words == ["علی", f"کتاب{ZWNJ}ها", "را", f"می{ZWNJ}خواند", "."]
    lemmatize = hazm.Lemmatizer().lemmatize
    assert [lemmatize(word) for word in words[1:4]] == ["کتاب", "را", "خواند#خوان"]
    assert lemmatize(hazm.WordTokenizer().tokenize(second)[1]) == "دانست#دان"
