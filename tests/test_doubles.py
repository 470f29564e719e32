"""Doubles: two nouns in the same letters, told apart by grammar, by company, and by how often either is seen."""

from __future__ import annotations

from math import log

import pytest

from persnorm import normalize
from persnorm.companions import Companions, around
from persnorm.context import Around, mark
from persnorm.doubles import MARGIN, OFTEN, Double, Doubles, is_open, model_of, posterior_log_odds
from persnorm.grammar import ALWAYS, Grammar, features
from persnorm.lexicon import default_lexicon

LINE = [".", "او", "سفرهای", "رنگین", "پهن", "کرد", "."]
ROWS = {"نان": "-;7;3", "راه": "-;9;4", "نانوا": "نان;-;3"}


def no_part(word: str) -> str:
    """Return no part of speech for any word."""
    return ""


def test_features_are_words_endings_and_parts() -> None:
    """Each word around is told by itself, its last two letters and its part of speech, with its place."""
    told = set(features(LINE, 2, lambda word: "5" if word == "رنگین" else ""))
    assert {ALWAYS, "-1 او", "1 رنگین", "1 -ین", "1 =5", "2 پهن", "3 کرد", "-2 ."} <= told
    assert not any(feature.startswith(("0", "4", "-3")) for feature in told)
    assert "-1 =5" not in told


def test_features_end_with_the_sentence() -> None:
    """Beyond the end of a sentence or of the line nothing is told but the end."""
    line = [".", "بد", ".", "سفرهای", ".", "خوب"]
    told = list(features(line, 3, no_part))
    assert told == [ALWAYS, "-1 .", "-2 .", "1 .", "2 .", "3 ."]
    assert list(features(["سفرهای"], 0, no_part)) == told


def test_grammar_adds_up_its_weights() -> None:
    """Weights are hundredths, in the column of the model; a feature without a row weighs nothing."""
    grammar = Grammar({"1 رنگین": "150;0;-20;0", ALWAYS: "-50;10;0;0"}, no_part)
    assert grammar.speaks_for_silent("noun", LINE, 2) == pytest.approx(1.0)
    assert grammar.speaks_for_silent("participle", LINE, 2) == pytest.approx(0.1)
    assert grammar.speaks_for_silent("plurals", LINE, 2) == pytest.approx(-0.2)


def test_company_is_six_words_to_each_side() -> None:
    """Marks are no company, and take no place."""
    line = [*"آابپتثج", ".", "سفرهای", "،", *"چحخدذرز"]
    assert list(around(line, 8)) == [
        *((n, letter) for n, letter in enumerate("جثتپبا", 1)),
        *((n, letter) for n, letter in enumerate("چحخدذر", 1)),
    ]


def test_company_speaks_by_word_or_cluster() -> None:
    """A word that is known near the noun speaks for itself, another as its cluster; an inflection as its base."""
    companions = Companions(ROWS, {"سفر": "7:5 نان:20 9:-10"})
    assert companions.knows("سفر")
    assert not companions.knows("سفره")
    assert companions.speak_for_longer("سفر", ["نان", "سفرهای"], 1) == (2.0, 2.0, 2.0)
    assert companions.speak_for_longer("سفر", ["سفرهای", "و", "و", "نانوا"], 0) == (0.0, 2.0, 2.0)  # the third is near
    assert companions.speak_for_longer("سفر", ["سفرهای", "و", "و", "و", "نانوا"], 0) == (0.0, 0.0, 2.0)
    assert companions.speak_for_longer("سفر", ["سفرهای", "راهی"], 0) == (-1.0, -1.0, -1.0)
    assert companions.speak_for_longer("سفر", ["سفرهای", "ناشناس"], 0) == (0.0, 0.0, 0.0)


def test_part_of_speech_is_of_the_very_word() -> None:
    """راهی may be another part of speech than راه."""
    companions = Companions(ROWS | {"آب": "-;1;-"}, {})
    assert [companions.part(word) for word in ("راه", "راهی", "آب", ".")] == ["4", "", "", ""]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("سفرهای", Double("سفر", "های")),
        ("سفرهاش", Double("سفر", "هاش")),
        ("سفرهایم", Double("سفر", "هایم")),
        ("سفرها", None),
        ("سفره", None),
        ("کتابهای", None),
        ("های", None),
    ],
)
def test_double_is_a_known_noun_with_an_ending(letters: str, found: Double | None) -> None:
    """The letters are a double if the noun has company, and the ending is an ه and an ending too."""
    doubles = Doubles(Companions({}, {"سفر": ""}), Grammar({}, no_part), {}, lambda _: False)
    assert doubles.find(letters) == found


def test_homograph_is_known_by_all_its_letters() -> None:
    """بهروز may have a half-space, and goes by its letters; the reading with one is the second."""
    doubles = Doubles(Companions({}, {"بهروز|": "", "سفر": ""}), Grammar({}, no_part), {}, lambda _: False)
    homograph = doubles.find("بهروز")
    assert homograph == Double("بهروز", "")
    assert homograph.name == "بهروز|"
    assert homograph.is_second((2,))
    assert not homograph.is_second(())
    assert doubles.find("بهروزهای") is None
    assert Double("سفر", "های").name == "سفر"
    assert Double("سفر", "های").is_second((4,))
    assert not Double("سفر", "های").is_second((3,))


