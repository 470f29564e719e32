"""Neighbours that are one word or two, each with a meaning of its own: the words around tell."""

from __future__ import annotations

from itertools import product

import pytest

from persnorm import Normalizer, explain, normalize
from persnorm.companions import Companions
from persnorm.compounds import ALWAYS, Compounds
from persnorm.lexicon import default_lexicon
from persnorm.morphology import Verbs
from persnorm.row import Row
from persnorm.rule import ZWNJ

LINE = [".", "پسر", "م", "تازه", "کار", "پیدا", "کرده", "."]
NAMES = ("تازه+", "+کار", "adjective+", "+present")


def compounds(rows: dict[str, str]) -> Compounds:
    """Return a model with these weights, one adjective, one verb and one part of speech."""
    return Compounds(rows, Companions({"پیدا": "-;-;7"}, {}), {"تازه"}, Verbs([("کاشت", "کار")]))


def of_next(*told: str) -> set[str]:
    """Return what is told of a word right beside the two: by itself, and with each of the names."""
    return {*told, *(f"{name} {feature}" for name, feature in product(NAMES, told))}


def test_features_are_told_of_words_near_and_far() -> None:
    """Two words to each side are told, the nearest with the two and their kinds; company with the two alone."""
    company = {f"{name} ~{word}" for name, word in product(NAMES[:2], ("پسر", "م", "پیدا", "کرده"))}
    told = list(compounds({}).features(LINE, 3))
    assert set(told) == {
        ALWAYS,
        *of_next("-1 م", "-1 -م"),
        *of_next("1 پیدا", "1 -دا", "1 =7"),
        *("-2 پسر", "-2 -سر", "2 کرده", "2 -ده"),
        *company,
    }
    assert len(told) == len(set(told))


def test_features_end_with_the_sentence() -> None:
    """Beyond the end of a sentence or of the line nothing is told but the end."""
    of_sentence = list(compounds({}).features([".", "بد", ".", "تازه", "کار", ".", "خوب"], 3))
    assert set(of_sentence) == {ALWAYS, *of_next("-1 ."), "-2 .", *of_next("1 ."), "2 ."}
    assert list(compounds({}).features(["تازه", "کار"], 0)) == of_sentence


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("سه", "کار", {"numeral+", "+present"}),
        ("آب", "کاشت", {"other+", "+past"}),
        ("تازه", "کاشته", {"adjective+", "+participle"}),
        ("گل", "خانه", {"other+", "+other"}),
    ],
)
def test_kinds_of_the_two(first: str, second: str, kinds: set[str]) -> None:
    """Where the two were never seen, what kind of word each is tells how others like them go."""
    told = compounds({}).features([first, second], 0)
    names = {feature.partition(" ")[0] for feature in told if feature.endswith(" 1 .")}
    assert names == {f"{first}+", f"+{second}", *kinds}


def test_weights_are_added_up() -> None:
    """Weights are hundredths; a feature without a row weighs nothing."""
    model = compounds({ALWAYS: "20", "+کار 1 =7": "-150", "تازه+ ~پسر": "10"})
    assert model.speak_for_one(LINE, 3) == pytest.approx(-1.2)
    assert model.speak_for_one([".", "تازه", "کار", "را", "."], 1) == pytest.approx(0.2)
    assert model.speak_for_one([".", "تازه", "کار", "."], 1) == 0.0  # alone: nobody to tell


def test_line_is_told_by_parts() -> None:
    """A word stands there as its parts, between marks, so that it is the same before and after its repair."""
    row = default_row(f"پسرم، کتاب{ZWNJ}های تازه را دید")
    marked = row.marked(lambda word: word.parts)
    assert marked.line == [".", "پسرم", "،", "کتاب", "های", "تازه", "را", "دید", "."]
    assert [marked.line[marked.starts[word.start]] for word in row.words] == ["پسرم", "کتاب", "تازه", "را", "دید"]
    assert [marked.line[marked.ends[word.end]] for word in row.words] == ["پسرم", "های", "تازه", "را", "دید"]


def default_row(text: str) -> Row:
    """Return a line as the default normalizer looks at it."""
    from persnorm.evidence import default_evidence  # noqa: PLC0415  # reads the lexicon

    return default_evidence().rows.of(text)


def test_pairs_of_either_kind_are_marked() -> None:
    """The lexicon tells of which pairs both readings are at home; they are weighed in any line."""
    lexicon = default_lexicon()
    assert lexicon.is_either("تازه", "کار")
    assert lexicon.may_meet("تازه", "کار")
    assert not lexicon.is_either("پیش", "بینی")  # hardly ever two words
    assert lexicon.may_meet("پیش", "بینی")
    assert not lexicon.is_either("به", "طور")  # one meaning, two spellings


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"گل{ZWNJ}فروش محله مرا شناخت.", "فردا گل فروش خوبی دارد."),
        (f"پزشک آسیب{ZWNJ}دیده را به خانه برد.", "زانوی او در بازی آسیب دیده است."),
        (f"از کتاب{ZWNJ}فروش سر کوچه پرسیدم.", "این کتاب فروش خوبی داشت."),
        (f"مردم یک{ZWNJ}صدا فریاد زدند.", "از اتاق یک صدا شنیدم."),
    ],
)
def test_words_around_tell(one: str, two: str) -> None:
    """The same two words are put together in one line, and left apart in another."""
    assert normalize(one.replace(ZWNJ, " ")) == one
    assert normalize(one) == one
    assert normalize(two) == two


@pytest.mark.parametrize("own", [f"کتاب{ZWNJ}فروش", "کتاب فروش"])
def test_own_word_decides_in_any_line(own: str) -> None:
    """What the user says of a pair is not asked of the words around it."""
    normalizer = Normalizer(words=[own])
    for line in ("از {} سر کوچه پرسیدم.", "این {} خوبی داشت."):
        assert normalizer.normalize(line.format("کتاب فروش")) == line.format(own)


def test_change_is_explained() -> None:
    """What is put together is one change of the rule for spaced words."""
    changes = explain("از کتاب فروش سر کوچه پرسیدم.").changes
    assert [(change.rule, change.start, change.after) for change in changes] == [("spaced-word", 7, ZWNJ)]
