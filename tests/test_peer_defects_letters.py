"""What other normalizers do to letters, marks and invisible characters, each with what goes wrong there."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import EMOJI, VARIANTS, gold_lines

from persnorm import Normalizer
from persnorm.alphabet import BIDI_CONTROLS, BIDI_ENDS, BIDI_STARTS, HARAKAT, SPACES, TANVIN, TASHDID
from persnorm.rule import ZWNJ

HAMZA = "\N{ARABIC HAMZA ABOVE}"
NORMALIZERS = {name: Normalizer(**options) for name, options in VARIANTS.items()}
standard = NORMALIZERS["standard"]


def params(cases: dict[str, tuple[str, str]]) -> pytest.MarkDecorator:
    """Return pairs of texts as parameters, each with what goes wrong with it elsewhere."""
    return pytest.mark.parametrize(
        ("text", "expected"), [pytest.param(*case, id=label) for label, case in cases.items()]
    )


def members(character_class: str) -> set[str]:
    """Return all code points of a character class."""
    pattern = re.compile(f"[{character_class}]")
    return {char for char in map(chr, range(sys.maxunicode + 1)) if pattern.match(char)}


STARTS, ENDS = members(BIDI_STARTS), members(BIDI_ENDS)


def assert_final(normalizer: Normalizer, text: str, expected: str) -> None:
    """Assert what a text becomes, code point for code point, that this is final, and that it is explained."""
    result = normalizer.normalize(text)
    assert result.encode("unicode_escape") == expected.encode("unicode_escape")
    assert normalizer.normalize(result) == result
    assert normalizer.explain(text).text == result


# ------------------------------------------------------------------------------------------------------------- letters


@params(
    {
        "hamza of ezafe deleted: خانه ما": (f"خانه{HAMZA} ما", f"خانه{HAMZA} ما"),
        "hamza of ezafe deleted with the harakat": (f"خانه{HAMZA}ِ ما", f"خانه{HAMZA} ما"),
        "composed ezafe deleted: خانه ما": ("خانۀ ما", "خانۀ ما"),
        "ezafe yeh doubled: خانه‌یی": (f"خانه{ZWNJ}ی ما", f"خانه{ZWNJ}ی ما"),
        "word ending made an ezafe: خانۀی": (f"خانه{ZWNJ}یی که", f"خانه{ZWNJ}یی که"),
        "madda lost: قران": ("ﻗﺮﺁﻥ", "قرآن"),
        "madda lost before a plain letter": ("ﻗﺮﺁن", "قرآن"),
        "form of noon made ذ": ("ﻧﺎن و ﻧﺎﻥ", "نان و نان"),
        "ligature lam-alef loses its alef: لله": ("ﻻﻟﻪ", "لاله"),
        "final lam-alef missed": ("ﺑﻼ ﻭ ﮐﻼﻍ", "بلا و کلاغ"),
        "lam-alef with madda deleted": ("ﻵلی", "لآلی"),
        "sign for Allah deleted": ("ﷲ", "الله"),
        "sign for rial deleted": ("۵۰۰۰ ﷼", "۵۰۰۰ ریال"),
        "sign for the basmala deleted, or grown at a second pass": ("﷽", "﷽"),
        "final forms missed": ("ﺩﺳﺖ ﭘﺪﺭ ﺭﻭﻍ ﮐﺘﺎﺏ ﺑﺮﮒ ﮐﯽ", "دست پدر روغ کتاب برگ کی"),
        "seats of hamza folded": ("مسئول مؤمن تأمین جزء رئیس", "مسئول مؤمن تأمین جزء رئیس"),
        "hamza seat made a yeh": ("ائتلاف ژوئن پنگوئن زئوس", "ائتلاف ژوئن پنگوئن زئوس"),
        "Arabic digit five missed": ("عدد ٤٥٦", "عدد ۴۵۶"),
        "letters of Pashto folded: دودی": ("واژهٔ ډوډۍ یعنی نان", "واژهٔ ډوډۍ یعنی نان"),
        "letters of Kurdish folded": ("به کردی: ئێمە لە كوردستان دەژین", "به کردی: ئێمە لە كوردستان دەژین"),
        "Arabic quotation stripped": ("آیهٔ «قُلْ هُوَ اللَّهُ أَحَدٌ» را", "آیهٔ «قُلْ هُوَ اللَّهُ أَحَدٌ» را"),
        "Uyghur forms folded as if Persian": ("ﯓﯗﯘ ﮨﮯ ﭦﭨ", "ﯓﯗﯘ ﮨﮯ ﭦﭨ"),
    }
)
def test_letters(text, expected):
    """Each letter becomes its own Persian one; ezafe, hamza, and letters of other languages stay."""
    assert_final(standard, text, expected)


@pytest.mark.parametrize("text", ["cafe\u0301 است", "한글 است", "ｆｕｌｌ است", "ﬁne است", "Å است", "² و ½ و ™"])
def test_letters_of_other_scripts_are_not_composed(text):
    """Canonical and compatibility forms of other scripts are nobody's business here."""
    assert_final(standard, text, text)