def test_company_alone_tells_homographs_apart() -> None:
    """Grammar knows of endings, and these have none; nor has what is always so been fitted on them."""
    companions, grammar = Companions(ROWS, {"بهروز|": "نان:10"}), Grammar({"1 نان": "100;0;0;0"}, no_part)
    weights = {"double: always": 0.5, "double: grammar": 2.0, "double: near": 0.25, "double: far": 0.125}
    doubles = Doubles(companions, grammar, weights, lambda _: False)
    assert doubles.log_odds(Double("بهروز", ""), Around("", "", ["بهروز", "نان"], 0)) == pytest.approx(0.375)


@pytest.mark.parametrize(
    "text",
    [
        f"گوشی را به{chr(0x200C)}روز کن تا برنامه نصب شود.",
        "برادرم بهروز دیروز از سفر برگشت.",
        f"صبح زود به مدرسه می{chr(0x200C)}رود.",
    ],
)
def test_homographs_are_told_apart_by_company(text: str) -> None:
    """What stands around a name or an adjective tells which it is."""
    assert normalize(text.replace(chr(0x200C), "")) == text


def test_witnesses_are_weighed() -> None:
    """Grammar and company count as they were fitted."""
    companions, grammar = Companions(ROWS, {"سفر": "نان:10"}), Grammar({"1 نان": "100;0;0;0"}, no_part)
    weights = {"double: always": 0.5, "double: grammar": 2.0, "double: near": 0.25, "double: far": 0.125}
    weights["double: beside"] = 1.0
    doubles = Doubles(companions, grammar, weights, lambda _: False)
    assert doubles.log_odds(Double("سفر", "های"), Around("", "", ["سفرهای", "نان"], 0)) == pytest.approx(3.875)


def test_model_is_that_of_the_ending() -> None:
    """Xهای of a participle is judged otherwise than that of a noun."""
    assert model_of(Double("سفر", "های"), lambda _: False) == "noun"
    assert model_of(Double("سوخت", "های"), lambda word: word == "سوخته") == "participle"
    assert model_of(Double("سفر", "هایم"), lambda _: False) == "plurals"
    assert {model_of(Double("سفر", ending), lambda _: True) for ending in ("هام", "هات", "هاش")} == {"possessives"}


def test_sightings_count_less_than_they_are() -> None:
    """The commoner noun is likelier, but by less than its share; one hardly ever seen has hardly a chance."""
    assert posterior_log_odds(5, 5, 0) == 0
    assert 0 < posterior_log_odds(20, 5, 0) < posterior_log_odds(200, 5, 0)
    assert posterior_log_odds(200, 5, 0) == pytest.approx(-posterior_log_odds(5, 200, 0))
    assert posterior_log_odds(20, 5, 0) < log(20 / 5) / 2
    assert posterior_log_odds(1000, 0, 0) > 2 * posterior_log_odds(1000, 10, 0)


def test_commoner_reading_is_given_up_with_a_margin() -> None:
    """What the words around tell must clearly outweigh the sightings; of two as common as each other, not even that."""
    alone = posterior_log_odds(20, 5, 0)
    assert posterior_log_odds(20, 5, -alone - MARGIN / 2) == MARGIN
    assert posterior_log_odds(20, 5, -alone - 2 * MARGIN) == pytest.approx(-2 * MARGIN)
    assert posterior_log_odds(5, 20, alone + MARGIN / 2) == -MARGIN
    assert posterior_log_odds(5, 5, MARGIN / 2) == MARGIN / 2


def test_word_seen_often_in_one_reading_is_not_open() -> None:
    """Neighbours have no say where one reading was seen often and the other never: جاهای."""
    assert is_open(OFTEN - 1, 0)
    assert is_open(0, 0)
    assert is_open(10 * OFTEN, 0.5)
    assert not is_open(OFTEN, 0)
    assert not is_open(0, OFTEN)
    assert normalize("در جاهای دیگر، همان جاهای که گفتم") == "در جاهای دیگر، همان جاهای که گفتم"


def test_participle_may_be_a_noun() -> None:
    """بسته is a parcel too: the model of nouns has as much of a say."""
    grammar = Grammar({ALWAYS: "100;-300;0;0"}, no_part)
    doubles = Doubles(Companions({}, {"بست": ""}), grammar, {"double: grammar": 1.0}, lambda word: word == "بسته")
    said = doubles.log_odds(Double("بست", "های"), Around("", "", ["بستهای"], 0))
    assert said == pytest.approx(-1)


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (" ", ""),
        ("  ", ""),
        ("", ""),
        (". ", "."),
        ("؟! ", "."),
        ("\t", "."),
        ("، ", "،"),
        ("؛ ", "،"),
        (" 12 ", "#"),
        ("»", "-"),
    ],
)
def test_mark_of_what_stands_between_words(between: str, expected: str) -> None:
    """Spaces are nothing; the end of a sentence outweighs the rest."""
    assert mark(between) == expected


def test_lexicon_knows_doubles() -> None:
    """Nouns of the corpora that differ by a silent ه are doubles; colloquial words with ه for "is" are none."""
    lexicon = default_lexicon()
    assert all(lexicon.doubles.find(noun + "های") for noun in ("گوش", "سفر", "دامن", "نام"))
    assert not any(lexicon.doubles.find(word + "های") for word in ("کمتر", "خوب", "کتاب"))


def test_ending_apart_is_an_ending() -> None:
    """تنها and بها are other words than what stands there in two pieces."""
    assert normalize("تن ها خسته و دل ها شکسته بود") == "تن\u200cها خسته و دل\u200cها شکسته بود"
    assert normalize("ب ها را از پ ها جدا کن") == "ب\u200cها را از پ\u200cها جدا کن"
