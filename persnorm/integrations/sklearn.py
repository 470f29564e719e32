"""persnorm as a step of a scikit-learn pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from persnorm.normalizer import Normalizer


# Never wrapped in a table, whatever set_config(transform_output=...) says: the vectorizer behind it takes texts.
class PersianNormalizer(  # type: ignore[call-arg]  # scikit-learn has no types
    TransformerMixin,  # type: ignore[misc]
    BaseEstimator,  # type: ignore[misc]
    auto_wrap_output_keys=None,
):
    r"""Normalizes texts; it learns nothing, so ``transform`` needs no ``fit``.

    Args:
        profile: ``standard``, ``minimal``, ``search`` or ``publish``.
        options: What overrides the profile, by name, as ``{"digits": "keep"}``: see ``persnorm.Normalizer``.
        n_process: How many processes work on the texts.
        batch_size: How many texts go to a process at a time.

    Raises:
        ValueError: From ``fit`` and ``transform``, as scikit-learn asks: an unknown profile, option or value.

    Example:
        >>> PersianNormalizer("minimal").fit_transform(["می شود علي"]).tolist()
        ['می شود علی']
    """

    def __init__(
        self,
        profile: str = "standard",
        *,
        options: Mapping[str, Any] | None = None,
        n_process: int = 1,
        batch_size: int = 1000,
    ) -> None:
        self.profile = profile
        self.options = options
        self.n_process = n_process
        self.batch_size = batch_size

    def fit(self, X: Iterable[str], y: object = None) -> PersianNormalizer:
        """Check the options; the texts are not read."""
        self._normalizer()
        return self

    def transform(self, X: Iterable[str]) -> Any:
        """Return the normalized texts as an array of objects with one dimension.

        Args:
            X: A list, a Series, an array with one dimension or any other iterable of str.

        Raises:
            TypeError: ``X`` is one str, or one of the texts is not str; the message tells its place from 0.
            ValueError: ``X`` is a table, or an option is unknown.
        """
        texts = _texts(X)
        normalized = self._normalizer().pipe(texts, n_process=self.n_process, batch_size=self.batch_size)
        result = np.empty(len(texts), dtype=object)
        result[:] = list(normalized)
        return result

    def get_feature_names_out(self, input_features: Sequence[str] | None = None) -> Any:
        """Return the name of the one column: the one given, or ``text``."""
        return np.asarray(["text"] if input_features is None else input_features, dtype=object)

    def _normalizer(self) -> Normalizer:
        # Kept from one call to the next, as it remembers words; made anew when set_params has changed what it is.
        made = Normalizer(self.profile, **dict(self.options or {}))
        if getattr(self, "_made", None) != made:
            self._made = made
        return self._made

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.transformer_tags.preserves_dtype = []
        return tags

    def _more_tags(self) -> dict[str, Any]:  # the same before scikit-learn 1.6
        return {"requires_fit": False, "X_types": ["1darray", "string"], "preserves_dtype": []}


def _texts(given: Iterable[str]) -> list[str]:
    if isinstance(given, str):
        raise TypeError("PersianNormalizer takes an iterable of texts, not one str: wrap it in a list")
    if getattr(given, "ndim", 1) != 1:
        raise ValueError(
            "PersianNormalizer takes one column of texts, not a table: pass X['column'], or name the "
            "column as a str, not a list, in a ColumnTransformer"
        )
    texts = list(given)
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"text {index} is {type(text).__name__}, not str: {text!r}; fill in or drop missing values")
    return texts
