"""A line as a row of chunks: its words are those of the line, signs leave nothing out, and memory tells no tales."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import GOLD_WORDS, any_text, damaged, gold_lines

from persnorm.engine import Engine
from persnorm.evidence import Evidence, default_evidence
from persnorm.lexicon import default_lexicon
from persnorm.options import Options
from persnorm.protected import mask
from persnorm.rule import ZWNJ, Setting
from persnorm.word import stand_together, words_of

EVIDENCE = default_evidence()


def lines() -> st.SearchStrategy[str]:
    """Lines of words, of damaged words, and of anything."""
    return st.one_of(
        gold_lines().map(lambda line: line.text),
        damaged(("", " ", ZWNJ)).map(lambda case: case[1]),
        st.lists(st.sampled_from(GOLD_WORDS), min_size=1, max_size=6).map(" ".join),
        any_text().map(lambda text: mask(text.replace("\n", " "))),
    )


def engine() -> Engine:
    """Return an engine that has seen no text, nor has what it weighs words with."""
    lexicon = default_lexicon()
    return Engine(Setting(Options(), lexicon, Evidence(lexicon)))


@given(text=lines())
def test_a_row_has_the_words_of_its_line(text):
    """Taken chunk by chunk the words are the same, in the same places, and so are their neighbours."""
    row = EVIDENCE.rows.of(text)
    words = list(words_of(text))
    assert " ".join(chunk.text for chunk in row.chunks) == text == row.text
    assert list(row.words) == words
    after = {left.end: right for left, right in pairwise(words) if stand_together(left, right, text)}
    before = {right.start: left for left, right in pairwise(words) if stand_together(left, right, text)}
    for at, chunk in enumerate(row.chunks):
        for number in range(len(words_of(chunk.text))):
            word = row.word(at, number)
            assert word in words
            right, left = after.get(word.end), before.get(word.start)
            assert row.letters_after(at, number) == (right.letters if right else None)
            assert row.letters_before(at, number) == (left.letters if left else None)


@given(text=lines())
def test_signs_leave_out_no_meeting(text):
    """Each two chunks that may be put together are found, though only those whose signs allow it are looked at."""
    row = EVIDENCE.rows.of(text)
    neighbours = EVIDENCE.neighbours
    pairs = [(left.last, right.first) for left, right in pairwise(row.chunks)]
    expected = [
        at
        for at, pair in enumerate(pairs)
        if all(pair) and neighbours.may_join(*pair) and neighbours.may_become_one(pair)
    ]
    assert set(expected) <= set(neighbours.meetings(row))


@given(text=lines())
def test_undecided_words_are_those_that_several_lines_may_read_otherwise(text):
    """A word is undecided where its sure reading is not known, or where its parts have lost half-spaces."""
    row = EVIDENCE.rows.of(text)
    found = {row.word(at, number) for at, number in row.undecided()}
    assert found == {word for word in row.words if EVIDENCE.is_undecided(word)}
    assert row.is_decided == (not found)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (f"(کتاب{ZWNJ}ها)", "(كتابها)"),  # the first kept its half-space, the second had none
        ("(كتابها)", f"(کتاب{ZWNJ}ها)"),
        (f"«گفت{ZWNJ}وگو»", "«گفتوگو»"),
        ("«گفتوگو»", f"«گفت{ZWNJ}وگو»"),
    ],
)
def test_memory_of_a_chunk_tells_nothing_of_another(first, then):
    """How many half-spaces a chunk had from the start is known of that chunk, not of another that became the same."""
    alone, after = engine(), engine()
    after.normalize(first)
    assert alone.normalize(then) == after.normalize(then)
    (kept_alone,), (kept_after,) = (
        [chunk.kept for chunk in each._row(then, each._memory)[1].chunks] for each in (alone, after)
    )
    assert kept_alone == kept_after == then.count(ZWNJ)
