"""Text in other languages of the Arabic script comes back whole; Persian typed with Arabic letters does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import GOLD, OTHER_LANGUAGES, VARIANTS, gold_lines

from persnorm import Normalizer
from persnorm.languages import foreign_runs, may_hold_run
from persnorm.rule import OPAQUE

SENTENCES = json.loads((Path(__file__).parent / "data" / "languages.json").read_text(encoding="utf-8"))
NORMALIZERS = {name: Normalizer(**options) for name, options in VARIANTS.items()}

# A dozen words with no letter of their own at its end are taken for Persian: see docs/limits.md.
LONG_TAIL = "ټول انسانان آزاد نړۍ ته راځي او د حيثيت او حقونو له پلوه سره برابر دي."


def _sentences() -> list[object]:
    return [
        pytest.param(text, id=f"{language}-{number}", marks=[pytest.mark.xfail(strict=True)] * (text == LONG_TAIL))
        for language, texts in SENTENCES.items()
        for number, text in enumerate(texts, 1)
    ]


every_sentence = pytest.mark.parametrize("sentence", _sentences())


@pytest.mark.parametrize("normalizer", NORMALIZERS.values(), ids=NORMALIZERS)
@every_sentence
def test_sentence_comes_back_unchanged(normalizer, sentence):
    """Letters, vowel signs, half-spaces and spaces of another language stay, also those that Persian has."""
    words = sentence.rstrip(".؟۔")
    assert normalizer.normalize(words) == words
    assert normalizer.explain(words).changes == ()


@every_sentence
def test_quotation_stays_and_persian_around_it_is_repaired(sentence):
    """A quotation ends at its quotes."""
    words = sentence.rstrip(".؟۔")
    result = NORMALIZERS["standard"].normalize(f"علي كتاب را خواند و گفت «{words}» و نامه هاي او را می برد")
    assert result == f"علی کتاب را خواند و گفت «{words}» و نامه‌های او را می‌برد"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كتاب علي و نامه هاي او", "کتاب علی و نامه‌های او"),
        ("إنشاء الله في أمان", "إنشاء الله فی أمان"),
        ("حجة الإسلام و آية الله", "حجه الإسلام و آیه الله"),
        ("كِتابِ مَن و خانِهٔ تُو و دِلِ ما", "کتاب من و خانهٔ تو و دل ما"),
        ("بِنامِ خُداوَندِ جان و خِرَد", "بنام خداوند جان و خرد"),
        ("مُحَمَّد عَلي كُلِّ", "محمد علی کل"),
        ("اين ماهوارە و ادامە و جايزە بود", "این ماهوارە و ادامە و جايزە بود"),
        ("شہباز شریف و علي", "شہباز شریف و علی"),
        ("سه شهر: هەولێر، سلێمانی و كتاب", "سه شهر: هەولێر، سلێمانی و کتاب"),
    ],
)
def test_persian_is_repaired(text, expected):
    """Arabic letters alone, vocalized Persian, one foreign letter instead of a Persian one, two names: no run."""
    assert foreign_runs(text) == []
    assert NORMALIZERS["standard"].normalize(text).encode("unicode_escape") == expected.encode("unicode_escape")


def test_edited_persian_has_no_run():
    """No line of the news, as it is and typed with Arabic letters, is taken for another language."""
    table = str.maketrans("یکه", "يكة")
    assert not any(foreign_runs(line.text) or foreign_runs(line.text.translate(table)) for line in GOLD)


@given(line=gold_lines(), words=st.lists(st.sampled_from(OTHER_LANGUAGES), max_size=8), at=st.integers(0, 30))
def test_runs_are_sorted_and_hold_only_words_near_foreign_ones(line, words, at):
    """Runs are sorted and disjoint, begin and end with a word, and what is opaque stands in none."""
    chunks = line.text.split(" ")
    chunks[at:at] = words
    text = " ".join(chunks).replace("،", OPAQUE, 1)
    done = 0
    for start, end in foreign_runs(text):
        assert done <= start < end <= len(text)
        assert OPAQUE not in text[start:end]
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        done = end


@given(words=st.lists(st.sampled_from(OTHER_LANGUAGES), max_size=8))
def test_hint_has_no_false_negative(words):
    """Where the cheap test says no, there is no run."""
    text = " ".join(words)
    assert may_hold_run(text) or not foreign_runs(text)
