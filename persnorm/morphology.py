"""Persian verbs and endings, generated from stems: which strings are a verb form, which endings a word may take.

Sources: the endings and their half-spaces are those of the Academy's «دستور خط فارسی» (1401, pp. 39-44); the stems in
``data/verbs.tsv`` come from hazm (see ``data/SOURCES.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

IMPERFECT = ("می", "نمی", "همی")
"""Prefixes that take a half-space before a finite verb."""

PREVERBS = ("بر", "در", "باز", "فرو", "وا", "فرا", "ور", "پیش", "پس", "سر")
"""Preverbs that stand before می and نمی in one word: برمی‌گردد، درنمی‌یابد."""

VERB_PREFIXES = frozenset(IMPERFECT) | {preverb + prefix for preverb, prefix in product(PREVERBS[:7], IMPERFECT[:2])}

PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
PAST_ENDINGS = ("", "م", "ی", "یم", "ید", "ند")
COLLOQUIAL_ENDINGS = ("ه", "ین", "ن")
CONTRACTED = frozenset(("خوا", "گ", "ر", "ش", "د", "ذار", "شین", "تون"))
"""Present stems of everyday speech: خواه, گو, رو, شو, ده, گذار, نشین, توان. Too short to be looked for but after می."""

_PRESENT, _PAST = frozenset(PRESENT_ENDINGS + COLLOQUIAL_ENDINGS), frozenset(PAST_ENDINGS)

OBJECT_CLITICS = ("م", "ت", "ش", "مان", "تان", "شان", "مون", "تون", "شون")
COPULAS = frozenset(("ام", "ای", "ایم", "اید", "اند"))
"""Forms of "to be" that stand after the participle with a half-space: رفته‌ام، رفته‌اند."""

CLITICS = frozenset(("ام", "ات", "اش", "مان", "تان", "شان", "ی"))
"""Possessive endings, and the ی of ezafe, as they stand after silent ه: خانه‌ام، خانه‌ی."""

COLLOQUIAL_COPULAS = ("ن", "یم", "ین")
"""What spoken language has of "to be" after the participle, beside م: رفته‌ن (رفته‌اند), رفته‌یم, رفته‌ین."""

COLLOQUIAL_CLITICS = (
    *("م", "ت", "ش", "مون", "تون", "شون", "س", "ست", "مونو", "تونو", "شونو", "مونم", "تونم", "شونم"),
    *COLLOQUIAL_COPULAS,
)
"""What it has of possessives and "is" after silent ه: خونه‌م, بچه‌ت, همه‌شون, گرسنه‌س (گرسنه است); و stands for را, م for
هم: همه‌شونو, همه‌شونم."""

_AFTER_PARTICIPLES = ("مش", "مت", "نش", "یمش", "ینش", "ی", "ید")

COLLOQUIAL_STACKS = ("مو", "تو", "شو", "شم", "شه", "مونه", "تونه", "شونه", *_AFTER_PARTICIPLES)
"""More of these, which are other words, or endings of another kind, where they stand apart: خنده‌مو (خنده‌ام را)."""

OF_PARTICIPLES = frozenset(COLLOQUIAL_COPULAS + _AFTER_PARTICIPLES)
"""Those of both that only participles take: رفته‌یم, گذاشته‌مش (گذاشته‌ام آن را)."""

PLURALS = (
    "ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان",
    "هام", "هات", "هاش", "هامون", "هاتون", "هاشون", "هائی",
)  # fmt: skip
FORMAL_PLURALS = {"هام": "هایم", "هات": "هایت", "هاش": "هایش"}
"""Plurals of everyday speech that may also be a silent ه and an ending (دسته‌اش), as formal text has them."""

DEGREES = ("تر", "ترین", "تری", "ترها", "ترین‌ها", "ترین‌های", "ترهای")
INFLECTIONS = frozenset(PLURALS + DEGREES)
"""Endings that belong to the word before them whatever that word is; after a non-joining letter they join outright."""

ENDINGS = INFLECTIONS | COPULAS | CLITICS
"""All that is no word of its own after a half-space."""

NUMERALS = frozenset(
    (
        "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده",
        "شانزده", "هفده", "هجده", "نوزده", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود", "صد", "دویست",
        "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد", "هزار", "میلیون", "میلیارد", "تریلیون",
    )
)  # fmt: skip
"""Numbers stand apart from each other: شانزده میلیون."""

JOINED_ENDINGS = ("م", "ت", "ش", "مان", "تان", "شان", "ی", "یم", "ید", "ند", "ان", "انی", "ات", "اش", "ام", "اند", "ون")
"""Endings that are written joined after a joining letter: حقوقت، کتابم، حسابداران."""


class Verbs:
    """Recognizes verb forms by taking them apart into stem and ending.

    Args:
        stems: Pairs (past stem, present stem), as in ``رفت``, ``رو``.
    """

    def __init__(self, stems: Iterable[tuple[str, str]]) -> None:
        self._past: set[str] = set()
        self._present: set[str] = set()
        for past, present in stems:
            self._past.add(past)
            self._present.add(present)
            # The causative of any verb: خندیدن, خند -> خنداندن/خندانیدن, خندان.
            causative = present + "ان"
            self._present.add(causative)
            self._past.update((causative + "د", causative + "ید"))
        self._past.discard("")
        self._present.discard("")
        # Everyday speech has ون for ان and وان: می‌دونم, نمی‌تونست, می‌خوندند.
        self._present.update([_colloquial(stem, "") for stem in self._present])
        self._past.update([_colloquial(stem, end) for stem in self._past for end in ("د", "ست")])

    def is_whole(self, form: str) -> bool:
        """Tell whether a form is a verb without a prefix that takes a half-space: رفتند، بروم، نمی، بیندازد."""
        if self._is_plain(form) or self._is_plain_with_object(form) or self.is_participle(form):
            return True
        prefix, rest = form[:1], form[1:]
        if prefix not in ("ب", "ن") or len(rest) < 2:
            return False
        # Between the prefix and an alef stands a ی: ب + انداز + د -> بیندازد, sometimes بیاندازد.
        alef = rest[0] == "ی" and (
            self._is_plain(rest[1:]) or self._is_plain("ا" + rest[1:]) or self._is_plain("آ" + rest[2:])
        )
        return alef or self._is_plain(rest)

    def is_finite(self, form: str) -> bool:
        """Tell whether a form without its prefix can follow می: روم، رفتند، گویدش، رفته‌ام."""
        if self._is_plain(form):
            return True
        if any(form.endswith(copula) and self.is_participle(form[: -len(copula)]) for copula in COPULAS):
            return True
        if self.is_participle(form) and len(form) > 3:
            return True
        return self._is_plain_with_object(form) or self._is_contracted(form)

    def _is_contracted(self, form: str) -> bool:
        """Tell whether a form is one of everyday speech that only its prefix tells from other words: خوام, گن, شه."""
        endings = PRESENT_ENDINGS + COLLOQUIAL_ENDINGS
        return any(
            form.removesuffix(clitic)[: -len(ending)] in CONTRACTED
            for clitic in ("", *OBJECT_CLITICS)
            for ending in endings
            if form.removesuffix(clitic).endswith(ending)
        )

    def _is_plain_with_object(self, form: str) -> bool:
        return form.endswith(OBJECT_CLITICS) and any(
            form.endswith(clitic) and len(form) > len(clitic) + 1 and self._is_plain(form[: -len(clitic)])
            for clitic in OBJECT_CLITICS
        )

    def is_participle(self, form: str) -> bool:
        """Tell whether a form is a past participle: رفته، نرفته، برگشته."""
        if not form.endswith("ه"):
            return False
        stem = form[:-1]
        if stem in self._past or (stem[:1] == "ن" and self._is_negated(stem[1:])):
            return True
        return any(
            stem.startswith(preverb) and stem[len(preverb) :].removeprefix("ن") in self._past for preverb in PREVERBS
        )

    def _is_negated(self, rest: str) -> bool:
        """Tell whether a past stem is left of a form without its ن: of نرفت, and of نیامد and نیاورد."""
        return rest in self._past or (
            rest[:1] == "ی" and any(alef + rest[cut:] in self._past for alef, cut in (("", 1), ("ا", 1), ("آ", 2)))
        )

    def is_infinitive(self, form: str) -> bool:
        """Tell whether a form is an infinitive: شدن، نشدن."""
        return form.endswith("ن") and form[:-1].removeprefix("ن") in self._past and form[-2:-1] in ("د", "ت")

    def stem(self, form: str) -> str:
        """Return whether a form is the ``present`` stem of a verb or the ``past`` one, or nothing."""
        if form in self._present:
            return "present"
        return "past" if form in self._past else ""

    def _is_plain(self, form: str) -> bool:
        length = len(form)
        for end in (length, length - 1, length - 2):  # an ending has up to two letters
            stem, ending = form[:end], form[end:]
            if ending in _PAST and stem in self._past:
                return True
            if ending in _PRESENT and self._is_present_stem(stem):
                return True
        return False

    def _is_present_stem(self, stem: str) -> bool:
        # After a vowel a ی stands before the ending (گو + ی + م); some stems are listed with it, some without.
        return stem in self._present or (stem.endswith(("ای", "وی")) and stem[:-1] in self._present)


def by_last_letter(endings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return endings by their last letter, in their order: so few are left to try on a word.

    >>> by_last_letter(("های", "ی", "م"))
    {'ی': ('های', 'ی'), 'م': ('م',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for ending in endings:
        found[ending[-1]] = (*found.get(ending[-1], ()), ending)
    return found


def _colloquial(stem: str, end: str) -> str:
    """Return a stem as everyday speech has it, if it ends so.

    >>> _colloquial("رسان", ""), _colloquial("توانست", "ست"), _colloquial("رفت", "ست")
    ('رسون', 'تونست', 'رفت')
    """
    for formal in ("وان", "ان"):
        if stem.endswith(formal + end):
            return stem[: -len(formal + end)] + "ون" + end
    return stem
