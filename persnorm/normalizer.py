"""The public way in: ``normalize``, ``explain`` and the reusable ``Normalizer``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Literal, TypeVar, overload

from persnorm import __version__
from persnorm.change import Explanation
from persnorm.engine import Engine
from persnorm.evidence import Evidence, default_evidence
from persnorm.lexicon import Lexicon, default_tables, fingerprint
from persnorm.options import PROFILES, choose, differences
from persnorm.own_lexicon import gather, merged
from persnorm.pipes import in_batches, one_by_one
from persnorm.rule import Setting
from persnorm.rules import ALL_RULES
from persnorm.wordlist import check, read, render

_Context = TypeVar("_Context")


class Normalizer:
    """A normalizer with its own options. Reusable, safe to share between threads, picklable.

    Two are equal that have the same options and the same words of your own, however these were given. ``repr`` shows
    the call that makes an equal one.

    Args:
        profile: ``standard``, ``minimal``, ``search`` or ``publish``: see ``persnorm.options.Options``.
        disable: Names of rules to leave out.
        lexicon: A file of your own words, or several: see ``persnorm.wordlist``. What a later one says of a word
            replaces what an earlier one says.
        words: Your own words, or a mapping of words to how often they were seen. They come after the files.
        protect: Regular expressions; what they match stays as it is.
        **options: What overrides the profile, as ``digits``, ``zwnj`` or ``ezafe``: see ``persnorm.options.Options``.

    Raises:
        ValueError: An unknown profile, option, value or rule; the message lists the near ones. Or a line of a lexicon
            that is no word, as ``FILE:LINE: expected ..., got ...``. Or a pattern that is no regular expression.
        OSError: A lexicon cannot be read.

    Example:
        >>> Normalizer(digits="keep").normalize("قيمت 25 دلار")
        'قیمت 25 دلار'
        >>> Normalizer(words=["بیت|کوین"]).normalize("بیتکوین")
        'بیت\u200cکوین'
    """

    def __init__(
        self,
        profile: str = "standard",
        *,
        disable: Iterable[str] = (),
        lexicon: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
        words: Iterable[str] | Mapping[str, int | None] = (),
        protect: Iterable[str] = (),
        **options: Any,
    ) -> None:
        self.options = choose(profile, disable, (rule.name for rule in ALL_RULES), options, protect)
        paths = [lexicon] if isinstance(lexicon, str | os.PathLike) else list(lexicon)
        own_words = check(words)
        self._own = gather(*map(read, paths), own_words)
        self._given = {
            "profile": profile,
            "disable": sorted(self.options.disable),
            "lexicon": [os.fspath(path) for path in paths],
            "words": own_words if isinstance(words, Mapping) else list(own_words),
            "protect": list(self.options.protect),
            **options,
        }
        self._engine: Engine | None = None

    def normalize(self, text: str) -> str:
        """Return ``text`` normalized.

        Raises:
            TypeError: ``text`` is not str.
        """
        if not isinstance(text, str):
            raise TypeError(_not_str(text))
        return self._ready().normalize(text)

    def explain(self, text: str) -> Explanation:
        """Return the normalized text together with each change and its reason; see ``Explanation``.

        Raises:
            TypeError: ``text`` is not str.
        """
        if not isinstance(text, str):
            raise TypeError(_not_str(text))
        return self._ready().explain(text)

    def normalize_batch(self, texts: Iterable[str]) -> list[str]:
        """Return the normalized texts as a list, in order.

        Raises:
            TypeError: ``texts`` is one str, or one of them is not str; the attribute ``index`` says which one.
        """
        return list(self.pipe(texts))

    @overload
    def pipe(self, texts: Iterable[str], *, n_process: int = ..., batch_size: int = ...) -> Iterator[str]: ...
    @overload
    def pipe(
        self,
        texts: Iterable[tuple[str, _Context]],
        *,
        as_tuples: Literal[True],
        n_process: int = ...,
        batch_size: int = ...,
    ) -> Iterator[tuple[str, _Context]]: ...
    @overload
    def pipe(
        self, texts: Iterable[Any], *, as_tuples: bool, n_process: int = ..., batch_size: int = ...
    ) -> Iterator[Any]: ...
    def pipe(
        self, texts: Iterable[Any], *, as_tuples: bool = False, n_process: int = 1, batch_size: int = 1000
    ) -> Iterator[Any]:
        r"""Yield the normalized texts lazily and in order.

        Args:
            texts: Any iterable of str; it may be endless.
            as_tuples: Take pairs of a text and anything else, its context, and yield the normalized text with it. The
                context stays in this process.
            n_process: How many processes work on them; 1 works in this one. They end with this process, and when the
                iterator is closed.
            batch_size: How many texts go to a process at a time.

        Raises:
            TypeError: ``texts`` is one str, or one of them is not str or, with ``as_tuples``, no pair. The attribute
                ``index`` of the error says which one, from 0, and so does its message. What came before has been
                yielded.
            ValueError: ``n_process`` or ``batch_size`` is below 1.
            persnorm.jobs.WorkerDied: A process was ended from outside. It is a RuntimeError.

        Example:
            >>> list(Normalizer().pipe([("علي", {"id": 7})], as_tuples=True))
            [('علی', {'id': 7})]
        """
        if isinstance(texts, str):
            raise TypeError("pipe and normalize_batch take an iterable of texts, not one str: wrap it in a list")
        if n_process < 1 or batch_size < 1:
            raise ValueError(f"n_process and batch_size are 1 or more, got {n_process} and {batch_size}")
        if n_process == 1:
            return one_by_one(self.normalize, texts, as_tuples=as_tuples)
        return in_batches(self.normalize, texts, as_tuples=as_tuples, n_process=n_process, batch_size=batch_size)

    @cached_property
    def signature(self) -> str:
        """What to write beside a normalized corpus, so that others know how it was made: one line without spaces.

        Fields are parted by ``|``: ``persnorm``, its version, the profile, each option that differs from the profile
        in the order of ``Options``, and the first 12 hexadecimal digits of a SHA-256 of the lexicon, your own words
        included. It is the same in every process. The first time it reads the lexicon's files.

        Example:
            >>> Normalizer(digits="keep", run_ons=True, disable=["arabic-kaf"]).signature  # doctest: +ELLIPSIS
            'persnorm|version:...|profile:standard|digits:keep|run_ons:yes|disable:arabic-kaf|lexicon:...'
        """
        options = {"version": __version__, "profile": self.options.profile}
        options |= differences(self.options, PROFILES[self.options.profile])
        options["lexicon"] = fingerprint(render(self._own.words) if self._own else ())
        return "|".join(("persnorm", *(f"{name}:{value}" for name, value in options.items())))

    @property
    def own_words(self) -> dict[str, int | None]:
        """Your own words, those of files too: with ZWNJ for the half-space, and each count, or None without one."""
        return dict(self._own.words) if self._own else {}

    def _ready(self) -> Engine:
        if self._engine is None:  # the lexicon is read at the first text, not at the import
            evidence = default_evidence()
            if self._own or not self.options.builtin:
                evidence = Evidence(Lexicon(merged(default_tables(), self._own, builtin=self.options.builtin)))
            self._engine = Engine(Setting(self.options, evidence.lexicon, evidence, own=self._own))
        return self._engine

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "_engine": None}  # the words go along, not the files: these may be gone elsewhere
        state.pop("signature", None)  # another version may read it
        return state

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Normalizer):
            return NotImplemented
        return (self.options, self._own) == (other.options, other._own)

    def __hash__(self) -> int:
        return hash(self.options)

    def __repr__(self) -> str:
        given = {name: value for name, value in self._given.items() if value not in ([], {})}
        return f"Normalizer({', '.join(f'{name}={value!r}' for name, value in given.items())})"


def normalize(text: str) -> str:
    r"""Return ``text`` normalized with the standard profile.

    Args:
        text: Any str. Lines are independent of each other.

    Raises:
        TypeError: ``text`` is not str.

    Example:
        >>> normalize("می شود") == "می\u200cشود"
        True
    """
    return _standard().normalize(text)


def explain(text: str) -> Explanation:
    """Return ``text`` normalized with the standard profile, together with each change and its reason.

    Raises:
        TypeError: ``text`` is not str.

    Example:
        >>> [(c.rule, c.start, c.before, c.after) for c in explain("علي").changes]
        [('arabic-yeh', 2, 'ي', 'ی')]
    """
    return _standard().explain(text)


@cache
def _standard() -> Normalizer:
    return Normalizer()


def _not_str(text: object) -> str:
    kind = type(text).__name__
    if isinstance(text, bytes | bytearray):
        return f'normalize takes str, not {kind}: decode it first, as in text.decode("utf-8")'
    if text is None:
        return "normalize takes str, not None: leave missing values out, or pass an empty string"
    return f"normalize takes str, not {kind}: for many texts use normalize_batch or pipe"
