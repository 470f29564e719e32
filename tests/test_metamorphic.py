"""What must not matter: how a text is written and cut, and in which process; what a change may change."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    GOLD,
    NOISE_KINDS,
    PERSIAN,
    VARIANTS,
    any_text,
    damaged,
    noisy_prose,
    prose,
    random_texts,
)

import persnorm
from persnorm.blocks import split_lines
from persnorm.engine import PERSIAN as IS_PERSIAN
from persnorm.normalizer import Normalizer
from persnorm.protected import mask
from persnorm.rule import OPAQUE, ZWNJ
from persnorm.rules import affixes, ambiguous, own, run_ons, spaces, words

NORMALIZERS = {name: Normalizer(**options) for name, options in VARIANTS.items()}

SPACING_RULES = frozenset(
    rule.name
    for module in (spaces, words, affixes, run_ons, ambiguous, own)
    for name in ("CHUNK_RULES", "WORD_RULES", "LINE_RULES", "RULES")
    for rule in getattr(module, name, ())
)

every_variant = pytest.mark.parametrize("normalizer", NORMALIZERS.values(), ids=NORMALIZERS)


def bare(text: str) -> str:
    """Return a text without its spaces and half-spaces."""
    return re.sub(rf"[\s{ZWNJ}]", "", text)


def masked_lines(text: str) -> str:
    """Return a text with the protected spans of each of its Persian lines masked; its other lines are no rule's."""
    return "".join(
        part if index % 2 or not IS_PERSIAN.search(part) else mask(part) for index, part in enumerate(split_lines(text))
    )


# ---------------------------------------------------------------------------------- however it is written


@pytest.mark.parametrize("kind", NOISE_KINDS)
@given(data=st.data())
def test_disguise_leaves_no_trace(kind, data):
    """Words known and unknown, whole and damaged: with noise in them or without, the result is the same."""
    text, disguised = data.draw(noisy_prose((kind,)).filter(lambda case: re.search(f"[{PERSIAN}]", case[0])))
    assert NORMALIZERS["standard"].normalize(disguised) == NORMALIZERS["standard"].normalize(text)


@pytest.mark.parametrize("name", ["standard", "publish", "search", "half-spaced", "joined"])
@given(case=noisy_prose().filter(lambda case: re.search(f"[{PERSIAN}]", case[0])))
def test_disguises_hide_no_other(name, case):
    """Noise of all kinds in one text: the result is that of the text without."""
    text, disguised = case
    assert NORMALIZERS[name].normalize(disguised) == NORMALIZERS[name].normalize(text)


# ---------------------------------------------------------------------------------------- however it is cut


@every_variant
@given(text=prose(), at=st.integers(0, 12))
def test_a_cut_at_a_space_moves_no_letter(normalizer, text, at):
    """What stands on the other side of a space decides on half-spaces and spaces, and on nothing else."""
    chunks = text.split(" ")
    whole = normalizer.normalize(text)
    parts = normalizer.normalize(" ".join(chunks[:at])), normalizer.normalize(" ".join(chunks[at:]))
    if normalizer.options.digits == "fa" or IS_PERSIAN.search(text):
        assert bare("".join(parts)) == bare(whole)


# --------------------------------------------------------------------------------- what a change may change


@every_variant
@given(text=st.one_of(any_text(), damaged(("", " ", ZWNJ * 2)).map(lambda case: case[1])))
def test_changes_by_spacing_and_word_rules_move_no_letter(normalizer, text):
    """A change that only rules on spaces and words made changes spaces and half-spaces, after all other rules too."""
    for change in normalizer.explain(text).changes:
        if {change.rule, *change.also} <= SPACING_RULES:
            assert bare(change.before) == bare(change.after), change


@every_variant
@given(text=any_text().filter(lambda text: OPAQUE not in text))
def test_no_change_covers_a_protected_span(normalizer, text):
    """Whatever stands around it, and whatever the rules before made of that: a span is in no change."""
    masked = masked_lines(text)
    for change in normalizer.explain(text).changes:
        assert OPAQUE not in masked[change.start : change.end], change


# -------------------------------------------------------------------------------------- wherever it is done


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_give_the_same(method):
    """A process that was forked, its lexicon read or not, and one that starts anew: every variant gives the same."""
    texts = [*random_texts(60, seed=4), *(line.text.replace(ZWNJ, "") for line in GOLD[:40])]
    alone = [normalizer.normalize_batch(texts) for normalizer in NORMALIZERS.values()]
    with multiprocessing.get_context(method).Pool(1) as pool:
        calls = [pool.apply_async(normalizer.normalize_batch, (texts,)) for normalizer in NORMALIZERS.values()]
        assert [call.get() for call in calls] == alone


def test_order_of_hashes_does_not_matter():
    """Sets are walked in another order in each process; the result and its explanation do not show it."""
    code = """
import json, sys
from persnorm import Normalizer
texts, variants = json.load(sys.stdin)
explained = [list(map(Normalizer(**options).explain, texts)) for options in variants]
print(json.dumps([[(e.text, [(c.rule, c.start, c.end, c.also) for c in e.changes]) for e in one] for one in explained]))
"""
    texts = [*random_texts(60, seed=5), *(line.text.replace(ZWNJ, " ") for line in GOLD[:40])]
    given = json.dumps([texts, list(VARIANTS.values())]).encode()
    results = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=given,
            env={**os.environ, "PYTHONPATH": str(Path(persnorm.__file__).parents[1]), "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(results) == 1
