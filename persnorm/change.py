"""What was changed: the changes of a text, how to make them again, and its offsets from source to result and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from persnorm.alignment import Alignment
from persnorm.rule import Edit, Rule, apply


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the source that was changed.

    Attributes:
        rule: Name of the rule that gave the place its final form.
        start: Offset in the source, in code points.
        end: End of the place in the source (exclusive); equal to ``start`` for an insertion.
        before: ``source[start:end]``.
        after: What stands there in the result.
        why: The rule's reason.
        authority: Where the rule comes from.
        also: Names of the other rules that had a part in the same place.
    """

    rule: str
    start: int
    end: int
    before: str
    after: str
    why: str = field(repr=False)
    authority: str = field(repr=False)
    also: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A stretch of the source and what stands for it now; no rules means that it is untouched."""

    start: int
    end: int
    now: str
    rules: tuple[Rule, ...] = ()

    def shifted(self, by: int) -> Piece:
        """Return the same piece, ``by`` code points further into the source."""
        return Piece(self.start + by, self.end + by, self.now, self.rules)


class Trace:
    """Follows a text through the edits of one rule after another, each in the coordinates of the text so far."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = list(pieces)
        self._start = self.pieces[0].start if self.pieces else 0  # a chunk starts inside its line

    def record(self, rule: Rule, edits: Sequence[Edit]) -> None:
        """Make the edits of one rule: sorted and disjoint, offsets in the text as it stands before them.

        An edit that touches an already changed piece becomes one with it, so that pieces stay disjoint.
        Works from the right, so that the offsets of the edits still to come hold; linear in pieces and edits.
        """
        left = self.pieces = list(_cut(self.pieces, [offset for edit in edits for offset in (edit.start, edit.end)]))
        at = sum(len(piece.now) for piece in left)  # the end of ``left`` in the current text
        right: list[Piece] = []
        for start, end, new in reversed(edits):
            while left and at - len(left[-1].now) >= end and at > start:
                at -= len(left[-1].now)
                right.append(left.pop())
            rules: tuple[Rule, ...] = (rule,)
            tail, head, stop = "", "", left[-1].end if left else self._start
            if at > end:
                piece = left.pop()
                keep = len(piece.now) - (at - end)
                if piece.rules:
                    tail, at = piece.now[keep:], end
                    left.append(piece._replace(now=piece.now[:keep]))
                else:
                    right.append(Piece(piece.start + keep, piece.end, piece.now[keep:]))
                    left.append(Piece(piece.start, piece.start + keep, piece.now[:keep]))
                    stop, at = piece.start + keep, end
            begin = stop
            while left and (at > start or tail):
                piece = left.pop()
                keep = len(piece.now) - (at - start)
                if keep > 0 and not piece.rules:
                    left.append(Piece(piece.start, piece.start + keep, piece.now[:keep]))
                    begin, at = piece.start + keep, start
                    break
                head = piece.now[:keep] if keep > 0 else ""
                begin, at = piece.start, at - len(piece.now)
                rules = tuple(dict.fromkeys(piece.rules + rules))
                if at <= start:
                    break
            left.append(Piece(begin, stop, head + new + tail, rules))
            at += len(head) + len(new) + len(tail)
        left.extend(reversed(right))


def _cut(pieces: Iterable[Piece], offsets: Iterable[int]) -> Iterator[Piece]:
    """Yield the pieces, the untouched ones cut at these offsets in the current text; sorted, so in one go.

    Cut off one by one, what is left of a long piece would be copied as often as it has edits.
    """
    waiting = iter(offsets)
    offset = next(waiting, None)
    at = 0
    for piece in pieces:
        done = 0
        while offset is not None and offset < at + len(piece.now):
            cut = offset - at
            if cut > done and not piece.rules:
                yield Piece(piece.start + done, piece.start + cut, piece.now[done:cut])
                done = cut
            offset = next(waiting, None)
        at += len(piece.now)
        yield Piece(piece.start + done, piece.end, piece.now[done:]) if done else piece


