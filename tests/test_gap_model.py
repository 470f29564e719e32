"""The models of a half-space never seen: what the sides of a gap are like, and which endings a silent ه takes."""

from __future__ import annotations

import pytest

from persnorm.features import likenesses
from persnorm.gap_model import SpacedModel
from persnorm.lexicon import TABLES, Lexicon, default_lexicon

EVEN = {"spaced compound: always": "0"}


def lexicon_with(**tables: dict[str, str]) -> Lexicon:
    """Return a lexicon that knows nothing else."""
    return Lexicon({name: {} for name in TABLES} | tables)


def test_sides_of_a_compound_speak() -> None:
    """What either side is like adds to the odds, in hundredths of a logarithm; beside an affix it is not heard."""
    assert SpacedModel(lexicon_with(weights=EVEN)).chance("شمع", "ساز", "compound") == pytest.approx(0.5)
    told = lexicon_with(weights=EVEN, sides={"> =ساز": "150", "> -از": "50", "< -مع": "-100", "> =شمع": "900"})
    assert SpacedModel(told).chance("شمع", "ساز", "compound") == pytest.approx(0.7311, abs=1e-4)
    assert SpacedModel(told).chance("شمع", "ساز", "clitic") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("کش", "present stem"),
        ("کشی", "present stem + ی"),
        ("خورده", "participle"),
        ("رفتن", "infinitive"),
        ("می‌نوشید".partition("\N{ZERO WIDTH NON-JOINER}")[2], "verb"),
        ("هفت", "numeral"),
        ("غمگین", "adjective"),
        ("کاغذی", "word + ی"),
        ("قلمکژک", "other"),
    ],
)
def test_side_is_told_by_what_it_is(word: str, kind: str) -> None:
    """A side is told by itself, its end, its length and its kind."""
    told = list(likenesses(default_lexicon(), word))
    assert [told[0], told[1], told[-1]] == [f"={word}", f"-{word[-2:]}", f"{min(len(word), 6)} letters"]
    assert kind in told


@pytest.mark.parametrize("word", ["خانه", "بچه", "شیشه", "پنجره", "رفته"])
def test_silent_he_takes_colloquial_clitics(word: str) -> None:
    """Its other endings are half-spaced in the counts, so these are, too; ن stands for اند, after participles alone."""
    lexicon = default_lexicon()
    assert lexicon.ends_silent(word)
    assert all(lexicon.takes_colloquial_clitic(word, clitic) for clitic in ("م", "ت", "ش", "س", "ست", "شون"))
    assert lexicon.takes_colloquial_clitic(word, "ن") == (word == "رفته")


@pytest.mark.parametrize("clitic", ["ن", "یم", "ین", "ی", "ید", "مش"])
def test_participles_take_more_colloquial_clitics(clitic: str) -> None:
    """The perfect has all persons in spoken language, too, negated as well; a noun takes none of these."""
    takes = default_lexicon().takes_colloquial_clitic
    assert takes("دیده", clitic)
    assert takes("نیومده", clitic)
    assert not takes("خونه", clitic)


def test_a_clitic_that_may_be_a_verb_is_none_after_a_participle() -> None:
    """آماده‌شو is no noun with شو ("his … it"), nor is شسته شو; but همه‌شو is."""
    takes = default_lexicon().takes_colloquial_clitic
    assert takes("همه", "شو")
    assert not takes("شسته", "شو")
    assert not takes("آماده", "شو")


@pytest.mark.parametrize("word", ["پاسگاه", "گروه", "گره", "فرمانده", "توجه", "به", "که", "کتاب"])
def test_heard_he_takes_none(word: str) -> None:
    """An ه that is heard is joined: گروهی, توجهش; nor does any other letter take them, nor a word of two letters."""
    assert not default_lexicon().ends_silent(word)
    assert not default_lexicon().takes_colloquial_clitic(word, "ش")
