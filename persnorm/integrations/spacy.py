"""persnorm inside spaCy: a tokenizer that normalizes first, and a component for texts that are to stay as they are.

What spaCy asks for by name is found through the entry points of the package; who imports this module has it too.
"""

# No "from __future__ import annotations": spaCy reads the types of the functions that it registers.
import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from persnorm.alignment import Alignment
from persnorm.integrations.settings import settings_of
from persnorm.normalizer import Normalizer
from persnorm.own_lexicon import gather
from persnorm.wordlist import Words, check, read


class _Normalizing:
    """What tokenizer and component share: the normalizer, words learnt at ``initialize``, saving and loading."""

    def __init__(self, normalizer: Normalizer) -> None:
        self.normalizer = normalizer
        self._settings = settings_of(normalizer)  # as in the config; what is learnt comes to it
        self._learnt: Words = {}

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Any]] | None = None,
        *,
        nlp: Language | None = None,
        lexicon: str | Path | None = None,
    ) -> None:
        """Read a list of your own words; it is saved with the pipeline, the file is not needed any more.

        Args:
            get_examples: Not used.
            nlp: Not used.
            lexicon: A file as ``persnorm.wordlist`` describes it.

        Raises:
            ValueError: A line of the lexicon is no word, as ``FILE:LINE: expected ..., got ...``.
            OSError: The lexicon cannot be read.
        """
        self._learn(read(lexicon) if lexicon is not None else {})

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the learnt words, and what it is made with; options are in the config of the pipeline."""
        return bytes(util.to_bytes({name: write for name, (write, _) in self._parts(exclude).items()}, exclude))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Any:
        """Take over what ``to_bytes`` gave, and return self.

        Warns:
            UserWarning: It came from another version of persnorm, other options or words.
        """
        util.from_bytes(data, {name: take for name, (_, take) in self._parts(exclude).items()}, exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write what ``to_bytes`` gives into a folder."""
        parts = self._parts(exclude)
        util.to_disk(Path(path), {name: _writer(write) for name, (write, _) in parts.items()}, exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Any:
        """Read the folder of ``to_disk``; as ``from_bytes``."""
        parts = self._parts(exclude)
        util.from_disk(Path(path), {name: _reader(take) for name, (_, take) in parts.items()}, exclude)
        return self

    def _parts(self, exclude: Iterable[str]) -> dict[str, tuple[Callable[[], bytes], Callable[[bytes], Any]]]:
        """Return what is saved, by file name: how to write and how to take it."""
        return {"persnorm.json": (self._state, self._take)}

    def _state(self) -> bytes:
        state = {"signature": self.normalizer.signature, "words": self._learnt}
        return json.dumps(state, ensure_ascii=True, sort_keys=True).encode()

    def _take(self, data: bytes) -> None:
        state = json.loads(data)
        self._learn(state["words"])
        if state["signature"] != self.normalizer.signature:
            warnings.warn(
                f"the pipeline was saved with {state['signature']}, and is loaded with {self.normalizer.signature}: "
                "some texts may be normalized otherwise than those it was trained on",
                UserWarning,
                stacklevel=2,
            )

    def _learn(self, words: Words) -> None:
        self._learnt = check(words)
        own = gather(self._learnt, check(self._settings.get("words", {})))  # what the config says decides
        self.normalizer = Normalizer(**{**self._settings, "words": own.words if own else {}})


class Tokenizer(_Normalizing):
    r"""Normalizes a text, and lets another tokenizer take the result apart.

    ``doc.text`` is the normalized text. The original stays: ``doc._.original``, ``span._.original``,
    ``span._.original_span``, ``token._.original``, ``token._.original_start`` and ``token._.original_end``; offsets are
    code points. ``doc._.original_char_span(start, end, label=...)`` is the way back: the span of a place in the
    original, as ``doc.char_span`` for one in the text.

    Args:
        tokenizer: Any tokenizer of spaCy whose docs keep their text.
        normalizer: What normalizes.

    Attributes:
        tokenizer: The one given, as for ``nlp.tokenizer.tokenizer.add_special_case``.
        normalizer: With the words learnt.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("fa", config={"nlp": {"tokenizer": {"@tokenizers": "persnorm.Tokenizer.v1"}}})
        >>> doc = nlp("علــي نمی رود")
        >>> [token.text for token in doc], [token._.original for token in doc]
        (['علی', 'نمی\u200cرود'], ['علــي', 'نمی رود'])
        >>> doc._.original, doc[1]._.original_start, doc[1:]._.original_span
        ('علــي نمی رود', 6, (6, 13))
    """

    def __init__(self, tokenizer: Callable[[str], Doc], normalizer: Normalizer) -> None:
        super().__init__(normalizer)
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Return the tokens of the normalized text.

        Raises:
            ValueError: The other tokenizer has changed the text.
        """
        explanation = self.normalizer.explain(text)
        doc = self.tokenizer(explanation.text)
        if doc.text != explanation.text:
            raise ValueError(
                f"{type(self.tokenizer).__name__} changes texts, so that offsets are lost: it made {doc.text!r} of "
                f"{explanation.text!r}; give Tokenizer one that keeps them, as spacy.Tokenizer.v1"
            )
        # Kept by value, as lists of numbers: what msgpack can write, for doc.to_bytes, DocBin and processes.
        doc._.persnorm = {"original": text, "lengths": explanation.alignment.lengths}
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Yield the docs of texts, one by one."""
        return map(self, texts)

    def _parts(self, exclude: Iterable[str]) -> dict[str, tuple[Callable[[], bytes], Callable[[bytes], Any]]]:
        parts = super()._parts(exclude)
        inner: Any = self.tokenizer
        if hasattr(inner, "to_bytes"):
            parts["tokenizer"] = (
                lambda: inner.to_bytes(exclude=list(exclude)),
                lambda data: inner.from_bytes(data, exclude=list(exclude)),
            )
        return parts


class NormSetter(_Normalizing):
    r"""Sets ``token.norm_`` to what persnorm makes of the token within its text; the text stays.

    Trained pipelines see words by their norm (``NORM``). A space that becomes a half-space is between two tokens, and
    belongs to none.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("fa")
        >>> component = nlp.add_pipe("persnorm", config={"options": {"digits": "en"}})
        >>> [(token.text, token.norm_) for token in nlp("كتــابهای ۲۵")]
        [('كتــابهای', 'کتاب\u200cهای'), ('۲۵', '25')]
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set the norms of a doc, and return it. A token of which nothing stays keeps its norm."""
        explanation = self.normalizer.explain(doc.text)
        for token in doc:
            start, end = explanation.result_span(token.idx, token.idx + len(token))
            if norm := explanation.text[start:end]:
                token.norm_ = norm
        return doc


def create_tokenizer(
    profile: str = "standard",
    options: dict[str, Any] = {},  # noqa: B006  # spaCy writes it into the config; it is not changed
    tokenizer: Callable[[Language], Callable[[str], Doc]] | None = None,
) -> Callable[[Language], Tokenizer]:
    """Return what makes the tokenizer of a pipeline, from ``[nlp.tokenizer]`` of its config.

    Args:
        profile: ``standard``, ``minimal``, ``search`` or ``publish``.
        options: What overrides the profile, and ``words``, ``disable``, ``protect``: see ``persnorm.Normalizer``.
        tokenizer: What makes the other tokenizer; ``spacy.Tokenizer.v1``, that of the language, if there is none.

    Raises:
        ValueError: An unknown option or value; or ``lexicon``, as files are given to ``initialize``.
    """
    normalizer = _normalizer(profile, options)
    make = tokenizer or util.registry.tokenizers.get("spacy.Tokenizer.v1")()

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(make(nlp), normalizer)

    return create


def create_component(nlp: Language, name: str, profile: str, options: dict[str, Any]) -> NormSetter:
    """Return the component of a pipeline, from ``[components.persnorm]`` of its config; as ``create_tokenizer``."""
    return NormSetter(_normalizer(profile, options))


def _normalizer(profile: str, options: Mapping[str, Any]) -> Normalizer:
    if "lexicon" in options:
        raise ValueError(
            "a lexicon is a file, and is not there where the pipeline is loaded: name it in the config under "
            "[initialize.tokenizer] or [initialize.components.persnorm], or call initialize(lexicon=...)"
        )
    return Normalizer(profile, **options)


# What the decorators of spaCy do, which have no types.
util.registry.tokenizers("persnorm.Tokenizer.v1", func=create_tokenizer)
Language.factory(
    "persnorm",
    assigns=["token.norm"],
    default_config={"profile": "standard", "options": {}},
    func=create_component,
)


def _writer(write: Callable[[], bytes]) -> Callable[[Path], Any]:
    return lambda path: path.write_bytes(write())


def _reader(take: Callable[[bytes], Any]) -> Callable[[Path], Any]:
    return lambda path: take(path.read_bytes())


@lru_cache(maxsize=64)
def _alignment(lengths: tuple[int, ...]) -> Alignment:
    return Alignment.from_lengths(lengths)


def _original_of(doc: Doc) -> str:
    """Return the original of a doc; of one that was made otherwise, its text."""
    kept = doc._.persnorm
    return str(kept["original"]) if kept else doc.text


def _original_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    kept = doc._.persnorm
    return _alignment(tuple(kept["lengths"])).source_span(start, end) if kept else (start, end)


def _original_char_span(doc: Doc, start: int, end: int, **options: Any) -> Span | None:
    kept = doc._.persnorm
    if kept:
        if not 0 <= start <= end <= len(kept["original"]):
            raise IndexError(f"{start} to {end} is outside the original, which has {len(kept['original'])} code points")
        start, end = _alignment(tuple(kept["lengths"])).result_span(start, end)
    return doc.char_span(start, end, **options)


def _span_span(span: Span) -> tuple[int, int]:
    return _original_span(span.doc, span.start_char, span.end_char)


def _span_original(span: Span) -> str:
    return _original_of(span.doc)[slice(*_span_span(span))]


def _token_span(token: Token) -> tuple[int, int]:
    return _original_span(token.doc, token.idx, token.idx + len(token))


def _token_start(token: Token) -> int:
    return _token_span(token)[0]


def _token_end(token: Token) -> int:
    return _token_span(token)[1]


def _token_original(token: Token) -> str:
    return _original_of(token.doc)[slice(*_token_span(token))]


# An extension like any other, so that spaCy leaves it out where it would be wrong: span.as_doc(), Doc.from_docs().
Doc.set_extension("persnorm", default=None, force=True)
# Functions with names, as extensions are sent to the processes of nlp.pipe.
Doc.set_extension("original", getter=_original_of, force=True)
Doc.set_extension("original_char_span", method=_original_char_span, force=True)
Span.set_extension("original", getter=_span_original, force=True)
Span.set_extension("original_span", getter=_span_span, force=True)
Token.set_extension("original", getter=_token_original, force=True)
Token.set_extension("original_start", getter=_token_start, force=True)
Token.set_extension("original_end", getter=_token_end, force=True)
