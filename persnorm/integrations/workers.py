"""A normalizer in the workers of a cluster: made once in each process, and kept with all that it remembers."""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import Any

from persnorm import Normalizer


def packed(normalizer: Normalizer | None, options: dict[str, Any]) -> bytes:
    """Return what is sent to the workers: a normalizer, or one made with options.

    Raises:
        TypeError: Both a normalizer and options are given.
        ValueError: As ``persnorm.Normalizer`` does.
    """
    if normalizer is not None and options:
        raise TypeError(f"give a normalizer or options for one, not both: {', '.join(options)}")
    return pickle.dumps(normalizer or Normalizer(**options))


@lru_cache(maxsize=8)
def unpacked(sent: bytes) -> Normalizer:
    """Return the normalizer of this process that is equal to the one sent, always the same."""
    made: Normalizer = pickle.loads(sent)  # from ``packed``, by the engine's own pickle
    return made
