"""Words in the same surroundings, and the company of doubles, on made text: what is alike is plain to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from persnorm.data.clustering import PLACED, SEEN, SURROUNDINGS, Running, kin
from persnorm.data.company import LISTED, Company, doubles, of_doubles, of_homographs
from persnorm.lexicon import TABLES, Lexicon
from persnorm.rule import ZWNJ

pytest.importorskip("numpy", reason="the builder compares surroundings with numpy: pip install 'persnorm[build]'")

FREQUENT = [first + second for first in "بپتثجچحخ" for second in "سشصضطظعغ"][: SURROUNDINGS.start]
"""More frequent than all others, these are no surroundings."""

DISHES = ["بشقاب", "کاسه", "قاشق", "چنگال", "لیوان", "سفره", "نمکدان", "دیگ", "قابلمه", "ملاقه"]
ROADS = ["جاده", "خیابان", "کوچه", "بزرگراه", "پل", "تونل", "میدان", "گذرگاه", "چهارراه", "پیچ"]


def text_about(*topics: Sequence[str], times: int = 3 * SEEN) -> list[list[str]]:
    """Return lines of frequent words, and lines of the words of each topic, which begin now here, now there."""
    lines = [FREQUENT] * (2 * times)
    for topic in topics:
        lines += [[*topic[start:], *topic[:start]] for start in (n % len(topic) for n in range(times))]
    return lines


def running(lines: Iterable[Sequence[str]]) -> Running:
    """Return these lines as the builder keeps them."""
    kept = Running()
    for line in lines:
        kept.add(line, 1.0)
    return kept


def clusters(kept: Running) -> dict[str, str]:
    """Return the cluster of each word that has one."""
    found = {word: row.split(";")[1] for word, row in kin(kept).items()}
    return {word: cluster for word, cluster in found.items() if cluster != "-"}


def lexicon_with(table: dict[str, str], **tables: dict[str, str]) -> Lexicon:
    """Return a lexicon that has nothing but clusters and what else is given."""
    rows = {word: f"-;{cluster};-" for word, cluster in table.items()}
    return Lexicon({name: {} for name in TABLES} | {"kin": rows} | tables)


def company_of(kept: Running, lexicon: Lexicon) -> Company:
    """Return the company of سفر and سفره, with all words as company."""
    return of_doubles(kept, lexicon, ["سفر"], {})


@pytest.fixture
def every_word_is_company(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the most frequent words be company too."""
    monkeypatch.setattr("persnorm.data.company.COLUMNS", slice(0, 100))


def test_words_of_a_topic_are_a_cluster() -> None:
    """Words that stand beside each other's neighbours are together, and apart from those of the other topic."""
    found = clusters(running(text_about(DISHES, ROADS)))
    of_dishes, of_roads = ({found[word] for word in topic} for topic in (DISHES, ROADS))
    assert len(of_dishes) == len(of_roads) == 1
    assert of_dishes != of_roads


def test_words_without_surroundings_are_in_no_cluster() -> None:
    """What stands among the most frequent words alone cannot be compared, nor can what is seldom seen."""
    seldom = [["قوری", *DISHES]] * (SEEN - 1)
    assert set(clusters(running(text_about(DISHES, ROADS) + seldom))) == {*DISHES, *ROADS}


def test_spellings_are_one_word() -> None:
    """A word is known by its letters, with a half-space or without."""
    spelt = [[word.replace("چهارراه", f"چهار{ZWNJ}راه") for word in line] for line in text_about(DISHES, ROADS)]
    assert clusters(running(spelt)) == clusters(running(text_about(DISHES, ROADS)))


def test_same_input_gives_the_same_clusters() -> None:
    """Nothing is left to chance."""
    lines = text_about(DISHES, ROADS)
    first, second = running(lines), running(lines)
    assert clusters(first) == clusters(second)
    assert kin(first) == kin(second)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [[]],
        [["کتاب"]],
        [["کتاب"]] * SEEN,
        [["کتاب", "خوب"]] * SEEN,
        [FREQUENT] * SEEN,
        [[*FREQUENT, "کتاب"]] * SEEN,
    ],
    ids=["no line", "no word", "one word once", "one word", "two words", "all frequent", "one surrounding"],
)
def test_text_may_be_too_short(lines: list[list[str]]) -> None:
    """Few words are in one cluster or in none, and what is in none is no company."""
    kept = running(lines)
    found = clusters(kept)
    assert set(found.values()) <= {"0"}
    assert of_doubles(kept, lexicon_with(found), ["کتاب"], {}).rows(["کتاب"]) == {}


def test_clusters_are_fewer_than_words() -> None:
    """A handful of words is not cut into as many clusters as a whole language."""
    found = clusters(running(text_about(DISHES[:5])))
    assert found == dict.fromkeys(DISHES[:5], "0")


