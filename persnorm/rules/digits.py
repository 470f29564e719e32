"""Digits, and the signs between them. What Latin text, addresses and versions hold is protected and not seen here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from persnorm.alphabet import DIGITS, LETTERS, MARKS
from persnorm.late import late
from persnorm.options import Options
from persnorm.rule import OPAQUE, ZWNJ, Edit, Finder, Rule, Setting

_LATIN, _ARABIC, _PERSIAN = "0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"

# One point only: 1.2.3 is no decimal. A comma before each group of three only: ۱,۲ is a list.
_DECIMAL = late(r"(?<![۰-۹.…٫])[۰-۹]+(\.)[۰-۹]+(?!\.?[۰-۹])")
_THOUSANDS = late(r"(?<![۰-۹,.…٫٬])[۰-۹]{1,3}(?:,[۰-۹]{3})+(?![,۰-۹])")
_EASTERN_SEPARATOR = late("(?<=[0-9])[٫٬](?=[0-9])")
_PERCENT = late(r"(?<=[۰-۹])%")

# After these a point parts the numbers of versions, chapters and hours: بخش ۴.۲ is no decimal.
_NUMBERED = late(
    rf"(?<![{LETTERS}])(?:نسخه|ویرایش|ورژن|بخش|زیربخش|فصل|بند|ماده|شکل|جدول|نمودار|نمونه|مثال|تمرین|قضیه|تعریف|رابطه|معادله|گام"
    rf"|ساعت|تاریخ|صفحه|پیوست|آیپی)(?:[{MARKS}]|{ZWNJ}?(?:ی|های))?[ {ZWNJ}(«]*\Z"
)
_LONGEST_NUMBERED = 20

# ام alone: ۱۲ ام‌اس and ۱۶ ام دی اف spell out Latin letters.
_LATIN_LETTERS = "ای|بی|سی|دی|اف|جی|اچ|آی|کی|ال|ام|ان|او|پی|کیو|آر|اس|تی|یو|وی|ایکس|وای|زد"
_WORD = rf"{LETTERS}{MARKS}{ZWNJ}"
_ORDINAL_ENDING = late(rf"ام(?![{_WORD}])")
_SPACED_ORDINAL = late(
    rf"(?<=[{DIGITS}]) (?=ام(?![{_WORD}{DIGITS}{OPAQUE}]|\.[{_WORD}])(?![ -](?:{_LATIN_LETTERS})(?![{_WORD}])))"
)


def _each_digit(digits: str, new: str) -> Finder:
    pattern, table = re.compile(f"[{digits}]+"), str.maketrans(digits, new)

    def find(text: str, setting: Setting) -> Sequence[Edit]:
        return [Edit(run.start(), run.end(), run[0].translate(table)) for run in pattern.finditer(text)]

    return find


def _find_decimal_point(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(*number.span(1), "٫")
        for number in _DECIMAL.finditer(text)
        if not _NUMBERED.search(text, max(number.start() - _LONGEST_NUMBERED, 0), number.start())
    ]


def _find_thousands(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(number.start() + comma.start(), number.start() + comma.end(), "٬")
        for number in _THOUSANDS.finditer(text)
        for comma in re.finditer(",", number[0])
    ]


def _find_eastern_separator(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(sign.start(), sign.end(), "." if sign[0] == "٫" else ",") for sign in _EASTERN_SEPARATOR.finditer(text)
    ]


def _find_percent(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(sign.start(), sign.end(), "٪") for sign in _PERCENT.finditer(text)]


def _find_spaced_ordinal(text: str, setting: Setting) -> Sequence[Edit]:
    if " ام" not in text:  # quick to look for
        return ()
    return [Edit(gap.start(), gap.end(), ZWNJ) for gap in _SPACED_ORDINAL.finditer(text)]


def may_meet(word: str, setting: Setting) -> bool:
    """Tell whether a finished chunk may concern the rules on lines: the ending of an ordinal, or a decimal point."""
    return _ORDINAL_ENDING.match(word) is not None or (
        _typography(setting.options) and _DECIMAL.search(word) is not None
    )


def _persian(options: Options) -> bool:
    return options.digits == "fa"


def _latin(options: Options) -> bool:
    return options.digits == "en"


def _typography(options: Options) -> bool:
    return options.profile == "publish"


CHUNK_RULES: tuple[Rule, ...] = (
    Rule(
        name="latin-digit",
        why="Persian text is written with Persian digits. Digits of Latin words, addresses and versions stay.",
        source="ISIRI 6219; typesetting practice",
        find=_each_digit(_LATIN, _PERSIAN),
        examples=(
            ("سال 2024", "سال ۲۰۲۴"),
            ("تاریخ 2024/05/01 ساعت 10:30", "تاریخ ۲۰۲۴/۰۵/۰۱ ساعت ۱۰:۳۰"),
            ("عدد 4.2", "عدد ۴.۲"),
            ("تلفن +98-21-1234567", "تلفن +۹۸-۲۱-۱۲۳۴۵۶۷"),
        ),
        counter_examples=(
            "گوشی iPhone 15",
            "بیماری COVID-19",
            "نسخه 1.2.3",
            "نشانی 192.168.1.1",
            "ایمیل user2024@example.com",
        ),
        wants=_persian,
    ),
    Rule(
        name="arabic-digit",
        why="Arabic digits, U+0660 to U+0669, have other shapes than the Persian ones for 4, 5 and 6.",
        source="ISIRI 6219; The Unicode Standard, section 9.2: Arabic-Indic digits",
        find=_each_digit(_ARABIC, _PERSIAN),
        examples=(("شماره ٤٥٦", "شماره ۴۵۶"),),
        wants=_persian,
    ),
    Rule(
        name="eastern-digit",
        why="Latin digits were asked for: programs that read numbers want them.",
        source="The option digits=en",
        find=_each_digit(_PERSIAN + _ARABIC, _LATIN + _LATIN),
        examples=(("سال ۱۴۰۳", "سال 1403"), ("شماره ٤٥٦", "شماره 456")),
        wants=_latin,
    ),
    Rule(
        name="eastern-separator",
        why="Between Latin digits programs want the decimal point and the comma of thousands, U+002E and U+002C.",
        source="The option digits=en; CLDR, locale en",
        find=_find_eastern_separator,
        examples=(("عدد ۴٫۲ و ۱٬۰۰۰", "عدد 4.2 و 1,000"),),
        counter_examples=("عددهای 4،2",),
        wants=_latin,
    ),
    # From here on between Persian digits.
    Rule(
        name="latin-thousands-comma",
        why="Between Persian digits the thousands separator is ٬, U+066C.",
        source="The Unicode Standard, section 9.2: Arabic thousands separator; CLDR, locale fa",
        find=_find_thousands,
        examples=(("مبلغ 1,234,567", "مبلغ ۱٬۲۳۴٬۵۶۷"),),
        counter_examples=("عددهای ۱,۲",),
        wants=_typography,
    ),
    Rule(
        name="latin-percent-sign",
        why="After Persian digits the percent sign is ٪, U+066A.",
        source="The Unicode Standard, section 9.2: Arabic percent sign; CLDR, locale fa",
        find=_find_percent,
        examples=(("50% مردم", "۵۰٪ مردم"),),
        wants=_typography,
    ),
)

LINE_RULES: tuple[Rule, ...] = (
    # On lines, as the word before a number tells whether its point is that of a decimal.
    Rule(
        name="latin-decimal-point",
        why="Between Persian digits the decimal separator is ٫, U+066B.",
        source="The Unicode Standard, section 9.2: Arabic decimal separator; CLDR, locale fa",
        find=_find_decimal_point,
        examples=(("عدد 4.2", "عدد ۴٫۲"),),
        counter_examples=("بخش ۱.۲.۳", "بخش ۴.۲", "نسخهٔ ۲.۰"),
        wants=_typography,
    ),
    Rule(
        name="spaced-ordinal",
        why="A half-space holds a number written in digits and the ending of its ordinal together.",
        source="«دستور خط فارسی» (1401), pp. 43-44, of endings that are no part of the word",
        find=_find_spaced_ordinal,
        examples=(("۱۲ ام خرداد", f"۱۲{ZWNJ}ام خرداد"), ("قرن 20 ام.", f"قرن ۲۰{ZWNJ}ام.")),
        counter_examples=("۱۶ ام یو", "ساعت ۱۲ امین آمد", f"بیمار ۲۰ ام{ZWNJ}اس", "۵ام"),
        wants=lambda options: options.spaced and options.zwnj != "keep",
    ),
)
