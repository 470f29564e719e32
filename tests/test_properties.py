"""What holds for every text, every profile and every style, from edited Persian to arbitrary code points."""

from __future__ import annotations

import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    BREAKS,
    GOLD,
    GOLD_WORDS,
    PERSIAN,
    VARIANTS,
    any_text,
    damaged,
    foreign_text,
    gold_lines,
    is_arabic_letter_or_digit,
    persian_shaped_text,
    random_texts,
)

from persnorm import engine
from persnorm.blocks import protected_lines, split_lines
from persnorm.normalizer import Normalizer
from persnorm.options import PROFILES
from persnorm.protected import mask
from persnorm.rule import OPAQUE, ZWNJ, Edit, Setting, apply
from persnorm.rules import ALL_RULES, CHARACTER_RULES, PLAIN_RULES, affixes, run_ons, spaces, words

NORMALIZERS = {name: Normalizer(**options) for name, options in VARIANTS.items()}
SPACING_RULES = (*spaces.CHUNK_RULES, *spaces.LINE_RULES, *words.RULES, *affixes.RULES, *run_ons.RULES)


@cache
def idle_normalizer(profile: str) -> Normalizer:
    """Return the normalizer of a profile with every rule off."""
    return Normalizer(profile, disable=[rule.name for rule in ALL_RULES])


def setting_of(normalizer: Normalizer) -> Setting:
    """Return what the rules of a normalizer consult."""
    return normalizer._ready().setting


every_variant = pytest.mark.parametrize("normalizer", NORMALIZERS.values(), ids=NORMALIZERS)


@every_variant
@given(text=any_text())
def test_normalize_takes_any_text_and_is_idempotent(normalizer, text):
    """No str raises, and what was normalized is normal."""
    once = normalizer.normalize(text)
    assert normalizer.normalize(once) == once


@pytest.mark.xfail(strict=True, reason="an ending that comes over a space makes the run-on: docs/limits.md")
def test_run_ons_are_parted_once_where_half_spaces_are_removed():
    """What loses its half-space after it got its ending should be judged as it will stand."""
    normalizer = Normalizer(run_ons=True, zwnj="remove")
    once = normalizer.normalize(f"«اختلاف{ZWNJ}هاساده تر")
    assert normalizer.normalize(once) == once


@every_variant
@given(case=damaged(("", " ", ZWNJ, ZWNJ * 2)))
def test_normalize_is_idempotent_on_damaged_news(normalizer, case):
    """A repair opens no way to another repair."""
    once = normalizer.normalize(case[1])
    assert normalizer.normalize(once) == once


