"""The only loop: a text becomes lines, a line chunks, a chunk passes the rules, neighbours are looked at last."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from persnorm.alphabet import LETTERS, NON_JOINERS, PHRASE_SIGNS
from persnorm.blocks import split_lines
from persnorm.change import Explanation, Piece, Trace
from persnorm.late import late
from persnorm.patterns import Patterns, shower
from persnorm.protected import has_spanning_marker, mask, may_be_spanning, split_chunks
from persnorm.row import MASKED, SPANNING, UNSETTLED, UNTIDY, Chunk, Row
from persnorm.rule import ZWNJ, Rule, Setting, apply
from persnorm.rules import (
    CHARACTER_RULES,
    LINE_RULES,
    OWN_RULES,
    PLAIN_RULES,
    SPARING_RULES,
    STYLE_RULES,
    TIDYING_RULES,
    WORD_RULES,
    affixes,
    elongation,
    may_be_untidy,
    may_be_untidy_word,
    may_meet_neighbour,
    style,
    words,
)

# A line without any letter, digit or phrase sign of the Arabic script is not Persian and comes back as it is.
PERSIAN = late(f"[{LETTERS}{PHRASE_SIGNS}٠-٩۰-۹]")

_PLAIN_LETTERS = "آئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
PLAIN = late(f"[{_PLAIN_LETTERS}]+(?:(?<![{NON_JOINERS}]){ZWNJ}[{_PLAIN_LETTERS}]+)*")
"""A chunk of letters as they should be, and half-spaces where one may stand: no more than ``PLAIN_RULES`` concern it.

Most chunks are such, and none has anything to protect.
"""

WRAPPED = late(rf"([«(\[]?)({PLAIN.pattern})([»)\]]?[،؛:؟!.]?|[.؟!][»)\]])")
"""A plain chunk between signs that no rule on chunks has anything to do with, nor with it because of them."""

MEMORY = 1 << 16
"""How many distinct chunks are remembered before the memory starts anew, with those before that were met again.