def test_words_between_the_same_words_are_a_part_of_speech() -> None:
    """What stands between این and را is another part of speech than what stands between خیلی and است."""
    nouns = [*DISHES, *ROADS]
    adjectives = [first + second for first in "بپتثج" for second in "سشصض"]
    lines = [["این", noun, "را", "ببین"] for noun in nouns] + [["خیلی", word, "است"] for word in adjectives]
    parts = {word: row.split(";")[2] for word, row in kin(running(lines * PLACED)).items()}
    assert not {parts[word] for word in nouns} & {parts[word] for word in adjectives}


def test_inflections_have_a_base() -> None:
    """A word with an ending stands for the same without it, if that is commoner."""
    table = kin(running([["رستوران", "رستوران", f"رستوران{ZWNJ}ها", "ماهی", "ماهی", "ماه"]] * SEEN))
    assert table["رستورانها"].split(";")[0] == "رستوران"
    assert table["ماهی"].split(";")[0] == "-"


def test_line_has_marks_between_words() -> None:
    """What is no space stands between the words, and each form knows where it stands."""
    kept = Running()
    kept.add(["سلام", "دنیا", "سال"], 1.0, [" ", "، ", " ۱۲"])
    kept.add([f"می{ZWNJ}روم"], 1.0)
    line, places = kept.line()
    assert " ".join(line) == ". سلام دنیا ، سال # . میروم ."
    assert [line[place] for place, form in zip(places, kept.forms, strict=True) if form >= 0] == [
        "سلام", "دنیا", "سال", "میروم",
    ]  # fmt: skip


def test_doubles_differ_by_a_silent_he() -> None:
    """Both must be nouns: in a dictionary, or with endings that nouns have. کمتره is none."""
    words = {"سفر": "9.0", "سفره": "9.0", "کمتر": "9.0", "کمتره": "9.0", "بازه": "9.0", "باز": "9.0", "بازهای": "2.0"}
    words["بازهای"] = "2.0;بازه|ای 3.0"
    lexicon = lexicon_with({}, words=words)
    assert set(doubles(lexicon, {"سفر", "سفره", "کمتر"})) == {"سفر", "باز"}


@pytest.mark.usefixtures("every_word_is_company")
def test_company_speaks_for_its_noun() -> None:
    """What stands near forms of a noun speaks for it; what stands near both, or in the next line, for none."""
    kept = running([[f"سفره{ZWNJ}ای", "نان", "و"], ["سفرهای", "راه", "و"], ["سفر"], ["دریا"]] * 5)
    lexicon = lexicon_with(dict.fromkeys(("نان", "راه", "و", "دریا"), "0"))
    weights = dict(pair.split(":") for pair in company_of(kept, lexicon).rows(["سفر"])["سفر"].split(" "))
    assert int(weights["نان"]) > 0 > int(weights["راه"])
    assert not weights.keys() & {"و", "دریا"}


@pytest.mark.usefixtures("every_word_is_company")
def test_company_weighs_as_its_text() -> None:
    """A text of less weight counts less."""
    kept = Running()
    kept.add(["سفره", "نان"], 0.25)
    kept.add(["سفر", "راه"], 1.0)
    company = company_of(kept, lexicon_with({"نان": "0", "راه": "0"}))
    counts = company.counts().sum(0)
    assert counts[1, company.words.index("نان")] == 0.25
    assert counts[0, company.words.index("راه")] == 1.0


@pytest.mark.usefixtures("every_word_is_company")
def test_verb_is_no_sighting_of_a_noun() -> None:
    """خورد may be eaten, whatever stands beside it; only with an ending is it surely the noun."""
    lexicon = lexicon_with({"نان": "3"}, verbs={"خورد": "خور"})
    company = of_doubles(running([["نان", "خورد"], ["نان", f"خورد{ZWNJ}ها"]]), lexicon, ["خورد"], {})
    assert company.counts().sum() == 1


@pytest.mark.usefixtures("every_word_is_company")
def test_company_may_be_written_down() -> None:
    """A word that is listed for a noun counts as so many sightings, though it was never near it in a text."""
    kept = running([["سفره", "نان"], ["سفر", "راه"], ["قوری"]] * 5)
    company = of_doubles(kept, lexicon_with({"نان": "0", "راه": "0"}), ["سفر"], {"سفره": ["قوری", "هیچ"]})
    counts = company.counts().sum(0)
    assert counts[1, company.words.index("قوری")] == LISTED
    assert counts[0, company.words.index("قوری")] == 0
    assert "هیچ" not in company.words  # in no text: nothing is known of it


@pytest.mark.usefixtures("every_word_is_company")
def test_company_of_homographs() -> None:
    """The letters have one company with a half-space, and another without."""
    kept = running([[f"به{ZWNJ}روز", "برنامه", "و"], ["بهروز", "برادر", "و"]] * 5)
    lexicon = lexicon_with(dict.fromkeys(("برنامه", "برادر", "و"), "0"))
    row = of_homographs(kept, lexicon, ["بهروز"], {}).rows(["بهروز"])["بهروز"]
    weights = dict(pair.split(":") for pair in row.split(" "))
    assert int(weights["برنامه"]) > 0 > int(weights["برادر"])
    assert "و" not in weights
