"""persnorm as the normalizer of a tokenizer of HuggingFace tokenizers."""

from __future__ import annotations

import copy
import re
import threading

import pytest

pytest.importorskip("tokenizers", reason="needs the extra tokenizers: pip install '.[tokenizers]'")

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import GOLD, VARIANTS, any_text, damaged, noisy
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

import persnorm
from persnorm.alignment import Cell
from persnorm.integrations.tokenizers import detached, normalizer_step, written

SENTENCES = [line.text for line in GOLD[:300]]
N = persnorm.Normalizer()


def whole_words(step=None) -> Tokenizer:
    """Return a tokenizer whose tokens are what stands between white space, known or not."""
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.normalizer = step or normalizer_step(N)
    return tokenizer


STEP = normalizer_step(N)
NORMALIZERS = {variant: persnorm.Normalizer(**options) for variant, options in VARIANTS.items()}
WORDS = {variant: whole_words(normalizer_step(normalizer)) for variant, normalizer in NORMALIZERS.items()}
LETTERS = persnorm.Normalizer("minimal", zwnj="remove", digits="fa", diacritics="remove").normalize
VOCABULARY = {"[UNK]": 0} | {word: at for at, word in enumerate(sorted({w for t in SENTENCES for w in t.split()}), 1)}
KNOWN = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))
KNOWN.pre_tokenizer, KNOWN.normalizer = pre_tokenizers.WhitespaceSplit(), STEP


@pytest.fixture(scope="module")
def bpe() -> Tokenizer:
    """Give a BPE tokenizer that was trained on sentences through persnorm."""
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.normalizer = normalizer_step(N)
    tokenizer.train_from_iterator(SENTENCES, trainers.BpeTrainer(vocab_size=900, special_tokens=["[UNK]", "[CLS]"]))
    return tokenizer


def spans_of_words(text: str) -> list[tuple[int, int]]:
    """Return the spans of what stands between white space, as Rust has it: not the four separators of Python."""
    return [match.span() for match in re.finditer(r"(?:[^\s]|[\x1c-\x1f])+", text)]


def is_one_for_several(explanation: persnorm.Explanation, start: int, end: int) -> bool:
    """Tell whether a stretch of the result has a part that stands for several code points as a whole."""
    return any(
        cell.end - cell.start > 1 and cell.result_end > cell.result_start
        for cell in explanation.alignment.cells
        if cell.end - cell.start != cell.result_end - cell.result_start
        and cell.result_start < end
        and cell.result_end > start
    )


def check_words(variant: str, text: str) -> None:
    """Compare each token of a text with the explanation's own spans."""
    explanation = NORMALIZERS[variant].explain(text)
    spans = spans_of_words(explanation.text)
    offsets = WORDS[variant].encode(text).offsets
    for offset, (start, end) in zip(offsets, spans, strict=True):
        first, last = explanation.source_span(start, end)
        if is_one_for_several(explanation, start, end):
            assert first <= offset[0] < offset[1] <= last
        else:
            assert offset == (first, last)


@given(st.one_of(damaged((" ", "", "\u200c\u200c")), noisy()), st.sampled_from(sorted(VARIANTS)))
def test_offsets_of_words_in_damaged_text(drawn, variant):
    """Each word of edited text, damaged or noisy, has the place in the original that the explanation gives."""
    check_words(variant, drawn[1])


@given(any_text(), st.sampled_from(sorted(VARIANTS)))
@example("\u200fسلام", "standard")
@example("  ا\u0653ب ا\u0653", "standard")
@example("صلى \ufdfa \ufdfd", "search")
@example("خانه\u0654 ما", "half-spaced")
def test_offsets_of_words_in_any_text(text, variant):
    """So has each word of any text that Rust can hold."""
    check_words(variant, text.encode("utf-8", "ignore").decode("utf-8"))