@pytest.mark.parametrize("base", "اويىی\u06d5")
@pytest.mark.parametrize("mark", "\u0653\u0654\u0655")
def test_composed_as_unicode_composes(base, mark):
    """A letter and its hamza or madda are the letter of NFC, where NFC has one, whatever stands between them."""
    composed = unicodedata.normalize("NFC", {"ی": "ي"}.get(base, base) + mark)
    if base == "ى":
        composed = unicodedata.normalize("NFC", "ي" + mark)
    if len(composed) == 1:
        assert standard.normalize(f"ب{base}{mark} ب") == f"ب{composed} ب"
        assert standard.normalize(f"ب{base}ِ{mark} ب") == f"ب{composed} ب"


# --------------------------------------------------------------------------------------------------------------- ezafe


@pytest.mark.parametrize(
    "text", ["خانه ی ما", "خانه ي ما", f"خانه{ZWNJ}ی ما", f"خانه{HAMZA} ما", "خانۀ ما", "خانهء ما", "خانهٔ\u200c ما"]
)
@pytest.mark.parametrize(("style", "expected"), [("hamza", f"خانه{HAMZA} ما"), ("yeh", f"خانه{ZWNJ}ی ما")])
def test_ezafe_has_one_spelling(text, style, expected):
    """However the ezafe after silent heh was typed, a style makes it one."""
    assert_final(Normalizer(ezafe=style), text, expected)


@pytest.mark.parametrize("style", ["keep", "hamza", "yeh"])
@pytest.mark.parametrize("text", ["راه یا چاه", "نه یک و نه دو", "راهی نیست", f"خانه{ZWNJ}ای", "دانشگاه تهران", "سوء"])
def test_what_is_no_ezafe_stays(text, style):
    """A yeh of another word or ending, and a heh that is heard, are no ezafe."""
    assert_final(Normalizer(ezafe=style), text, text)


# --------------------------------------------------------------------------------------------------------------- marks

VOCALIZED = f"حتماً بنّای کِتابٌ و خانه{HAMZA} مُعَلِّمٍ رئیس"


@pytest.mark.parametrize(
    ("diacritics", "expected"),
    [
        ("remove", f"حتما بنای کتاب و خانه{HAMZA} معلم رئیس"),
        ("keep-tanvin", f"حتماً بنای کتابٌ و خانه{HAMZA} معلمٍ رئیس"),
        ("keep-tashdid", f"حتما بنّای کتاب و خانه{HAMZA} معلّم رئیس"),
        ("keep-tanvin-tashdid", f"حتماً بنّای کتابٌ و خانه{HAMZA} معلّمٍ رئیس"),
        ("keep", VOCALIZED),
    ],
)
def test_diacritics_go_by_choice(diacritics, expected):
    """Tanvin and tashdid tell words apart (حتماً, بنّا) where vowels do not; the hamza of ezafe stays always."""
    assert_final(Normalizer(diacritics=diacritics), VOCALIZED, expected)


def test_near_names_of_diacritics_are_told():
    """A value that is nearly right is refused with those that are near."""
    with pytest.raises(ValueError, match="did you mean keep-tanvin"):
        Normalizer(diacritics="keep-tanwin")


@pytest.mark.parametrize(
    ("character_class", "marks"), [(TANVIN, "\u064b\u064c\u064d\u08f0\u08f1\u08f2"), (TASHDID, "ّ")]
)
def test_tables_of_marks_are_those_of_unicode(character_class, marks):
    """A form is in the table exactly when Unicode decomposes it to one of the marks."""
    harakat = members(HARAKAT)
    assert members(character_class) == {m for m in harakat if set(unicodedata.normalize("NFKC", m)) & set(marks)}


@params(
    {
        "tatweel of a suffix named by itself": ("پسوند ـها", "پسوند ـها"),
        "tatweel of an abbreviation": ("سال ۱۴۰۰ هـ.ش", "سال ۱۴۰۰ هـ.ش"),
        "tatweel as a dash": ("تهران ـ قم، شاهرودـگرگان", "تهران ـ قم، شاهرودـگرگان"),
        "tatweel as a line": ("ــــــــــ", "ــــــــــ"),
        "tatweel between form and suffix": ("کتـــاب‌ـها", f"کتاب{ZWNJ}ها"),
    }
)
def test_tatweel(text, expected):
    """It goes where it stretches a word, and stays where it stands for something."""
    assert_final(standard, text, expected)


