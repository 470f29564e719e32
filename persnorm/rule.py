"""A rule: a frozen value that finds edits, says why it makes them, and carries its own examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from persnorm.evidence import Evidence
    from persnorm.lexicon import Lexicon
    from persnorm.options import Options
    from persnorm.own_lexicon import Own
    from persnorm.row import Row

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"

OPAQUE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in for each code point of a protected span, so that rules see its place but not its letters."""


class Edit(NamedTuple):
    """Replace ``text[start:end]`` of the rule's input by ``new``; ``start == end`` inserts."""

    start: int
    end: int
    new: str


class Setting(NamedTuple):
    """What a rule may consult beside the text.

    Attributes:
        options: The options.
        lexicon: The lexicon.
        evidence: What weighs words, with this lexicon.
        kept: For rules on lines: how many half-spaces the line had from the start.
        repaired: For rules on lines: how many its chunks have got back so far.
        own: The user's own words, if there are any; the lexicon has them too.
        row: For rules on lines: the line as chunks, where that is known already; see ``row_of``.
    """

    options: Options
    lexicon: Lexicon
    evidence: Evidence
    kept: int = 0
    repaired: int = 0
    own: Own | None = None
    row: Row | None = None

    def row_of(self, text: str) -> Row:
        """Return a line as chunks."""
        if self.row is None:
            return self.evidence.rows.of(text)
        return self.row if self.row.text is text else self.evidence.rows.put_together(self.row, text)


Finder = Callable[[str, Setting], Sequence[Edit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One named correction.

    Args:
        name: Kebab-case, after what the rule removes (``arabic-yeh``). It is API: ``Normalizer(disable=[name])``.
        why: One or two sentences for a reader who does not know Persian spelling. Shown by ``--explain``.
        source: Where the rule comes from: a standard, a page, a measurement.
        find: Takes the text (protected code points masked by ``OPAQUE``) and the setting, gives sorted, disjoint
            edits. It must not depend on anything else, and must find nothing in its own output.
        examples: Pairs (before, after) of ``normalize`` with the profile that has the rule, or with ``chosen``. Each
            is a test.
        counter_examples: Texts that look like a case for the rule and must come back unchanged. Each is a test.
        wants: Whether the rule is on under these options.
        chosen: For a rule that no profile has: options that turn it on.
        words: The user's own words that the examples are about; ``Normalizer(words=words)`` has them.
    """

    name: str
    why: str
    source: str
    find: Finder
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...] = ()
    wants: Callable[[Options], bool] = lambda options: True
    chosen: tuple[tuple[str, str | bool], ...] = ()
    words: tuple[str, ...] = ()


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return ``text`` with sorted, disjoint ``edits`` made."""
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += (text[done:start], new)
        done = end
    parts.append(text[done:])
    return "".join(parts)
