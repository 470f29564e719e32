"""Cases by kind, one JSON file each in ``cases/``: what is repaired, what stays, what is known to fail.

- ``untouched.json`` (label, text, comment): comes back as it is.
- ``known-failures.json`` (label, original, fixed, comment): strict xfail, so that the suite says when one is mended.
- every other file (label, original, fixed, comment, and ``options`` if it is not for the standard profile).

``known-failures-news.json`` belongs to test_news.py.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from persnorm import Normalizer

CASES = Path(__file__).parent / "cases"
APART = {"untouched", "known-failures", "known-failures-news"}


def read(name: str) -> list[dict[str, Any]]:
    """Return the cases of one file."""
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def params(*names: str) -> list[object]:
    """Return the cases of these files as parameters with their labels."""
    return [pytest.param(case, id=f"{name}: {case['label']}") for name in names for case in read(name)]


REPAIRED = sorted(path.stem for path in CASES.glob("*.json") if path.stem not in APART)


def normalizer(case: dict[str, Any]) -> Normalizer:
    """Return the one normalizer of the options of a case."""
    return normalizer_of(json.dumps(case.get("options", {})))


@cache
def normalizer_of(options: str) -> Normalizer:
    """Return the one normalizer of these options, given as JSON."""
    return Normalizer(**json.loads(options))


def assert_fixed(case: dict[str, Any]) -> None:
    """Assert that a case comes out as it says, that this is final, and that the explanation gives the same."""
    chosen = normalizer(case)
    result = chosen.normalize(case["original"])
    assert result.encode("unicode_escape") == case["fixed"].encode("unicode_escape"), case["comment"]
    assert chosen.normalize(result) == result
    assert chosen.explain(case["original"]).text == result


@pytest.mark.parametrize("case", params(*REPAIRED))
def test_repaired(case):
    """What real text and other normalizers get wrong comes out right, once and for all."""
    assert case["original"] != case["fixed"]
    assert_fixed(case)


@pytest.mark.parametrize("case", params("untouched"))
def test_untouched(case):
    """What is right, or not Persian prose, comes back as it was, and nothing is explained."""
    chosen = normalizer(case)
    assert chosen.normalize(case["text"]).encode("unicode_escape") == case["text"].encode("unicode_escape")
    assert chosen.explain(case["text"]).changes == ()


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", params("known-failures"))
def test_known_failure(case):
    """What is wrong and known to be; once mended, the case moves to another file."""
    assert_fixed(case)


@pytest.mark.parametrize("name", [*REPAIRED, "untouched", "known-failures"])
def test_cases_are_complete(name):
    """Each case has the fields of its kind, a label of its own in its file, and no invisible character in the raw."""
    wanted = {"label", "comment", *({"text"} if name == "untouched" else {"original", "fixed"})}
    cases = read(name)
    for case in cases:
        assert wanted <= set(case) <= wanted | {"options"}
        assert all(case[field] for field in wanted)
    assert len({case["label"] for case in cases}) == len(cases)
    raw = (CASES / f"{name}.json").read_text(encoding="utf-8")
    assert not set(raw) & set("\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff")
