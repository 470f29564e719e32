"""A normalizer as plain data."""

from __future__ import annotations

import json

import pytest

import persnorm
from persnorm.integrations.settings import settings_of


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"profile": "minimal", "digits": "fa", "joined": True},
        {"builtin": False, "lexicon": (), "words": {"بیت|کوین": 3, "وب سایت": None}},
        {"disable": ["tatweel", "harakat"], "protect": [r"\d+x", "a"]},
    ],
)
def test_settings_make_an_equal_normalizer(options):
    """A normalizer as plain data makes an equal one, with the same signature."""
    normalizer = persnorm.Normalizer(**options)
    again = persnorm.Normalizer(**json.loads(json.dumps(settings_of(normalizer))))
    assert (again, again.signature) == (normalizer, normalizer.signature)
