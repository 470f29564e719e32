"""Offsets and spans between a text and what became of it: exact on every letter that stayed, and on whole words."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import VARIANTS, damaged, noisy, persian_shaped_text

from persnorm import Normalizer, explain, replay
from persnorm.alignment import Alignment
from persnorm.options import PROFILES
from persnorm.rule import ZWNJ

NORMALIZERS = {name: Normalizer(**options) for name, options in VARIANTS.items()}
every_variant = pytest.mark.parametrize("normalizer", NORMALIZERS.values(), ids=NORMALIZERS)

SPELT_ALIKE = str.maketrans("يىكة", "ییکه")


def bare(text: str) -> str:
    """Return the letters of a text, whichever code points spell them; no marks, spaces or half-spaces."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) in ("Lo", "Nd")
    ).translate(SPELT_ALIKE)


def alignment(*pieces: tuple[str, str]) -> Alignment:
    """Return the alignment of pieces that follow each other: what stood there, what stands there now."""
    at, placed = 0, []
    for before, now in pieces:
        placed.append((at, before, now))
        at += len(before)
    return Alignment(placed)


def offsets(pair: Alignment, lengths: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Return all offsets of the result in the source, and of the source in the result."""
    source, result = lengths
    return [pair.to_source(at) for at in range(result + 1)], [pair.to_result(at) for at in range(source + 1)]


@pytest.mark.parametrize(
    ("pieces", "to_source", "to_result"),
    [
        ([], [0], [0]),
        ([("ab", "ab")], [0, 1, 2], [0, 1, 2]),
        ([("a", "a"), ("\u0640\u0640", ""), ("b", "b")], [0, 3, 4], [0, 1, 1, 1, 2]),
        ([("a", "a"), ("", " "), ("b", "b")], [0, 1, 1, 2], [0, 2, 3]),
        ([("« ", "«"), ("م", "م")], [0, 2, 3], [0, 1, 1, 2]),
        ([("« ", " «"), ("م", "م")], [0, 0, 2, 3], [1, 2, 2, 3]),
        ([(" ?", "؟")], [1, 2], [0, 0, 1]),
        ([(" .", ".  ")], [1, 2, 2, 2], [0, 0, 3]),
        ([("ﷲ", "الله"), ("ا", "ا")], [0, 0, 0, 0, 1, 2], [0, 4, 5]),
        ([("xyz", "ab")], [0, 1, 3], [0, 1, 1, 2]),
    ],
)
def test_offsets_of_known_changes(pieces, to_source, to_result):
    """A letter that stayed maps to itself, one put in to its place, several for one to that one."""
    lengths = tuple(sum(len(side) for side in sides) for sides in zip(*pieces, strict=True)) or (0, 0)
    assert offsets(alignment(*pieces), lengths) == (to_source, to_result)


@pytest.mark.parametrize(
    ("source", "word", "there"),
    [
        ("قیـــمت\u200f كتاب", "قیمت", "قیـــمت"),
        ("\u200fقیمت\u200e است", "قیمت", "قیمت"),
        ("می شود", f"می{ZWNJ}شود", "می شود"),
        ("سلام ،دنیا", "دنیا", "دنیا"),
        ("سلام ،دنیا", "سلام", "سلام"),
        ("سلام ،دنیا", "،", "،"),
        ("به« متن» رسید", "متن", "متن"),
        ("به« متن» رسید", "به", "به"),
        ("به« متن» رسید", "«", "«"),
        ("چرا ?!", "؟!", "?!"),
        ("ﷲ اکبر", "الله", "ﷲ"),
        ("ﷲ اکبر", "لل", "ﷲ"),
        ("ا\u0653ب سرد", "آب", "ا\u0653ب"),
        ("بِسمِ   علي", "علی", "علي"),
        ("بِسمِ   علي", "بسم", "بِسم"),
    ],
)
def test_span_of_a_word_maps_to_the_word(source, word, there):
    """What a tagger finds in the result is found in the source, without what was removed around it."""
    explanation = explain(source)
    start = explanation.text.index(word)
    begin, end = explanation.source_span(start, start + len(word))
    assert source[begin:end] == there
    start, end = explanation.result_span(begin, end)
    assert word in explanation.text[start:end]


@pytest.mark.parametrize("profile", PROFILES)  # styles write other letters: گفت‌وگو as گفتگو
@given(
    text=st.one_of(
        persian_shaped_text(), noisy().map(lambda case: case[1]), damaged(("", " ", ZWNJ)).map(lambda case: case[1])
    )
)
def test_words_of_the_result_map_to_the_same_letters(profile, text):
    """The span of each word maps to a span of the source with exactly its letters."""
    explanation = NORMALIZERS[profile].explain(text)
    changed = {at for change in explanation.changes for at in range(change.start, change.end)}
    for word in re.finditer("[ء-غف-يپچژکگی\u200c\u0654]+", explanation.text):
        begin, end = explanation.source_span(*word.span())
        assert bare(text[begin:end]) == bare(word[0])
        assert begin == end or begin in changed or text[begin] == word[0][0]


@every_variant
@given(text=persian_shaped_text(), data=st.data())
def test_spans_are_ordered_and_hold_what_their_offsets_hold(normalizer, text, data):
    """Spans never run backwards; a longer one maps to a longer one; each letter's offset is in the span of it."""
    explanation = normalizer.explain(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(explanation.text))] * 2)))
    begin, stop = explanation.source_span(start, end)
    assert 0 <= begin <= stop <= len(text)
    for at in range(start, end):
        first, last = explanation.source_span(at, at + 1)
        assert begin <= first <= last <= stop
        assert first == last or first <= explanation.to_source(at) < last
    begin, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    start, end = explanation.result_span(begin, stop)
    assert 0 <= start <= end <= len(explanation.text)
    assert all(start <= explanation.to_result(at) <= end for at in range(begin, stop))


