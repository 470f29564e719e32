"""Words that lost the space between them after a letter that does not join, where nobody sees it: دراین → در این."""

from __future__ import annotations

from itertools import pairwise
from math import inf, log
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.lexicon import Lexicon
from persnorm.morphology import ENDINGS, IMPERFECT, PREVERBS, Verbs
from persnorm.rule import Edit, Rule, Setting
from persnorm.word import Word, words_of

TOTAL = 4.1e6
"""How many running words the lexicon counted, weighted by source."""

# The figures below were chosen by trial on lines of the texts that were counted, with words seen once taken for
# unknown: there the rule parts 0.3 words in 1000 that stood as one, many of them true run-ons.

RARER = 4.0
"""A known word is parted if its parts are expected side by side e to this power times as often as it was seen."""

UNKNOWN = 5.0
"""A word never seen counts as e to the power of this, less its length, sightings: long ones are rarely names."""

AGAIN = 2.0
"""What each further place to part at takes off again: few names fall into three words by chance."""

COMPOUND = 3.0
"""What is added where no part is a word of grammar: the whole may be a new compound (زیرشبکه, تبخیرشده)."""

GRAMMAR = 8000.0
"""Words with so many sightings are words of grammar: در, را, این, است and some forty more."""


class _Best(NamedTuple):
    """The likeliest way to part some letters: the logarithm of how likely, and where they fall apart."""

    chance: float
    cuts: tuple[int, ...] = ()


def _cuts(letters: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Return where letters fall apart into words, as offsets; () if they are one word, or no known ones."""
    ends = [at for at in range(1, len(letters)) if letters[at - 1] in NON_JOINERS]
    if not ends:
        return ()
    best = {0: _Best(0.0)}
    for end in (*ends, len(letters)):
        best[end] = max(
            _Best(before.chance - RARER + _log_chance(letters[start:end], lexicon), (*before.cuts, start))
            for start, before in best.items()
            if end - start < len(letters)
        )
    chance, (_, *cuts) = best[len(letters)]
    expected = (
        chance + RARER * (len(cuts) + 1) + log(TOTAL)
    )  # RARER only chose among the ways: a known part stays whole
    needed = _needed(letters, len(cuts), lexicon)
    if expected <= needed:  # most words end here
        return ()
    parts = Word(0, 0, letters, tuple(cuts)).parts
    content = [part for part in parts if lexicon.count(part) < GRAMMAR or lexicon.verbs.is_participle(part)]
    if any(left in PREVERBS and right in content and _is_verb(right, lexicon.verbs) for left, right in pairwise(parts)):
        return ()  # برنشسته, درمی‌یابد: one verb
    return tuple(cuts) if len(content) < len(parts) or expected > needed + COMPOUND else ()


def _is_verb(letters: str, verbs: Verbs) -> bool:
    return verbs.is_whole(letters) or any(
        letters.startswith(prefix) and verbs.is_finite(letters[len(prefix) :]) for prefix in ("", *IMPERFECT)
    )


def _needed(letters: str, cuts: int, lexicon: Lexicon) -> float:
    """Return the logarithm of how often the letters are, or would be, seen as one word."""
    seen = lexicon.count(letters)
    return log(seen) + RARER if seen else UNKNOWN - len(letters) - AGAIN * (cuts - 1)


def _log_chance(letters: str, lexicon: Lexicon) -> float:
    """Return the logarithm of how likely a running word is this one; no letter but و and no ending is a word."""
    if letters in ENDINGS or (len(letters) == 1 and letters != "و"):
        return -inf
    seen = lexicon.count(letters)
    return log(seen / TOTAL) if seen else -inf


def _find_run_on(text: str, setting: Setting) -> list[Edit]:
    edits: list[Edit] = []
    for word in words_of(text):
        # Half-spaces make no difference, nor the ی of ezafe: a word is judged alike before and after its own repair.
        cuts = _cuts(word.letters.removesuffix("ی") if word.last == "ی" else word.letters, setting.lexicon)
        if cuts:
            places = word.places(text)
            edits += (Edit(places[cut], places[cut], " ") for cut in cuts if cut not in word.gaps)
    return edits


RULES = (
    Rule(
        name="run-on-word",
        why="After a letter that does not join the next one a missing space does not show; the parts are common words, "
        "and the whole is none.",
        source="Word counts (persnorm/data/SOURCES.md); the user's choice",
        find=_find_run_on,
        examples=(
            ("دراین شهر", "در این شهر"),
            ("ازاین راه", "از این راه"),
            ("تورادوست دارم", "تو را دوست دارم"),
            ("درخانهها", "در خانه\N{ZERO WIDTH NON-JOINER}ها"),
        ),
        counter_examples=(
            "مادر",
            "بنابراین",
            "دربارهٔ او",
            "براساس آمار",
            "کارخانه",
            "سیاستروز",
            "رودریگو",
            "کردستان",
            "برنشسته",
            "زیرشبکه",
        ),
        wants=lambda options: options.run_ons,
        chosen=(("run_ons", True),),
    ),
)
