"""Rebuild the counted part of the lexicon from text with half-spaces and from hazm's word and verb lists.

    python -m persnorm.data.build CORPORA_FOLDER

Needs ``pip install 'persnorm[build]'``. The same input gives the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import regex

from persnorm.alphabet import NON_JOINERS
from persnorm.context import EDGE, Context, kind
from persnorm.evidence import JOINED_FEATURES, SPACED_FEATURES, Evidence, inflection_class, joined_features, spaced_features, whole
from persnorm.lexicon import Lexicon, Part, Side
from persnorm.morphology import VERB_PREFIXES, Verbs
from persnorm.rule import ZWNJ
from persnorm.word import put_together, take_apart

DATA = Path(__file__).parent
PERSIAN = "ءآأؤئاابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیة"
WORD = regex.compile(rf"[{PERSIAN}ۀ\u0654{ZWNJ}]+")
HARAKAT = regex.compile("[\u064b-\u0653\u0655\u0656\u0670]")
STRAY = regex.compile(rf"(?<=[{NON_JOINERS}]){ZWNJ}+|(?<!\p{{L}}){ZWNJ}|{ZWNJ}(?!\p{{L}})")
INNER = regex.compile(rf"(های?){ZWNJ}(?=(?:م|ت|ش|مان|تان|شان|یی)\b)")
"""های‌شان is written هایشان: one ending, one spelling."""

RARE = 3
"""Words seen at most so often stand for the words never seen when the weights are fitted."""



ENDING_TYPES = 5
"""A right side with so many left sides is an ending, for which the last letter of the left side is counted too."""

NEIGHBOUR_COUNT = 500
"""A neighbour seen at least so often is counted one by one, the others by their last two letters."""

AFFIX_PARTNERS = 4
"""With so many different partners a part is an affix, free to take new ones."""

ALIVE = 0.01
"""A reading with at least this share of the sightings is one of the readings of its letters."""

Pair = tuple[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the corpora, count, fit the weights and write the data files."""
    parser = argparse.ArgumentParser(prog="python -m persnorm.data.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, help="folder of UTF-8 .txt files, one paragraph or sentence a line")
    parser.add_argument("-o", "--output", type=Path, default=DATA, help="folder to write to (default: the package's)")
    options = parser.parse_args(arguments)
    texts = sorted(options.corpora.glob("*.txt"))
    if not texts:
        parser.error(f"{options.corpora} holds no .txt file")
    counts = Counts()
    weights = dict(_source_weights())
    for path in texts:
        counts.read(path, weights.get(path.stem, 1.0))
    words, stems = _hazm()
    lexicon = counts.lexicon(words, stems)
    lexicon.weights["joined"] = fit(JOINED_FEATURES, joined_samples(lexicon, counts))
    lexicon.weights["spaced"] = fit(SPACED_FEATURES, spaced_samples(lexicon, counts))
    write(lexicon, stems, options.output)
    return 0


class Counts:
    """What is counted in running text."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()  # weighted
        self.seen: Counter[str] = Counter()  # not weighted
        self.half: Counter[Pair] = Counter()
        self.spaced: Counter[Pair] = Counter()
        self.neighbours: Counter[Pair] = Counter()

    def read(self, path: Path, weight: float) -> None:
        """Count the words of a file and what stands between neighbours."""
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                self._count(clean(line), weight)

    def _count(self, line: str, weight: float) -> None:
        before: list[str] = []  # the last parts of the words before, as far as single spaces reach
        end = -1
        previous = EDGE
        for match in WORD.finditer(line):
            form = match[0]
            parts = form.split(ZWNJ)
            self.forms[form] += weight  # type: ignore[assignment]  # Counter takes any number
            self.seen[form] += 1
            for pair in pairwise(parts):
                self.half[pair] += weight  # type: ignore[assignment]
            if match.start() != end + 1 or line[end] != " ":
                before = []
            self.neighbours[previous if before else EDGE, form] += 1
            if not before and previous != EDGE:
                self.neighbours[previous, EDGE] += 1
            previous = form
            if before:
                self.spaced[before[-1], parts[0]] += weight  # type: ignore[assignment]
            if len(before) > 1 and before[-1] == "و":  # گفت و گو: the spaced form of گفت‌وگو
                self.spaced[before[-2], "و" + parts[0]] += weight  # type: ignore[assignment]
            before = [*before[-1:], parts[-1]]
            end = match.end()
        self.neighbours[previous, EDGE] += 1

    def lexicon(self, dictionary: Iterable[str], stems: Iterable[Pair]) -> Lexicon:
        """Return a lexicon of what was counted, the words of a dictionary counting one sighting each."""
        lexicon = Lexicon()
        lexicon.verbs = Verbs(stems)
        listed = set(dictionary)
        for form in sorted(listed | {form for form in self.forms if self.seen[form] > 1 or ZWNJ in form}):
            lexicon.add(form, round(self.forms[form] + (form in listed), 1))
        for form in listed:
            for pair in pairwise(form.split(ZWNJ)):
                self.half[pair] += 1
        self._parts(lexicon, set(self.forms) | listed)
        lexicon.context = self.context(lexicon)
        lexicon.pairs = {pair: Side(_up(n), _up(self.spaced[pair])) for pair, n in self.half.items()}
        lexicon.prefixes, lexicon.suffixes = affixes(lexicon.pairs)
        return lexicon

    def context(self, lexicon: Lexicon) -> Context:
        """Return the neighbours of each kind of form, and of the forms whose letters are several words."""
        context = Context()
        seen: Counter[str] = Counter()
        for (left, _), n in self.neighbours.items():
            seen[left] += n
        context.words = {word for word, n in seen.items() if n >= NEIGHBOUR_COUNT}
        ambiguous = set(ambiguous_forms(lexicon))
        counted: Counter[tuple[str, str, str]] = Counter()
        for (left, right), n in self.neighbours.items():
            for form, side, neighbour in ((right, "left", left), (left, "right", right)):
                if form != EDGE:
                    name = context.neighbour(neighbour.replace(ZWNJ, ""))
                    counted["=" + kind(form), side, name] += n
                    if form in ambiguous:
                        counted[form, side, name] += n
        context.seen = {key: n for key, n in counted.items() if n > 1}
        return context

    def _parts(self, lexicon: Lexicon, forms: Iterable[str]) -> None:
        joined: Counter[tuple[str, str, bool]] = Counter()
        endings: Counter[tuple[str, str, str, bool]] = Counter()
        for form in forms:
            letters, gaps = take_apart(form)
            for at in range(1, len(letters)):
                left, right, half = letters[:at], letters[at:], at in gaps
                if letters[at - 1] in NON_JOINERS or not (half or lexicon.knows(left)):
                    continue
                if half:  # the parts next to the gap count too, where they are not all of their side
                    cuts = (0, *gaps, len(letters))
                    index = cuts.index(at)
                    lefts, rights = {left, letters[cuts[index - 1] : at]}, {right, letters[at : cuts[index + 1]]}
                else:
                    lefts, rights = {left} if lexicon.knows(right) else set(), {right}
                for part in lefts:
                    joined["left", part, half] += 1
                for part in {inflection_class(part) for part in rights}:
                    joined["right", part, half] += 1
                    endings["joined", left[-1], part, half] += 1
        spaced: Counter[tuple[str, str, bool]] = Counter()
        for half, pairs in ((True, self.half), (False, self.spaced)):
            for (left, right), n in pairs.items():
                if left[-1:] not in NON_JOINERS:
                    spaced["left", left, half] += n
                    spaced["right", right, half] += n
                    if joined["right", right, True] >= ENDING_TYPES:
                        endings["spaced", left[-1:], right, half] += n
        names = {part for _, part, half in chain(joined, spaced) if half}
        lexicon.parts = {
            part: Part(
                *(
                    Side(_up(table[side, part, True]), _up(table[side, part, False]))
                    for table in (joined, spaced)
                    for side in ("left", "right")
                )
            )
            for part in names
        }
        lexicon.endings = {
            (letter, right): (
                Side(endings["joined", letter, right, True], endings["joined", letter, right, False]),
                Side(_up(endings["spaced", letter, right, True]), _up(endings["spaced", letter, right, False])),
            )
            for _, letter, right, half in list(endings)
            if half and joined["right", right, True] >= ENDING_TYPES
        }


def affixes(pairs: dict[Pair, Side]) -> tuple[set[str], set[str]]:
    """Return what stands before a half-space with many words, and what stands after one, and seldom apart."""
    found: list[set[str]] = []
    for side in (0, 1):
        partners: Counter[str] = Counter()
        half: Counter[str] = Counter()
        spaced: Counter[str] = Counter()
        for pair, n in pairs.items():
            if side == 0 or pair[0] not in VERB_PREFIXES:  # what follows می is a verb, not a suffix
                partners[pair[side]] += n.half > n.other
                half[pair[side]] += n.half
                spaced[pair[side]] += n.other
        found.append({part for part, n in partners.items() if n >= AFFIX_PARTNERS and half[part] > spaced[part]})
    return found[0], found[1]


def ambiguous_forms(lexicon: Lexicon) -> Iterator[str]:
    """Yield the forms whose letters are more than one word: گوش‌های and گوشه‌ای, but not کتاب‌ها and کتابها."""
    evidence = Evidence(lexicon)
    for letters, forms in lexicon.half.items():
        sighted = {(): lexicon.plain.get(letters, 0.0), **dict(forms)}
        words = [
            (sum(sighted.get(gaps, 0.0) for gaps in spellings), spellings) for spellings in evidence.words(letters).values()
        ]
        total = sum(n for n, _ in words)
        alive = [spellings for n, spellings in words if n >= max(ALIVE * total, RARE)]
        if len(alive) > 1:
            yield from (put_together(letters, gaps) for spellings in alive for gaps in spellings)


def clean(line: str) -> str:
    """Return a line as the lexicon spells it: no harakat, no mark of ezafe, half-spaces only where they show."""
    line = line.replace("یٔ", "ئ").replace("ۀ", "ه").replace("\u0654", "")
    return INNER.sub(r"\1", STRAY.sub("", HARAKAT.sub("", line)))


Sample = tuple[list[float], bool, float]


def joined_samples(lexicon: Lexicon, counts: Counts) -> Iterator[Sample]:
    """Yield each possible gap of each rare word: features without the word's own part in them, half-spaced or not."""
    for form, seen in sorted(counts.seen.items()):
        letters, gaps = take_apart(form)
        if seen > RARE or len(letters) < 3 or _is_better_known_otherwise(lexicon, letters, gaps):
            continue
        unparted = whole(lexicon, letters)
        for at in range(1, len(letters)):
            if letters[at - 1] not in NON_JOINERS:
                left, right, half = letters[:at], letters[at:], at in gaps
                own = Side(1, 0) if half else Side(0, 1 if lexicon.knows(left) else 0)
                yield joined_features(lexicon, left, right, unparted, own), half, 1.0


def spaced_samples(lexicon: Lexicon, counts: Counts) -> Iterator[Sample]:
    """Yield each rare pair of neighbours, half-spaced or spaced, without its own part in the counts."""
    for half, pairs in ((True, counts.half), (False, counts.spaced)):
        for (left, right), n in sorted(pairs.items()):
            if n <= RARE and left[-1:] not in NON_JOINERS and left and right:
                other = counts.spaced[left, right] if half else counts.half[left, right]
                if other < n:
                    own = Side(_up(n), 0) if half else Side(0, _up(n))
                    yield spaced_features(lexicon, left, right, own), half, float(n)


def _is_better_known_otherwise(lexicon: Lexicon, letters: str, gaps: tuple[int, ...]) -> bool:
    """Tell whether the word is a stray spelling of one that is usually written otherwise."""
    readings = dict(lexicon.half.get(letters, ())) | {(): lexicon.plain.get(letters, 0.0)}
    return max(readings.values()) > readings.get(gaps, 0.0)


def fit(names: Sequence[str], samples: Iterable[Sample]) -> dict[str, float]:
    """Return the weights of a logistic regression (Newton's method, a little ridge), rounded to three digits."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    rows, wanted, mass = zip(*samples, strict=True)
    x, y, m = np.array(rows), np.array(wanted, dtype=float), np.array(mass)
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (m * (y - p)) - weights
        hessian = (x * (m * p * (1 - p))[:, None]).T @ x + np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def write(lexicon: Lexicon, stems: Iterable[Pair], folder: Path) -> None:
    """Write the data files, sorted, half-spaces as ``|``."""
    words = [(letters, count) for letters, count in lexicon.plain.items()]
    words += [(put_together(letters, gaps), count) for letters, forms in lexicon.half.items() for gaps, count in forms]
    _write(folder / "words.tsv", "word\tcount", ((word, f"{count:g}") for word, count in words))
    _write(
        folder / "parts.tsv",
        "part\twords: half-spaced after it, joined\thalf-spaced before it, joined"
        "\trunning words: half-spaced after it, spaced\thalf-spaced before it, spaced",
        ((part, *map(str, chain.from_iterable(sides))) for part, sides in lexicon.parts.items()),
    )
    _write(
        folder / "endings.tsv",
        "last letter before\tending\twords: half-spaced, joined\trunning words: half-spaced, spaced",
        ((*key, *map(str, chain.from_iterable(sides))) for key, sides in lexicon.endings.items()),
    )
    _write(
        folder / "pairs.tsv",
        "left\tright\trunning words: half-spaced, spaced",
        ((*pair, *map(str, side)) for pair, side in lexicon.pairs.items()),
    )
    _write(
        folder / "affixes.tsv",
        "side\tpart that is half-spaced to many neighbours, new ones too",
        (
            (side, part)
            for side, parts in (("left", lexicon.prefixes), ("right", lexicon.suffixes))
            for part in parts
        ),
    )
    _write(
        folder / "weights.tsv",
        "model\tfeature\tweight",
        ((model, name, f"{weight:g}") for model, weights in lexicon.weights.items() for name, weight in weights.items()),
    )
    _write(
        folder / "context.tsv",
        "form, or =kind of form\tside\tneighbour (-xx: any other that ends so)\tsightings",
        ((*key, str(n)) for key, n in lexicon.context.seen.items()),
    )
    _write(folder / "verbs.tsv", "past stem\tpresent stem", stems)


def _write(path: Path, heading: str, rows: Iterable[Sequence[str]]) -> None:
    lines = sorted("\t".join(row).replace(ZWNJ, "|") for row in rows)
    path.write_text("\n".join((f"# {heading}", *lines, "")), encoding="utf-8")


def _up(n: float) -> int:
    return round(n) or int(n > 0)


def _source_weights() -> Iterator[tuple[str, float]]:
    for line in (DATA / "sources.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, weight, _ = line.split("\t")
            yield name, float(weight)


def _hazm() -> tuple[list[str], list[Pair]]:
    """Return hazm's words that have a part of speech, and its verb stems, from the installed package."""
    try:
        from hazm.utils import verbs_list, words_list  # noqa: PLC0415  # only a rebuild needs it
    except ImportError as error:
        sys.exit(f"hazm is needed for its word and verb lists: pip install 'persnorm[build]' ({error})")
    words = {clean(word) for word, _, tags in words_list() if tags != ("0",)}
    stems = {tuple(line.split("#")) for line in verbs_list() if line.count("#") == 1}
    return sorted(word for word in words if WORD.fullmatch(word)), sorted(stems)


if __name__ == "__main__":
    sys.exit(main())
