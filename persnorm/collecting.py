"""Count the words of well-edited text, for a word list of one's own."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from persnorm.alphabet import DIGITS, LETTERS, NON_JOINERS
from persnorm.normalizer import Normalizer
from persnorm.own_lexicon import stem_of
from persnorm.protected import mask
from persnorm.rule import OPAQUE, ZWNJ
from persnorm.word import Word, put_together, stand_together, words_of
from persnorm.wordlist import Words, letters_of

_TOUCHING = re.compile(f"[{LETTERS}{DIGITS}{ZWNJ}{OPAQUE}]")


class WordCounts:
    r"""What is counted in text whose half-spaces are right.

    Letters are counted as the profile ``minimal`` writes them. What is protected (addresses, code, Latin text) is not
    counted, nor is a word that touches such a thing or a number.

    Example:
        >>> counts = WordCounts()
        >>> counts.add("آن پخش\u200cنما به از هر پخش\u200cنما، پخش نما که نشد!")
        >>> counts.words() == {"پخش\u200cنما": 2, "پخش نما": 1}
        True
    """

    def __init__(self) -> None:
        self._forms: Counter[str] = Counter()
        self._neighbours: Counter[tuple[str, str]] = Counter()
        self._clean = Normalizer("minimal").normalize

    def add(self, line: str) -> None:
        """Count the words of a line and its neighbours that might be one word."""
        text = mask(self._clean(line))
        words = [word for word in words_of(text) if _stands_free(word, text)]
        self._forms.update(put_together(word.letters, word.gaps) if word.gaps else word.letters for word in words)
        self._neighbours.update(
            (left.letters, right.letters)
            for left, right in pairwise(words)
            if not left.gaps and left.letters[-1] not in NON_JOINERS and stand_together(left, right, text)
        )

    def words(self, min_count: int = 1, *, every: bool = False) -> Words:
        """Return the words that have half-spaces, and what else the text writes in their place, with counts.

        Args:
            min_count: How often a word must be seen with its half-spaces.
            every: Return the words without half-spaces too that were seen so often.
        """
        wanted = {letters_of(form) for form, n in self._forms.items() if n >= min_count and (every or ZWNJ in form)}
        words: Words = {form: n for form, n in self._forms.items() if letters_of(form) in wanted}
        rights: dict[str, set[str]] = {}
        for form in words:
            if form.count(ZWNJ) == 1:
                left, _, right = form.partition(ZWNJ)
                rights.setdefault(left, set()).add(right)
        apart: Counter[str] = Counter()
        for (left, right), n in self._neighbours.items():
            if left in rights and (stem := stem_of(right, rights[left])):
                apart[f"{left} {stem}"] += n
        return {**words, **apart}


def _stands_free(word: Word, text: str) -> bool:
    return not _TOUCHING.match(text, word.end) and not (word.start and _TOUCHING.match(text, word.start - 1))
