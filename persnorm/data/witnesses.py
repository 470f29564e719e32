"""What tells two readings apart: fit the weights of grammar, and how much grammar and company count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from persnorm.alphabet import NON_JOINERS
from persnorm.companions import NEAR, WINDOW
from persnorm.data.clustering import Running
from persnorm.data.company import FOLDS, Company
from persnorm.data.logistic import fit, fit_sparse
from persnorm.doubles import SILENT, WITNESSES, Double, model_of
from persnorm.grammar import MODELS, UNIT, features
from persnorm.rule import ZWNJ

if TYPE_CHECKING:
    from persnorm.lexicon import Lexicon

SAMPLES = 50_000
"""So many forms of each ending are enough to fit the weights of grammar."""

FEATURE_COUNT = 4
"""A feature seen so often has a weight."""

RIDGE = 20.0
"""How strongly weights of grammar are held near 0."""

SURE_NOUN = 3
"""A word seen so often without an ending may stand before a joined plural: کشورهای, but not بهای."""

_FORMAL = ("هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان")
_PLURALS = {
    "noun": ("های",),
    "participle": ("های",),
    "plurals": _FORMAL,
    "possessives": ("هام", "هات", "هاش", "هامون", "هاتون", "هاشون", *_FORMAL),
}
"""The plurals of each model; where they are rare, those of other persons stand for them."""


class Samples:
    """Forms of running text that a model of grammar has to tell apart from others with the same letters.

    Args:
        running: The text.
        of_model: Tells for a form whether it is what the model speaks for (1) or against (0), or of no use to it (-1).
        part: Returns which words a word shares its part of speech with.
    """

    def __init__(self, running: Running, of_model: Callable[[str], int], part: Callable[[str], str]) -> None:
        import numpy as np  # noqa: PLC0415  # only a rebuild needs it

        line, places = running.line()
        silent_by_number = np.full(len(running.number) + 1, -1)
        for form, number in running.number.items():
            silent_by_number[number] = of_model(form)
        forms, weights = np.array(running.forms), np.array(running.weights, dtype=float)
        chosen = np.nonzero(silent_by_number[forms] >= 0)[0]
        often = np.bincount(forms[chosen], minlength=len(running.number))
        thinned: list[Any] = []
        for silent in (0, 1):
            of_ending = chosen[silent_by_number[forms[chosen]] == silent]
            thinned.append(of_ending[:: len(of_ending) // SAMPLES + 1])
        self.at = np.concatenate(thinned)
        self.silent = silent_by_number[forms[self.at]].astype(float)
        self.mass = weights[self.at] * often[forms[self.at]].clip(1) ** -0.5  # no form shall outweigh all others
        balance(self.mass, self.silent > 0)
        self.features = [list(features(line, places[at], part)) for at in self.at]
        seen = Counter(chain.from_iterable(self.features))
        self.names = sorted(name for name, n in seen.items() if n >= FEATURE_COUNT)
        column = {name: index for index, name in enumerate(self.names)}
        width = max(map(len, self.features), default=1)
        self.table = np.full((len(self.at), width), len(self.names))
        for row, of_one in zip(self.table, self.features, strict=True):
            known = [column[name] for name in of_one if name in column]
            row[: len(known)] = known

    @property
    def tell(self) -> bool:
        """Whether there are samples of both kinds."""
        return len(set(self.silent)) > 1

    def fit(self, chosen: Any) -> Any:
        """Return the weights of the features, fitted on chosen samples."""
        return fit_sparse(self.table[chosen], self.silent[chosen], self.mass[chosen], len(self.names), RIDGE)


def balance(mass: Any, silent: Any) -> None:
    """Let the samples of each kind count half."""
    for of_ending in (silent, ~silent):
        mass[of_ending] *= len(mass) / 2 / max(mass[of_ending].sum(), 1e-9)


def samples(running: Running, lexicon: Lexicon, model: str) -> Samples:
    """Return the forms with an ending that shares its letters with another, as a model has to tell them apart."""
    return Samples(running, lambda form: _is_silent(form, model, lexicon), lexicon.companions.part)


def _is_silent(form: str, model: str, lexicon: Lexicon) -> int:
    """Return 1 for a form with silent ه and an ending, 0 for a plural, -1 for a form that is of no use to a model."""
    head, gap, last = form.rpartition(ZWNJ)
    if gap and head.endswith("ه") and "ه" + last in SILENT:
        double = Double(head.rpartition(ZWNJ)[2][:-1], "ه" + last)
        return 1 if model_of(double, lexicon.verbs.is_participle) == model else -1
    for plural in _PLURALS[model]:
        stem = form.removesuffix(plural)
        if stem != form and (
            stem.endswith(ZWNJ) or (stem[-1:] in NON_JOINERS and lexicon.plain(stem.replace(ZWNJ, "")) >= SURE_NOUN)
        ):
            return 0
    return -1


def grammar(samples_of: Mapping[str, Samples]) -> dict[str, str]:
    """Return the table of grammar: feature -> weight in each model."""
    rows: dict[str, list[int]] = {}
    for column, model in enumerate(MODELS):
        of_model = samples_of[model]
        if of_model.tell:
            for name, weight in zip(of_model.names, of_model.fit(of_model.at >= 0), strict=True):
                rows.setdefault(name, [0] * len(MODELS))[column] = round(float(weight) * UNIT)
    return {name: ";".join(map(str, row)) for name, row in rows.items() if any(row)}


def witnesses(of_model: Samples, company: Company) -> dict[str, str]:
    """Return the weights of the witnesses, fitted on samples with what the rest of the text tells of each."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    if not (of_model.tell and company.words):
        return {f"double: {name}": "0" for name in WITNESSES}
    part = company.part[of_model.at]
    row = company.row_of(of_model.at)
    said = np.zeros((len(of_model.at), len(WITNESSES)))
    said[:, 0] = 1
    counts = company.counts()
    total = counts.sum(0)
    for fold in range(FOLDS):
        inside = part == fold
        if not inside.any() or len(set(of_model.silent[~inside])) < 2:
            continue
        weights = np.append(of_model.fit(~inside), 0.0)
        said[inside, 1] = weights[of_model.table[inside]].sum(1)
        words, _ = company.weights(total - counts[fold])
        index = np.full(company.size, -1)
        index[of_model.at[inside]] = np.nonzero(inside)[0]
        for distance, (at, rows, columns) in company.near():
            known = index[at] >= 0
            weight = words[rows[known] // 2, columns[known]]
            for witness, reach in enumerate((1, NEAR, WINDOW), 2):
                if distance <= reach:
                    np.add.at(said[:, witness], index[at[known]], weight)
    known = (row >= 0) & (row % 2 == of_model.silent)  # خانه‌های is a plural of the longer noun: no double
    said, silent, mass = said[known], of_model.silent[known] > 0, of_model.mass[known]
    balance(mass, silent)
    fitted = fit(WITNESSES, list(zip(said.tolist(), silent.tolist(), mass.tolist(), strict=True)))
    return {f"double: {name}": f"{weight:g}" for name, weight in fitted.items()}
