"""What a user may choose: profiles, and the options that override them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from persnorm.patterns import check_patterns

CHOICES: dict[str, tuple[object, ...]] = {
    "profile": ("standard", "minimal", "search", "publish"),
    "digits": ("fa", "en", "keep"),
    "diacritics": ("remove", "keep-tanvin", "keep-tashdid", "keep-tanvin-tashdid", "keep"),
    "bidi": ("needed", "remove", "keep"),
    "phrase_signs": ("keep", "expand"),
    "zwnj": ("insert", "keep", "space", "remove"),
    "joined": (True, False),
    "spaced": (True, False),
    "quotes": ("keep", "guillemets"),
    "endings": ("keep", "half-space"),
    "pronouns": ("keep", "half-space", "join"),
    "conjunctions": ("keep", "half-space", "join"),
    "verb_pairs": ("keep", "half-space", "join"),
    "prepositions": ("keep", "half-space", "space"),
    "ezafe": ("keep", "hamza", "yeh"),
    "run_ons": (True, False),
    "builtin": (True, False),
}


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a normalizer.

    Attributes:
        profile: The set of defaults that the others override: ``standard`` (the default), ``minimal`` (encoding only:
            letters, marks and invisible characters; no digit, punctuation or half-space is touched), ``search`` (one
            key for all spellings: half-spaces, diacritics and marks of direction gone, phrase signs in words, Latin
            digits), ``publish`` (typography too).
        digits: ``fa`` writes ۰–۹, ``en`` writes 0–9, ``keep`` leaves digits as they are.
        diacritics: ``remove`` takes the harakat away (never the hamza of ezafe), ``keep`` leaves them; ``keep-tanvin``
            leaves ً ٌ ٍ, ``keep-tashdid`` leaves ّ, ``keep-tanvin-tashdid`` both.
        bidi: ``needed`` leaves only the marks of direction that Latin text or a number with a sign leans on, ``remove``
            none, ``keep`` all but those inside a word, which stand for a half-space.
        phrase_signs: ``expand`` writes ﷺ and ﷽ out in words, ``keep`` leaves them.
        zwnj: Half-spaces of the output: ``insert`` repairs them, ``keep`` only leaves those that are there, ``space``
            and ``remove`` write a space or nothing in the place of each.
        joined: Repair words that lost a half-space and now stand joined (منطقهای → منطقه‌ای).
        spaced: Repair words whose half-space became a space (می شود → می‌شود).
        quotes: ``guillemets`` turns paired straight and curly quotes into «»; ``keep`` leaves them.
        endings: ``half-space`` parts plurals and degrees that stand joined (کتابها → کتاب‌ها, بزرگتر → بزرگ‌تر); ``keep``
            leaves those that may stand so.
        pronouns: ``half-space`` writes آن‌ها and هیچ‌کس, ``join`` writes آنها, ``keep`` leaves either.
        conjunctions: ``half-space`` writes این‌که, ``join`` writes اینکه, ``keep`` leaves either.
        verb_pairs: ``half-space`` writes گفت‌وگو, ``join`` writes گفتگو, ``keep`` leaves either.
        prepositions: ``half-space`` writes به‌عنوان, ``space`` writes به عنوان, ``keep`` leaves either.
        ezafe: After silent ه ``hamza`` writes خانهٔ, ``yeh`` writes خانه‌ی, ``keep`` leaves either.
        run_ons: Part words that lost the space between them (دراین → در این, سیاستروز → سیاست روز).
        builtin: Know the words that come with persnorm; without them only your own words, verbs and endings are known.
        disable: Names of rules that are off.
        protect: Regular expressions; what they match stays as it is, like addresses and code.
    """

    profile: str = "standard"
    digits: str = "fa"
    diacritics: str = "remove"
    bidi: str = "needed"
    phrase_signs: str = "keep"
    zwnj: str = "insert"
    joined: bool = True
    spaced: bool = True
    quotes: str = "keep"
    endings: str = "keep"
    pronouns: str = "keep"
    conjunctions: str = "keep"
    verb_pairs: str = "keep"
    prepositions: str = "keep"
    ezafe: str = "keep"
    run_ons: bool = False
    builtin: bool = True
    disable: frozenset[str] = frozenset()
    protect: tuple[str, ...] = ()

    @property
    def prose(self) -> bool:
        """Whether punctuation and spacing are set right; the minimal profile stops at the encoding."""
        return self.profile != "minimal"

    @property
    def erases_zwnj(self) -> bool:
        """Whether the result is to have no half-spaces."""
        return self.zwnj in ("space", "remove")


PROFILES: dict[str, Options] = {
    "standard": Options(),
    "minimal": Options(profile="minimal", digits="keep", diacritics="keep", zwnj="keep", joined=False, spaced=False),
    "search": Options(profile="search", digits="en", bidi="remove", phrase_signs="expand", zwnj="remove"),
    "publish": Options(profile="publish", quotes="guillemets"),
}


def choose(
    profile: str,
    disable: Iterable[str],
    rule_names: Iterable[str],
    chosen: dict[str, object],
    protect: Iterable[str] = (),
) -> Options:
    """Return the options of ``profile`` with those in ``chosen`` over them.

    Raises:
        ValueError: An unknown profile, option, value or rule name; the message lists the near ones. Or a pattern that
            is no regular expression.
    """
    check_known("profile", profile, CHOICES["profile"])
    if isinstance(disable, str):
        raise TypeError(f"disable takes an iterable of rule names, not one string: write disable=[{disable!r}]")
    options = PROFILES[profile]
    names = tuple(field.name for field in fields(Options) if field.name not in ("profile", "disable", "protect"))
    for name, value in chosen.items():
        check_known("option", name, names)
        check_known(name, value, CHOICES[name])
    off, known_rules = frozenset(disable), tuple(rule_names)
    for rule in sorted(off, key=repr):
        check_known("rule", rule, known_rules)
    return replace(options, disable=off, protect=check_patterns(protect), **chosen)  # type: ignore[arg-type]  # checked just above


def differences(options: Options, defaults: Options) -> dict[str, str]:
    """Return the options that differ, in their order, with the values as text: ``yes`` and ``no``, ``a+b`` for names.

    >>> differences(Options(digits="en", spaced=False), Options())
    {'digits': 'en', 'spaced': 'no'}
    """
    return {
        field.name: _as_text(getattr(options, field.name))
        for field in fields(Options)
        if getattr(options, field.name) != getattr(defaults, field.name)
    }


def _as_text(value: object) -> str:
    if isinstance(value, frozenset):
        return "+".join(sorted(value))
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def check_known(what: str, given: object, known: tuple[object, ...]) -> None:
    """Refuse what is not among ``known``.

    Args:
        what: The word for it in the message.
        given: What the user gave.
        known: What there is.

    Raises:
        ValueError: It is unknown; the message lists the near ones.
    """
    if any(given is item or (type(given) is type(item) and given == item) for item in known):
        return
    near = difflib.get_close_matches(str(given), [str(item) for item in known], n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise ValueError(f"unknown {what} {given!r}: {hint}it is one of {', '.join(str(item) for item in known)}")
