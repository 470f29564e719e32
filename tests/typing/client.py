"""A program that uses all of the public API, with the types that the documents promise.

Nothing here is run by name: type checkers read it against the installed package (``tests/test_typing.py``), which
shows that a caller gets these types, and the lines marked as errors show that wrong calls are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import persnorm
from persnorm import Change, Explanation, Normalizer, explain, normalize, replay
from persnorm.evaluation import Score, evaluate

version: str = persnorm.__version__
text: str = normalize("می شود")

explanation: Explanation = explain("كتاب")
changes: tuple[Change, ...] = tuple(explanation.changes)
again: str = replay(explanation.source, explanation.changes)
span: tuple[int, int] = explanation.source_span(0, 1)
back: tuple[int, int] = explanation.result_span(0, 1)
offsets: tuple[int, int] = (explanation.to_source(0), explanation.to_result(0))
for change in changes:
    where: tuple[int, int] = (change.start, change.end)
    words: tuple[str, str, str, str, str] = (change.rule, change.before, change.after, change.why, change.authority)
    also: tuple[str, ...] = change.also

normalizer: Normalizer = Normalizer("search", digits="fa", disable=["tatweel"], words={"بیت|کوین": 3, "وب|سایت": None})
plain: Normalizer = Normalizer(lexicon=[], words=["بیت|کوین"])
result: str = normalizer.normalize("متن")
reasons: Explanation = normalizer.explain("متن")
batch: list[str] = normalizer.normalize_batch(line for line in ["یک", "دو"])
lazy: Iterator[str] = normalizer.pipe(["یک"], n_process=1, batch_size=10)
pairs: Iterator[tuple[str, int]] = normalizer.pipe([("یک", 1)], as_tuples=True)
signature: str = normalizer.signature
same: bool = normalizer == plain
score: Score = evaluate(["می\u200cشود"], normalizer.normalize, "joined", seed=1)
share: float = score.f1


def of_a_file(path: Path) -> Normalizer:
    """Return a normalizer with the words of a file."""
    return Normalizer(lexicon=path)


normalize(b"bytes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Normalizer(disable=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
normalizer.pipe(["a"], n_process="2")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
wrong: int = normalizer.signature  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
changes[0].rule = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
