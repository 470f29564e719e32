"""persnorm in the place of hazm's normalizer."""

from __future__ import annotations

import importlib.metadata
import inspect
import pickle
from functools import cache
from pathlib import Path

import pytest
from test_docs import run_blocks, tables, text_of

from persnorm.integrations import hazm as integration
from persnorm.integrations.hazm import RULES_OF, Normalizer
from persnorm.rule import ZWNJ
from persnorm.rules import ALL_RULES

PAGE = Path(__file__).parent.parent / "docs" / "migrating.md"
ROWS = [row for table in tables(PAGE.read_text("utf-8")) for row in table]


@cache
def made(expression, normalizer):
    """Return what an expression such as ``Normalizer(seperate_mi=False)`` makes; with an empty one, the defaults."""
    return eval(expression or "Normalizer()", {"Normalizer": normalizer})


def made_as(row, normalizer):
    """Return the normalizer that a row of the page names."""
    return made(row.get("made as", "").strip("`"), normalizer)


def test_rules_of_flags_exist():
    """Each flag stands for rules that there are, and no rule stands under two flags."""
    names = [name for rules in RULES_OF.values() for name in rules]
    assert len(names) == len(set(names))
    assert set(names) <= {rule.name for rule in ALL_RULES}


def test_rules_of_flags_are_on():
    """With all flags each of these rules is on, so that none of them is there in name only."""
    options = integration._without(frozenset()).options
    on = {rule.name for rule in ALL_RULES if rule.wants(options)}
    assert [name for rules in RULES_OF.values() for name in rules if name not in on] == []


