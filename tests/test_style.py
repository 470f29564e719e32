"""Styles and run-on words, beside the properties that hold for all options (test_properties.py) and the cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import STYLES, TRICKY, any_text, damaged, gold_lines, persian_shaped_text

from persnorm import Normalizer
from persnorm.alphabet import NON_JOINERS
from persnorm.lexicon import default_lexicon
from persnorm.options import PROFILES
from persnorm.rule import ZWNJ
from persnorm.rules import run_ons
from persnorm.word import LONGEST, words_of

RUN_ONS = Normalizer(run_ons=True, joined=False, spaced=False)
PLAIN = Normalizer(joined=False, spaced=False)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("style", ["half-spaced", "joined"])
@given(text=any_text())
def test_no_style_moves_half_spaces_that_are_kept(profile, style, text):
    """With ``zwnj="keep"`` a style changes nothing at all."""
    chosen = {name: value for name, value in STYLES[style].items() if name != "run_ons"}
    with_style, without = kept(profile, **chosen), kept(profile)
    assert with_style.normalize(text) == without.normalize(text)


def kept(profile: str, **chosen: str | bool) -> Normalizer:
    """Return a normalizer that keeps half-spaces."""
    return Normalizer(profile, zwnj="keep", **chosen)


@pytest.mark.parametrize(
    ("option", "one", "other"),
    [("pronouns", "half-space", "join"), ("verb_pairs", "half-space", "join"), ("ezafe", "yeh", "hamza")],
)
@given(words=st.lists(st.sampled_from(TRICKY), max_size=8), line=gold_lines())
def test_the_last_style_wins(option, one, other, words, line):
    """Which style a text had before makes no difference to the one asked for."""
    text = f"{line.text} {' '.join(words)}"
    last = Normalizer(joined=False, spaced=False, **{option: other})
    before = Normalizer(joined=False, spaced=False, **{option: one})
    if option == "pronouns":  # هیچ‌کس is never joined again
        text = text.replace("هیچکس", "")
    assert last.normalize(before.normalize(text)) == last.normalize(text)


@given(text=persian_shaped_text())
def test_run_ons_put_in_spaces(text):
    """Nothing else changes, and after a letter that would have joined only words that nobody has seen are parted."""
    before, after = PLAIN.normalize(text), RUN_ONS.normalize(text)
    at = 0
    visible = set[int]()
    for index, char in enumerate(after):
        if at < len(before) and before[at] == char:
            at += 1
        else:
            assert char == " "
            if after[:index].rstrip("\N{ARABIC HAMZA ABOVE}\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA BELOW}")[-1] not in (
                NON_JOINERS
            ):
                visible.add(at)
    assert at == len(before)
    for word in words_of(before):
        assert not default_lexicon().knows(word.letters) or visible.isdisjoint(range(word.start + 1, word.end))


RUN_ON_OPTIONS = ({}, {"zwnj": "keep"}, {"pronouns": "join", "ezafe": "hamza"}, {"joined": False, "spaced": False})


@pytest.mark.parametrize("options", RUN_ON_OPTIONS, ids=str)
@given(case=damaged(("", " ", ZWNJ)), lost=st.sets(st.integers(0, 60), max_size=8))
def test_run_ons_are_parted_once(options, case, lost):
    """A second run finds no run-on that the first one left, whichever spaces and half-spaces were lost."""
    parts = case[1].split(" ")
    text = "".join(part + " " * (index not in lost) for index, part in enumerate(parts))
    normalizer = Normalizer(run_ons=True, **options)
    again = normalizer.explain(normalizer.normalize(text))
    assert [change for change in again.changes if change.rule == "run-on-word"] == []


@given(line=gold_lines())
def test_clean_news_has_no_run_on(line):
    """What stands in the news as one word stays one."""
    text = PLAIN.normalize(line.text)
    assert RUN_ONS.normalize(text) == text


def test_a_run_too_long_for_a_word_stays():
    """Up to the longest word a run is parted, beyond it is not looked at: time stays linear."""
    sentence = "و از او در"
    word = sentence.replace(" ", "")
    assert len(word) * 5 <= LONGEST < len(word) * 6
    assert RUN_ONS.normalize(word * 5) == " ".join([sentence] * 5)
    for text in (word * 6, word * 20_000):
        assert RUN_ONS.normalize(text) == text


def test_total_is_that_of_the_lexicon():
    """The sum of the counts by which run-on words are judged is right to a tenth; nothing finer matters."""
    lexicon = default_lexicon()
    total = sum(lexicon.count(letters) for letters in lexicon.all_letters())
    assert total == pytest.approx(run_ons.TOTAL, rel=0.1)


def test_a_style_does_not_count_as_damage():
    """What a style takes away does not make a whole line look robbed, nor change its other words in a second run."""
    line = f"کتابهای آن{ZWNJ}ها را نمی{ZWNJ}خواند و نمی{ZWNJ}دهد"
    joined = Normalizer(pronouns="join")
    assert joined.normalize(line) == line.replace(f"آن{ZWNJ}ها", "آنها")
