"""Digits, and the signs between them. What Latin text, addresses and versions hold is protected and not seen here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from persnorm.options import Options
from persnorm.rule import Edit, Finder, Rule, Setting

_LATIN, _ARABIC, _PERSIAN = "0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"

# One point only: 1.2.3 is no decimal. A comma before each group of three only: ۱,۲ is a list.
_DECIMAL = re.compile(r"(?<![۰-۹.])[۰-۹]+(\.)[۰-۹]+(?!\.?[۰-۹])")
_THOUSANDS = re.compile(r"(?<![۰-۹,.])[۰-۹]{1,3}(?:,[۰-۹]{3})+(?![,۰-۹])")
_PERCENT = re.compile(r"(?<=[۰-۹])%")


def _each_digit(digits: str, new: str) -> Finder:
    pattern, table = re.compile(f"[{digits}]+"), str.maketrans(digits, new)

    def find(text: str, setting: Setting) -> Sequence[Edit]:
        return [Edit(run.start(), run.end(), run[0].translate(table)) for run in pattern.finditer(text)]

    return find


def _find_decimal_point(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(*number.span(1), "٫") for number in _DECIMAL.finditer(text)]


def _find_thousands(text: str, setting: Setting) -> Sequence[Edit]:
    return [
        Edit(number.start() + comma.start(), number.start() + comma.end(), "٬")
        for number in _THOUSANDS.finditer(text)
        for comma in re.finditer(",", number[0])
    ]


def _find_percent(text: str, setting: Setting) -> Sequence[Edit]:
    return [Edit(sign.start(), sign.end(), "٪") for sign in _PERCENT.finditer(text)]


def _persian(options: Options) -> bool:
    return options.digits == "fa"


def _latin(options: Options) -> bool:
    return options.digits == "en"


def _typography(options: Options) -> bool:
    return options.profile == "publish"


RULES: tuple[Rule, ...] = (
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
    # From here on between Persian digits.
    Rule(
        name="latin-decimal-point",
        why="Between Persian digits the decimal separator is ٫, U+066B.",
        source="The Unicode Standard, section 9.2: Arabic decimal separator; CLDR, locale fa",
        find=_find_decimal_point,
        examples=(("عدد 4.2", "عدد ۴٫۲"),),
        counter_examples=("بخش ۱.۲.۳",),
        wants=_typography,
    ),
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