@pytest.mark.parametrize(
    ("flag", "text", "with_it", "without"),
    [
        ("correct_spacing", "کتاب ( خوب )", "کتاب (خوب)", "کتاب ( خوب )"),
        ("remove_diacritics", "کَرد", "کرد", "کَرد"),
        ("remove_specials_chars", "پیامبر ﷺ بود", "پیامبر بود", "پیامبر ﷺ بود"),
        ("decrease_repeated_chars", "سلامممم", "سلام", "سلامممم"),
        ("persian_style", 'گفت "سلام"', "گفت «سلام»", 'گفت "سلام"'),
        ("persian_style", "رفت...", "رفت…", "رفت..."),
        ("persian_style", "۲.۵ متر", "۲٫۵ متر", "۲.۵ متر"),
        ("persian_numbers", "25 نفر", "۲۵ نفر", "25 نفر"),
        ("persian_numbers", "25% رأی", "۲۵٪ رأی", "25% رأی"),
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


def test_page_about_moving_tells_what_the_drop_in_does():
    """Its column for the drop-in holds, and has each flag switched off once."""
    rows = [row for row in ROWS if "drop-in" in row]
    for row in rows:
        assert made_as(row, Normalizer).normalize(text_of(row["before"])) == text_of(row["drop-in"]), row
    flags = {f"`Normalizer({flag}=False)`" for flag in inspect.signature(Normalizer).parameters}
    assert flags <= {row["made as"] for row in rows}


OTHERWISE = {"0.10.0": {}, "0.12.1": {"ﻗﺮﺂن و ﻧﺎن": "قران و نان"}}
"""Version of hazm -> what it makes of a text otherwise than the page says of 0.10.0."""


def test_page_about_moving_tells_what_hazm_does():
    """Its columns for hazm hold, and the newer hazm differs as the page says."""
    hazm = pytest.importorskip("hazm", reason="needs the extra hazm")
    version = importlib.metadata.version("hazm")
    if version not in OTHERWISE:
        pytest.skip(f"{PAGE.name} says nothing of hazm {version}")
    rows = [row for row in ROWS if "hazm 0.10.0" in row]
    assert len(rows) > 30
    for row in rows:
        text = text_of(row["before"])
        expected = OTHERWISE[version].get(text, text_of(row["hazm 0.10.0"]))
        assert made_as(row, hazm.Normalizer).normalize(text) == expected, row


def test_page_about_moving_runs():
    """Its examples run, those with hazm too."""
    pytest.importorskip("hazm", reason="needs the extra hazm")
    run_blocks(PAGE)


def test_copies():
    """A drop-in may be sent to another process."""
    normalizer = Normalizer(persian_numbers=False)
    assert pickle.loads(pickle.dumps(normalizer)).normalize("علي 25 می شود") == f"علی 25 می{ZWNJ}شود"


TEXT = """علي كتاب ها را می خواند. ما نمیدانیم چه میگویند!
دیدارهای منطقهای در سال 2024 آغاز می شود؛ "گفتوگو" ادامه دارد."""


@pytest.fixture(scope="module")
def hazm():
    """Give the installed hazm, whichever version this Python has."""
    return pytest.importorskip("hazm", reason="needs the extra hazm")


def test_pipeline_of_hazm(hazm):
    """What comes out is cut into sentences, words and lemmas by hazm."""
    sentences = hazm.sent_tokenize(Normalizer().normalize(TEXT))
    words = [hazm.WordTokenizer().tokenize(sentence) for sentence in sentences]
    assert words == [
        ["علی", f"کتاب{ZWNJ}ها", "را", f"می{ZWNJ}خواند", "."],
        ["ما", f"نمی{ZWNJ}دانیم", "چه", f"می{ZWNJ}گویند", "!"],
        ["دیدارهای", f"منطقه{ZWNJ}ای", "در", "سال", "۲۰۲۴", "آغاز", f"می{ZWNJ}شود", "؛",
         "«", f"گفت{ZWNJ}وگو", "»", "ادامه", "دارد", "."],
    ]  # fmt: skip
    lemmatize = hazm.Lemmatizer().lemmatize
    assert [lemmatize(word) for word in words[0][1:4]] == ["کتاب", "را", "خواند#خوان"]
    assert [lemmatize(word) for word in words[1][:4]] == ["ما", "دانست#دان", "چه", "گفت#گوی"]
    assert lemmatize(f"می{ZWNJ}شود") == "شد#شو"


def test_one_line_is_all_that_changes(hazm):
    """The same pipeline finds the same words with either import where hazm repairs the text, and more where not."""
    tokenizer, lemmatizer = hazm.WordTokenizer(), hazm.Lemmatizer()

    def lemmas(normalizer, text):
        sentences = hazm.sent_tokenize(normalizer.normalize(text))
        return [lemmatizer.lemmatize(word) for sentence in sentences for word in tokenizer.tokenize(sentence)]

    ours, theirs = Normalizer(), hazm.Normalizer()
    repaired_by_both = "علي كتاب ها را می خواند. بچهها آمدند."
    assert lemmas(ours, repaired_by_both) == lemmas(theirs, repaired_by_both)
    assert lemmas(ours, "کارخانهای که رفتهاند") == ["کارخانه", "که", "رفت#رو"]
    assert lemmas(theirs, "کارخانهای که رفتهاند") == ["کارخانهای", "که", "رفتهاند"]


def test_stemmer_and_verb_parts(hazm):
    """The stem behind our half-space is found by the stemmer, the parts of a verb by the tokenizer."""
    normalize = Normalizer().normalize
    assert hazm.Stemmer().stem(normalize("کتاب ها")) == "کتاب"
    tokenizer = hazm.WordTokenizer(join_verb_parts=True)
    assert tokenizer.tokenize(normalize("كتاب را خوانده است")) == ["کتاب", "را", "خوانده_است"]


def test_tokens_are_spaced_as_by_hazm(hazm):
    """``token_spacing`` puts together what hazm does, and leaves what hazm leaves."""
    theirs = hazm.Normalizer()
    for tokens in (["او", "می", "رود"], ["کتاب", "ها", "را"], ["زمین", "را", "دید"]):
        assert Normalizer().token_spacing(tokens) == theirs.token_spacing(tokens)
