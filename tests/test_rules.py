"""Each rule is complete, does what its examples say, and is needed for it; and the character tables are Unicode's."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

import pytest

from persnorm import Normalizer
from persnorm.alphabet import (
    ARABIC_BLOCKS,
    BIDI_CONTROLS,
    DIGITS,
    FOREIGN_LETTERS,
    FORMS,
    HARAKAT,
    INVISIBLE,
    LETTERS,
    MARKS,
    NON_JOINERS,
)
from persnorm.options import PROFILES
from persnorm.rule import ZWNJ, Rule
from persnorm.rules import ALL_RULES

by_rule = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)


def cases(field: str) -> list[object]:
    """Return each rule with each of its examples or counter-examples, one by one."""
    return [
        pytest.param(rule, case, id=f"{rule.name}-{number}")
        for rule in ALL_RULES
        for number, case in enumerate(getattr(rule, field), 1)
    ]


def normalizer_for(rule: Rule, *disable: str) -> Normalizer:
    """Return a normalizer of the first profile that has the rule, with the words or options that its examples need."""
    profile = next((profile for profile, options in PROFILES.items() if rule.wants(options)), "standard")
    return normalizer_of(profile, rule.words, rule.chosen, disable)


@cache
def normalizer_of(
    profile: str, words: tuple[str, ...], chosen: tuple[tuple[str, str | bool], ...], disable: tuple[str, ...]
) -> Normalizer:
    """Return the one normalizer of these options."""
    return Normalizer(profile, words=words, disable=disable, **dict(chosen))


# ------------------------------------------------------------------------------------------------ rules as values


def test_names_are_unique():
    """A name is the switch that turns a rule off, so no two rules share one."""
    names = [rule.name for rule in ALL_RULES]
    assert len(set(names)) == len(names)


@by_rule
def test_name_is_kebab_case(rule):
    """A name can be typed on a command line as it is."""
    assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.name)


@by_rule
def test_rule_says_why_and_whence(rule):
    """A rule gives a reason that is a sentence, a source, and at least one example."""
    assert re.fullmatch(r"[A-Zا-ی].{20,}\.", rule.why)
    assert rule.source.strip() == rule.source != ""
    assert rule.examples


@by_rule
def test_some_profile_or_a_named_option_has_the_rule(rule):
    """No rule waits for options that nobody tells of: a profile has it, or it names those that turn it on."""
    assert any(rule.wants(options) for options in PROFILES.values()) != bool(rule.chosen)
    assert rule.wants(normalizer_for(rule).options)


@pytest.mark.parametrize(("rule", "example"), cases("examples"))
def test_example_holds(rule, example):
    """A profile with the rule makes of the example what it says, and the result is final."""
    before, after = example
    normalizer = normalizer_for(rule)
    assert normalizer.normalize(before) == after != before
    assert normalizer.normalize(after) == after


@pytest.mark.parametrize(("rule", "example"), cases("examples"))
def test_example_is_explained_by_the_rule(rule, example):
    """The rule is named where its example changes."""
    changes = normalizer_for(rule).explain(example[0]).changes
    assert rule.name in {name for change in changes for name in (change.rule, *change.also)}


@pytest.mark.parametrize(("rule", "example"), cases("examples"))
def test_example_needs_the_rule(rule, example):
    """Without the rule the example does not come out right: no other rule does its work."""
    before, after = example
    assert normalizer_for(rule, rule.name).normalize(before) != after


@pytest.mark.parametrize(("rule", "text"), cases("counter_examples"))
def test_counter_example_stays(rule, text):
    """What only looks like a case for the rule comes back unchanged."""
    assert normalizer_for(rule).normalize(text) == text


@by_rule
def test_rule_finds_nothing_where_there_is_nothing(rule):
    """An empty text has no place for an edit."""
    assert list(rule.find("", normalizer_for(rule)._ready().setting)) == []


# -------------------------------------------------------------------------------------------------- what is decided


def normalize(text: str, profile: str = "standard", **options: str) -> str:
    """Return ``text`` normalized by characters alone, so that no word of the lexicon has a part in it."""
    return Normalizer(profile, joined=False, spaced=False, **options).normalize(text)


@pytest.mark.parametrize("letter", "ئؤأءإآۀ")
def test_hamza_letters_stay(letter):
    """Letters with hamza and madda spell words of their own and are not folded."""
    assert normalize(f"ب{letter} ب") == f"ب{letter} ب"


@pytest.mark.parametrize("letter", "ډړێڤۆەھڕڵہےېۍڭٹ")
def test_word_of_another_language_stays_whole(letter):
    """A word with a letter of Kurdish, Pashto, Urdu or Uyghur keeps its Arabic yeh, kaf and half-space too."""
    word = f"كي{letter}{ZWNJ}ي\u0640ك"
    assert normalize(f"{word} كي") == f"{word} کی"


@pytest.mark.parametrize("sign", ["ﷺ", "ﷻ", "﷽"])
def test_sign_for_a_phrase_stays(sign):
    """One sign for several words was chosen as such."""
    assert normalize(f"محمد {sign} است") == f"محمد {sign} است"


@pytest.mark.parametrize(("profile", "kept"), [("standard", ""), ("minimal", "\N{ARABIC SHADDA}\N{ARABIC KASRA}")])
def test_isolated_sign_becomes_its_mark(profile, kept):
    """The isolated form of a mark decomposes to a space and the mark: the space is no part of it."""
    assert normalize("بچﹼﹺه", profile) == f"بچ{kept}ه"


def test_harakat_of_a_ligature_go_with_the_others():
    """A ligature with a mark gives its letter alone where harakat are removed, and both where they are kept."""
    assert normalize("کاملﴽ") == "کاملا"
    assert normalize("کاملﴽ", diacritics="keep") == "کاملا\N{ARABIC FATHATAN}"


def test_ezafe_hamza_stays_without_harakat():
    """The hamza above ه is the ezafe, not a vowel sign, also where vowel signs are removed around it."""
    assert normalize("خانه\N{ARABIC FATHA}\N{ARABIC HAMZA ABOVE}\N{ARABIC KASRA} ما") == "خانه\N{ARABIC HAMZA ABOVE} ما"


@pytest.mark.parametrize("letter", NON_JOINERS)
def test_no_half_space_after_a_letter_that_does_not_join(letter):
    """After these letters a half-space shows nothing, in every profile."""
    for profile in PROFILES:
        assert ZWNJ not in normalize(f"ب{letter}{ZWNJ}بب", profile)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"می{ZWNJ}{ZWNJ}{ZWNJ}شود", f"می{ZWNJ}شود"),
        (f"می\N{ARABIC KASRA}{ZWNJ}شود", f"می\N{ARABIC KASRA}{ZWNJ}شود"),
        (f"کار\N{ARABIC KASRA}{ZWNJ}ها", "کار\N{ARABIC KASRA}ها"),
        (f"{ZWNJ}سلام{ZWNJ} دنیا{ZWNJ}", "سلام دنیا"),
        (f"«{ZWNJ}سلام{ZWNJ}»", "«سلام»"),
        (f"API{ZWNJ}های ما", f"API{ZWNJ}های ما"),
        (f"۵{ZWNJ}ام", f"۵{ZWNJ}ام"),
        (f"ده {ZWNJ}ها", f"ده{ZWNJ}ها"),
        (f"کار {ZWNJ}ها", "کار ها"),
        (f"{ZWNJ}سلام", "سلام"),
    ],
)
@pytest.mark.parametrize("profile", ["standard", "minimal"])
def test_half_space_stands_only_where_it_shows(profile, text, expected):
    """One, between letters, after a letter that joins; marks between letter and half-space make no difference."""
    assert normalize(text, profile, diacritics="keep") == expected


@pytest.mark.parametrize("disguise", sorted("\u00ac\u00ad\u200b\u200d\u200e\u200f\u061c\u202b\u202c\u2060\u2066\ufeff"))
@pytest.mark.parametrize("profile", ["standard", "minimal"])
def test_disguise_between_letters_is_a_half_space(profile, disguise):
    """Whatever invisible character, or not sign, stands between two letters was meant as a half-space."""
    assert normalize(f"به{disguise}کار", profile) == f"به{ZWNJ}کار"
    assert normalize(f"به{disguise}{ZWNJ}{disguise}کار", profile) == f"به{ZWNJ}کار"
    assert normalize(f"در{disguise}کار", profile) == "درکار"


@pytest.mark.parametrize("space", sorted("\u00a0\u1680\u2000\u2003\u2009\u200a\u202f\u205f\u3000"))
def test_foreign_space_counts_as_a_space(space):
    """A foreign space is a space for every rule, also beside punctuation, half-spaces and Latin words."""
    assert normalize(f"سلام{space}{space}،دنیا{ZWNJ}{space}React{space}Native") == "سلام، دنیا React Native"
    assert normalize(f"می{space}{ZWNJ}شود") == f"می{ZWNJ}شود"


@pytest.mark.parametrize("text", ["  سلام", "سلام  ", "   ", "\t سلام"])
def test_space_at_the_ends_of_a_line_stays(text):
    """Indentation, and the two spaces that break a line in Markdown, mean something."""
    assert normalize(text) == text


def test_minimal_profile_stops_at_the_encoding():
    """Digits, punctuation and spaces are not a matter of encoding."""
    text = "سلام ,دنیا  25 ( متن ) چرا?"
    assert normalize(text, "minimal") == text


@pytest.mark.parametrize(("digits", "expected"), [("fa", "۱۲۳ ۴۵۶ ۷۸"), ("en", "123 456 78"), ("keep", "123 ٤٥٦ ۷۸")])
def test_digits_go_the_way_that_was_chosen(digits, expected):
    """All digits of prose become Persian, or Latin, or stay."""
    assert normalize("عدد 123 ٤٥٦ ۷۸", digits=digits) == f"عدد {expected}"


# --------------------------------------------------------------------------------------------- tables from Unicode


@cache
def members(character_class: str) -> set[str]:
    """Return all code points of a character class."""
    pattern = re.compile(f"[{character_class}]")
    return {char for char in map(chr, range(0x10000)) if pattern.match(char)}


def is_letter(char: str) -> bool:
    """Tell letters of the Arabic script by their category and name."""
    return unicodedata.category(char) == "Lo" and unicodedata.name(char, "").startswith("ARABIC L")


def base_letters(form: str) -> str:
    """Return the letters of a presentation form without marks, spaces and tatweel."""
    return "".join(char for char in unicodedata.normalize("NFKC", form) if unicodedata.category(char) == "Lo")


OWN = members(LETTERS) - members(FORMS)
ALL_FORMS = [
    char
    for char in map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
    if unicodedata.decomposition(char).startswith("<")
]


def test_letters_and_foreign_letters_are_the_letters_of_the_script():
    """Every letter of the main Arabic block is either ours or foreign; only the ae of ۀ is in both."""
    block = {char for char in map(chr, range(0x600, 0x700)) if is_letter(char)}
    assert (members(LETTERS) | members(FOREIGN_LETTERS)) & set(map(chr, range(0x600, 0x700))) == block
    assert OWN & members(FOREIGN_LETTERS) == set()


def test_forms_are_foreign_by_their_letters():
    """A presentation form is foreign exactly when a letter that it stands for is; a form of a mark alone is harakat."""
    own = OWN - {"\N{ARABIC LETTER AE}"}
    for form in ALL_FORMS:
        letters = base_letters(form)
        assert (form in members(FORMS)) == bool(letters), ascii(form)
        assert (form in members(HARAKAT)) == (not letters), ascii(form)
        assert (form in members(FOREIGN_LETTERS)) == any(letter not in own for letter in letters), ascii(form)


def test_marks_are_nonspacing():
    """Marks stand on a letter: their category is Mn, or that of what their form decomposes to."""
    for mark in members(MARKS):
        plain = unicodedata.normalize("NFKC", mark).strip(" \u0640")
        assert {unicodedata.category(char) for char in plain} == {"Mn"}, ascii(mark)
    assert members(MARKS) - members(HARAKAT) == set("\u0653\u0654\u0655")


def test_non_joiners_have_no_initial_form():
    """A letter that joins the next one has an initial form in Unicode; those that do not, have none."""
    initials = {unicodedata.decomposition(form) for form in ALL_FORMS}
    for char in OWN - {"\N{ARABIC LETTER AE}"}:
        has_initial = f"<initial> {ord(char):04X}" in initials
        assert has_initial == (char not in NON_JOINERS), unicodedata.name(char)


def test_controls_are_format_characters():
    """Invisible characters and controls of direction are of category Cf; every bidi control is among the latter."""
    for char in members(INVISIBLE + BIDI_CONTROLS):
        assert unicodedata.category(char) == "Cf", ascii(char)
    explicit = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    controls = {char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.bidirectional(char) in explicit}
    assert controls <= members(BIDI_CONTROLS)


def test_digits_are_the_three_sets_of_ten():
    """Latin, Persian and Arabic digits, each from 0 to 9."""
    assert sorted(unicodedata.digit(char) for char in members(DIGITS)) == sorted([*range(10)] * 3)


def test_every_class_is_within_the_arabic_blocks():
    """What ends Latin text holds all letters and marks of the script that rules know."""
    assert members(LETTERS + FOREIGN_LETTERS + MARKS) <= members(ARABIC_BLOCKS)


def test_vowel_sign_of_ezafe_parts_two_words() -> None:
    """کتابِ خانه is "the book of the house"; کتاب خانه may be a library that lost its half-space."""
    keeping = Normalizer(diacritics="keep")
    assert keeping.normalize("کتابِ خانه") == "کتابِ خانه"
    assert keeping.normalize("در کتاب خانه می خوانم") == f"در کتاب{ZWNJ}خانه می{ZWNJ}خوانم"
