"""The option ``protect``: what the user's patterns match stays, whatever it is, and the rest is normalized."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import VARIANTS, any_text, gold_lines

from persnorm import Normalizer
from persnorm.patterns import Patterns, shower
from persnorm.rule import OPAQUE

STANDARD = Normalizer()
WORDS = Normalizer(protect=[r"كد[-\w ]*؛", r"\d+ نفر", "<<(?s:.*?)>>"])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("كي كد كي5؛ كي 5", "کی كد كي5؛ کی ۵"),
        ("5 نفر و 5 كس", "5 نفر و ۵ کس"),
        ("<<كي , 5>>كي", "<<كي , 5>>کی"),
        ("كي <<كي\nكي  ,كي\t5>> كي\nكي", "کی <<كي\nكي  ,كي\t5>> کی\nکی"),
        (f"كي {OPAQUE} <<ك{OPAQUE}>>", f"کی {OPAQUE} <<ك{OPAQUE}>>"),
        ("کد", "کد"),
    ],
)
def test_match_stays_and_the_rest_does_not(text, result):
    """A match comes back as it is, spaces and line ends in it too; so does an object character of the text."""
    assert WORDS.normalize(text) == result
    assert WORDS.explain(text).text == result
    assert WORDS.normalize(result) == result


def test_offsets_hold():
    """Changes beside a match are those of the source."""
    assert [(c.start, c.before, c.after) for c in WORDS.explain("<<كي>> كد؛ ك").changes] == [(11, "ك", "ک")]


def test_matches_may_overlap():
    """What any pattern matches is protected."""
    normalizer = Normalizer(protect=["كك", "كي", "(?<=ك)ك", "x*"])
    assert normalizer.normalize("ككي ك") == "ككي ک"


@pytest.mark.parametrize("options", VARIANTS.values(), ids=VARIANTS)
@given(line=gold_lines(), word=st.sampled_from(["كتابهای 5", "می شود", "آنها", "x , كي", "ۀ"]), at=st.integers(0, 30))
def test_match_stays_with_every_profile(options, line, word, at):
    """Whatever is protected is not touched, nor taken for a neighbour."""
    chunks = line.text.split(" ")
    chunks.insert(at, f"⟦{word}⟧")
    assert f"⟦{word}⟧" in normalizer_of(options).normalize(" ".join(chunks))


MADE = {}


def normalizer_of(options):
    """Return the one normalizer of these options that protects what stands between ⟦ and ⟧."""
    return MADE.setdefault(str(options), Normalizer(**options, protect=["⟦[^⟧]*⟧"]))


@given(text=any_text())
def test_explain_is_the_same_path(text):
    """The explained text is the normalized text; and where nothing matches, it is as without the option."""
    assert WORDS.explain(text).text == WORDS.normalize(text)
    if not re.search(r"كد|نفر|<<", text):
        assert WORDS.normalize(text) == STANDARD.normalize(text)


@given(text=any_text())
def test_what_is_hidden_is_shown_again(text):
    """Nothing is lost: shown, the hidden text is the text, whole or in parts."""
    hidden = Patterns([r"\w+", "\\n."]).hide(text)
    assert len(hidden) == len(text)
    assert shower(text, hidden)(hidden) == text
    show = shower(text, hidden)
    assert "".join(show(char) for char in hidden) == text


def test_option_is_shown_and_pickled():
    """A copy protects the same, and the text of a normalizer says so."""
    assert repr(Normalizer(protect=["كد"])) == "Normalizer(profile='standard', protect=['كد'])"
    copy = pickle.loads(pickle.dumps(WORDS))
    assert copy.options == WORDS.options
    assert copy.options.protect == WORDS.options.protect != ()
    assert copy.normalize("<<كي>> كي") == "<<كي>> کی"


def test_patterns_may_come_from_any_iterable_once():
    """A generator is read once; the same pattern twice is one."""
    assert Normalizer(protect=(p for p in ("كد", "كي", "كد"))).options.protect == ("كد", "كي")


@pytest.mark.parametrize(
    ("given_", "error", "message"),
    [
        ("كد", TypeError, "protect takes an iterable of patterns, not one string: write protect=['كد']"),
        (["كد", "("], ValueError, r"protect, pattern 2, '(': missing ), unterminated subpattern at position 0"),
        ([""], ValueError, "protect, pattern 1: it is empty"),
        ([5], TypeError, "protect, pattern 1: expected a regular expression as str, got int"),
        ([re.compile("x")], TypeError, "got Pattern; flags go into the text, as (?i)"),
    ],
)
def test_bad_pattern_is_told(given_, error, message):
    """Which one, what is wrong with it, and what to write instead."""
    with pytest.raises(error, match=re.escape(message)):
        Normalizer(protect=given_)


def test_command_takes_patterns(run):
    """``--protect`` may be given again, and a bad one is wrong usage."""
    _, output, _ = run("--protect", "كد", "--protect", "[0-9]+ نفر", given="كد كي 5 نفر 5\n".encode())
    assert output.decode() == "كد کی 5 نفر ۵\n"
    code, _, errors = run("--protect", "(", given=b"")
    assert code == 2
    assert errors.startswith("persnorm: protect, pattern 1, '(': missing )")