class Explanation:
    """A normalized text with every change that made it, and offsets both ways. Made by ``explain``.

    Attributes:
        source: The text as it was given.
        text: The normalized text, equal to ``normalize(source)``.
        changes: Every change, sorted and disjoint; offsets are code points of ``source``.

    Example:
        >>> from persnorm import explain
        >>> e = explain("كتاب")
        >>> e.text, e.changes[0].rule, e.changes[0].start, e.changes[0].end
        ('کتاب', 'arabic-kaf', 0, 1)
    """

    def __init__(self, source: str, pieces: Sequence[Piece]) -> None:
        self.source = source
        self.text = "".join(piece.now for piece in pieces)
        self.changes = tuple(
            Change(
                rule=piece.rules[-1].name,
                start=piece.start,
                end=piece.end,
                before=source[piece.start : piece.end],
                after=piece.now,
                why=piece.rules[-1].why,
                authority=piece.rules[-1].source,
                also=tuple(rule.name for rule in piece.rules[:-1]),
            )
            for piece in pieces
            if piece.rules and source[piece.start : piece.end] != piece.now
        )
        self._pieces = pieces

    def to_source(self, offset: int) -> int:
        """Map an offset in the result to the source: where the code point at ``offset`` came from.

        What was put in came from nowhere; it maps to where it was put. For the two ends of a word or name
        ``source_span`` is right: the end of a span is the offset of what follows it, which may stand farther off.

        Args:
            offset: Code points, 0 to ``len(self.text)`` inclusive.

        Raises:
            IndexError: The offset is outside the result.
        """
        _check(offset, self.text, "result")
        return self.alignment.to_source(offset)

    def to_result(self, offset: int) -> int:
        """Map an offset in the source to the result: where the code point at ``offset`` went.

        What was removed went nowhere; it maps to where it would stand.

        Args:
            offset: Code points, 0 to ``len(self.source)`` inclusive.

        Raises:
            IndexError: The offset is outside the source.
        """
        _check(offset, self.source, "source")
        return self.alignment.to_result(offset)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the result, as a tagger finds it, to the source: from its first letter to its last.

        What was removed right before or after it is left out. Where it cuts through a change that cannot be parted
        (one sign for a whole word), the change belongs to it. An empty span maps to an empty span.

        Args:
            start: Code points in the result.
            end: Exclusive, not before ``start``.

        Raises:
            IndexError: One of them is outside the result.
            ValueError: ``end`` is before ``start``.

        Example:
            >>> from persnorm import explain
            >>> e = explain("قیــمت\u200f كتاب")
            >>> e.text[0:4], e.source_span(0, 4), e.to_source(4)
            ('قیمت', (0, 6), 7)
        """
        _check_span(start, end, self.text, "result")
        return self.alignment.source_span(start, end)

    def result_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the source to the result, as ``source_span`` does the other way.

        Args:
            start: Code points in the source.
            end: Exclusive, not before ``start``.

        Raises:
            IndexError: One of them is outside the source.
            ValueError: ``end`` is before ``start``.
        """
        _check_span(start, end, self.source, "source")
        return self.alignment.result_span(start, end)

    @cached_property
    def alignment(self) -> Alignment:
        """Which stretches of the source stand for which of the result, taken apart letter by letter."""
        return Alignment((piece.start, self.source[piece.start : piece.end], piece.now) for piece in self._pieces)

    def __repr__(self) -> str:
        return f"<Explanation: {len(self.changes)} changes in {len(self.source)} code points>"


def replay(source: str, changes: Iterable[Change]) -> str:
    """Return ``source`` with ``changes`` made: those of ``explain(source)`` give its ``text``, some of them a part.

    Args:
        source: The text that was explained.
        changes: Changes in the order of the text. Some may be left out, none may overlap.

    Raises:
        ValueError: A change is out of order, overlaps another one, or does not find its ``before`` in the source.

    Example:
        >>> from persnorm import explain, replay
        >>> source = "كتاب علي"
        >>> changes = explain(source).changes
        >>> replay(source, changes) == explain(source).text
        True
        >>> replay(source, [change for change in changes if change.rule != "arabic-yeh"])
        'کتاب علي'
    """
    edits: list[Edit] = []
    done = 0
    for change in changes:
        where = f"change {len(edits) + 1} ({change.rule} at {change.start} to {change.end})"
        if not done <= change.start <= change.end:
            raise ValueError(f"{where} begins before {done}, where the one before it ends; sort them, each place once")
        if change.end > len(source) or source[change.start : change.end] != change.before:
            found = source[change.start : change.end]
            raise ValueError(f"{where} is of another text: expected {change.before!a} there, got {found!a}")
        edits.append(Edit(change.start, change.end, change.after))
        done = change.end
    return apply(source, edits)


def _check(offset: int, text: str, name: str) -> None:
    if not 0 <= offset <= len(text):
        raise IndexError(f"offset {offset} is outside the {name}, which has {len(text)} code points (0 to {len(text)})")


def _check_span(start: int, end: int, text: str, name: str) -> None:
    _check(start, text, name)
    _check(end, text, name)
    if end < start:
        raise ValueError(f"a span of the {name} ends at {end}, before it starts at {start}; give start, then end")
