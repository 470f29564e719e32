"""Logistic regression, with numpy alone: the same input gives the same weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Sample = tuple[list[float], bool, float]
"""The features of a case, whether it is so, and how much it counts."""

STEPS = 10
"""So many steps back tell how the ground bends."""

ROUNDS = 120
TOLERANCE = 1e-5
"""The fit ends when a round gains a smaller share than this."""


def fit(names: Sequence[str], samples: Sequence[Sample]) -> dict[str, float]:
    """Return the weights of a logistic regression (Newton's method, a little ridge), rounded to three digits."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    if not samples:
        return dict.fromkeys(names, 0.0)
    rows, wanted, mass = zip(*samples, strict=True)
    x, y, m = np.array(rows), np.array(wanted, dtype=float), np.array(mass)
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (m * (y - p)) - weights
        hessian = (x * (m * p * (1 - p))[:, None]).T @ x + np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def fit_sparse(table: Any, wanted: Any, mass: Any, width: int, ridge: float, odds: Any = 0.0) -> Any:  # noqa: PLR0913, PLR0917  # what a fit is made of
    """Return the weights of a logistic regression on features that are there or not (L-BFGS).

    Args:
        table: For each case the numbers of its features, filled up with ``width``.
        wanted: 1 for each case that is so, 0 for the others.
        mass: How much each case counts.
        width: The number of features.
        ridge: How strongly the weights are held near 0.
        odds: The log odds of each case without its features.
    """
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    sign = np.where(wanted > 0, 1.0, -1.0)
    there = (np.arange(width + 1) < width).astype(float)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = sign * (weights[table].sum(1) + odds)
        pull = np.repeat(-mass * sign * np.exp(-np.logaddexp(0, margin)), table.shape[1])
        gradient = np.bincount(table.ravel(), pull, minlength=width + 1) * there + ridge * weights
        return float((mass * np.logaddexp(0, -margin)).sum() + ridge / 2 * (weights @ weights)), gradient

    weights = np.zeros(width + 1)
    value, gradient = loss(weights)
    steps: list[tuple[Any, Any]] = []
    for _ in range(ROUNDS):
        direction = -_bent(gradient, steps)
        length = 1.0
        while True:
            next_value, next_gradient = loss(weights + length * direction)
            if next_value <= value + 1e-4 * length * (gradient @ direction) or length < 1e-6:
                break
            length /= 2
        step, change = length * direction, next_gradient - gradient
        if step @ change > 1e-12:
            steps = [*steps[1 - STEPS :], (step, change)]
        gain = value - next_value
        weights, value, gradient = weights + step, next_value, next_gradient
        if gain < TOLERANCE * abs(value):
            break
    return weights[:width]


def _bent(gradient: Any, steps: Sequence[tuple[Any, Any]]) -> Any:
    """Return the gradient, multiplied by what the last steps tell of the inverse of the Hessian."""
    import numpy as np  # noqa: PLC0415  # only a rebuild needs it

    if not steps:
        return gradient * 0.1 / max(float(np.abs(gradient).max()), 1e-9)
    bent = gradient.copy()
    shares: list[float] = []
    for step, change in reversed(steps):
        shares.append((step @ bent) / (step @ change))
        bent -= shares[-1] * change
    step, change = steps[-1]
    bent *= (step @ change) / (change @ change)
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        bent += step * (share - (change @ bent) / (step @ change))
    return bent
