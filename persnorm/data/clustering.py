"""Put words that stand in the same surroundings into clusters, and count which clusters stand near which lexeme."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from persnorm.companions import WINDOW, Companions, lexeme
from persnorm.rule import ZWNJ

if TYPE_CHECKING:
    from persnorm.lexicon import Lexicon

CLUSTERS = 200
"""Number of clusters."""

FEW = 10
"""Where words are few, there are fewer clusters, with so many words each on the average."""

SEEN = 15
"""A word seen so often has surroundings that can be compared."""

SURROUNDINGS = slice(60, 4000)
"""The words that are counted as surroundings, by rank: the very frequent ones stand near all others."""

DIMENSIONS = 100
"""To so many figures the surroundings of a word are condensed."""

ROUNDS = 25
"""So often the words are put into the cluster that is nearest."""


class Running:
    """The forms of running text in order, as numbers, so that it takes little room; lines are kept apart."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.forms = array("l")
        self.weights = array("f")

    def add(self, forms: Iterable[str], weight: float) -> None:
        """Add the forms of a line."""
        for form in forms:
            self.forms.append(self.number.setdefault(form, len(self.number)))
            self.weights.append(weight)
        self.forms.extend([-1] * WINDOW)
        self.weights.extend([0.0] * WINDOW)

    def pairs(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield numbers of words, numbers of words near them and the weights: one array each, for every distance."""
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        forms, weights = np.array(self.forms), np.array(self.weights)
        for distance in range(1, WINDOW + 1):
            left, right, weight = forms[:-distance], forms[distance:], weights[:-distance]
            both = (left >= 0) & (right >= 0)
            yield left[both], right[both], weight[both]
            yield right[both], left[both], weight[both]


def clusters(running: Running) -> dict[str, str]:
    """Return the table of clusters: word -> number of its cluster; empty if the text is too short to compare words."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    seen: Counter[str] = Counter()
    names = [form.replace(ZWNJ, "") for form in running.number]
    for number, n in zip(*np.unique(np.array(running.forms), return_counts=True), strict=True):
        if number >= 0:
            seen[names[number]] += int(n)
    ranked = sorted(seen, key=lambda word: (-seen[word], word))
    words = [word for word in ranked if seen[word] >= SEEN]
    surroundings = ranked[SURROUNDINGS]
    if not (words and surroundings):
        return {}
    row, column, width = _index(names, words), _index(names, surroundings), len(surroundings)
    table = np.zeros(len(words) * width, dtype=np.float32)
    for near, far, weight in running.pairs():
        known = (row[near] >= 0) & (column[far] >= 0)
        cells, weight = row[near[known]] * width + column[far[known]], weight[known]  # noqa: PLW2901
        table += np.bincount(cells, weight, minlength=len(table)).astype(np.float32)
    table = _information(table.reshape(len(words), width))
    told = table.any(1)  # of the others nothing is known: they are in no cluster
    if not told.all():
        words, table = [word for word, is_told in zip(words, told, strict=True) if is_told], table[told]
    if not words:
        return {}
    return {word: str(cluster) for word, cluster in zip(words, _nearest(_condense(table)), strict=True)}


def companions(running: Running, lexicon: Lexicon, lexemes: Iterable[str]) -> dict[str, str]:
    """Return the table of companions: lexeme -> the clusters near its inflected forms, each with a count."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    find = Companions(lexicon.clusters, {}).cluster
    wanted = ["*", *sorted(set(lexemes))]
    forms = list(running.number)
    names = ["" if _is_verb_like(form, lexicon) else lexeme(form) for form in forms]
    row = _index(names, wanted[1:]) + 1
    column = np.array([int(find(form.replace(ZWNJ, "")) or -1) for form in forms], dtype=int)
    table = np.zeros(len(wanted) * CLUSTERS)
    for near, far, weight in running.pairs():
        known = column[far] >= 0
        near, far, weight = near[known], far[known], weight[known]  # noqa: PLW2901
        table[:CLUSTERS] += np.bincount(column[far], weight, minlength=CLUSTERS)
        inside = row[near] > 0
        table += np.bincount(row[near[inside]] * CLUSTERS + column[far[inside]], weight[inside], minlength=len(table))
    rows = table.reshape(len(wanted), CLUSTERS).round().astype(int)
    return {
        name: " ".join(f"{cluster}:{n}" for cluster, n in enumerate(counts) if n)
        for name, counts in zip(wanted, rows, strict=True)
        if counts.any()
    }


def _is_verb_like(form: str, lexicon: Lexicon) -> bool:
    """Tell whether a form is no sighting of a noun, as کرد is none of the Kurds, but کردها is."""
    return ZWNJ not in form and lexeme(form) == form and lexicon.verbs.is_whole(form) and not form.endswith("ه")


def _index(names: list[str], wanted: list[str]) -> Any:
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    place = {word: index for index, word in enumerate(wanted)}
    return np.array([place.get(name, -1) for name in names], dtype=int)


def _information(table: Any) -> Any:
    """Put positive pointwise mutual information in the place of counts."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    rows, columns = table.sum(1, keepdims=True) + 1, (table.sum(0, keepdims=True) + 1) ** 0.75
    with np.errstate(divide="ignore"):
        np.log(table * (columns.sum() / (rows * columns)), out=table)
    return np.maximum(table, 0, out=table)


def _condense(table: Any) -> Any:
    """Return vectors of length 1 for the rows, of their shares in the strongest singular vectors."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    basis = np.random.default_rng(0).standard_normal((table.shape[1], DIMENSIONS + 20), dtype=np.float32)
    for _ in range(4):  # power iterations sharpen the randomized range finder
        basis, _ = np.linalg.qr(table.T @ (table @ basis))
    left, strength, _ = np.linalg.svd(table @ basis, full_matrices=False)
    vectors = (left * strength)[:, :DIMENSIONS]
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _nearest(vectors: Any) -> list[int]:
    """Return the cluster of each row: spherical k-means that begins with frequent words far from each other."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    frequent = vectors[: 20 * CLUSTERS]
    centres = frequent[:1]
    likeness = frequent @ centres[0]
    for _ in range(min(CLUSTERS, len(vectors) // FEW) - 1):
        farthest = frequent[int(likeness.argmin())]
        centres = np.concatenate((centres, farthest[None]))
        likeness = np.maximum(likeness, frequent @ farthest)
    for _ in range(ROUNDS):
        cluster = (vectors @ centres.T).argmax(1)
        sums = np.zeros_like(centres)
        np.add.at(sums, cluster, vectors)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / (norms + 1e-9), centres)
    return [int(number) for number in (vectors @ centres.T).argmax(1)]
