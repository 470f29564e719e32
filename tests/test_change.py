"""The trace of edits against a model: every letter of the text carries where it came from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persnorm.change import Explanation, Piece, Trace
from persnorm.rule import Edit, Rule, apply

LETTERS = "ابجد"
RULES = [
    Rule(name=f"rule-{n}", why=f"why {n}", source=f"source {n}", find=lambda text, setting: (), examples=())
    for n in range(6)
]


def edits_of(length: int) -> st.SearchStrategy[list[Edit]]:
    """Sorted, disjoint edits of a text of this length; insertions may stand at either end of another edit."""
    # Pairs of sorted marks are disjoint spans; equal marks are insertions.
    marks = st.lists(st.integers(0, length), max_size=8).map(lambda drawn: sorted(drawn[: len(drawn) // 2 * 2]))
    new = st.text("۱۲۳", max_size=3)
    return marks.flatmap(
        lambda at: st.tuples(
            *(st.builds(Edit, st.just(start), st.just(end), new) for start, end in zip(at[::2], at[1::2], strict=True))
        )
    ).map(list)


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[Piece], list[list[Edit]]]:
    """Draw a source, the untouched pieces that a trace of it starts from, and the edits of up to six rules."""
    source = draw(st.text(LETTERS, max_size=12))
    cuts = sorted({0, len(source), *draw(st.lists(st.integers(0, len(source)), max_size=3))})
    pieces = [Piece(start, end, source[start:end]) for start, end in pairwise(cuts)]
    text, steps = source, []
    for _ in range(draw(st.integers(0, len(RULES)))):
        steps.append(draw(edits_of(len(text))))
        text = apply(text, steps[-1])
    return source, pieces, steps


def record(pieces: list[Piece], steps: list[list[Edit]]) -> list[Piece]:
    """Return the pieces after one rule per step."""
    trace = Trace(pieces)
    for rule, edits in zip(RULES, steps, strict=False):
        trace.record(rule, edits)
    return trace.pieces


def edited(source: str, steps: list[list[Edit]]) -> tuple[str, list[int | None]]:
    """Return the text after the steps, and for each letter its offset in the source, None if an edit wrote it."""
    text, origins = source, list(range(len(source)))
    for edits in steps:
        text = apply(text, edits)
        for start, end, new in reversed(edits):
            origins[start:end] = [None] * len(new)
    return text, origins


@given(histories())
def test_trace_makes_the_same_text_as_apply(history):
    """Recording edits rule after rule gives the text that applying them gives."""
    source, pieces, steps = history
    assert "".join(piece.now for piece in record(pieces, steps)) == edited(source, steps)[0]


@given(histories())
def test_pieces_cover_the_source_without_gap_or_overlap(history):
    """Whatever was recorded, each code point of the source belongs to exactly one piece, in order."""
    source, pieces, steps = history
    ends = [0]
    for piece in record(pieces, steps):
        assert piece.start == ends[-1] <= piece.end
        ends.append(piece.end)
    assert ends[-1] == len(source)


@given(histories())
def test_an_untouched_piece_holds_the_source(history):
    """A piece without a rule is a stretch of the source as it was; every letter that no edit wrote is in one."""
    source, pieces, steps = history
    held = []
    for piece in record(pieces, steps):
        if not piece.rules:
            assert piece.now == source[piece.start : piece.end]
            held += range(piece.start, piece.end)
    assert held == [origin for origin in edited(source, steps)[1] if origin is not None]


@given(histories(), st.integers(0, 5))
def test_a_trace_that_starts_inside_the_source_is_the_same_trace_further_on(history, by):
    """A chunk of a line is traced at its place in the line: offsets are those of the chunk alone, moved."""
    source, pieces, steps = history
    if not source:
        return  # an empty trace has no place
    there = record([piece.shifted(by) for piece in pieces], steps)
    assert there == [piece.shifted(by) for piece in record(pieces, steps)]


@given(histories())
def test_changes_are_sorted_and_disjoint_and_replay(history):
    """The changes of an explanation are edits of the source, and making them gives the text."""
    source, pieces, steps = history
    explanation = Explanation(source, record(pieces, steps))
    done = 0
    for change in explanation.changes:
        assert done <= change.start <= change.end
        assert change.before == source[change.start : change.end] != change.after
        done = change.end
    assert apply(source, [Edit(c.start, c.end, c.after) for c in explanation.changes]) == explanation.text


@given(histories())
def test_changes_name_the_rules_that_made_them(history):
    """A change names only rules that edited something, the last first, and takes its why and source from it."""
    source, pieces, steps = history
    busy = {rule.name for rule, edits in zip(RULES, steps, strict=False) if edits}
    by_name = {rule.name: rule for rule in RULES}
    for change in Explanation(source, record(pieces, steps)).changes:
        names = (*change.also, change.rule)
        assert busy.issuperset(names)
        assert len(set(names)) == len(names)
        assert change.rule == max(names)  # the names sort in the order of the rules
        assert (change.why, change.authority) == (by_name[change.rule].why, by_name[change.rule].source)


@given(histories())
def test_offsets_are_exact_on_untouched_letters_and_monotonic_everywhere(history):
    """An untouched letter maps to itself both ways; offsets never run backwards and never leave the text."""
    source, pieces, steps = history
    explanation = Explanation(source, record(pieces, steps))
    for result, origin in enumerate(edited(source, steps)[1]):
        if origin is not None:
            assert explanation.to_source(result) == origin
            assert explanation.to_result(origin) == result
    to_source = [explanation.to_source(at) for at in range(len(explanation.text) + 1)]
    to_result = [explanation.to_result(at) for at in range(len(source) + 1)]
    assert to_source == sorted(to_source)
    assert to_result == sorted(to_result)
    assert all(0 <= at <= len(source) for at in to_source)
    assert all(0 <= at <= len(explanation.text) for at in to_result)
    assert (to_source[-1], to_result[-1]) == (len(source), len(explanation.text))


@pytest.mark.parametrize("offset", [-1, 5])
def test_an_offset_outside_is_an_index_error_that_tells_the_range(offset):
    """Offsets outside are refused, not clipped: a silent clip would hide a mistake of the caller."""
    explanation = Explanation("کتاب", [Piece(0, 4, "کتاب")])
    for ask, name in ((explanation.to_source, "result"), (explanation.to_result, "source")):
        with pytest.raises(IndexError, match=rf"offset {offset} is outside the {name}, .* 4 code points \(0 to 4\)"):
            ask(offset)


def test_an_edit_joins_the_change_it_touches():
    """A later rule that edits inside an earlier change makes one change of both, named after the later."""
    trace = Trace([Piece(0, 4, "abcd")])
    trace.record(RULES[0], [Edit(1, 2, "xyz")])
    trace.record(RULES[1], [Edit(2, 3, "")])
    (change,) = Explanation("abcd", trace.pieces).changes
    assert (change.start, change.end, change.before, change.after) == (1, 2, "b", "xz")
    assert (change.rule, change.also) == ("rule-1", ("rule-0",))


def test_a_change_undone_is_no_change():
    """What a later rule puts back as it was is not reported."""
    trace = Trace([Piece(0, 3, "abc")])
    trace.record(RULES[0], [Edit(1, 2, "x")])
    trace.record(RULES[1], [Edit(1, 2, "b")])
    assert Explanation("abc", trace.pieces).changes == ()


def test_repr_is_short():
    """The representation of an explanation tells its size, not its text."""
    explanation = Explanation("ab", [Piece(0, 1, "c", (RULES[0],)), Piece(1, 2, "b")])
    assert repr(explanation) == "<Explanation: 1 changes in 2 code points>"