@given(noisy(), st.sampled_from(sorted(VARIANTS)))
def test_places_make_the_result(drawn, variant):
    """What is written in the places of the source is the result."""
    explanation = NORMALIZERS[variant].explain(drawn[1])
    assert "".join(written(explanation.alignment.cells, explanation.text)) == explanation.text


@given(st.one_of(damaged((" ", "")), noisy()))
def test_word_of_the_original_is_that_token(drawn):
    """Tokens of a word level tokenizer are the normalized words; the original at their offsets has their letters."""
    text = drawn[1]
    encoding = KNOWN.encode(text)
    result = N.explain(text)
    assert encoding.tokens == [word if word in VOCABULARY else "[UNK]" for word in result.text.split()]
    for token, (start, end) in zip(encoding.tokens, encoding.offsets, strict=True):
        if token != "[UNK]":
            first, last = result.result_span(start, end)
            assert result.text[first:last] == token
            assert LETTERS(text[start:end]).replace(" ", "") == LETTERS(token)


def test_offsets_of_subwords(bpe):
    """Pieces of words tile the original: each starts where the one before it ends, but for what was removed."""
    text = "علــي كتاب  ها را نمی خواند"
    encoding = bpe.encode(text)
    assert "".join(encoding.tokens).replace("▁", " ").strip() == N.normalize(text)
    ends = 0
    for start, end in encoding.offsets:
        assert ends <= start < end
        ends = end
    assert ends == len(text)


def test_batches_are_encoded_alike(bpe):
    """A batch gives what its texts give one by one; threads share the tokenizer."""
    texts = [sentence.replace("\u200c", " ").replace("ی", "ي") for sentence in SENTENCES[:60]]
    one_by_one = [(e.tokens, e.offsets) for e in map(bpe.encode, texts)]
    assert [(e.tokens, e.offsets) for e in bpe.encode_batch(texts)] == one_by_one
    results = [[] for _ in range(3)]
    threads = [
        threading.Thread(target=lambda into=into: into.extend(bpe.encode(text).tokens for text in texts))
        for into in results
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[tokens for tokens, _ in one_by_one]] * 3


def test_pretokenized_text_and_pairs(bpe):
    """Words given as a list are normalized each on its own; offsets are those in the word."""
    encoding = bpe.encode(["علي", "كتابــ"], is_pretokenized=True)
    assert "".join(encoding.tokens).replace("▁", " ").split() == ["علی", "کتاب"]
    pair = bpe.encode("علي", "كتاب")
    assert {offset[1] for offset in pair.offsets} >= {3, 4}


def test_other_normalizers_before_and_after():
    """In a sequence, persnorm works on what it is given, and offsets still are those of the original."""
    step = normalizers.Sequence([normalizers.NFKC(), normalizer_step(N), normalizers.Lowercase()])
    encoding = whole_words(step).encode("ﻛﺘﺎب  ها ABC")
    assert encoding.offsets == [(0, 8), (9, 12)]
    assert step.normalize_str("ﻛﺘﺎب  ها ABC") == "کتاب\u200cها abc"


def test_private_use_signs_stay():
    """The signs that stand for several letters meanwhile are not taken from the text."""
    text = "".join(map(chr, range(0xF0000, 0xF0010))) + " منطقهای كتاب\u200f"
    assert normalizer_step(N).normalize_str(text) == N.normalize(text)


