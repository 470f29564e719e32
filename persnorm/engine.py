"""The only loop: a text becomes lines, a line chunks, a chunk passes the rules, neighbours are looked at last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from persnorm.alphabet import LETTERS, NON_JOINERS, PHRASE_SIGNS
from persnorm.blocks import split_lines
from persnorm.change import Explanation, Piece, Trace
from persnorm.options import Options
from persnorm.patterns import Patterns, shower
from persnorm.protected import has_spanning_marker, mask, split_chunks
from persnorm.rule import ZWNJ, Rule, Setting, apply
from persnorm.rules import (
    CHARACTER_RULES,
    LINE_RULES,
    PLAIN_RULES,
    STYLE_RULES,
    TIDYING_RULES,
    WORD_RULES,
    affixes,
    may_be_untidy,
    may_meet_neighbour,
    style,
)
from persnorm.word import KnownWords, Word, edges, words_of_chunks

# A line without any letter, digit or phrase sign of the Arabic script is not Persian and comes back as it is.
PERSIAN = re.compile(f"[{LETTERS}{PHRASE_SIGNS}٠-٩۰-۹]")

_PLAIN_LETTERS = "آئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
PLAIN = re.compile(f"[{_PLAIN_LETTERS}]+(?:(?<![{NON_JOINERS}]){ZWNJ}[{_PLAIN_LETTERS}]+)*")
"""A chunk of letters as they should be, and half-spaces where one may stand: no more than ``PLAIN_RULES`` concern it.

