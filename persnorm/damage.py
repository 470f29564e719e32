"""How damaged a line is: what it lost for sure tells what else it may have lost.

A line that kept its half-spaces was hardly robbed of one; a line with می شود and خانهها in it was robbed of others.
So what good text may write either way (کتابها, کتاب‌ها; به روز, به‌روز) is left in a whole line and repaired in a
damaged one.
"""

from __future__ import annotations

from math import exp, log
from typing import NamedTuple

from persnorm.remembering import remembered

# The figures below are working assumptions, chosen by trial on six texts kept out of the counts; none was counted.

DAMAGED = 2.0
"""Odds that a line is damaged, before looking at it."""

KEPT = 0.3
"""How often a damaged line keeps a half-space; a whole one always does."""

SLIP = 0.05
"""How often even edited text loses a half-space where none may be missing."""

JOINS = 0.08
"""How often edited text joins an ending that may stand joined (کتابها)."""

LOST = 0.4
"""How often a damaged line loses a half-space in one way: without a trace, or to a space."""

LOST_JOINED = 0.9
LOST_SPACED = 0.6
"""Half-spaces imagined lost in each way, beside those that are seen."""

REMEMBERED = 1 << 12
"""So many different lines are remembered."""


class Line(NamedTuple):
    """What can be told of the half-spaces of a line.

    Attributes:
        kept: Half-spaces that it has.
        joined: Words that for sure lost one without a trace.
        spaced: Neighbours whose half-space for sure became a space.
        lax: Words that may have lost one, or may be written so: کتابها.
        erased: Whether the result will have no half-spaces. What a line kept must then weigh nothing, or normalizing
            the result again would find another line.
    """

    kept: int
    joined: int
    spaced: int
    lax: int = 0
    erased: bool = False

    @property
    def damaged(self) -> float:
        """How likely the line is damaged."""
        return _damaged(self)

    @property
    def joined_loss(self) -> float:
        """How likely a half-space of this line is lost without a trace."""
        return _joined_loss(self)

    @property
    def spaced_loss(self) -> float:
        """How likely a half-space of this line is lost to a space."""
        return _spaced_loss(self)


def _work_out_damaged(line: Line) -> float:
    if line.erased:
        return 1.0
    log_odds = (
        log(DAMAGED)
        + line.kept * log(KEPT)
        + (line.joined + line.spaced) * log(LOST / SLIP)
        + line.lax * log(LOST / JOINS)
    )
    return 1 / (1 + exp(-max(min(log_odds, 700.0), -700.0)))  # beyond these exp() overflows


def _work_out_joined_loss(line: Line) -> float:
    if line.erased:
        return 1.0
    if line.joined or line.kept or line.spaced < 2:
        lost = line.joined + line.lax + LOST_JOINED
    else:  # a line that lost half-spaces to spaces lost them so throughout, if nothing shows otherwise
        lost = LOST_JOINED / (1 + line.spaced) ** 2
    return line.damaged * lost / (line.joined + line.lax + line.spaced + line.kept + 1)


def _work_out_spaced_loss(line: Line) -> float:
    if line.erased:
        return 1.0
    joined = line.joined + line.lax
    # A line that lost half-spaces without a trace lost them so throughout, if nothing shows otherwise.
    imagined = LOST_SPACED if line.kept and joined else LOST_SPACED / (1 + joined) ** 2
    return line.damaged * (line.spaced + imagined) / (joined + line.spaced + line.kept + 1)


# Many lines are alike.
_damaged, _joined_loss, _spaced_loss = (
    remembered(work_out, REMEMBERED) for work_out in (_work_out_damaged, _work_out_joined_loss, _work_out_spaced_loss)
)
