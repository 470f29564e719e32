"""The public surface: arguments, options, errors, batches, processes, and what an import costs."""

from __future__ import annotations

import itertools
import json
import pickle
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import persnorm
from persnorm import Normalizer, explain, normalize
from persnorm.companions import WINDOW
from persnorm.normalizer import Normalizer as _Normalizer
from persnorm.options import CHOICES, PROFILES, Options
from persnorm.rules import ALL_RULES

RULE_NAMES = [rule.name for rule in ALL_RULES]
DAMAGED = "كتاب هاي  منطقهای را می خواهم ، ٢٥ بار"


def options() -> st.SearchStrategy[dict[str, object]]:
    """Any legal arguments of ``Normalizer``."""
    chosen = {name: st.sampled_from(values) for name, values in CHOICES.items() if name != "profile"}
    disable = st.lists(st.sampled_from(RULE_NAMES), unique=True, max_size=3)
    return st.fixed_dictionaries(
        {}, optional={"profile": st.sampled_from(list(PROFILES)), "disable": disable, **chosen}
    )


# --------------------------------------------------------------------------------------------- what is not str


@pytest.mark.parametrize("call", [normalize, explain, Normalizer().normalize, Normalizer().explain])
@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (None, "leave missing values out"),
        (b"abc", r"decode it first, as in text\.decode\(\"utf-8\"\)"),
        (bytearray(b"abc"), "not bytearray: decode it first"),
        (["a"], "not list: for many texts use normalize_batch or pipe"),
        (7, "not int"),
        (float("nan"), "not float"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_str_is_a_type_error_that_tells_what_to_do(call, given, advice):
    """Nothing is converted in silence; the message says what came and what to write instead."""
    with pytest.raises(TypeError, match=f"takes str, not .*{advice}|{advice}"):
        call(given)


def test_a_subclass_of_str_is_str():
    """A str of another type is taken, and what comes out is text."""

    class Title(str):
        __slots__ = ()

    assert normalize(Title("علي")) == "علی"


@pytest.mark.parametrize("method", ["normalize_batch", "pipe"])
def test_one_text_in_place_of_many_is_refused(method):
    """A str is an iterable of letters: taking it for a batch would normalize letter by letter."""
    with pytest.raises(TypeError, match="an iterable of texts, not one str: wrap it in a list"):
        getattr(Normalizer(), method)("کتاب ها")


def test_a_batch_with_something_else_in_it_is_a_type_error():
    """One wrong text among many is not skipped."""
    with pytest.raises(TypeError, match="not None"):
        Normalizer().normalize_batch(["کتاب", None])


# ------------------------------------------------------------------------------------------ options and profiles


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_its_options(profile):
    """A profile by name has exactly the options that the table lists, and the table's names are the choices."""
    assert Normalizer(profile).options == PROFILES[profile]
    assert Normalizer(profile).options.profile == profile
    assert set(PROFILES) == set(CHOICES["profile"])


def test_every_option_can_be_chosen():
    """Each field of ``Options`` is an argument with listed values: none can be set only by a profile."""
    fields = set(Options.__dataclass_fields__)
    assert fields == {*CHOICES, "disable", "protect"}


@given(options())
def test_what_is_chosen_overrides_the_profile(chosen):
    """An option that is given holds; one that is not given is the profile's."""
    made = Normalizer(**chosen).options
    for name in CHOICES:
        assert getattr(made, name) == chosen.get(name, getattr(PROFILES[chosen.get("profile", "standard")], name))
    assert made.disable == frozenset(chosen.get("disable", ()))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"profile": "standart"}, "unknown profile 'standart': did you mean standard? it is one of standard, minimal"),
        ({"profile": None}, "unknown profile None: it is one of standard"),
        ({"digit": "fa"}, "unknown option 'digit': did you mean digits"),
        ({"digits": "ar"}, "unknown digits 'ar': did you mean fa? it is one of fa, en, keep"),
        ({"zwnj": "inserted"}, "unknown zwnj 'inserted': did you mean insert?"),
        ({"joined": 1}, "unknown joined 1: it is one of True, False"),
        ({"joined": "yes"}, "unknown joined 'yes'"),
        ({"disable": ["no-such-rule-anywhere"]}, "unknown rule 'no-such-rule-anywhere': "),
        ({"disable": [None]}, "unknown rule None: "),
    ],
)
def test_unknown_names_are_a_value_error_that_lists_the_near_ones(arguments, message):
    """A slip of the pen is refused when the normalizer is made, with the name that was probably meant."""
    with pytest.raises(ValueError, match=re.escape(message)):
        Normalizer(**arguments)