@params(
    {
        "two letters left: سلامم": ("سلاممممم", "سلام"),
        "one letter left of two: اله": ("اللللله", "الله"),
        "in a word with a half-space": (f"می{ZWNJ}خوااااام", f"می{ZWNJ}خوام"),
        "laughter shortened": ("هههه خخخخ هاهاها ممم", "هههه خخخخ هاهاها ممم"),
        "in a word with an ending": ("ماههههها", f"ماه{ZWNJ}ها"),
        "clitic taken for elongation": ("بخششش را", "بخششش را"),
        "joined word with three heh": ("دهههای بعد", f"دهه{ZWNJ}های بعد"),
        "unknown word shortened": ("جیوووا و ررره", "جیوووا و ررره"),
        "doubled letter taken for elongation": ("ملل محقق تردد", "ملل محقق تردد"),
        "Latin shortened": ("وای soooo و www و aaa", "وای soooo و www و aaa"),
    }
)
def test_elongation(text, expected):
    """A drawn-out word becomes the word that the lexicon knows; what may be meant as it stands stays."""
    assert_final(standard, text, expected)


# ------------------------------------------------------------------------------------------------ invisible characters


def test_every_space_of_unicode_is_known():
    """All of category Zs but the plain space."""
    spaces = {char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) == "Zs"}
    assert members(SPACES) == spaces - {" "}
    for space in spaces:
        assert_final(standard, f"سلام{space}دنیا", "سلام دنیا")


def test_starts_and_ends_are_those_of_unicode():
    """What opens and what closes a stretch of direction, by its bidirectional class."""
    classes = {char: unicodedata.bidirectional(char) for char in members(BIDI_CONTROLS)}
    starts = {"LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"}
    assert {char for char, kind in classes.items() if kind in starts} == STARTS
    assert {char for char, kind in classes.items() if kind in ("PDF", "PDI")} == ENDS


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize(
    "emoji",
    [
        *EMOJI,
        "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}",
        "#\ufe0f\u20e3",
        "0\u20e3",
        "\N{RAINBOW}",
        "\N{WAVING WHITE FLAG}\ufe0f\N{ZERO WIDTH JOINER}\N{RAINBOW}",
        "\N{HEAVY BLACK HEART}\ufe0e",
    ],
    ids=ascii,
)
def test_emoji_stay_whole(name, emoji):
    """Joiners, variation selectors, tags, regional indicators and keycaps hold an emoji together."""
    for text in (f"سلام {emoji} دنیا", f"{emoji}", f"سلام{emoji}", f"{emoji}{emoji} سلام"):
        assert emoji in NORMALIZERS[name].normalize(text)


@pytest.mark.parametrize("selector", ["\ufe0f", "\ufe0e", "\u034f", "\U000e0067"])
def test_selector_after_a_letter_goes(selector):
    """It is what is left of an emoji, or hidden text, and parts words for search."""
    assert_final(standard, f"سل{selector}ام{selector} دنیا", "سلام دنیا")


@params(
    {
        "phone number turned round": (
            "تلفن \u202a+98 21 1234\u202c است",
            "تلفن \u202a+۹۸ ۲۱ ۱۲۳۴\u202c است",
        ),
        "Latin name in an isolate": ("زبان \u2066C#\u2069 است", "زبان \u2066C#\u2069 است"),
        "start left without its end": ("\u2066C# خوب است\u2069", "C# خوب است"),
        "whole line embedded": ("\u202bاین کتاب است.\u202c", "این کتاب است."),
        "marks at the edges of words": ("\u200fسلام\u200e دنیا\u200f", "سلام دنیا"),
        "mark in the place of a half-space": ("می\u200eرود", f"می{ZWNJ}رود"),
        "not sign in logic": ("نقیض ¬p و ¬الف", "نقیض ¬p و ¬الف"),
    }
)
def test_controls_of_direction(text, expected):
    """Those that a number or Latin text leans on stay, in pairs; the others go."""
    assert_final(standard, text, expected)


@pytest.mark.parametrize(
    ("bidi", "expected"),
    [
        ("needed", "سلام \u200e+۹۸ و متن"),
        ("remove", "سلام +۹۸ و متن"),
        ("keep", "\u200fسلام \u200e+۹۸ و \u2067متن\u2069"),
    ],
)
def test_bidi_goes_by_choice(bidi, expected):
    """Only what is needed, nothing, or all of it; inside a word each means a half-space."""
    assert_final(Normalizer(bidi=bidi), "\u200fسلام \u200e+98 و \u2067متن\u2069", expected)
    assert Normalizer(bidi=bidi).normalize("می\u200fرود") == f"می{ZWNJ}رود"


@given(
    line=gold_lines(),
    marks=st.lists(st.tuples(st.integers(0, 80), st.sampled_from(sorted(members(BIDI_CONTROLS)))), max_size=6),
)
def test_starts_and_ends_are_paired(line, marks):
    """Whatever controls a line had, none of those left is a start without its end."""
    text = line.text
    for at, mark in marks:
        text = text[:at] + mark + text[at:]
    depth = 0
    for char in standard.normalize(text):
        depth += (char in STARTS) - (char in ENDS and depth > 0)
    assert depth == 0
