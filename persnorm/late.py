"""Regular expressions that are compiled when they are first used: few texts need all, and all take long to compile."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what stands for ``re.compile(pattern, flags)``; it has the methods and the pattern.

    >>> late("[ab]+").findall("abc ba")
    ['ab', 'ba']
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Compiled:
    """An expression with its methods."""

    pattern: str


class _Late(_Compiled):
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the expression and take over its methods, so that this is not asked again."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        self.__class__ = _Compiled  # type: ignore[assignment]  # where nothing else may be asked for, methods are found sooner
        return getattr(compiled, name)