@pytest.mark.parametrize("name", RULE_NAMES)
def test_a_rule_name_with_a_slip_names_the_rule(name):
    """A rule name that lacks a letter is answered with the rule itself among the near ones."""
    with pytest.raises(ValueError, match=f"did you mean .*{re.escape(name)}"):
        Normalizer(disable=[name[:-1]])


def test_disable_takes_no_bare_string():
    """One name in place of a list would be read letter by letter."""
    with pytest.raises(TypeError, match=r"disable takes an iterable of rule names.* write disable=\['arabic-kaf'\]"):
        Normalizer(disable="arabic-kaf")


@pytest.mark.parametrize("rule", ALL_RULES, ids=RULE_NAMES)
def test_a_rule_that_is_off_makes_no_change(rule):
    """Off by name is off: some example of the rule no longer comes out, and no change names the rule."""
    for profile in PROFILES:
        if rule.wants(PROFILES[profile]):
            without = Normalizer(profile, words=rule.words, disable=[rule.name])
            break
    else:
        without = Normalizer(quotes="guillemets", diacritics="remove", disable=[rule.name])
    assert any(without.normalize(before) != after for before, after in rule.examples)
    for before, _after in rule.examples:
        for change in without.explain(before).changes:
            assert rule.name not in (change.rule, *change.also)


# --------------------------------------------------------------------------------------------- copies of itself


@given(options())
def test_repr_makes_the_normalizer_again(chosen):
    """What ``repr`` shows is the call that makes an equal normalizer, and shows only what was chosen."""
    made = Normalizer(**chosen)
    again = eval(repr(made), {"Normalizer": Normalizer})
    assert again == made
    assert again.options == made.options
    assert repr(again) == repr(made)


def test_repr_of_the_default_is_short():
    """Options that were not given are not listed."""
    assert repr(Normalizer(disable=[])) == "Normalizer(profile='standard')"
    assert repr(Normalizer("search", digits="fa")) == "Normalizer(profile='search', digits='fa')"


@given(options())
def test_pickle_keeps_the_options(chosen):
    """A pickled copy is made of the same arguments and gives the same text."""
    made = Normalizer(**chosen)
    copy = pickle.loads(pickle.dumps(made))
    assert (copy.options, repr(copy)) == (made.options, repr(made))
    assert copy.normalize(DAMAGED) == made.normalize(DAMAGED)


def test_pickle_is_small():
    """The copy takes the arguments along, not the lexicon nor the memory of chunks."""
    used = Normalizer()
    used.normalize(DAMAGED)
    assert len(pickle.dumps(used)) < 500


# -------------------------------------------------------------------------------------------- batches and pipes


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "a", "\ud800"])
def test_nothing_to_do_is_nothing_done(text):
    """Empty and foreign texts come back, explained by no change."""
    assert normalize(text) == text
    assert explain(text).changes == ()
    assert explain(text).text == text


def test_an_empty_batch_is_an_empty_list():
    """No texts in, no texts out, in one process and in two."""
    assert Normalizer().normalize_batch([]) == []
    assert list(Normalizer().pipe(iter(()), n_process=2)) == []


def test_a_batch_is_each_text_alone():
    """A batch gives a list with the same results in the same order as one call per text."""
    texts = [DAMAGED, "", "abc", DAMAGED[::-1], DAMAGED]
    assert Normalizer().normalize_batch(iter(texts)) == [normalize(text) for text in texts]


