"""What ``--explain --json`` writes is what its schema says, whatever the text."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError
from strategies import VARIANTS, any_text, noisy

from persnorm import Change, Normalizer, replay
from persnorm.files import Line
from persnorm.rules import ALL_RULES
from persnorm.show import as_json

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "explanation.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
NORMALIZERS = {name: Normalizer(**options) for name, options in VARIANTS.items()}
every_variant = pytest.mark.parametrize("normalizer", NORMALIZERS.values(), ids=NORMALIZERS)

GOOD = {
    "file": "a",
    "line": 1,
    "column": 1,
    "start": 0,
    "end": 1,
    "rule": "arabic-kaf",
    "also": [],
    "before": "ك",
    "after": "ک",
    "why": "Persian has its own kaf.",
    "authority": "ISIRI 6219",
}


def test_schema_is_one():
    """The schema keeps the rules of its own standard, and asks for every property that it describes."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["required"] == list(SCHEMA["properties"]) == list(GOOD)
    assert all(described.get("description") for described in SCHEMA["properties"].values())
    VALIDATOR.validate(GOOD)


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": 0},
        {"start": -1},
        {"start": 0.5},
        {"rule": "Arabic Kaf"},
        {"also": "tatweel"},
        {"also": ["tatweel", "tatweel"]},
        {"before": None},
        {"before": "", "after": ""},
        {"file": ""},
        {"why": "no sentence"},
        {"more": 1},
    ],
)
def test_schema_refuses_what_is_wrong(wrong):
    """The schema is no formality: each of these breaks it."""
    with pytest.raises(ValidationError):
        VALIDATOR.validate(GOOD | wrong)


@pytest.mark.parametrize("name", GOOD)
def test_schema_refuses_what_is_missing(name):
    """No property may be left out."""
    with pytest.raises(ValidationError, match=f"'{name}' is a required property"):
        VALIDATOR.validate({key: value for key, value in GOOD.items() if key != name})


@every_variant
@given(text=any_text())
def test_every_change_of_any_text_fits(normalizer, text):
    """Each change of any text, lone surrogates included, is a line of ASCII that fits the schema and says the same."""
    explanation = normalizer.explain(text)
    lines = as_json("-", Line(3, 7, text, ""), explanation).splitlines()
    assert len(lines) == len(explanation.changes)
    for line, change in zip(lines, explanation.changes, strict=True):
        assert line.isascii()
        written = json.loads(line)
        VALIDATOR.validate(written)
        place = {"file": "<stdin>", "line": 3, "column": change.start + 1}
        shifted = {"start": change.start + 7, "end": change.end + 7, "also": list(change.also)}
        assert written == asdict(change) | place | shifted


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_each_rule_fits(rule):
    """The name, reason and source of each rule can be written."""
    VALIDATOR.validate(GOOD | {"rule": rule.name, "also": [rule.name], "why": rule.why, "authority": rule.source})


def test_output_of_the_command_fits(run):
    """What the command writes for files of any name fits, and its changes replay on the whole file."""
    text = "كتاب علي\r\nمی شود \u200f\n\n" * 3
    for name in ("متن.txt", "a\u202e\nb", os.fsdecode(b"\xff")):
        Path(name).write_text(text, "utf-8", newline="")
    code, output, errors = run("--explain", "--json", "متن.txt", "a\u202e\nb", os.fsdecode(b"\xff"))
    assert (code, errors) == (0, "")
    written = [json.loads(line) for line in output.splitlines()]
    assert written
    for change in written:
        VALIDATOR.validate(change)
    fields = [{k: v for k, v in change.items() if k not in ("file", "line", "column")} for change in written]
    changes = [Change(**change) for change in fields[: len(fields) // 3]]
    assert replay(text, changes).encode() == run("متن.txt")[1]


@given(case=noisy())
def test_changes_of_json_replay(case):
    """From what was written as JSON the result can be made again."""
    explanation = NORMALIZERS["standard"].explain(case[1])
    lines = as_json("a", Line(1, 0, case[1], ""), explanation).splitlines()
    read = [{k: v for k, v in json.loads(line).items() if k not in ("file", "line", "column")} for line in lines]
    assert replay(case[1], [Change(**change) for change in read]) == explanation.text
