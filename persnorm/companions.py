"""The company that words keep: سفره stands among dishes and rugs, سفر among roads and cities.

Where the letters are two words (سفرهای: سفره‌ای, سفرهای) and the neighbours right beside them fit both, the words a
little farther off tell which is meant. Single words are too rare to be counted two by two, so they are counted by
cluster: words that stand in the same surroundings, some two hundred of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from persnorm.morphology import PLURALS
from persnorm.rule import ZWNJ

WINDOW = 5
"""So many words to each side are company."""

CLUSTER_TRUST = 100.0
"""How many companions the average company is worth."""

_ENDINGS = (*sorted(PLURALS, key=len, reverse=True), "ی", "م", "ت", "ش")


class Companions:
    """Counts of the clusters that stand near a lexeme.

    Args:
        clusters: Word, without half-spaces -> the name of its cluster.
        rows: Lexeme -> clusters near it with their counts, as in ``17:203 42:8``; ``*`` has those near any word.
    """

    def __init__(self, clusters: Mapping[str, str], rows: Mapping[str, str]) -> None:
        self._clusters = clusters
        self._rows = rows
        self._counts = lru_cache(maxsize=1 << 10)(self._read)

    def knows(self, word: str) -> bool:
        """Tell whether the company of a lexeme was counted."""
        return word in self._rows

    def cluster(self, letters: str) -> str | None:
        """Return the cluster of a word, or of what it is without its ending."""
        known = self._clusters.get(letters)
        if known is None:
            for ending in _ENDINGS:
                if letters.endswith(ending) and (known := self._clusters.get(letters[: -len(ending)])):
                    return known
        return known

    def support(self, form: str, company: Iterable[str]) -> float:
        """Return the log likelihood ratio of the words around a form against any words; 0 for an unknown lexeme."""
        counts = self._counts(lexeme(form))
        if not counts:
            return 0.0
        everywhere = self._counts("*")
        total, all_total = sum(counts.values()), sum(everywhere.values())
        ratio = 0.0
        for letters in company:
            if cluster := self.cluster(letters):
                share = everywhere.get(cluster, 1.0) / all_total
                ratio += log((counts.get(cluster, 0.0) / share + CLUSTER_TRUST) / (total + CLUSTER_TRUST))
        return ratio

    def _read(self, word: str) -> dict[str, float]:
        counts = (pair.partition(":") for pair in self._rows.get(word, "").split())
        return {cluster: float(count) for cluster, _, count in counts}


def lexeme(form: str) -> str:
    r"""Return the word that a form is an inflection of.

    >>> lexeme("سفره\u200cای"), lexeme("سفرهای"), lexeme("سفر")
    ('سفره', 'سفر', 'سفر')
    """
    head, gap, _ = form.partition(ZWNJ)
    if gap:
        return head
    for plural in _ENDINGS[: len(PLURALS)]:
        if form.endswith(plural) and len(form) > len(plural) + 1:
            return form[: -len(plural)]
    return form