def test_pipe_is_lazy():
    """An endless source can be piped: no text is read before its result is asked for."""
    read = []
    source = (read.append(n) or f"علي {n}" for n in itertools.count())
    piped = Normalizer(digits="keep").pipe(source)
    assert read == []
    assert list(itertools.islice(piped, 3)) == ["علی 0", "علی 1", "علی 2"]
    assert read == [0, 1, 2]


def test_pipe_with_processes_keeps_order_and_reads_little_ahead():
    """Two processes give the results of one, in order, and an endless source is read a few batches ahead only."""
    read = []
    source = (read.append(n) or f"علي {n}" for n in itertools.count())
    with closing(Normalizer(digits="keep").pipe(source, n_process=2, batch_size=5)) as piped:
        assert list(itertools.islice(piped, 40)) == [f"علی {n}" for n in range(40)]
    assert len(read) <= 40 + 5 * 2 * (2 + 1)


@pytest.mark.parametrize("count", [1, 9, 10, 11])
def test_pipe_with_processes_gives_every_text(count):
    """The last batch, full or not, is not lost."""
    texts = [f"كتاب هاي {n}" for n in range(count)]
    assert list(Normalizer().pipe(texts, n_process=2, batch_size=5)) == Normalizer().normalize_batch(texts)


def test_pipe_with_processes_passes_errors_on():
    """A wrong text in another process is the same TypeError here."""
    with pytest.raises(TypeError, match="not None"):
        list(Normalizer().pipe(["کتاب", None], n_process=2, batch_size=1))


@pytest.mark.parametrize("wrong", [{"n_process": 0}, {"n_process": -1}, {"batch_size": 0}])
def test_pipe_refuses_sizes_below_one_at_the_call(wrong):
    """A wrong size is told at the call, not at the first result."""
    with pytest.raises(ValueError, match="n_process and batch_size are 1 or more"):
        Normalizer().pipe(["کتاب"], **wrong)


# ------------------------------------------------------------------------------------------------ the import


def run_python(code: str) -> object:
    """Run ``code`` in a fresh interpreter and return what it prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(persnorm.__file__).parents[1],  # so that it is this package, installed or not
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def test_import_opens_no_data_file_and_the_first_text_does():
    """Importing the package reads code only; the lexicon waits for the first text that needs it."""
    imported, used = run_python(
        """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import persnorm
normalizer = persnorm.Normalizer()
def of_package(): return sorted({p for p in opened if "persnorm" in p and not p.endswith((".py", ".pyc"))
                                 and ".pyc." not in p})
imported = of_package()
normalizer.normalize("منطقهای")
print(json.dumps([imported, of_package()]))
"""
    )
    assert imported == []
    assert any(path.endswith("words.tsv") for path in used), used


def test_import_takes_no_build_or_command_line_modules_along():
    """The library needs neither the command line nor what the lexicon was built with."""
    loaded = run_python("import json, sys, persnorm; print(json.dumps(sorted(sys.modules)))")
    heavy = {"hazm", "nltk", "numpy", "click", "hypothesis", "persnorm.cli", "persnorm.data.build"}
    assert heavy.isdisjoint(loaded), heavy.intersection(loaded)


def test_public_names_are_there():
    """``__all__`` lists what the documentation names, and each of it exists."""
    names = {"Change", "Explanation", "Normalizer", "__version__", "explain", "normalize", "replay"}
    assert set(persnorm.__all__) == names
    assert all(hasattr(persnorm, name) for name in persnorm.__all__)
    assert persnorm.Normalizer is _Normalizer


@pytest.mark.parametrize("word", ["می شود", "کتابها", "می\u200cشود", "خانهای"])
def test_long_line_is_weighed_like_a_short_one(word):
    """However many half-spaces a line kept or lost, their odds do not overflow, and its words fare alike.

    But for those near the ends, which have less company.
    """
    text = " ".join([word] * 5000)
    result = persnorm.normalize(text)
    short = persnorm.normalize(" ".join([word] * 4 * WINDOW)).split(" ")
    start, end = short[: 2 * WINDOW], short[2 * WINDOW :]
    assert result == " ".join([*start, *[end[0]] * (5000 - 4 * WINDOW), *end])
    assert persnorm.explain(text).text == result
