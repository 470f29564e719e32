"""Persian text normalization that puts half-spaces (ZWNJ, U+200C) back, does no harm, and explains each change.

>>> import persnorm
>>> persnorm.normalize("دیدارهای منطقهای و گفتوگو") == "دیدارهای منطقه\u200cای و گفت\u200cوگو"
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from persnorm.change import Change, Explanation, replay
    from persnorm.normalizer import Normalizer, explain, normalize

__version__ = "0.2.0"
__all__ = ["Change", "Explanation", "Normalizer", "__version__", "explain", "normalize", "replay"]

_HOMES = {
    "Change": "persnorm.change",
    "Explanation": "persnorm.change",
    "Normalizer": "persnorm.normalizer",
    "explain": "persnorm.normalizer",
    "normalize": "persnorm.normalizer",
    "replay": "persnorm.change",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562), so that ``import persnorm`` takes no time."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # not needed by who only asks for the version

    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
