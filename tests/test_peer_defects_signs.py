"""What other normalizers make of digits, punctuation, addresses and code, held against what persnorm makes of it.

Each case names what goes wrong elsewhere; the expectation is exact, and a second run changes nothing.
"""

from __future__ import annotations

import pytest

from persnorm import Normalizer
from persnorm.options import PROFILES
from persnorm.rule import ZWNJ

STANDARD = Normalizer()

CASES = {
    # Addresses.
    "hazm spaces an address out, shekar makes its ? Persian, rishe deletes = and &": (
        "به https://example.com/a1?lang=fa&x=2 برو",
        "به https://example.com/a1?lang=fa&x=2 برو",
    ),
    "nine peers change an e-mail address, virastar puts a space into it": (
        "به user.name2024@mail.com نامه بده",
        "به user.name2024@mail.com نامه بده",
    ),
    # Numbers.
    "virastar takes a phone number for a date and turns it round": (
        "تلفن +98-21-1234567 است",
        "تلفن +۹۸-۲۱-۱۲۳۴۵۶۷ است",
    ),
    "hazm spaces a decimal out": ("دمای 4.2 درجه", "دمای ۴.۲ درجه"),
    "hazm makes a decimal of a version, and another in a second run; virastar and davat too": (
        "نسخهٔ 1.2.3 آمد",
        "نسخهٔ 1.2.3 آمد",
    ),
    "hazm spaces a date out": ("روز 2024/05/01 بود", "روز ۲۰۲۴/۰۵/۰۱ بود"),
    "shekar, rishe and piraye part the hours from the minutes": ("ساعت 10:30 بود", "ساعت ۱۰:۳۰ بود"),
    "shekar, rishe and piraye space an IP address out; hazm and davat change it twice": (
        "نشانی 192.168.1.1 است",
        "نشانی 192.168.1.1 است",
    ),
    "davat makes commas of thousands decimal points and Persian commas": (
        "مبلغ 1,234,567 ریال",
        "مبلغ ۱,۲۳۴,۵۶۷ ریال",
    ),
    # Words that signs and suffixes are made of.
    "seven peers take the month of May for a prefix, shekar joins the words after it": (
        "در ماه می سال گذشته",
        "در ماه می سال گذشته",
    ),
    "all that join تر take wet bread for more bread": ("نان تر و تازه", "نان تر و تازه"),
    "all that join تر write به‌تر, which is no word": ("به تر", "بهتر"),
    # Lines and edges.
    "rishe deletes line ends and glues the words, dadmatools makes one line of all, shekar keeps a lone \\r": (
        "خط یک\nخط دو\r\nخط سه",
        "خط یک\nخط دو\r\nخط سه",
    ),
    "parsikit joins two words where a half-space touches the space": (
        f"{ZWNJ}سلام{ZWNJ} دنیا{ZWNJ}",
        "سلام دنیا",
    ),
    # Signs.
    "negar parts a unit after a number": ("۹متر پارچه", "۹متر پارچه"),
    "negar makes dashes of a row of hyphens": ("فصل ------------ فصل", "فصل ------------ فصل"),
    "negar makes guillemets of the quotes of attributes": (
        "تگ <a href='x' title=\"y\"> است",
        "تگ <a href='x' title=\"y\"> است",
    ),
    "negar makes guillemets of backticks": ("دستور `git status` را بزن", "دستور `git status` را بزن"),
    # A second run.
    "rishe changes HTML in a second run": ("<p>متن</p> و <br/>", "<p>متن</p> و <br/>"),
    "rishe changes Markdown in a second run": (
        "# عنوان\n- **متن** و [پیوند](a.md)",
        "# عنوان\n- **متن** و [پیوند](a.md)",
    ),
    "hazm makes dots by the dozen an ellipsis with dots and a space": ("خب..... باشد", "خب..... باشد"),
    "hazm puts a space into a handle": ("از @user_1 بود", "از @user_1 بود"),
    "shekar and rishe make ? and , of Latin sentences Persian": (
        "جملهٔ Why, then? را خواند",
        "جملهٔ Why, then? را خواند",
    ),
    "virastar writes A۴": ("برگهٔ A4 است", "برگهٔ A4 است"),
}


@pytest.mark.parametrize(("text", "result"), CASES.values(), ids=CASES)
def test_what_goes_wrong_elsewhere(text, result):
    """It comes out as it should, and stays so."""
    assert STANDARD.normalize(text).encode("unicode_escape") == result.encode("unicode_escape")
    assert STANDARD.normalize(result) == result
    assert STANDARD.explain(text).text == result


HARMLESS = [text for text, result in CASES.values() if text == result]


@pytest.mark.parametrize("profile", sorted(set(PROFILES) - {"search"}))
@pytest.mark.parametrize("text", HARMLESS)
def test_no_profile_touches_what_is_right(profile, text):
    """Neither the smallest nor the fullest set of rules does this harm; the key of a search has its own digits."""
    assert Normalizer(profile).normalize(text) == text


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("text", [text for text, _ in CASES.values()])
def test_a_second_run_changes_nothing(profile, text):
    """What was normalized is normal, with each profile."""
    normalizer = Normalizer(profile)
    once = normalizer.normalize(text)
    assert normalizer.normalize(once) == once
