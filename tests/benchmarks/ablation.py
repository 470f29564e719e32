"""What each part brings: accuracy with one of them taken away.

    python tests/benchmarks/ablation.py GOLD...

prints a Markdown table: F1 of the half-spaces for the damages joined, spaced and mixed, and what is changed in clean
text per 1000 words, over all gold texts together. A part is taken away by emptying its tables; nothing is fitted anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from persnorm.engine import Engine
from persnorm.evaluation import KINDS, Score, evaluate
from persnorm.evidence import Evidence
from persnorm.features import kind_of_gap
from persnorm.lexicon import Lexicon, default_tables, seen_of
from persnorm.morphology import ENDINGS, VERB_PREFIXES
from persnorm.options import Options
from persnorm.rule import Setting

Tables = dict[str, dict[str, str]]


def without_counts(tables: Tables) -> None:
    """Forget how often words and neighbours were seen, and that they were."""
    tables |= {"words": {}, "pairs": {}}


def without_morphology(tables: Tables) -> None:
    """Forget the verbs, and how often a noun takes an ending."""
    rates = {name: weight for name, weight in tables["weights"].items() if not name.startswith("rate ")}
    tables |= {"verbs": {}, "adjectives": {}, "weights": rates}


def without_context(tables: Tables) -> None:
    """Forget which neighbours and which words farther off speak for a reading."""
    tables |= {"context": {}, "kin": {}, "companions": {}, "grammar": {}, "compounds": {}}


def without_compounds(tables: Tables) -> None:
    """Forget all half-spaces but those of verbs, plurals, degrees and clitics."""
    tables["words"] = {letters: row for letters, row in tables["words"].items() if not _has_compound(row)}
    tables["pairs"] = {
        pair: row for pair, row in tables["pairs"].items() if kind_of_gap(*pair.split(" ", 1)) != "compound"
    }
    tables["affixes"] = {
        part: side for part, side in tables["affixes"].items() if part in VERB_PREFIXES or part in ENDINGS
    }
    tables["sides"] = {}
    tables["weights"] = {name: "-9" if "compound: always" in name else w for name, w in tables["weights"].items()}


def _has_compound(row: str) -> bool:
    parts = [form.rpartition(" ")[0].split("|") for form in row.split(";")]
    return any(kind_of_gap(*pair) == "compound" for form in parts for pair in pairwise(form))


VARIANTS: dict[str, Callable[[Tables], None]] = {
    "all parts": lambda tables: None,
    "no counts of words": without_counts,
    "no verbs, no generated forms": without_morphology,
    "no context": without_context,
    "no compounds": without_compounds,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path, help="well-edited texts, a sentence a line")
    texts = [path.read_text(encoding="utf-8").splitlines() for path in parser.parse_args().gold]
    print("| | joined F1 | spaced F1 | mixed F1 | clean: changes per 1000 words |\n|---|---:|---:|---:|---:|")
    for name, take_away in VARIANTS.items():
        tables = {table: dict(rows) for table, rows in default_tables().items()}
        tables["words"] = {letters: seen_of(row) for letters, row in tables["words"].items()}  # weighed anew
        take_away(tables)
        lexicon = Lexicon(tables)
        normalize = Engine(Setting(Options(), lexicon, Evidence(lexicon))).normalize
        scores = [sum((evaluate(text, normalize, kind) for text in texts), Score()) for kind in KINDS]
        figures = [
            f"{score.wrong_per_1000_words if kind == 'clean' else score.f1:.1f}"
            for kind, score in zip(KINDS, scores, strict=True)
        ]
        print(f"| {name} | {' | '.join(figures)} |")


if __name__ == "__main__":
    main()
