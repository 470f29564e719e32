"""persnorm inside spaCy."""

from __future__ import annotations

import importlib.metadata
import multiprocessing
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("spacy", reason="needs the extra spacy: pip install '.[spacy]'")

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from strategies import any_text, damaged, noisy

import persnorm
from persnorm.integrations.spacy import Tokenizer

TEXTS = ["علــي نمی رود ، 25", "دیدارهای منطقهای و گفتوگو", "", "  \u200fكتاب ها\n\nرا", "The ﷲ text 25"]
TOKENIZER = {"@tokenizers": "persnorm.Tokenizer.v1"}
N = persnorm.Normalizer()


def pipeline(**tokenizer):
    """Return an empty Persian pipeline with our tokenizer."""
    return spacy.blank("fa", config={"nlp": {"tokenizer": TOKENIZER | tokenizer}})


NLP = pipeline()
PLAIN = spacy.blank("fa")


def parts(doc: Doc) -> list[tuple]:
    """Return all that is known of a doc's tokens and their place in the original."""
    tokens = [(t.text, t.whitespace_, t._.original, t._.original_start, t._.original_end) for t in doc]
    return [doc.text, doc._.original, tokens]


@given(
    st.one_of(
        damaged((" ", "", "\u200c\u200c")).map(lambda drawn: drawn[1]), noisy().map(lambda drawn: drawn[1]), any_text()
    )
)
def test_text_and_original(text):
    """The text is what ``normalize`` makes, tokens are those of the language, the original is what was given."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    doc = NLP(text)
    explanation = N.explain(text)
    assert doc.text == explanation.text
    assert [token.text for token in doc] == [token.text for token in PLAIN(explanation.text)]
    assert doc._.original == text
    for token in doc:
        span = explanation.source_span(token.idx, token.idx + len(token))
        assert (token._.original_start, token._.original_end) == span
        assert token._.original == text[slice(*span)]


def test_spans():
    """A span has its place in the original, and the other way round."""
    doc = NLP("علــي كتاب ها را خواند")
    span = doc[0:2]
    assert span._.original_span == (0, 13)
    assert span._.original == "علــي كتاب ها"
    back = doc._.original_char_span(6, 13, label="THING")
    assert (back.text, back.label_) == ("کتاب\u200cها", "THING")
    assert doc._.original_char_span(7, 13) is None
    assert doc._.original_char_span(7, 13, alignment_mode="expand").text == "کتاب\u200cها"
    with pytest.raises(IndexError, match="outside the original, which has 22"):
        doc._.original_char_span(0, 23)


def test_doc_made_otherwise():
    """A doc of another tokenizer has its own text as original."""
    doc = PLAIN("علــي آمد")
    assert doc._.original == "علــي آمد"
    assert (doc[1]._.original, doc[1]._.original_start, doc[1:]._.original_span) == ("آمد", 6, (6, 9))
    assert doc._.original_char_span(6, 9).text == "آمد"


def test_options_from_the_config():
    """Profile, options and words stand in the config; an unknown one is refused, with the near ones."""
    nlp = pipeline(profile="minimal", options={"digits": "en"})
    assert nlp("علي ۲۵ می شود").text == "علی 25 می شود"
    assert pipeline(options={"words": ["بیت|کوین"], "disable": ["arabic-kaf"]})("بیتکوین كي").text == "بیت\u200cکوین كی"
    with pytest.raises(ValueError, match="did you mean digits"):
        pipeline(options={"digit": "en"})
    with pytest.raises(ValueError, match=r"\[initialize.tokenizer\]"):
        pipeline(options={"lexicon": "my.tsv"})


def test_other_tokenizer_from_the_config():
    """Another tokenizer may stand inside; one that changes the text is refused."""

    @spacy.registry.tokenizers("test.Whitespace.v1")
    def create():
        return lambda nlp: lambda text: Doc(nlp.vocab, words=text.split(" "))

    nlp = pipeline(tokenizer={"@tokenizers": "test.Whitespace.v1"})
    with pytest.raises(ValueError, match="function changes texts"):
        nlp("علي آمد")
    keeping = Tokenizer(lambda text: Doc(PLAIN.vocab, words=[text], spaces=[False]), N)
    assert [token.text for token in keeping("علي آمد")] == ["علی آمد"]
    assert Tokenizer(keeping.tokenizer, N).from_bytes(keeping.to_bytes())("علي").text == "علی"


@pytest.mark.parametrize("way", ["disk", "bytes", "pickle"])
def test_saved_and_loaded(way, tmp_path):
    """A pipeline comes back from disk, bytes and pickle with options, learnt words and special cases."""
    nlp = pipeline(options={"digits": "keep", "words": ["وب|سایت"]})
    lexicon = tmp_path / "my.tsv"
    lexicon.write_text("بیت|کوین\nوب سایت\n", "utf-8")
    nlp.tokenizer.initialize(lexicon=lexicon)
    lexicon.unlink()
    nlp.tokenizer.tokenizer.add_special_case("وبلاگ", [{"ORTH": "وب"}, {"ORTH": "لاگ"}])
    text = "بیتکوین و وبسایت وبلاگ 25"
    before = parts(nlp(text))
    assert before[0] == "بیت\u200cکوین و وب\u200cسایت وبلاگ 25"
    if way == "disk":
        nlp.to_disk(tmp_path / "model")
        again = spacy.load(tmp_path / "model")
    elif way == "bytes":
        again = spacy.blank("fa", config=nlp.config).from_bytes(nlp.to_bytes())
    else:
        again = pickle.loads(pickle.dumps(nlp))
    assert parts(again(text)) == before
    assert again.tokenizer.normalizer == nlp.tokenizer.normalizer


def test_saved_with_something_else(tmp_path):
    """A pipeline that was saved with another version, or is loaded with other options, says so."""
    pipeline().to_disk(tmp_path / "model")
    with pytest.warns(UserWarning, match=r"was saved with persnorm.*digits:en"):
        spacy.load(tmp_path / "model", config={"nlp.tokenizer.options.digits": "en"})
    saved = tmp_path / "model" / "tokenizer" / "persnorm.json"
    saved.write_text(saved.read_text("utf-8").replace(persnorm.__version__, "0.0.1"), "utf-8")
    with pytest.warns(UserWarning, match=r"version:0\.0\.1"):
        spacy.load(tmp_path / "model")


def test_initialized_from_the_config(tmp_path):
    """``nlp.initialize`` reads the lists that the config names, for tokenizer and component."""
    lexicon = tmp_path / "my.tsv"
    lexicon.write_text("بیت|کوین\n", "utf-8")
    nlp = pipeline()
    nlp.add_pipe("persnorm")
    nlp.config["initialize"]["tokenizer"] = {"lexicon": str(lexicon)}
    nlp.config["initialize"]["components"] = {"persnorm": {"lexicon": str(lexicon)}}
    nlp.initialize()
    assert nlp("بیتکوین").text == "بیت\u200cکوین"
    assert nlp.get_pipe("persnorm").normalizer.own_words == {"بیت\u200cکوین": None}
    lexicon.write_text("بیت|کوین|\n", "utf-8")
    with pytest.raises(ValueError, match=r"my\.tsv:1: expected letters"):
        nlp.initialize()


def test_config_of_the_page(tmp_path, monkeypatch):
    """The config that the page shows is one that spaCy takes, and does what the page says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.tsv").write_text("پخش|نما\n", "utf-8")
    page = (Path(__file__).parent.parent / "docs" / "spacy.md").read_text("utf-8")
    (shown,) = re.findall(r"^```ini\n(.*?)^```", page, re.M | re.S)
    config = spacy.util.Config().from_str(f'[nlp]\nlang = "fa"\n\n[initialize]\n\n{shown}')
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    nlp.initialize()
    assert nlp("پخشنما و بیتکوین 25").text == "پخش\u200cنما و بیت\u200cکوین 25"


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes(method, monkeypatch):
    """``nlp.pipe`` gives the same docs from several processes, however they are started."""
    texts = TEXTS * 5
    context = multiprocessing.get_context(method)
    monkeypatch.setattr("spacy.language.mp", context)
    docs = list(NLP.pipe(texts, n_process=2, batch_size=4))
    assert [parts(doc) for doc in docs] == [parts(NLP(text)) for text in texts]