def blocks_of(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Return where the lines of blocks begin in a text, and how long each is; both from ``offset`` on."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=offset)
    flags = protected_lines(lines)
    return [(start, len(line)) for start, line, is_block in zip(starts, lines, flags, strict=False) if is_block]


@every_variant
@given(left=any_text(), right=any_text(), line_break=st.sampled_from(BREAKS))
def test_lines_are_independent(normalizer, left, right, line_break):
    """No rule looks across a line break, of whatever kind: the lines joined are the lines normalized and joined.

    But where a block goes over them, or is none by itself.
    """
    whole = left + line_break + right
    if blocks_of(whole) == blocks_of(left) + blocks_of(right, len(left + line_break)):
        assert normalizer.normalize(whole) == (normalizer.normalize(left) + line_break + normalizer.normalize(right))


@every_variant
@given(text=foreign_text())
def test_text_without_an_arabic_letter_or_digit_is_left_alone(normalizer, text):
    """What is not Persian comes back as it is, byte for byte."""
    assert normalizer.normalize(text) == text


@every_variant
@given(text=any_text())
def test_explain_is_the_same_path(normalizer, text):
    """The explained text is the normalized text, whatever rules and protections took part."""
    assert normalizer.explain(text).text == normalizer.normalize(text)


@every_variant
@given(text=any_text())
def test_changes_replay(normalizer, text):
    """The changes are sorted and disjoint, each changes something, and making them on the source gives the text."""
    explanation = normalizer.explain(text)
    done = 0
    for change in explanation.changes:
        assert done <= change.start <= change.end
        assert change.before == text[change.start : change.end] != change.after
        done = change.end
    assert apply(text, [Edit(c.start, c.end, c.after) for c in explanation.changes]) == explanation.text


@every_variant
@given(text=any_text())
def test_offsets_map_both_ways(normalizer, text):
    """Offsets never run backwards or out of the text, and a letter that no change covers maps to itself."""
    explanation = normalizer.explain(text)
    to_source = [explanation.to_source(at) for at in range(len(explanation.text) + 1)]
    to_result = [explanation.to_result(at) for at in range(len(text) + 1)]
    assert to_source == sorted(to_source)
    assert to_result == sorted(to_result)
    assert to_source[-1] == len(text)
    assert to_result[-1] == len(explanation.text)
    changed = {at for change in explanation.changes for at in range(change.start, change.end)}
    for at, letter in enumerate(text):
        if at not in changed:
            assert explanation.text[to_result[at]] == letter
            assert to_source[to_result[at]] == at


@pytest.mark.parametrize("profile", PROFILES)
@given(text=any_text())
def test_all_rules_off_is_the_identity(profile, text):
    """Splitting into lines and chunks, and protecting, change nothing by themselves."""
    idle = idle_normalizer(profile)
    assert idle.normalize(text) == text
    assert idle.explain(text).changes == ()


@pytest.mark.parametrize("profile", PROFILES)
@given(text=st.one_of(persian_shaped_text(), damaged(("", " ", ZWNJ, ZWNJ * 2)).map(lambda case: case[1])))
def test_spacing_and_word_rules_change_only_spaces_and_half_spaces(profile, text):
    """They add and take away nothing but space characters and half-spaces: a letter is never lost or made."""
    setting = setting_of(NORMALIZERS[profile])
    masked = mask(text)
    for rule in SPACING_RULES:
        for start, end, new in rule.find(masked, setting):
            assert set(new) <= {" ", ZWNJ}, rule.name
            assert all(letter.isspace() or letter == ZWNJ for letter in masked[start:end]), rule.name


@every_variant
@given(text=any_text())
def test_edits_of_a_rule_are_sorted_disjoint_and_settled(normalizer, text):
    """Each rule alone keeps its contract on any text: sorted, disjoint edits inside it, none of a protected span."""
    setting = setting_of(normalizer)
    masked = mask(text)
    assert len(masked) == len(text)
    for rule in ALL_RULES:
        done = 0
        for start, end, _new in rule.find(masked, setting):
            assert done <= start <= end <= len(text), rule.name
            assert OPAQUE not in masked[start:end], rule.name
            done = end


@every_variant
@given(word=st.one_of(st.sampled_from(GOLD_WORDS), st.text(PERSIAN + ZWNJ, min_size=1, max_size=9)))
def test_plain_chunks_are_no_matter_for_other_rules(normalizer, word):
    """In a chunk of Persian letters, with half-spaces where one may stand, all but a few rules find nothing."""
    if engine.PLAIN.fullmatch(word):
        assert mask(word) == word
        for rule in set(CHARACTER_RULES) - set(PLAIN_RULES):
            assert list(rule.find(word, setting_of(normalizer))) == [], rule.name


@every_variant
@given(
    word=st.one_of(st.sampled_from(GOLD_WORDS), st.text(PERSIAN + ZWNJ, min_size=1, max_size=9)),
    signs=st.tuples(st.sampled_from(("", *"«([")), st.sampled_from(("", *"»)]")), st.sampled_from(("", *"،؛:؟!."))),
    is_inner=st.booleans(),
)
def test_signs_around_a_plain_chunk_are_no_matter_for_it(normalizer, word, signs, is_inner):
    """A chunk between signs becomes what it becomes alone, between the same signs: rule by rule, as by memory."""
    opening, closing, stop = signs
    chunk = opening + word + (stop + closing if is_inner else closing + stop)
    if engine.PLAIN.fullmatch(word) and engine.WRAPPED.fullmatch(chunk):
        alone = normalizer._ready()._finished(word, is_plain=False)
        if " " not in alone.text:
            between = alone.between(opening, chunk[len(opening + word) :])
            text = normalizer._ready()._finish(chunk, is_plain=False)[1]
            looked_at = setting_of(normalizer).evidence.rows.look(text)
            assert mask(text) == text == between.text
            assert looked_at.bits == between.bits
            for name in ("first", "last", "undecided", "lost"):
                assert getattr(looked_at, name) == getattr(between, name), name


PROTECTED = (
    "https://example.com/a1?lang=fa&x=2",
    "http://example.org/كتاب_ها?q=٤٥",
    "www.example.ir/a,b",
    "user.name2024@mail.com",
    "@user_1",
    "Python3",
    "v1.2.3",
    "`كد_5`",
    "<code>كد_5</code>",
    "<!--كد-->",
    "$x_كد$",
    "{{كد}}",
    "%(كد)s",
    "C:\\كد\\5",
    "گزارش-5.pdf",
    "10.1000/182",
    "12345678-1234-1234-1234-123456789012",
    "IR120170000000123456789012",
    "www.كد.com/5",
    "5°C",
)


BLOCKS = (
    ("```كد", "```"),
    ("> ~~~", "> ~~~"),
    ("<!-- كد", "كد -->"),
    ("<pre>كد", "كد</pre> كد"),
    ("$$", "$$"),
    (r"\begin{align*}", r"\end{align*}"),
)


@every_variant
@given(line=gold_lines(), span=st.sampled_from(PROTECTED), at=st.integers(0, 30))
def test_protected_spans_come_back_unchanged(normalizer, line, span, at):
    """A link, an address, a handle or a Latin word among Persian words is not touched, whatever stands around it."""
    chunks = line.text.split(" ")
    chunks.insert(at, span)
    assert span in normalizer.normalize(" ".join(chunks)).split(" ")


@every_variant
@given(before=gold_lines(), after=gold_lines(), mark=st.sampled_from(BLOCKS), code=any_text())
def test_blocks_come_back_unchanged(normalizer, before, after, mark, code):
    """A block over several lines is not touched, and the lines around it are normalized as ever."""
    opening, closing = mark
    code = re.sub("[`~<>$\\\\]|--", "", code)
    block = f"{opening}\n{code}\n{closing}"
    result = normalizer.normalize(f"{before.text}\n{block}\n{after.text}")
    assert result == f"{normalizer.normalize(before.text)}\n{block}\n{normalizer.normalize(after.text)}"


@every_variant
@given(texts=st.lists(any_text(), max_size=4))
def test_a_pickled_copy_normalizes_the_same(normalizer, texts):
    """A normalizer may be sent to another process: its copy has the same options and gives the same text."""
    copy = pickle.loads(pickle.dumps(normalizer))
    assert copy.options == normalizer.options
    assert copy.normalize_batch(texts) == normalizer.normalize_batch(texts)


@every_variant
def test_eight_threads_give_the_same_as_one(normalizer):
    """Threads that share one normalizer, its memory still empty, do not disturb each other."""
    texts = [*random_texts(400, seed=8), *(line.text for line in GOLD)]
    alone = normalizer.normalize_batch(texts)
    shared = pickle.loads(pickle.dumps(normalizer))
    with ThreadPoolExecutor(8) as threads:
        runs = list(threads.map(lambda _: shared.normalize_batch(texts), range(8)))
    assert all(run == alone for run in runs)


@pytest.mark.parametrize("size", [1, 2, 5])
@given(texts=st.lists(st.one_of(any_text(), damaged((" ",)).map(lambda case: case[1])), min_size=1, max_size=3))
def test_what_was_forgotten_changes_nothing(size, texts):
    """The memory of chunks is only a memory: emptied again and again, it gives the same text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "MEMORY", size)
        forgetful = engine.Engine(setting_of(NORMALIZERS["standard"]))
        results = [forgetful.normalize(text) for text in texts]
    assert results == NORMALIZERS["standard"].normalize_batch(texts)


@given(texts=st.lists(any_text(), min_size=2, max_size=4))
def test_what_was_seen_before_changes_nothing(texts):
    """A text gives the same whatever texts went before it: no state leaks from one to the next."""
    fresh = engine.Engine(setting_of(NORMALIZERS["standard"]))
    assert [fresh.normalize(text) for text in texts][::-1] == [
        engine.Engine(fresh.setting).normalize(text) for text in reversed(texts)
    ]


@every_variant
@given(texts=st.lists(any_text(), min_size=2, max_size=4))
def test_what_was_seen_before_explains_nothing_otherwise(normalizer, texts):
    """An explanation is the same whether its words were normalized before, explained before, or never seen."""
    fresh = [engine.Engine(setting_of(normalizer)).explain(text) for text in texts]
    seen = engine.Engine(setting_of(normalizer))
    for text in texts:
        seen.normalize(text)
    for _ in range(2):
        again = [seen.explain(text) for text in texts]
        assert [(e.text, e.changes) for e in again] == [(e.text, e.changes) for e in fresh]


@given(text=persian_shaped_text())
def test_search_profile_gives_one_key_for_all_half_spacings(text):
    """The search profile leaves no half-space, no harakat and no Persian digit outside what is protected."""
    key = NORMALIZERS["search"].normalize(text)
    for line in split_lines(key)[::2]:  # no blocks
        seen = "".join(letter for letter, shown in zip(line, mask(line), strict=True) if shown != OPAQUE)
        if any(map(is_arabic_letter_or_digit, seen)):
            assert not re.search("[\u200c\u064b-\u0652۰-۹]", seen)
