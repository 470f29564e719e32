"""Styles and run-on words, beside the properties that hold for all options (test_properties.py) and the cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import STYLES, TRICKY, any_text, gold_lines, persian_shaped_text

from persnorm import Normalizer
from persnorm.alphabet import NON_JOINERS
from persnorm.lexicon import default_lexicon
from persnorm.options import PROFILES
from persnorm.rule import ZWNJ
from persnorm.rules import run_ons
from persnorm.word import LONGEST

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
def test_run_ons_put_in_spaces_after_letters_that_do_not_join(text):
    """Nothing else changes, and no space comes after a letter that would have joined."""
    before, after = PLAIN.normalize(text), RUN_ONS.normalize(text)
    at = 0
    for index, char in enumerate(after):
        if at < len(before) and before[at] == char:
            at += 1
        else:
            assert char == " "
            assert after[:index].rstrip("\N{ARABIC HAMZA ABOVE}\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA BELOW}")[-1] in (
                NON_JOINERS
            )
    assert at == len(before)


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