def test_docs_are_kept_in_files(tmp_path):
    """The original comes back from ``Doc.to_bytes`` and ``DocBin``, where user data is stored."""
    docs = [NLP(text) for text in TEXTS]
    vocab = spacy.blank("fa").vocab
    assert [parts(Doc(vocab).from_bytes(doc.to_bytes())) for doc in docs] == list(map(parts, docs))
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    assert [parts(doc) for doc in DocBin().from_disk(tmp_path / "docs.spacy").get_docs(vocab)] == list(map(parts, docs))
    (without,) = DocBin(docs=docs[:1]).get_docs(vocab)
    assert without._.original == docs[0].text


def test_parts_of_docs_have_no_wrong_original():
    """A doc made of a span, or of several docs, does not take over an original that is not its own."""
    doc = NLP("علــي كتاب ها را خواند")
    part = doc[1:].as_doc(copy_user_data=True)
    assert part._.original == part.text
    with pytest.warns(UserWarning, match="persnorm"):
        both = Doc.from_docs([doc, NLP("كي آمد")])
    assert both._.original == both.text


def test_retokenized():
    """Merged and split tokens have the places of what they are made of."""
    doc = NLP("علــي كتاب ها را خواند")
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert doc[0]._.original == "علــي كتاب ها"
    assert doc[1]._.original == "را"


