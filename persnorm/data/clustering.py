"""Put words that stand in the same surroundings together, and those that stand between the same words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from persnorm.companions import WINDOW, base_of
from persnorm.context import EDGE, NUMBER, OTHER, PAUSE, mark
from persnorm.rule import ZWNJ

CLUSTERS = 200
"""Number of clusters."""

FEW = 10
"""Where words are few, there are fewer clusters, with so many words each on the average."""

SEEN = 15
"""A word seen so often has surroundings that can be compared."""

PARTS = 150
"""Number of groups of words that stand between the same words: parts of speech, finely."""

PLACED = 8
"""A word seen so often has neighbours that can be compared."""

NEXT = slice(0, 600)
"""The neighbours that are compared, by rank."""

EVERYWHERE = 40
"""So many words, the commonest, stand near all others: they are in no cluster, as they tell nothing as company."""

SURROUNDINGS = slice(60, 4000)
"""The words that are counted as surroundings, by rank: the very frequent ones stand near all others."""

DIMENSIONS = 100
"""To so many figures the surroundings of a word are condensed."""

ROUNDS = 25
"""So often the words are put into the cluster that is nearest."""


MARKS = ("", EDGE, PAUSE, NUMBER, OTHER)


class Running:
    """The forms of running text in order, as numbers, so that it takes little room; lines are kept apart.

    Args:
        own: From where on they were written to show what stands around them; None if none was.

    Attributes:
        number: The number of each form.
        forms: The forms; -1 between lines, as often as company may reach.
        weights: How much each counts.
        marks: What stands before each but a space, as its place in ``MARKS``.
        own: The same.
    """

    def __init__(self, own: int | None = None) -> None:
        self.number: dict[str, int] = {}
        self.forms = array("l")
        self.weights = array("f")
        self.marks = array("b")
        self.own = own

    def add(self, forms: Iterable[str], weight: float, between: Sequence[str] = ()) -> None:
        """Add the forms of a line.

        Args:
            forms: Words.
            weight: How much each counts.
            between: What stands between each two words and after the last; by default spaces and the line end.
        """
        start = len(self.forms)
        for form in forms:
            self.forms.append(self.number.setdefault(form, len(self.number)))
            self.weights.append(weight)
        n = len(self.forms) - start
        marks = [MARKS.index(mark(gap)) for gap in between] or [0] * n
        if n:
            self.marks.extend([1, *marks[:-1], marks[-1] or 1])
        self.forms.extend([-1] * WINDOW)
        self.weights.extend([0.0] * WINDOW)
        self.marks.extend([0] * (len(self.forms) - len(self.marks)))

    @property
    def letters(self) -> list[str]:
        """The forms by their number, without half-spaces."""
        return [form.replace(ZWNJ, "") for form in self.number]

    def pairs(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield numbers of words, numbers of words near them and the weights: one array each, for every distance."""
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        forms, weights = np.array(self.forms), np.array(self.weights)
        for distance in range(1, WINDOW + 1):
            left, right, weight = forms[:-distance], forms[distance:], weights[:-distance]
            both = (left >= 0) & (right >= 0)
            yield left[both], right[both], weight[both]
            yield right[both], left[both], weight[both]

    def line(self) -> tuple[list[str], Any]:
        """Return the letters of all words with marks between them, and where in this each of the ``forms`` stands."""
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        forms, marks = np.array(self.forms), np.array(self.marks)
        is_word, is_marked = forms >= 0, marks > 0
        places = np.cumsum(is_word.astype(int) + is_marked) - 1
        names = np.array([*self.letters, *MARKS], dtype=object)
        line = np.empty(int(places[-1]) + 1 if len(places) else 0, dtype=object)
        line[places[is_word]] = names[forms[is_word]]
        line[places[is_marked] - is_word[is_marked]] = names[len(self.number) + marks[is_marked]]
        return line.tolist(), places


