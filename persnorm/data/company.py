"""The company that words keep: count what stands near each of two readings of the same letters."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from persnorm.alphabet import NON_JOINERS
from persnorm.companions import UNIT, WINDOW, lexeme
from persnorm.data.by_hand import with_mark
from persnorm.data.clustering import EVERYWHERE, Running
from persnorm.rule import ZWNJ

if TYPE_CHECKING:
    from persnorm.lexicon import Lexicon

RARE = 2
"""A noun seen so often, in text or in a word list, may be half of a double."""

COLUMNS = slice(EVERYWHERE, 6000)
"""The words that are company, by rank."""

CLUSTER_TRUST = 100.0
"""How many companions the average company is worth, where company is counted by cluster."""

CLUSTER_SHARE = 0.6
"""How much of what a cluster tells is believed of each of its words."""

WORD_TRUST = 0.5
"""How many sightings what its cluster tells is worth for a word."""

TELLING = 1.0
"""A word is stored where it tells so much more or less than its cluster, as a logarithm."""

LISTED = 6.0
"""How many sightings it is worth that a word is written down as company."""

MOST = 1500.0
"""So many companions of a reading count in all; more, as those of تنگه in the news, would drown what is listed."""

FOLDS = 5
"""The witnesses are weighed on parts of the text, each by what was counted in the others."""

_SILENT = ("ای", "ها", "های", "هایی", "ی")


def doubles(lexicon: Lexicon, listed: Container[str]) -> Iterator[str]:
    """Yield the shorter noun of each double: دامن of دامن and دامنه.

    Args:
        lexicon: The words.
        listed: Words of a dictionary. A word that is in none and has no endings may end in another ه: کمتره.
    """
    for word in lexicon.all_letters():
        stem = word[:-1]
        if (
            word.endswith("ه")
            and len(stem) > 1
            and min(lexicon.plain(word), lexicon.plain(stem)) >= RARE
            and (word in listed or lexicon.verbs.is_participle(word) or _has_endings(lexicon, word, _SILENT))
            and (stem in listed or _has_endings(lexicon, stem, ("ها", "های", "هایی")))
        ):
            yield stem


def _has_endings(lexicon: Lexicon, noun: str, endings: Iterable[str]) -> bool:
    gaps = () if noun[-1] in NON_JOINERS else (len(noun),)
    return sum(lexicon.readings(noun + ending).get(gaps, 0.0) for ending in endings) > 0


class Company:
    """What stands near each of two readings.

    Args:
        running: The text.
        lexicon: With the kin of words.
        readings: The readings, those of the same letters one after the other; a word near the second speaks for it.
        reading_of: Which reading each form of the text is, by its number; "" for none.
        listed: Reading -> words that are written down as its company.
    """

    def __init__(
        self,
        running: Running,
        lexicon: Lexicon,
        readings: Sequence[str],
        reading_of: Iterable[str],
        listed: Mapping[str, Sequence[str]],
    ) -> None:
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        of_list = {word for reading in readings for word in listed.get(reading, ())}
        kin = map(lexicon.companions.kin, running.letters)
        bases = [
            found.base if found else letters * (letters in of_list)
            for letters, found in zip(running.letters, kin, strict=True)
        ]
        base = dict(zip(running.letters, bases, strict=True))
        seen: dict[str, int] = {}
        self._forms = np.array(running.forms)
        self._weights = np.array(running.weights)
        for number, n in zip(*np.unique(self._forms, return_counts=True), strict=True):
            if number >= 0 and bases[number]:
                seen[bases[number]] = seen.get(bases[number], 0) + int(n)
        ranked = sorted(seen, key=lambda word: (-seen[word], word))
        told = {base.get(word, "") for word in of_list}
        rare = (word for word in ranked[COLUMNS.stop :] if word in told)
        self.words = [*ranked[COLUMNS], *rare]
        column = {word: index for index, word in enumerate(self.words)}
        self._column = np.array([*(column.get(word, -1) for word in bases), -1])
        of_words = [lexicon.companions.kin(word) for word in self.words]
        numbers = [int(found.cluster) if found and found.cluster != "-" else -1 for found in of_words]
        self.clusters = np.array(numbers, dtype=int)
        everywhere = np.array([seen[word] for word in self.words], dtype=np.float32)
        self.share = everywhere / max(float(everywhere.sum()), 1.0)
        self._groups = np.zeros((len(self.words), int(self.clusters.max(initial=0)) + 1), dtype=np.float32)
        self._groups[self.clusters >= 0, self.clusters[self.clusters >= 0]] = 1
        row = {reading: index for index, reading in enumerate(readings)}
        self._height = len(readings)
        self._row = np.array([*(row.get(reading, -1) for reading in reading_of), -1])
        self._listed = {
            (row[reading], column[base[word]])
            for reading in readings
            for word in listed.get(reading, ())
            if base.get(word) in column
        }
        self.size = len(self._forms)
        self.part = np.cumsum(self._forms < 0) // WINDOW % FOLDS  # line by line

    def row_of(self, at: Any) -> Any:
        """Return the rows of the readings at these places of the text, -1 for other words."""
        return self._row[self._forms[at]]

    def near(self) -> Iterator[tuple[int, tuple[Any, Any, Any]]]:
        """Yield for each distance the places of readings, their rows, and the columns of the words there."""
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        rows, columns = self._row[self._forms], self._column[self._forms]
        ended = np.cumsum(self._forms < 0)
        for distance in range(1, WINDOW + 1):
            first, last = slice(None, -distance), slice(distance, None)
            for reading, word in ((first, last), (last, first)):
                known = (rows[reading] >= 0) & (columns[word] >= 0) & (ended[reading] == ended[word])
                places = np.nonzero(known)[0] + (reading.start or 0)
                yield distance, (places, rows[reading][known], columns[word][known])

    def counts(self) -> Any:
        """Return how often each word stands near each reading, for each part of the text, and at last as listed."""
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        shape = FOLDS + 1, self._height, len(self.words)
        table = np.zeros(shape, dtype=np.float32)
        for _, (places, rows, columns) in self.near():
            cells, cell = np.unique(
                np.ravel_multi_index((self.part[places], rows, columns), shape), return_inverse=True
            )
            table.ravel()[cells] += np.bincount(cell, self._weights[places]).astype(np.float32)
        of_text = table.sum((0, 2))
        table *= np.minimum(1, MOST / np.maximum(of_text, 1))[:, None]
        for row, column in self._listed:
            table[FOLDS, row, column] = LISTED
        return table

    def weights(self, counts: Any) -> tuple[Any, Any]:
        """Return how much each word, and each cluster, speaks for the second of each two readings.

        Args:
            counts: How often each word stands near the first and near the second: two rows for each two readings.
        """
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        known = self.clusters >= 0
        totals = counts.sum(1, keepdims=True)
        expected = totals * (self.share @ self._groups)
        by_cluster = (counts @ self._groups + CLUSTER_TRUST * (self.share @ self._groups)) / (
            expected + CLUSTER_TRUST * (self.share @ self._groups) + 1e-9
        )
        by_cluster = CLUSTER_SHARE * np.log(np.where(expected > 0, by_cluster, 1))
        prior = WORD_TRUST * np.exp(np.where(known, by_cluster[:, self.clusters], 0))
        by_word = np.log((counts + prior) / (totals * self.share + WORD_TRUST))
        return by_word[1::2] - by_word[::2], by_cluster[1::2] - by_cluster[::2]

    def rows(self, names: Sequence[str]) -> dict[str, str]:
        """Return the rows of the table: name of each two readings -> clusters and words with weights, if any."""
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        rows: dict[str, str] = {}
        if not self.words:
            return rows
        counts = self.counts().sum(0)
        sighted = counts.sum(1)
        for index, name in enumerate(names):
            pair = slice(2 * index, 2 * index + 2)
            words, clusters = self.weights(counts[pair])
            telling = np.abs(words[0] - np.where(self.clusters >= 0, clusters[0][self.clusters], 0)) >= TELLING
            entries = [(str(cluster), weight) for cluster, weight in enumerate(clusters[0])]
            entries += [(self.words[column], words[0][column]) for column in np.nonzero(telling)[0]]
            units = ((word, round(float(weight) * UNIT)) for word, weight in entries)
            if sighted[pair].any():
                rows[name] = " ".join(f"{word}:{unit}" for word, unit in units if unit)
        return rows


def of_doubles(
    running: Running, lexicon: Lexicon, stems: Sequence[str], listed: Mapping[str, Sequence[str]]
) -> Company:
    """Return the company of doubles, by their shorter nouns."""
    readings = [noun for stem in stems for noun in (stem, stem + "ه")]
    return Company(running, lexicon, readings, _nouns(running, lexicon), listed)


def _nouns(running: Running, lexicon: Lexicon) -> Iterator[str]:
    """Yield which noun each form is a sighting of, "" for none: کرد is none of the Kurds, but کردها is."""
    for form in running.number:
        noun = lexeme(form)
        is_plain = ZWNJ not in form and noun == form
        if is_plain and lexicon.verbs.is_whole(form) and not form.endswith("ه"):
            yield ""
        elif is_plain and not form.endswith("ه") and (kin := lexicon.companions.kin(form)):
            yield kin.base
        else:
            yield noun


def of_homographs(
    running: Running, lexicon: Lexicon, letters: Collection[str], listed: Mapping[str, Sequence[str]]
) -> Company:
    """Return the company of other letters that have a reading with a half-space and one without: بهروز, به‌روز."""
    readings = [reading for name in sorted(letters) for reading in (name, name + ZWNJ)]
    reading_of = (with_mark(form) if form.replace(ZWNJ, "") in letters else "" for form in running.number)
    return Company(running, lexicon, readings, reading_of, listed)
