"""A normalizer as plain data, the same in every process: for hashes, and for files that outlive it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from persnorm.normalizer import Normalizer
from persnorm.options import PROFILES


def settings_of(normalizer: Normalizer) -> dict[str, Any]:
    r"""Return what to call ``Normalizer`` with for an equal one: str, bool, lists and dicts, in a fixed order.

    The words stand in it, not the files that they came from.

    Example:
        >>> settings_of(Normalizer("search", digits="fa", disable=["tatweel", "harakat"], words=["بیت|کوین"]))
        {'profile': 'search', 'digits': 'fa', 'disable': ['harakat', 'tatweel'], 'words': {'بیت\u200cکوین': None}}
    """
    options, profile = normalizer.options, PROFILES[normalizer.options.profile]
    settings: dict[str, Any] = {"profile": options.profile}
    for field in fields(options):
        value = getattr(options, field.name)
        if value != getattr(profile, field.name):
            settings[field.name] = sorted(value) if field.name == "disable" else _plain(value)
    if words := normalizer.own_words:
        settings["words"] = dict(sorted(words.items()))
    return settings


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
