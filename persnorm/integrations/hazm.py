"""persnorm in the place of ``hazm.Normalizer``: the same flags and methods, the rules of persnorm. It needs no hazm.

Each flag stands for a group of rules (``RULES_OF``); without it they are off, and its method is these rules alone. What
belongs to no flag, as Arabic letters, is always set right, as hazm does with letters.

What differs from hazm: ``correct_spacing`` and ``seperate_mi`` put half-spaces where persnorm has evidence for them,
and ``seperate_mi`` into all joined words, not only verbs; addresses, code and Latin text stay; signs of hamza and madda
belong to their letter and stay; ``persian_style`` leaves a decimal point between Latin digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from persnorm import normalizer
from persnorm.lexicon import default_lexicon
from persnorm.rules import ALL_RULES

RULES_OF = {
    "correct_spacing": frozenset({
        "tatweel", "foreign-space", "repeated-half-space", "stray-half-space", "missing-space", "repeated-space",
        "space-before-half-space", "space-inside-brackets", "space-before-punctuation", "own-spaced-word",
        "spaced-word", "spaced-ordinal",
    }),
    "remove_diacritics": frozenset({"harakat"}),
    "decrease_repeated_chars": frozenset({"elongation"}),
    "persian_style": frozenset({
        "latin-quotes", "three-dots", "latin-comma", "latin-semicolon", "latin-question-mark", "latin-decimal-point",
        "latin-thousands-comma",
    }),
    "persian_numbers": frozenset({"latin-digit", "arabic-digit", "latin-percent-sign"}),
    "unicodes_replacement": frozenset({"presentation-form"}),
    "seperate_mi": frozenset({"own-joined-word", "joined-word", "ambiguous-word"}),
}  # fmt: skip

# Signs above and below letters that are no harakat, and ornaments, as in hazm; not U+0653 to U+0655, which belong to
# their letter, nor the harakat themselves.
_SPECIAL = re.compile("[\u0605\u0610-\u061a\u061e\u0656-\u065f\u0670\u06d4\u06d6-\u06ed\u06fd\u06fe\u08ad\u08d4-\u08ff"
                      "\ufbb2-\ufbc1\ufc5e-\ufc63\ufcf2-\ufcf4\ufd3e\ufd3f\ufdfa\ufdfb]")  # fmt: skip
_LETTER = "[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]"
_REPEAT = re.compile(rf"({_LETTER})\1{{2,}}")
_WORD_WITH_REPEAT = re.compile(rf"{_LETTER}*({_LETTER})\1{{2,}}{_LETTER}*")


class Normalizer:
    """Takes the flags of ``hazm.Normalizer`` and normalizes with persnorm.

    Args:
        correct_spacing: Set spaces right, and put half-spaces where a word was parted by a space.
        remove_diacritics: Take harakat away.
        remove_specials_chars: Take other signs and ornaments of Arabic script away, as ﷺ.
        decrease_repeated_chars: Write a letter that stands thrice or more once or twice, as the commoner word does.
        persian_style: Guillemets, the ellipsis, Persian punctuation.
        persian_numbers: Persian digits.
        unicodes_replacement: Letters in place of presentation forms and ligatures.
        seperate_mi: Put half-spaces into words that stand joined: verbs, as in hazm, and all others.

    Example:
        >>> Normalizer().normalize("اِعلاممممم کَرد")
        'اعلام کرد'
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the flags of hazm
        self,
        correct_spacing: bool = True,
        remove_diacritics: bool = True,
        remove_specials_chars: bool = True,
        decrease_repeated_chars: bool = True,
        persian_style: bool = True,
        persian_numbers: bool = True,
        unicodes_replacement: bool = True,
        seperate_mi: bool = True,
    ) -> None:
        wanted = {
            "correct_spacing": correct_spacing,
            "remove_diacritics": remove_diacritics,
            "decrease_repeated_chars": decrease_repeated_chars,
            "persian_style": persian_style,
            "persian_numbers": persian_numbers,
            "unicodes_replacement": unicodes_replacement,
            "seperate_mi": seperate_mi,
        }
        self._special = remove_specials_chars
        self._repeated = decrease_repeated_chars
        off = frozenset[str]().union(*(RULES_OF[flag] for flag, on in wanted.items() if not on))
        self._normalizer = _without(off)

    def normalize(self, text: str) -> str:
        """Return ``text`` normalized as the flags say."""
        if isinstance(text, str):  # if not, persnorm has the message
            text = self.remove_specials_chars(text) if self._special else text
            text = self.decrease_repeated_chars(text) if self._repeated else text
        return self._normalizer.normalize(text)

    def correct_spacing(self, text: str) -> str:
        """Return ``text`` with spaces set right and parted words put together."""
        return _only("correct_spacing").normalize(text)

    def remove_diacritics(self, text: str) -> str:
        """Return ``text`` without harakat."""
        return _only("remove_diacritics").normalize(text)

    def remove_specials_chars(self, text: str) -> str:
        """Return ``text`` without signs and ornaments that are neither letters nor harakat."""
        return _SPECIAL.sub("", text)

    def decrease_repeated_chars(self, text: str) -> str:
        """Return ``text`` with each letter at most twice in a row, or once where that is the commoner word."""
        return _WORD_WITH_REPEAT.sub(lambda word: _decreased(word[0]), text)

    def persian_style(self, text: str) -> str:
        """Return ``text`` with Persian punctuation."""
        return _only("persian_style").normalize(text)

    def persian_number(self, text: str) -> str:
        """Return ``text`` with Persian digits."""
        return _only("persian_numbers").normalize(text)

    def unicodes_replacement(self, text: str) -> str:
        """Return ``text`` with letters in place of presentation forms."""
        return _only("unicodes_replacement").normalize(text)

    def seperate_mi(self, text: str) -> str:
        """Return ``text`` with half-spaces in words that stand joined."""
        return _only("seperate_mi").normalize(text)

    def token_spacing(self, tokens: Iterable[str]) -> list[str]:
        """Return the tokens, those put together with a half-space that are parts of one word."""
        return _only("spaced").normalize(" ".join(tokens)).split()


def _decreased(word: str) -> str:
    once, twice = _REPEAT.sub(r"\1", word), _REPEAT.sub(r"\1\1", word)
    lexicon = default_lexicon()
    return once if lexicon.count(once) > lexicon.count(twice) else twice  # twice if neither is known


@cache
def _without(rules: frozenset[str]) -> normalizer.Normalizer:
    return normalizer.Normalizer("publish", disable=rules)


@cache
def _only(flag: str) -> normalizer.Normalizer:
    kept = RULES_OF.get(flag, frozenset({"own-spaced-word", "spaced-word"}))
    return _without(frozenset(rule.name for rule in ALL_RULES) - kept)