def kin(running: Running, listed: Iterable[str] = ()) -> dict[str, str]:
    """Return the table of kin: word -> base, cluster and part of speech; empty if the text is too short to compare.

    Args:
        running: The text.
        listed: Words of a dictionary, without half-spaces: خانم is no خان.
    """
    seen = _seen(running)
    ranked = sorted(seen, key=lambda word: (-seen[word], word))
    groups = clusters(running, ranked, seen), parts(running, ranked, seen)
    own = {word for word in listed if not word.endswith("ی")}  # صنعتی is listed too, and yet keeps the company of صنعت
    bases = {word: base_of(word, seen, own) for word in ranked}
    return {
        word: ";".join(("-" if base == word else base, *(group.get(word, "-") for group in groups)))
        for word, base in bases.items()
        if any(word in group for group in groups)
    }


def _seen(running: Running) -> dict[str, int]:
    """Return how often each word was seen, however half-spaced."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    seen: dict[str, int] = {}
    names = running.letters
    for number, n in zip(*np.unique(np.array(running.forms), return_counts=True), strict=True):
        if number >= 0:
            seen[names[number]] = seen.get(names[number], 0) + int(n)
    return seen


def clusters(running: Running, ranked: Sequence[str], seen: Mapping[str, int]) -> dict[str, str]:
    """Return the clusters: word -> number of its cluster."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    names = running.letters
    words = [word for word in ranked[EVERYWHERE:] if seen[word] >= SEEN]
    surroundings = ranked[SURROUNDINGS]
    if not (words and surroundings):
        return {}
    row, column, width = _index(names, words), _index(names, surroundings), len(surroundings)
    table = np.zeros(len(words) * width, dtype=np.float32)
    for near, far, weight in running.pairs():
        known = (row[near] >= 0) & (column[far] >= 0)
        cells, weight = row[near[known]] * width + column[far[known]], weight[known]  # noqa: PLW2901
        table += np.bincount(cells, weight, minlength=len(table)).astype(np.float32)
    return _groups(words, table.reshape(len(words), width), CLUSTERS)


def parts(running: Running, ranked: Sequence[str], seen: Mapping[str, int]) -> dict[str, str]:
    """Return the parts of speech: word -> number of the group of words that stand between the same words."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    line, _ = running.line()
    words = [word for word in ranked if seen[word] >= PLACED]
    following = [*MARKS[1:], *ranked[NEXT]]
    if not (words and line):
        return {}
    number = {name: index for index, name in enumerate(dict.fromkeys((*words, *following, *line)))}
    names = list(number)
    row, column, width = _index(names, words), _index(names, following), len(following)
    tokens = np.array([number[name] for name in line])
    table = np.zeros(len(words) * width * 2, dtype=np.float32)
    for side, (word, beside) in enumerate(((tokens[1:], tokens[:-1]), (tokens[:-1], tokens[1:]))):
        known = (row[word] >= 0) & (column[beside] >= 0)
        cells = row[word[known]] * 2 * width + side * width + column[beside[known]]
        table += np.bincount(cells, minlength=len(table)).astype(np.float32)
    return _groups(words, table.reshape(len(words), 2 * width), PARTS)


def _groups(words: Sequence[str], table: Any, most: int) -> dict[str, str]:
    """Return the number of the group that each word is in, by its row of a table of counts."""
    table = _information(table)
    told = table.any(1)  # of the others nothing is known: they are in no group
    if not told.all():
        words, table = [word for word, is_told in zip(words, told, strict=True) if is_told], table[told]
    if not words:
        return {}
    return {word: str(group) for word, group in zip(words, _nearest(_condense(table), most), strict=True)}


def _index(names: Sequence[str], wanted: Sequence[str]) -> Any:
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


def _nearest(vectors: Any, most: int) -> list[int]:
    """Return the cluster of each row: spherical k-means that begins with frequent words far from each other."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    frequent = vectors[: 20 * most]
    centres = frequent[:1]
    likeness = frequent @ centres[0]
    for _ in range(min(most, len(vectors) // FEW) - 1):
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