Most chunks are such, and none has anything to protect.
"""

MEMORY = 1 << 17
"""How many distinct chunks are remembered before the memory starts anew. At some 250 bytes each: about 32 MB."""


class Memory:
    """What became of the chunks met so far.

    Attributes:
        finished: Chunk -> the chunk normalized.
        outgoing: Normalized chunks that may have something to settle with a neighbour.
        untidy: Those of them that may have a space or sign to settle.
        masked: Those with a protected span.
        first: Normalized chunk -> the letters that it turns to a chunk before it, where they are not all of it.
        last: The same for a chunk after it.
        words: Normalized chunk -> its words, for those of lines where neighbours were looked at.
        kept: Chunk -> how many half-spaces it had from the start, for those that had any.
        traces: Chunk -> the pieces that it became, for those that changed and were explained; from offset 0.
    """

    def __init__(self) -> None:
        self.finished: dict[str, str] = {}
        self.outgoing: set[str] = set()
        self.untidy: set[str] = set()
        self.masked: set[str] = set()
        self.first: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self.words: dict[str, Sequence[Word]] = {}
        self.kept: dict[str, int] = {}
        self.traces: dict[str, list[Piece]] = {}


class Engine:
    """Rules bound to a setting, with a memory of finished chunks."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.character_rules, self.word_rules, self.tidying_rules, self.style_rules, self.line_rules = (
            _chosen(rules, setting.options)
            for rules in (CHARACTER_RULES, WORD_RULES, TIDYING_RULES, STYLE_RULES, LINE_RULES)
        )
        self._plain_rules = tuple(rule for rule in self.character_rules if rule in PLAIN_RULES)
        self._settles_all = any(rule in style.RULES for rule in self.line_rules)  # most lines have a word for a style
        self._joins_neighbours = any(rule in affixes.RULES for rule in self.line_rules)
        self._hide = Patterns(setting.options.protect).hide if setting.options.protect else None
        self._memory = Memory()

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
        memory = self._fresh_memory()
        chunks = _chunks(line)
        try:
            words = [memory.finished[chunk] for chunk in chunks]
        except KeyError:
            words = [
                memory.finished[chunk] if chunk in memory.finished else self._remember(chunk, memory)
                for chunk in chunks
            ]
        return " ".join(words) if self._is_settled(words, memory) else self._settle(chunks, words, memory)

    def _trace(self, line: str) -> list[Piece]:
        memory = self._fresh_memory()
        pieces: list[Piece] = []
        chunks = _chunks(line)
        words = [
            memory.finished[chunk] if chunk in memory.finished else self._remember(chunk, memory) for chunk in chunks
        ]
        done = offset = 0  # what stays, spaces too, is one piece from ``done`` to ``offset``
        for chunk, word in zip(chunks, words, strict=True):
            end = offset + len(chunk)
            if chunk != word:
                if done < offset:
                    pieces.append(Piece(done, offset, line[done:offset]))
                pieces += [piece.shifted(offset) for piece in self._traced(chunk, memory)]
                done = end
            offset = end + 1
        if done < len(line):
            pieces.append(Piece(done, len(line), line[done:]))
        if self._is_settled(words, memory):
            return pieces
        trace = Trace(pieces)
        self._settle(chunks, words, memory, trace)
        return trace.pieces

    def _traced(self, chunk: str, memory: Memory) -> list[Piece]:
        """Return the pieces of a chunk by itself, and remember them."""
        pieces = memory.traces.get(chunk)
        if pieces is None:
            trace = Trace([Piece(0, len(chunk), chunk)])
            self._finish(chunk, trace)
            pieces = memory.traces[chunk] = trace.pieces
        return pieces

    def _fresh_memory(self) -> Memory:
        """Return the one memory for a whole line, whatever other threads do meanwhile."""
        if len(self._memory.finished) > MEMORY:
            self._memory = Memory()
        return self._memory

    def _finish(self, chunk: str, trace: Trace | None = None) -> tuple[str, str]:
        """Return a chunk with its characters set right, and then with its words repaired as well."""
        is_plain = PLAIN.fullmatch(chunk) is not None
        rules = self._plain_rules if is_plain else self.character_rules
        clean = _run(rules, chunk, self.setting, trace, is_bare=is_plain)
        return clean, _run(self.word_rules, clean, self.setting, trace, is_bare=is_plain)

    def _remember(self, chunk: str, memory: Memory) -> str:
        """Return a chunk normalized by itself, and remember it."""
        clean, word = self._finish(chunk)
        if kept := _half_spaces(clean):
            memory.kept[chunk] = kept
        first, last = edges(word)
        if first != word:
            memory.first[word] = first
        if last != word:
            memory.last[word] = last
        is_untidy = may_be_untidy(word, self.setting)
        if is_untidy:
            memory.untidy.add(word)
        if not PLAIN.fullmatch(word) and mask(word) != word:
            memory.masked.add(word)
        if is_untidy or may_meet_neighbour(word, self.setting):
            memory.outgoing.add(word)
        memory.finished[chunk] = word  # last: who finds it there finds the rest too
        return word

    def _is_settled(self, words: list[str], memory: Memory) -> bool:
        """Tell whether no rule on lines can concern a line of finished chunks."""
        if self._settles_all or not memory.outgoing.isdisjoint(words):
            return False
        if not self._joins_neighbours:
            return True
        first, last = memory.first.get, memory.last.get
        firsts, lasts = [first(word, word) for word in words], [last(word, word) for word in words]
        return next(self.setting.evidence.neighbours.worth_weighing(firsts, lasts), None) is None

    def _settle(self, chunks: list[str], words: list[str], memory: Memory, trace: Trace | None = None) -> str:
        """Return a line of chunks, finished as ``words``, with what neighbours have to settle settled."""
        line = " ".join(words)
        is_bare = memory.masked.isdisjoint(words) and not has_spanning_marker(line)
        kept = sum(memory.kept[chunk] for chunk in chunks if chunk in memory.kept)
        repaired = _half_spaces(line) - kept
        if not memory.untidy.isdisjoint(words):
            line = _run(self.tidying_rules, line, self.setting, trace)
            is_bare = False  # what stood apart may be one span now
            kept = line.count(ZWNJ) - repaired  # with those that tidying made: a second run finds them kept
        if self.style_rules:
            before = line
            line = _run(self.style_rules, line, self.setting, trace)
            kept += line.count(ZWNJ) - before.count(ZWNJ)
            is_bare = is_bare and line is before
        known = KnownWords(line, words_of_chunks(words, memory.words)) if is_bare else None
        setting = self.setting._replace(kept=kept, repaired=repaired, words=known)
        return _run(self.line_rules, line, setting, trace, is_bare=is_bare)


def _chunks(line: str) -> list[str]:
    return split_chunks(line) if has_spanning_marker(line) else line.split(" ")


def _half_spaces(text: str) -> int:
    """Return how many half-spaces stand inside words."""
    return text.strip(ZWNJ).count(ZWNJ) - text.count(" " + ZWNJ)


def _chosen(rules: Sequence[Rule], options: Options) -> tuple[Rule, ...]:
    """Return the rules that are on."""
    return tuple(rule for rule in rules if rule.name not in options.disable and rule.wants(options))


def _run(
    rules: Sequence[Rule], text: str, setting: Setting, trace: Trace | None = None, *, is_bare: bool = False
) -> str:
    """Pass a text through rules, in order, and tell ``trace`` of every edit; a bare one has nothing to protect."""
    masked = text if is_bare else mask(text)
    for rule in rules:
        edits = rule.find(masked, setting)
        if edits:
            text, masked = (apply(text, edits), "") if masked is text else (apply(text, edits), apply(masked, edits))
            masked = masked or text
            if trace is not None:
                trace.record(rule, edits)
    return text