@given(any_text())
def test_string_is_that_of_normalize(text):
    """The step gives what ``normalize`` gives, code point by code point."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    assert STEP.normalize_str(text) == N.normalize(text)


def test_saving_needs_it_detached(bpe, tmp_path):
    """A tokenizer with persnorm cannot be saved; detached it can, and works as before when it is back and set again."""
    text = "علــي كتاب ها"
    path = str(tmp_path / "tokenizer.json")
    before = bpe.encode(text)
    with pytest.raises(Exception, match="cannot be serialized"):
        bpe.save(path)
    with detached(bpe):
        bpe.save(path)
        copied = copy.deepcopy(bpe)
        assert bpe.encode("علي").tokens == copied.encode("علي").tokens != before.tokens
    assert bpe.encode(text).offsets == before.offsets
    for again in (Tokenizer.from_file(path), copied):
        assert again.encode(text).tokens != before.tokens
        again.normalizer = normalizer_step(N)
        assert (again.encode(text).tokens, again.encode(text).offsets) == (before.tokens, before.offsets)


def test_fast_tokenizer_of_transformers(tmp_path):
    """A fast tokenizer holds one of these: made, saved and copied of a detached one, it maps to the original."""
    transformers = pytest.importorskip("transformers", reason="transformers is not installed: pip install transformers")
    text = "علــي  كتاب ها"
    inner = Tokenizer(models.WordLevel({"[UNK]": 0, "علی": 1, "کتاب\u200cها": 2}, unk_token="[UNK]"))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    with detached(inner):
        fast = transformers.PreTrainedTokenizerFast(tokenizer_object=inner, unk_token="[UNK]")
    fast.backend_tokenizer.normalizer = normalizer_step(N)
    encoding = fast(text, return_offsets_mapping=True)
    assert encoding["input_ids"] == [1, 2]
    assert [text[start:end] for start, end in encoding["offset_mapping"]] == ["علــي", "كتاب ها"]
    with pytest.raises(Exception, match="cannot be serialized"):
        fast.save_pretrained(tmp_path)
    with detached(fast.backend_tokenizer):
        fast.save_pretrained(tmp_path)
        copied = copy.deepcopy(fast)
    for again in (transformers.PreTrainedTokenizerFast.from_pretrained(tmp_path), copied):
        assert again(text)["input_ids"] != [1, 2]
        again.backend_tokenizer.normalizer = normalizer_step(N)
        assert again(text)["input_ids"] == [1, 2]


def test_detached_puts_back_in_any_case(bpe):
    """An error while it is detached, and something else in its place, do not lose the normalizer."""
    with pytest.raises(Exception, match=r"No such file|os error"), detached(bpe, normalizers.NFC()) as tokenizer:
        tokenizer.save("no folder/tokenizer.json")
    with detached(bpe, normalizers.NFC()) as tokenizer:
        assert isinstance(tokenizer.normalizer, normalizers.NFC)
    assert "".join(bpe.encode("علي").tokens) == "▁علی"


def test_options_of_the_normalizer():
    """The step has the options and words of its normalizer; without one it is the standard profile."""
    own = normalizer_step(persnorm.Normalizer(digits="en", words=["بیت|کوین"]))
    assert own.normalize_str("بیتکوین ۲۵") == "بیت\u200cکوین 25"
    assert normalizer_step().normalize_str("می شود 25") == "می\u200cشود ۲۵"


@pytest.mark.parametrize(
    ("cells", "text", "places"),
    [
        ([Cell(0, 2, 0, 1)], "x", ["x", ""]),
        ([Cell(0, 1, 0, 1), Cell(1, 3, 1, 2)], "ab", ["a", "", "b"]),
        ([Cell(0, 1, 0, 1), Cell(1, 3, 1, 2), Cell(3, 4, 2, 3)], "abc", ["a", "b", "", "c"]),
        ([Cell(0, 4, 0, 2)], "ab", ["a", "", "", "b"]),
        ([Cell(0, 2, 0, 4)], "abcd", ["a", "bcd"]),
        ([Cell(0, 0, 0, 2), Cell(0, 1, 2, 3)], "abc", ["abc"]),
        ([Cell(0, 1, 0, 1), Cell(1, 1, 1, 2), Cell(1, 2, 2, 3)], " bc", [" ", "bc"]),
        ([Cell(0, 1, 0, 1), Cell(1, 1, 1, 2)], " b", [" b"]),
        ([Cell(0, 1, 0, 0), Cell(1, 1, 0, 1)], "b", ["b"]),
    ],
)
def test_places_of_cells(cells, text, places):
    """Several for one go with it, one for several goes where its word ends, what is put in goes with a letter."""
    assert written(cells, text) == places
