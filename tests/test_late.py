"""Regular expressions compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from persnorm.late import late


def test_it_does_what_a_compiled_one_does():
    """All methods that there are give the same, the first time and later, with flags."""
    for _ in range(2):
        found = late("a(b)", re.IGNORECASE)
        assert found.sub("x", "AB cab") == "x cx"
        assert found.split("1ab2") == ["1", "b", "2"]
        assert [match.span() for match in found.finditer("abab")] == [(0, 2), (2, 4)]
        assert found.findall("AB ab") == ["B", "b"]
        assert (found.search("xab") is not None, found.match("xab"), found.fullmatch("abx")) == (True, None, None)
        assert found.pattern == "a(b)"


def test_it_is_not_compiled_before():
    """A wrong expression is found out by who uses it, and what it has not is not looked for."""
    wrong = late("(")
    with pytest.raises(AttributeError):
        _ = wrong.nothing  # type: ignore[attr-defined]
    with pytest.raises(re.error):
        wrong.search("")
