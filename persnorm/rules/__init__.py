"""The rules in the order in which a text takes them. The order is the meaning: each step says why it stands there."""

from __future__ import annotations

from persnorm.rule import Rule, Setting
from persnorm.rules import (
    affixes,
    ambiguous,
    digits,
    elongation,
    invisible,
    letters,
    marks,
    output,
    own,
    punctuation,
    run_ons,
    spaces,
    style,
    words,
)

CHARACTER_RULES: tuple[Rule, ...] = (
    # Signs for a phrase first of all: what stands beside them stands beside words then.
    *letters.SIGN_RULES,
    # Marks before letters: a tatweel or a harakat between two letters hides the word from all that follows.
    *marks.RULES,
    # What is invisible after tatweel and harakat, which may stand between the letter and a half-space in disguise.
    *invisible.CHUNK_RULES,
    # Letters before anything that looks words up: the lexicon knows only Persian letters.
    *letters.RULES,
    # Spaces and half-spaces before punctuation, which asks what stands beside it.
    *spaces.CHUNK_RULES,
    # Digits before punctuation, which asks whether it stands between digits.
    *digits.CHUNK_RULES,
    *punctuation.CHUNK_RULES,
    # Elongated words before all that looks words up.
    *elongation.RULES,
    # Run-on words before all that looks at words: each part is then repaired like any word.
    *run_ons.RULES,
    # Style before half-spaces are counted: one that it takes away must not tell of a line that kept them.
    *style.EARLY,
)
"""Rules on the characters of a chunk, a run of text without a plain space: they see nothing else of the line."""

PLAIN_RULES: tuple[Rule, ...] = (*elongation.RULES, *run_ons.RULES, *style.EARLY)
"""Those of them that may find something in a chunk of nothing but Persian letters, with half-spaces between them."""

SPARING_RULES: tuple[Rule, ...] = (*elongation.RULES, *words.RULES)
"""Rules that leave a word as it is that the lexicon is sure of, unless it is drawn out."""

WORD_RULES: tuple[Rule, ...] = (
    # The user's own words first: they are not weighed.
    *own.WORD_RULES,
    *words.RULES,
    # Elongation again, for words that had an ending: ماههههها.
    *elongation.RULES,
    # Style again, for the words that were repaired.
    *style.EARLY,
)
"""Rules on the words of a chunk: they see clean letters, and half-spaces only where one may stand."""

TIDYING_RULES: tuple[Rule, ...] = (
    # Controls of direction before the spaces around them.
    *invisible.LINE_RULES,
    # Runs of spaces first, so that words stand one space apart for the rest.
    *spaces.LINE_RULES,
    *digits.LINE_RULES,
    *punctuation.LINE_RULES,
)
"""Rules on a whole line, after its chunks are done; half-spaces stay what they are."""

STYLE_RULES: tuple[Rule, ...] = style.EARLY
"""Style once more, for neighbours. A half-space that it puts into the line counts as one that the line had."""

LINE_RULES: tuple[Rule, ...] = (
    # Neighbours: what belongs together may be told once the line is otherwise right. The user's own words are
    # whole before others are weighed beside them.
    *own.LINE_RULES,
    *affixes.RULES,
    # Ambiguous words after them: then their neighbours are whole words.
    *ambiguous.RULES,
    # Style after all repairs, which put words together as most writers spell them.
    *style.RULES,
    # Full stops again: a word that was put together is long enough to end a sentence (می شد.او).
    *punctuation.AFTER_REPAIR,
    # The very last: all others count on half-spaces being half-spaces.
    *output.RULES,
)
"""Rules on a whole line that weigh how much of its half-spaces it has lost: what takes two neighbours to tell."""

OWN_RULES: tuple[Rule, ...] = own.WORD_RULES + own.LINE_RULES
"""Rules for those who have words of their own."""

ALL_RULES = tuple(dict.fromkeys(CHARACTER_RULES + WORD_RULES + TIDYING_RULES + STYLE_RULES + LINE_RULES))
"""Every rule once, in the order of its first place."""


def may_be_untidy(chunk: str, setting: Setting) -> bool:
    """Tell whether a finished chunk may concern a tidying rule, whatever its neighbours are."""
    return (
        spaces.may_meet(chunk)
        or invisible.may_meet(chunk, setting)
        or digits.may_meet(chunk, setting)
        or punctuation.may_meet(chunk)
    )


def may_be_untidy_word(word: str, setting: Setting) -> bool:
    """Tell the same of a word of Persian letters and half-spaces between them, which concerns fewer rules."""
    return digits.may_meet(word, setting)


def may_meet_neighbour(chunk: str, setting: Setting) -> bool:
    """Tell whether a finished and tidy chunk may concern a rule on lines for another reason than its words."""
    return output.may_meet(chunk, setting) or own.may_meet(chunk, setting)
