"""Two normalizers are equal, and sign alike, exactly when they do the same: here, elsewhere, and tomorrow."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import persnorm
from persnorm import Normalizer, lexicon
from persnorm.options import CHOICES, PROFILES, Options, differences
from persnorm.rules import ALL_RULES

NAMES = [rule.name for rule in ALL_RULES]


def arguments() -> st.SearchStrategy[dict[str, object]]:
    """Any legal arguments of ``Normalizer``, with words of one's own or without."""
    chosen = {name: st.sampled_from(values) for name, values in CHOICES.items()}
    disable = st.lists(st.sampled_from(NAMES), unique=True, max_size=3)
    words = st.dictionaries(st.sampled_from(["بیت|کوین", "وب سایت", "آب"]), st.sampled_from([None, 3]))
    return st.fixed_dictionaries({}, optional={"disable": disable, "words": words, **chosen})


@given(arguments(), arguments())
def test_equal_normalizers_are_those_with_equal_options_and_words(one, other):
    """How the options were given makes no difference; equal normalizers have equal hashes and signatures."""
    left, right = Normalizer(**one), Normalizer(**other)
    same = left.options == right.options and one.get("words", {}) == other.get("words", {})
    assert (left == right) == same
    assert (left.signature == right.signature) == same
    assert not same or hash(left) == hash(right)
    assert left == Normalizer(**one) == pickle.loads(pickle.dumps(left)) == eval(repr(left), vars(persnorm))


def test_equal_however_given():
    """What a profile has already need not be given; a word may come from a mapping, a list, or with ZWNJ itself."""
    assert Normalizer("search", zwnj="remove") == Normalizer("search") != Normalizer(zwnj="remove", digits="en")
    assert Normalizer(disable=["harakat", "tatweel"]) == Normalizer(disable=("tatweel", "harakat"))
    assert Normalizer(words=["بیت|کوین"]) == Normalizer(words={"بیت\u200cکوین": None}) != Normalizer()
    assert Normalizer(words=["آب"]) != Normalizer(words={"آب": 1})
    assert Normalizer() != "Normalizer(profile='standard')"
    assert len({Normalizer(), Normalizer("standard"), Normalizer(digits="fa"), Normalizer(digits="en")}) == 2


def test_words_of_a_file_count_as_words(tmp_path):
    """It is the words that make a normalizer, not the name of the file they came from."""
    for name in ("a.tsv", "b.tsv"):
        (tmp_path / name).write_text(f"# {name}\nبیت|کوین\n", "utf-8")
    a, b = (Normalizer(lexicon=tmp_path / name) for name in ("a.tsv", "b.tsv"))
    assert a == b == Normalizer(words=["بیت|کوین"])
    assert a.signature == b.signature == Normalizer(words=["بیت|کوین"]).signature
    assert eval(repr(a), vars(persnorm)) == a


# ------------------------------------------------------------------------------------------------- the signature


def test_signature_of_the_default():
    """Version, profile and lexicon are always told, options only where they differ from the profile."""
    pattern = rf"persnorm\|version:{re.escape(persnorm.__version__)}\|profile:standard\|lexicon:[0-9a-f]{{12}}"
    assert re.fullmatch(pattern, Normalizer(digits="fa").signature)


def test_signature_tells_options_in_their_order():
    """Options stand in the order of ``Options``, whatever the order in which they were given; rules by name."""
    made = Normalizer("search", disable=["tatweel", "harakat"], run_ons=True, joined=False, digits="fa")
    fields = made.signature.split("|")[2:-1]
    assert fields == ["profile:search", "digits:fa", "joined:no", "run_ons:yes", "disable:harakat+tatweel"]


@given(arguments())
def test_signature_has_neither_spaces_nor_letters_that_get_lost(chosen):
    """It is one ASCII word, to be put into any file name, table or comment."""
    assert re.fullmatch(r"[a-z0-9._:|+-]+", Normalizer(**chosen).signature)


@pytest.mark.parametrize("profile", PROFILES)
def test_each_option_is_in_the_signature(profile):
    """Any value but the profile's own makes another signature."""
    plain = PROFILES[profile]
    for name, values in CHOICES.items():
        for value in values:
            different = replace(plain, **{name: value})
            assert (name in differences(different, plain)) == (value != getattr(plain, name))


def test_differences_tell_values_as_text():
    """A switch is yes or no, names are joined by a plus."""
    options = Options(joined=False, run_ons=True, disable=frozenset({"b", "a"}))
    assert differences(options, Options()) == {"joined": "no", "run_ons": "yes", "disable": "a+b"}


def test_signature_is_the_same_in_every_process():
    """Neither the seed of hashes nor the order of words has a part in it."""
    code = (
        "import persnorm; print(persnorm.Normalizer(disable=['tatweel', 'harakat', 'arabic-kaf'],"
        " words=['آب', 'بیت|کوین', 'وب سایت', 'پخش|نما']).signature)"
    )
    here = Normalizer(
        disable=["arabic-kaf", "harakat", "tatweel"], words=["پخش|نما", "وب سایت", "بیت|کوین", "آب"]
    ).signature
    for seed in ("0", "1", "4711"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(persnorm.__file__).parents[1])}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert done.stdout == f"{here}\n"


@pytest.fixture
def other_data(monkeypatch):
    """Give a function that lets the data files be others."""

    def put(change):
        files = list(lexicon._data_files())
        monkeypatch.setattr(lexicon, "_data_files", lambda: iter(change(files)))
        lexicon._digest_of_data.cache_clear()

    yield put
    monkeypatch.undo()
    lexicon._digest_of_data.cache_clear()


@pytest.mark.parametrize("table", lexicon.TABLES)
def test_each_table_is_in_the_signature(other_data, table):
    """One row more in any table makes another lexicon."""
    before = Normalizer().signature
    other_data(lambda files: [(name, text + "ب\t1\n" if name == table else text) for name, text in files])
    after = Normalizer().signature
    assert before.split("|")[:-1] == after.split("|")[:-1]
    assert before != after


def test_own_words_are_in_the_signature():
    """A word more, or its count, makes another lexicon."""
    made = [Normalizer(words=words).signature for words in ([], ["آب"], {"آب": 1}, {"آب": 2}, ["آب", "نان"])]
    assert len({signature.rpartition("|")[0] for signature in made}) == 1
    assert len(set(made)) == len(made)


def test_signature_reads_the_data_once_and_not_before_it_is_asked_for(monkeypatch):
    """Making a normalizer hashes nothing; the second signature reads nothing again."""
    read = []
    files = lexicon._data_files
    monkeypatch.setattr(lexicon, "_data_files", lambda: read.append(1) or files())
    lexicon._digest_of_data.cache_clear()
    made = [Normalizer(), Normalizer(digits="en")]
    assert read == []
    assert [normalizer.signature for normalizer in made * 2]
    assert read == [1]


def test_a_pickled_signature_is_made_anew():
    """Another version may read the pickle: the signature is not taken along."""
    made = Normalizer()
    assert made.signature
    assert "signature" not in pickle.loads(pickle.dumps(made)).__dict__