At some 280 bytes each: about 36 MB for both.
"""


class Memory(dict[str, Chunk]):
    """What became of the chunks met so far: chunk -> the chunk normalized. A new one is normalized when asked for.

    Args:
        finish: Normalizes a chunk, given this memory.
        older: The memory before this one.

    Attributes:
        older: What is taken over from there when it is met again.
        traces: Chunk -> the pieces that it became, for those that changed and were explained; from offset 0.
    """

    def __init__(self, finish: Callable[[str, Memory], Chunk], older: Mapping[str, Chunk]) -> None:
        super().__init__()
        self._finish = finish
        self.older = older
        self.traces: dict[str, list[Piece]] = {}

    def __missing__(self, chunk: str) -> Chunk:
        word = self[chunk] = self.older.get(chunk) or self._finish(chunk, self)
        return word


class Engine:
    """Rules bound to a setting, with a memory of finished chunks."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.character_rules, self.word_rules, self.tidying_rules, self.style_rules, self.line_rules = (
            _chosen(rules, setting) for rules in (CHARACTER_RULES, WORD_RULES, TIDYING_RULES, STYLE_RULES, LINE_RULES)
        )
        self._plain_rules = tuple(rule for rule in self.character_rules if rule in PLAIN_RULES)
        self._spares_sure = all(rule in SPARING_RULES for rule in self._plain_rules + self.word_rules)
        self._repairs_words = any(rule in words.RULES for rule in self.word_rules)
        self._settles_all = any(rule in style.RULES for rule in self.line_rules)  # most lines have a word for a style
        self._joins_neighbours = any(rule in affixes.RULES for rule in self.line_rules)
        self._hide = Patterns(setting.options.protect).hide if setting.options.protect else None
        self._memory = Memory(self._remember, {})

    def normalize(self, text: str) -> str:
        """Return the normalized text."""
        if self._hide is None:
            return self._normalize(text)
        hidden = self._hide(text)
        return self._normalize(hidden) if hidden is text else shower(text, hidden)(self._normalize(hidden))

    def _normalize(self, text: str) -> str:
        parts = split_lines(text)
        parts[::2] = [self._line(line) if PERSIAN.search(line) else line for line in parts[::2]]
        return "".join(parts)

    def explain(self, text: str) -> Explanation:
        """Return the normalized text with the changes: the same rules in the same order, recorded."""
        if self._hide is None:
            return Explanation(text, self._explain(text))
        hidden = self._hide(text)
        show = shower(text, hidden)
        return Explanation(text, [piece._replace(now=show(piece.now)) for piece in self._explain(hidden)])

    def _explain(self, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        offset = 0
        for index, part in enumerate(split_lines(text)):
            if index % 2 or not PERSIAN.search(part):
                new = [Piece(0, len(part), part)] if part else []
            else:
                new = self._trace(part)
            pieces += (piece.shifted(offset) for piece in new)
            offset += len(part)
        return pieces

    def _line(self, line: str) -> str:
        row = self._row(line, self._fresh_memory())[1]
        return row.text if self._is_settled(row) else self._settle(row)

    def _row(self, line: str, memory: Memory) -> tuple[list[str], Row]:
        """Return the chunks of a line, and the same finished, as a row."""
        chunks = split_chunks(line)
        return chunks, Row(list(map(memory.__getitem__, chunks)))

    def _trace(self, line: str) -> list[Piece]:
        memory = self._fresh_memory()
        pieces: list[Piece] = []
        chunks, row = self._row(line, memory)
        done = offset = 0  # what stays, spaces too, is one piece from ``done`` to ``offset``
        for chunk, word in zip(chunks, row.chunks, strict=True):
            end = offset + len(chunk)
            if chunk != word.text:
                if done < offset:
                    pieces.append(Piece(done, offset, line[done:offset]))
                pieces += [piece.shifted(offset) for piece in self._traced(chunk, memory)]
                done = end
            offset = end + 1
        if done < len(line):
            pieces.append(Piece(done, len(line), line[done:]))
        if self._is_settled(row):
            return pieces
        trace = Trace(pieces)
        self._settle(row, trace)
        return trace.pieces

    def _traced(self, chunk: str, memory: Memory) -> list[Piece]:
        """Return the pieces of a chunk by itself, and remember them."""
        pieces = memory.traces.get(chunk)
        if pieces is None:
            trace = Trace([Piece(0, len(chunk), chunk)])
            self._finish(chunk, trace, is_plain=PLAIN.fullmatch(chunk) is not None)
            pieces = memory.traces[chunk] = trace.pieces
        return pieces

    def _fresh_memory(self) -> Memory:
        """Return the one memory for a whole line, whatever other threads do meanwhile."""
        memory = self._memory
        if len(memory) > MEMORY:
            memory.older = {}
            memory = self._memory = Memory(self._remember, memory)
        return memory

    def _finish(self, chunk: str, trace: Trace | None = None, *, is_plain: bool) -> tuple[str, str, str]:
        """Return a chunk with its characters set right, then with its words repaired as well, and this masked."""
        rules = self._plain_rules if is_plain else self.character_rules
        masked = chunk if is_plain else mask(chunk)
        clean = _run(rules, chunk, self.setting, trace, masked=masked)
        if clean is not chunk:
            masked = clean if is_plain else mask(clean)
        text = _run(self.word_rules, clean, self.setting, trace, masked=masked)
        if text is not clean:
            masked = text if is_plain else mask(text)
        return clean, text, masked

    def _remember(self, chunk: str, memory: Memory) -> Chunk:
        """Return a chunk normalized by itself."""
        if PLAIN.fullmatch(chunk):
            return self._sure(chunk) or self._finished(chunk, is_plain=True)
        wrapped = WRAPPED.fullmatch(chunk)
        word = self._between_signs(wrapped, memory) if wrapped else None
        return word or self._finished(chunk, is_plain=False)

    def _sure(self, chunk: str) -> Chunk | None:
        """Return a plain chunk normalized if the lexicon is sure of its form, and no rule wants another; else None."""
        if not self._spares_sure or elongation.may_be_drawn_out(chunk):
            return None
        setting, lexicon = self.setting, self.setting.lexicon
        kept = chunk.count(ZWNJ)
        form = lexicon.only_form(chunk.replace(ZWNJ, "")) if kept else lexicon.sure_form(chunk)
        if form is None or (form != chunk and (kept or not self._repairs_words)):
            return None
        first, last = (form[: form.index(ZWNJ)], form[form.rindex(ZWNJ) + 1 :]) if ZWNJ in form else (form, form)
        bits = (
            setting.evidence.neighbours.sides(first, last)
            | UNTIDY * may_be_untidy_word(form, setting)
            | UNSETTLED * may_meet_neighbour(form, setting)
        )
        return Chunk(form, first, last, bits, kept=kept)

    def _between_signs(self, wrapped: re.Match[str], memory: Memory) -> Chunk | None:
        """Return a plain chunk with signs around it, which are no matter for it; None if it is parted."""
        opening, core, closing = wrapped.groups()
        inner = memory[core]
        if " " in inner.text:
            return None
        word = inner.between(opening, closing)
        bits = inner.bits & UNSETTLED | UNTIDY * may_be_untidy(word.text, self.setting)
        return word.with_more(bits, inner.kept) if bits or inner.kept else word

    def _finished(self, chunk: str, *, is_plain: bool) -> Chunk:
        """Return a chunk normalized by itself."""
        clean, text, hidden = self._finish(chunk, is_plain=is_plain)
        bits = UNTIDY * may_be_untidy(text, self.setting) | UNSETTLED * may_meet_neighbour(text, self.setting)
        masked = None
        if hidden != text:
            bits |= MASKED
            masked = self.setting.evidence.rows.look(hidden)
        if not is_plain and (may_be_spanning(chunk) or may_be_spanning(text)):
            bits |= SPANNING
        word = self.setting.evidence.rows.look(text)
        kept = _half_spaces(clean)
        return word.with_more(bits, kept, masked) if bits or kept else word

    def _is_settled(self, row: Row) -> bool:
        """Tell whether no rule on lines can concern a line of finished chunks."""
        if self._settles_all or row.is_open:
            return False
        return not (self._joins_neighbours and self.setting.evidence.neighbours.meetings(row))

    def _settle(self, row: Row, trace: Trace | None = None) -> str:
        """Return a line of finished chunks with what neighbours have to settle settled."""
        line = row.text
        kept = sum([chunk.kept for chunk in row.chunks])
        repaired = _half_spaces(line) - kept
        masked: Row | None = row.masked if row.rare & MASKED else row
        if row.rare & SPANNING and has_spanning_marker(line):
            masked = None
        if row.rare & UNTIDY:
            line = _run(self.tidying_rules, line, self.setting, trace)
            masked = None  # what stood apart may be one span now
            kept = line.count(ZWNJ) - repaired  # with those that tidying made: a second run finds them kept
        if self.style_rules:
            before = line
            line = _run(self.style_rules, line, self.setting, trace)
            kept += line.count(ZWNJ) - before.count(ZWNJ)
            masked = masked if line is before else None
        setting = self.setting._replace(kept=kept, repaired=repaired, row=masked)
        return _run(self.line_rules, line, setting, trace, masked=masked.text if masked else None)


def _half_spaces(text: str) -> int:
    """Return how many half-spaces stand inside words."""
    return text.strip(ZWNJ).count(ZWNJ) - text.count(" " + ZWNJ)


def _chosen(rules: Sequence[Rule], setting: Setting) -> tuple[Rule, ...]:
    """Return the rules that are on."""
    options = setting.options
    return tuple(
        rule
        for rule in rules
        if rule.name not in options.disable and rule.wants(options) and (setting.own or rule not in OWN_RULES)
    )


def _run(
    rules: Sequence[Rule], text: str, setting: Setting, trace: Trace | None = None, *, masked: str | None = None
) -> str:
    """Pass a text through rules, in order, and tell ``trace`` of every edit; it may be known already as masked."""
    if masked is None:
        masked = mask(text)
    is_bare = masked is text
    for rule in rules:
        edits = rule.find(masked, setting)
        if edits:
            text = apply(text, edits)
            masked = text if is_bare else apply(masked, edits)
            if trace is not None:
                trace.record(rule, edits)
    return text
