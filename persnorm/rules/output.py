"""What the half-spaces of the result are written as, for those who cannot have them: addresses, search keys."""

from __future__ import annotations

from persnorm.late import late
from persnorm.rule import ZWNJ, Edit, Rule, Setting

_INSTEAD = {"space": " ", "remove": ""}
_HALF_SPACE = late(rf"(?<=\S){ZWNJ}(?=\S)")


def _find_half_space(text: str, setting: Setting) -> list[Edit]:
    instead = _INSTEAD.get(setting.options.zwnj)
    if instead is None:
        return []
    return [Edit(found.start(), found.end(), instead) for found in _HALF_SPACE.finditer(text)]


def may_meet(word: str, setting: Setting) -> bool:
    """Tell whether a finished chunk has a half-space to be written otherwise."""
    return ZWNJ in word and setting.options.erases_zwnj


RULES = (
    Rule(
        name="half-space-out",
        why="The option zwnj asks for a space, or for nothing, in the place of each half-space.",
        source="The user's choice",
        find=_find_half_space,
        examples=((f"می{ZWNJ}شود", "میشود"),),
        wants=lambda options: options.erases_zwnj,
    ),
)
