"""Clusters of words that stand in the same surroundings, on made text: which words there are is plain to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from persnorm.data.clustering import SEEN, SURROUNDINGS, Running, clusters, companions
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


def lexicon_with(table: dict[str, str]) -> Lexicon:
    """Return a lexicon that has nothing but clusters."""
    return Lexicon({name: {} for name in TABLES} | {"clusters": table})


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
    lexicon = lexicon_with(clusters(first))
    assert companions(first, lexicon, DISHES) == companions(second, lexicon, reversed(DISHES))


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
    counted = companions(kept, lexicon_with(found), ["کتاب"])
    assert bool(counted) == bool(found)


def test_clusters_are_fewer_than_words() -> None:
    """A handful of words is not cut into as many clusters as a whole language."""
    found = clusters(running(text_about(DISHES[:5])))
    assert found == dict.fromkeys(DISHES[:5], "0")


def test_companions_are_counted_by_cluster() -> None:
    """The row of a lexeme has the clusters near its forms, five words to each side; * has those near any word."""
    lexicon = lexicon_with({"نان": "3", "آب": "5"})
    line = ["آب", "و", "نان", f"سفره{ZWNJ}ای", "و", "و", "و", "و", "نان", "آب"]  # the last آب is too far off
    table = companions(running([line]), lexicon, ["سفره", "سفر"])
    assert table["سفره"] == "3:2 5:1"
    assert "سفر" not in table
    everywhere = dict(pair.split(":") for pair in table["*"].split())
    # Each آب has five words to one side, and two to the other if it is the first نان: but lines end.
    assert everywhere == {"3": str(2 + 5 + 5 + 1), "5": str(5 + 5)}


def test_companions_do_not_reach_over_lines() -> None:
    """What stands in the next line is no company."""
    table = companions(running([["سفره"], ["نان"]]), lexicon_with({"نان": "3"}), ["سفره"])
    assert table == {}


def test_companions_weigh_as_their_text() -> None:
    """A text of less weight counts less, and what is rounded to nothing has no entry."""
    kept = Running()
    kept.add(["سفره", "نان"] * 5, 0.1)
    kept.add(["سفره", "آب"] * 2, 0.1)
    table = companions(kept, lexicon_with({"نان": "3", "آب": "5"}), ["سفره"])
    assert table["سفره"] == "3:2"


def test_verb_is_no_sighting_of_a_noun() -> None:
    """خورد may be eaten, whatever stands beside it; only with an ending is it surely the noun."""
    tables = {name: {} for name in TABLES} | {"clusters": {"نان": "3"}, "verbs": {"خورد": "خور"}}
    kept = running([["نان", "خورد"], ["نان", f"خورد{ZWNJ}ها"]])
    assert companions(kept, Lexicon(tables), ["خورد"])["خورد"] == "3:1"