def test_a_huge_change_is_aligned_as_a_whole():
    """Letters of very long changes are not compared one by one; their ends still map to ends."""
    pair = alignment(("a", "a"), ("x" * 500, "y" * 400 + "x"), ("b", "b"))
    assert pair.source_span(1, 402) == (1, 501)
    assert pair.source_span(402, 403) == (501, 502)


def test_a_span_outside_or_backwards_is_refused():
    """A span that is none is an error that tells why."""
    explanation = explain("كتاب")
    with pytest.raises(IndexError, match="offset 5 is outside the result, which has 4 code points"):
        explanation.source_span(0, 5)
    with pytest.raises(IndexError, match="offset -1 is outside the source"):
        explanation.result_span(-1, 2)
    for ask, name in ((explanation.source_span, "result"), (explanation.result_span, "source")):
        with pytest.raises(ValueError, match=f"a span of the {name} ends at 1, before it starts at 3"):
            ask(3, 1)


# ------------------------------------------------------------------------------------------------------- replaying


@every_variant
@given(text=persian_shaped_text(), data=st.data())
def test_changes_replay_all_or_some(normalizer, text, data):
    """All changes give the result; without some of them the rest still fit, and those left out stay as they were."""
    explanation = normalizer.explain(text)
    assert replay(text, explanation.changes) == explanation.text
    some = [change for change in explanation.changes if data.draw(st.booleans())]
    shift = sum(len(change.after) - len(change.before) for change in some)
    assert len(replay(text, some)) == len(text) + shift
    assert replay(text, []) == text


def test_replaying_on_another_text_is_refused():
    """Changes of one text are not made on another one: what they expect must stand there."""
    changes = explain("كتاب علي").changes
    with pytest.raises(ValueError, match=r"change 1 \(arabic-kaf at 0 to 1\) is of another text: expected '\\u0643'"):
        replay("کتاب علي", changes)
    with pytest.raises(ValueError, match=r"change 2 \(arabic-yeh at 7 to 8\) is of another text: .* got ''"):
        replay("كتاب", changes)


@pytest.mark.parametrize("order", [(1, 0), (0, 0)])
def test_replaying_out_of_order_is_refused(order):
    """Changes out of order, or one twice, would be made in the wrong place."""
    changes = explain("كتاب علي").changes
    with pytest.raises(ValueError, match=r"change 2 \(arabic-kaf at 0 to 1\) begins before \d, where the one before"):
        replay("كتاب علي", [changes[at] for at in order])
