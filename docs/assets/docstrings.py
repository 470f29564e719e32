"""The docstrings of persnorm head one example with ``Example:``; Griffe knows ``Examples:`` only: an extension."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object


class Docstrings(Extension):
    """Reads the heading of an example."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Take the one heading for the other."""
        if obj.docstring:
            obj.docstring.value = re.sub(r"^(\s*)Example:$", r"\1Examples:", obj.docstring.value, flags=re.MULTILINE)