def test_examples_for_training():
    """Annotations by offsets of the original become those of the doc, and align with the same text made again."""
    source = "دیروز علــي كتاب ها را خواند"
    reference = NLP.make_doc(source)
    reference.ents = [reference._.original_char_span(6, 11, label="PER")]
    example = Example(NLP.make_doc(source), reference)
    assert [(ent.text, ent.label_) for ent in reference.ents] == [("علی", "PER")]
    assert example.get_aligned_ner() == ["O", "U-PER", "O", "O", "O"]


@given(st.one_of(damaged((" ", "")), noisy()))
def test_component_leaves_the_text(drawn):
    """The component sets norms; text, tokens and spaces stay."""
    text = drawn[1]
    doc = WITH_NORMS(text)
    explanation = N.explain(text)
    assert [(token.text, token.whitespace_) for token in doc] == [(t.text, t.whitespace_) for t in PLAIN(text)]
    for token in doc:
        start, end = explanation.result_span(token.idx, token.idx + len(token))
        assert token.norm_ == (explanation.text[start:end] or PLAIN.vocab[token.text].norm_)


WITH_NORMS = spacy.blank("fa")
WITH_NORMS.add_pipe("persnorm")


def test_component_is_saved(tmp_path):
    """So does the component, with its options from the config and its learnt words; empty tokens keep their norm."""
    nlp = spacy.blank("fa")
    nlp.add_pipe("persnorm", config={"options": {"digits": "en"}})
    (tmp_path / "my.tsv").write_text("بیت|کوین\n", "utf-8")
    nlp.get_pipe("persnorm").initialize(lexicon=tmp_path / "my.tsv")
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert [token.norm_ for token in again("بیتکوین ۲۵ \u200f")] == ["بیت\u200cکوین", "25", "\u200f"]
    with pytest.raises(ValueError, match=r"\[initialize.components.persnorm\]"):
        spacy.blank("fa").add_pipe("persnorm", config={"options": {"lexicon": "my.tsv"}})


def test_found_by_name():
    """Where persnorm is installed, spaCy finds tokenizer and component without an import of persnorm."""
    if "persnorm.Tokenizer.v1" not in {e.name for e in importlib.metadata.entry_points(group="spacy_tokenizers")}:
        pytest.skip("persnorm is not installed, or in an older version: its entry points are not there")
    program = (
        "import spacy; tokenizer = {'@tokenizers': 'persnorm.Tokenizer.v1'};"
        "nlp = spacy.blank('fa', config={'nlp': {'tokenizer': tokenizer}});"
        "nlp.add_pipe('persnorm'); print(ascii(nlp('\u0643\u064a')._.original), ascii(nlp('\u0643\u064a').text))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.split() == ["'\\u0643\\u064a'", "'\\u06a9\\u06cc'"]
