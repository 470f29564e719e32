"""Rebuild the counted part of the lexicon from text with half-spaces and from hazm's word and verb lists.

    python -m persnorm.data.build CORPORA_FOLDER

Needs a checkout or the source distribution, and ``pip install 'persnorm[build]'``. The same input gives the same files,
byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from persnorm.data import by_hand
from persnorm.data.counting import WORD, Counts, Pair, Tables, clean
from persnorm.data.fitting import weights
from persnorm.evidence import Evidence
from persnorm.lexicon import SURE, SURE_PARTED, THOUGHT, WEIGHED, Lexicon
from persnorm.readings import heaviest
from persnorm.rule import ZWNJ
from persnorm.unseen import NEGLIGIBLE
from persnorm.word import put_together

DATA = Path(__file__).parent
BY_HAND = "readings_by_hand.txt"

HEADINGS = {
    "words": "letters\t= (sure in one piece), + (sure as the commonest form) or ?; count as they stand; half-spaced"
    " forms, each with its count; ~ form that the weights would make, and its chance",
    "parts": "part\twords: half-spaced after it, joined;half-spaced before it, joined"
    ";running words: half-spaced after it, spaced;half-spaced before it, spaced",
    "endings": "last letter before, ending\twords: half-spaced, joined;running words: half-spaced, spaced",
    "pairs": "neighbours\trunning words: half-spaced, spaced;+ where half-spaced prevails, ? where the line tells",
    "affixes": "part that is half-spaced to many neighbours, new ones too\ton which side of the half-space it stands",
    "context": "form, or =kind of form, < left or > right, neighbour (-xx: any other ending so; *: all)\tsightings",
    "kin": "word, without half-spaces\tbase (-: itself), cluster by surroundings, group by neighbours (-: none)",
    "companions": "noun, or letters that may have a half-space and |\twords and clusters that stand near it, or (above"
    " 0) near the same noun with a silent ه, or near the letters with a half-space",
    "grammar": "place and word, -xx (any that ends so) or =group of words\tweight for silent ه: noun, participle,"
    " plurals, possessives",
    "compounds": "*, or a place and word, -xx (any that ends so) or =group of words, or ~word near; before it the first"
    " of two neighbours and +, + and the second, or its kind\tweight for one word",
    "weights": "model and feature\tweight",
    "sides": "side of a gap, and what is there: =itself, -xx (any that ends so), cluster, group, kind, length"
    "\tweight for a half-space",
    "verbs": "past stem\tpresent stems",
    "adjectives": "adjective",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the corpora, count, fit the weights and write the data files."""
    parser = argparse.ArgumentParser(prog="python -m persnorm.data.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, help="folder of UTF-8 .txt files, one paragraph or sentence a line")
    parser.add_argument("-o", "--output", type=Path, default=DATA, help="folder to write to (default: the package's)")
    parser.add_argument(
        "--by-hand",
        type=Path,
        default=DATA / BY_HAND,
        help="what was written to tell readings apart (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    texts = sorted(options.corpora.glob("*.txt"))
    if not texts:
        parser.error(f"{options.corpora} holds no .txt file")
    if not options.by_hand.is_file():
        parser.error(f"{options.by_hand}: no such file (the package's own is in its source distribution)")
    trust = dict(_trust())
    counts = Counts()
    for path in texts:
        counts.read(path, trust.get(path.stem, 1.0))
    counts.read_by_hand(by_hand.read(options.by_hand))
    words, adjectives, stems = _hazm()
    tables = counts.tables(words, adjectives, {*stems, *_stems_by_hand()})
    of_features, tables["sides"] = weights(Lexicon(tables), counts)
    tables["weights"] |= of_features
    evidence = Evidence(Lexicon(tables))
    tables["pairs"] |= counts.spaced_pairs(evidence)
    tables["words"] |= counts.whole_words(evidence)
    tables["words"] |= weighed_words(tables)
    for name, rows in tables.items():
        tab = "\t" if "\t" in HEADINGS[name] else ""  # even of a row that has no more than its key
        lines = sorted(f"{key}{tab}{row}".replace("|", ZWNJ) for key, row in rows.items())
        text = "\n".join((f"# {HEADINGS[name]}", *lines, "")).replace(ZWNJ, "|")
        (options.output / f"{name}.tsv").write_text(text, encoding="utf-8")
    return 0


def weighed_words(tables: Tables) -> dict[str, str]:
    """Return the rows of all words with what weighing them finds, so that it need not be done again for each text."""
    evidence = Evidence(Lexicon(tables))
    return {letters: _weighed(letters, row, evidence) for letters, row in tables["words"].items()}


def _weighed(letters: str, row: str, evidence: Evidence) -> str:
    gaps = evidence.sure_gaps(letters)
    if gaps == ():
        return SURE + row
    seen = evidence.lexicon.readings(letters)
    if gaps is not None and gaps == heaviest(seen):
        return SURE_PARTED + row
    chance, made = evidence.unseen.part(letters)
    if chance <= NEGLIGIBLE:
        return WEIGHED + row
    return f"{WEIGHED}{row};{THOUGHT}{put_together(letters, made)} {chance:.3f}"


def _trust() -> Iterator[tuple[str, float]]:
    """Yield how much a word counts, by the text that it comes from."""
    for line in (DATA / "sources.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, weight, _ = line.split("\t")
            yield name, float(weight)


def _stems_by_hand() -> Iterator[Pair]:
    """Yield the stems of verbs that hazm does not list."""
    for line in (DATA / "verbs_by_hand.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            past, present = line.split("\t")
            yield past, present


def _hazm() -> tuple[list[str], list[str], list[Pair]]:
    """Return hazm's words that have a part of speech, those that are adjectives, and its verb stems."""
    try:
        from hazm.utils import verbs_list, words_list  # noqa: PLC0415  # only a rebuild needs it
    except ImportError as error:
        sys.exit(f"hazm is needed for its word and verb lists: pip install 'persnorm[build]' ({error})")
    listed = [(clean(word), tags) for word, _, tags in words_list() if tags != ("0",)]
    listed = [(word, tags) for word, tags in listed if WORD.fullmatch(word)]
    verbs = (clean(line).replace(ZWNJ, "").partition("#") for line in verbs_list())
    stems = {(past.strip(), present.strip()) for past, _, present in verbs}
    return (
        sorted({word for word, _ in listed}),
        sorted({word for word, tags in listed if "AJ" in tags}),
        sorted((past, present) for past, present in stems if WORD.fullmatch(past) and WORD.fullmatch(present)),
    )


if __name__ == "__main__":
    sys.exit(main())
