"""How damaged a line is: what it lost for sure tells what else it may have lost.

A line that kept its half-spaces was hardly robbed of one; a line with می شود and خانهها in it was robbed of others.
So what good text may write either way (کتابها, کتاب‌ها; به روز, به‌روز) is left in a whole line and repaired in a
damaged one.
"""

from __future__ import annotations

from math import exp, log
from typing import NamedTuple

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
        if self.erased:
            return 1.0
        log_odds = (
            log(DAMAGED)
            + self.kept * log(KEPT)
            + (self.joined + self.spaced) * log(LOST / SLIP)
            + self.lax * log(LOST / JOINS)
        )
        return 1 / (1 + exp(-max(min(log_odds, 700.0), -700.0)))  # beyond these exp() overflows

    @property
    def joined_loss(self) -> float:
        """How likely a half-space of this line is lost without a trace."""
        if self.erased:
            return 1.0
        if self.joined or self.kept or self.spaced < 2:
            lost = self.joined + self.lax + LOST_JOINED
        else:  # a line that lost half-spaces to spaces lost them so throughout, if nothing shows otherwise
            lost = LOST_JOINED / (1 + self.spaced) ** 2
        return self.damaged * lost / (self.joined + self.lax + self.spaced + self.kept + 1)

    @property
    def spaced_loss(self) -> float:
        """How likely a half-space of this line is lost to a space."""
        if self.erased:
            return 1.0
        joined = self.joined + self.lax
        # A line that lost half-spaces without a trace lost them so throughout, if nothing shows otherwise.
        imagined = LOST_SPACED if self.kept and joined else LOST_SPACED / (1 + joined) ** 2
        return self.damaged * (self.spaced + imagined) / (joined + self.spaced + self.kept + 1)
