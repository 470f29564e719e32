"""The only loop: a text becomes lines, a line chunks, a chunk passes the rules, neighbours are looked at last."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from persnorm.change import Explanation, Piece, Trace
from persnorm.protected import has_spanning_marker, mask, split_chunks
from persnorm.rule import ZWNJ, Rule, Setting, apply
from persnorm.rules import CHARACTER_RULES, LINE_RULES, WORD_RULES, may_meet_neighbour

# No rule looks across these. Tabs are here because they part the cells of a table.
BREAK = re.compile("([\n\r\t\v\f\x1c-\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+)")

# A line without any letter, digit or sign of the Arabic script is not Persian and comes back as it is.
PERSIAN = regex.compile(r"[\p{Script_Extensions=Arabic}]")

MEMORY = 1 << 17
"""How many distinct chunks are remembered before the memory starts anew. At some 250 bytes each: about 32 MB."""


class Memory:
    """What became of the chunks met so far.

    Attributes:
        finished: Chunk -> the chunk normalized.
        outgoing: Normalized chunks that may have something to settle with a neighbour.
        kept: Chunk -> how many half-spaces it had from the start, for those that had any.
    """

    def __init__(self) -> None:
        self.finished: dict[str, str] = {}
        self.outgoing: set[str] = set()
        self.kept: dict[str, int] = {}


class Engine:
    """Rules bound to a setting, with a memory of finished chunks."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        options = setting.options
        self.character_rules, self.word_rules, self.line_rules = (
            tuple(rule for rule in rules if rule.name not in options.disable and rule.wants(options))
            for rules in (CHARACTER_RULES, WORD_RULES, LINE_RULES)
        )
        self._memory = Memory()

    def normalize(self, text: str) -> str:
        """Return the normalized text."""
        parts = BREAK.split(text)
        parts[::2] = [self._line(line) if PERSIAN.search(line) else line for line in parts[::2]]
        return "".join(parts)

    def explain(self, text: str) -> Explanation:
        """Return the normalized text with the changes: the same rules in the same order, recorded."""
        pieces: list[Piece] = []
        offset = 0
        for index, part in enumerate(BREAK.split(text)):
            if index % 2 or not PERSIAN.search(part):
                new = [Piece(0, len(part), part)] if part else []
            else:
                new = self._trace(part)
            pieces += (piece.shifted(offset) for piece in new)
            offset += len(part)
        return Explanation(text, pieces)

    def _line(self, line: str) -> str:
        if len(self._memory.finished) > MEMORY:
            self._memory = Memory()
        memory = self._memory  # the one memory for the whole line, whatever other threads do
        chunks = split_chunks(line) if has_spanning_marker(line) else line.split(" ")
        try:
            words = [memory.finished[chunk] for chunk in chunks]
        except KeyError:
            words = [self._chunk(chunk, memory) for chunk in chunks]
        line = " ".join(words)
        if memory.outgoing.isdisjoint(words):
            return line
        kept = sum(memory.kept[chunk] for chunk in chunks if chunk in memory.kept)
        return self._settle(line, kept)

    def _chunk(self, chunk: str, memory: Memory) -> str:
        word = memory.finished.get(chunk)
        if word is None:
            word, kept = self._finish(chunk)
            if kept:
                memory.kept[chunk] = kept
            if may_meet_neighbour(word, self.setting):
                memory.outgoing.add(word)
            memory.finished[chunk] = word  # last: who finds it here finds the rest too
        return word

    def _finish(self, chunk: str, trace: Trace | None = None) -> tuple[str, int]:
        """Return a chunk normalized by itself, and how many half-spaces it had from the start."""
        chunk = _run(self.character_rules, chunk, self.setting, trace)
        return _run(self.word_rules, chunk, self.setting, trace), chunk.count(ZWNJ)

    def _settle(self, line: str, kept: int, trace: Trace | None = None) -> str:
        """Return a line of finished chunks with what neighbours have to settle settled."""
        setting = self.setting._replace(kept=kept, repaired=line.count(ZWNJ) - kept)
        return _run(self.line_rules, line, setting, trace)

    def _trace(self, line: str) -> list[Piece]:
        pieces: list[Piece] = []
        words: list[str] = []
        kept = offset = 0
        for chunk in split_chunks(line):
            if offset:
                pieces.append(Piece(offset - 1, offset, " "))
            trace = Trace([Piece(offset, offset + len(chunk), chunk)] if chunk else [])
            word, had = self._finish(chunk, trace)
            words.append(word)
            pieces += trace.pieces
            kept += had
            offset += len(chunk) + 1
        trace = Trace(pieces)
        self._settle(" ".join(words), kept, trace)
        return trace.pieces


def _run(rules: Sequence[Rule], text: str, setting: Setting, trace: Trace | None = None) -> str:
    """Pass a text through rules, in order, and tell ``trace`` of every edit."""
    masked = mask(text)
    for rule in rules:
        edits = rule.find(masked, setting)
        if edits:
            text, masked = (apply(text, edits), "") if masked is text else (apply(text, edits), apply(masked, edits))
            masked = masked or text
            if trace is not None:
                trace.record(rule, edits)
    return text
