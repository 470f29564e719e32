"""The page about the rules, made from the rules: ``python -m persnorm.rules docs/rules.md`` writes it."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

from persnorm import rules
from persnorm.options import CHOICES, PROFILES, Options
from persnorm.rule import ZWNJ, Rule
from persnorm.show import ZWNJ_MARK, visible

HEAD = f"""\
# Rules

<!-- Made from the rules in persnorm/rules by: python -m persnorm.rules docs/rules.md -->

What persnorm changes, rule by rule: why, on what authority, when, and what it leaves alone. `{ZWNJ_MARK}` stands for
the half-space, `<U+200F>` for another character that cannot be seen; each example is tested. Where *with* names options
or a word of your own, the rule needs them. A counter-example looks like a case for the rule and stays as it is.

The name of a rule is what [explanations](explain.md) call it, and what switches it off:
`Normalizer(disable=["arabic-yeh"])`, or `persnorm --disable arabic-yeh`. Rules of one kind stand together here;
`persnorm --list-rules` lists them in the order in which they run.

"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(_overview()) + "".join(part for kind in _kinds() for part in _section(*kind))


def _kinds() -> list[tuple[ModuleType, list[Rule]]]:
    """Return the modules of rules with their rules, in the order in which they first run."""
    modules = [module for module in vars(rules).values() if isinstance(module, ModuleType)]
    kinds: dict[str, tuple[ModuleType, list[Rule]]] = {}
    for rule in rules.ALL_RULES:
        home = next(module for module in modules if any(rule in part for part in _tuples(module)))
        kinds.setdefault(home.__name__, (home, []))[1].append(rule)
    return list(kinds.values())


def _tuples(module: ModuleType) -> Iterator[tuple[object, ...]]:
    return (value for value in vars(module).values() if isinstance(value, tuple))


def _overview() -> Iterator[str]:
    yield "| rule | with | before | after |\n|---|---|---|---|\n"
    for _, members in _kinds():
        for rule in members:
            before, after = rule.examples[0]
            yield f"| [{rule.name}](#{rule.name}) | {_needed(rule)} | {cell(before)} | {cell(after)} |\n"


def _section(module: ModuleType, members: list[Rule]) -> Iterator[str]:
    title = module.__name__.rpartition(".")[2].replace("_", "-").capitalize()
    yield f"\n## {title}\n\n{(module.__doc__ or '').splitlines()[0]}\n"
    for rule in members:
        yield f"\n### {rule.name}\n\n{rule.why}\n\n"
        yield f"*Source:* {rule.source}. *When:* {'; '.join(_when(rule))}.\n"
        yield from _table("example", rule, rule.examples)
        yield from _table("counter-example", rule, [(text, text) for text in rule.counter_examples])


def _table(title: str, rule: Rule, rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Iterator[str]:
    if not rows:
        return
    needed = _needed(rule)
    yield (
        f"\n| {title} | with | before | after |\n|---|---|---|---|\n"
        if needed
        else (f"\n| {title} | before | after |\n|---|---|---|\n")
    )
    for number, (before, after) in enumerate(rows, 1):
        yield f"| {number} |{f' {needed} |' if needed else ''} {cell(before)} | {cell(after)} |\n"


def _profiles(rule: Rule) -> list[str]:
    return [name for name, options in PROFILES.items() if rule.wants(options)]


def _needed(rule: Rule) -> str:
    """Return what the examples need beside the standard profile, for the column ``with``."""
    profile = next(iter(_profiles(rule)), "standard")
    needed = [] if profile == "standard" else [f"profile `{profile}`"]
    needed += [_option(*chosen) for chosen in rule.chosen]
    if rule.words:
        needed.append("`words=[{}]`".format(", ".join(f'"{visible(word)}"' for word in rule.words)))
    return " and ".join(needed)


def _when(rule: Rule) -> Iterator[str]:
    """Yield in which profiles the rule is on, and which options turn it on and off."""
    profiles = _profiles(rule)
    if len(profiles) == len(PROFILES):
        yield "on in every profile"
    elif profiles:
        yield f"on in {_list([f'`{name}`' for name in profiles])}"
    else:
        yield "on in no profile"
    if not rule.wants(PROFILES["standard"]):
        turning_on = list(_turning(rule, PROFILES["standard"]))
        if turning_on or rule.chosen:
            yield f"on with {_list(turning_on, 'or') or _list([_option(*chosen) for chosen in rule.chosen])}"
    enabled = replace(PROFILES[next(iter(profiles), "standard")], **dict(rule.chosen))  # type: ignore[arg-type]
    decisive = {name for name, _ in rule.chosen} if not profiles else set()
    turning_off = list(_turning(rule, enabled, decisive))
    if turning_off:
        yield f"off with {_list(turning_off, 'or')}"
    if rule.words:
        yield "only for [words of your own](lexicon.md)"


def _turning(rule: Rule, options: Options, leave_out: set[str] | frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield each single option that turns the rule on where it is off, or off where it is on."""
    names = [field.name for field in fields(Options) if field.name in CHOICES and field.name != "profile"]
    for name in names:
        for value in CHOICES[name]:
            if name not in leave_out and rule.wants(replace(options, **{name: value})) != rule.wants(options):  # type: ignore[arg-type]
                yield _option(name, value)


def _option(name: str, value: object) -> str:
    return f'`{name}="{value}"`' if isinstance(value, str) else f"`{name}={value}`"


def _list(items: list[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def cell(text: str) -> str:
    r"""Return a text as a table shows it: in code, with what cannot be seen, or would break the table, by code point.

    >>> cell("می\u200cشود | \u200f")
    '`می⸱شود <U+007C> <U+200F>`'
    """
    shown = "".join(_shown(char, text) for char in text)
    # Spaces at the ends would be lost.
    return "`" + re.sub("^ +| +$", lambda spaces: "<U+0020>" * len(spaces[0]), shown) + "`"


def _shown(char: str, text: str) -> str:
    is_loose_mark = unicodedata.combining(char) and not unicodedata.is_normalized("NFC", text)  # editors compose it
    if char in "|`" or char == ZWNJ_MARK or is_loose_mark:
        return f"<U+{ord(char):04X}>"
    return ZWNJ_MARK if char == ZWNJ else visible(char)


def main() -> int:
    """Write the page to the file that is named, or to standard output."""
    parser = argparse.ArgumentParser(prog="python -m persnorm.rules", description=main.__doc__)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    file: Path | None = parser.parse_args().file
    if file:
        file.write_text(page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.buffer.write(page().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
