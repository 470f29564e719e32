"""What changed, where and why, as one page for a browser: before and after side by side, with nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from types import TracebackType
from typing import IO

from persnorm.change import Change, Explanation
from persnorm.files import Failure, Line, Unwritable, shown_name
from persnorm.output import Output
from persnorm.rule import ZWNJ
from persnorm.rules import ALL_RULES
from persnorm.show import Stretch, Tally, count, is_visible, stretches

_IN_MEMORY = 1 << 22
_RULES = {rule.name: rule for rule in ALL_RULES}


class HtmlReport:
    """Collects changed lines, file by file, and writes them as a page; to be used in a ``with`` block.

    The lines wait in a temporary file, as the page begins with their counts: a text may be of any size.

    Args:
        signature: Of the normalizer.
    """

    def __init__(self, signature: str) -> None:
        self._signature = signature
        self._tallies: list[tuple[str, Tally]] = []
        self._numbers: dict[str, int] = {}  # of the rules, in the order in which they are met
        self._open = False
        self._lines: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115  # closed by __exit__
            _IN_MEMORY, "w+", encoding="utf-8", newline=""
        )

    def __enter__(self) -> HtmlReport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # on a full disk; told already
            self._lines.close()

    def show(self, name: str, line: Line, explanation: Explanation) -> None:
        """Take a changed line of the file ``name``."""
        before: list[str] = []
        after: list[str] = []
        for stretch, change in stretches(explanation):
            same = _unchanged(stretch)
            before.append(same)
            after.append(same)
            if change:
                before.append(self._mark("del", change, change.before))
                after.append(self._mark("ins", change, change.after))
        rules = " ".join(map(str, sorted({self._numbers[change.rule] for change in explanation.changes})))
        self._begin_file(name)
        self._put(
            f'<div class="line" data-rules="{rules}"><span class="number" lang="en" dir="ltr">{line.number}</span>\n'
            f'<p class="before">{"".join(before)}</p>\n<p class="after">{"".join(after)}</p></div>\n'
        )

    def end_file(self, name: str, tally: Tally, failure: Failure | None = None) -> None:
        """Take the sum of a file, after its lines; with what went wrong, if it could not be read to its end."""
        self._begin_file(name)
        self._open = False
        self._tallies.append((name, tally))
        told = escape(str(failure or tally))
        self._put(f'<p class="summary" lang="en" dir="ltr">{told}</p>\n</section>\n')

    def write(self, output: Output) -> None:
        """Write the page."""
        template = _template()
        script, style = (re.search(rf"<{tag}>(.*?)</{tag}>", template, re.DOTALL) for tag in ("script", "style"))
        filled = {
            "script hash": _hash(script[1] if script else ""),
            "style hash": _hash(style[1] if style else ""),
            "signature": escape(self._signature),
            "summary": escape(self._summary()),
            "rules": "".join(self._rule_items()),
            "files": "".join(self._file_items()),
        }
        for part in re.split("({{[a-z ]+}})", template):
            if part == "{{text}}":
                for block in self._blocks():
                    output.write(block)
            else:
                output.write(filled[part[2:-2]] if part.startswith("{{") else part)

    def _mark(self, tag: str, change: Change, text: str) -> str:
        rule = self._numbers.setdefault(change.rule, len(self._numbers))
        also = f' data-also="{" ".join(change.also)}"' if change.also else ""
        focus = ' tabindex="0"' if tag == "ins" else ""  # one stop for the tabulator at each change
        return f'<{tag} data-rule="{rule}"{also}{focus}>{_visible(text)}</{tag}>'

    def _begin_file(self, name: str) -> None:
        if self._open:
            return
        self._open = True
        self._put(
            f'<section class="file" id="file-{len(self._tallies) + 1}">\n'
            f'<h2 dir="auto">{escape(shown_name(name))}</h2>\n'
            '<div class="heads"><span lang="en" dir="ltr">line</span><span lang="en" dir="ltr">before</span>'
            '<span class="after" lang="en" dir="ltr">after</span></div>\n'
        )

    def _put(self, text: str) -> None:
        try:
            self._lines.write(text)
        except OSError as error:
            raise Unwritable.of(tempfile.gettempdir(), error) from None

    def _blocks(self) -> Iterator[str]:
        """Yield what was put, piece by piece."""
        try:
            self._lines.seek(0)
        except OSError as error:  # what was held back finds no room
            raise Unwritable.of(tempfile.gettempdir(), error) from None
        while block := self._lines.read(1 << 14):
            yield block

    def _summary(self) -> str:
        changes = sum(tally.rules.total() for _, tally in self._tallies)
        lines = sum(tally.lines for _, tally in self._tallies)
        return f"{count(changes, 'change')} in {count(lines, 'line')} of {count(len(self._tallies), 'file')}"

    def _rule_items(self) -> Iterator[str]:
        """Yield the rules that changed something, those that changed most first."""
        totals: Counter[str] = sum((tally.rules for _, tally in self._tallies), Counter())
        for name, total in totals.most_common():
            rule = _RULES[name]
            yield (
                f'<li data-rule="{self._numbers[name]}"><label><input type="checkbox" checked> '
                f'<code>{name}</code> <span class="count">{total}</span></label> '
                f'<button type="button" aria-label="only {name}">only</button>'
                f"<p>{_english(rule.why)} <cite>[{_english(rule.source)}]</cite></p></li>\n"
            )

    def _file_items(self) -> Iterator[str]:
        for number, (name, tally) in enumerate(self._tallies, 1):
            yield (
                f'<li><a href="#file-{number}"><bdi>{escape(shown_name(name))}</bdi></a> '
                f'<span class="count">{tally.rules.total()}</span></li>\n'
            )


def _unchanged(stretch: Stretch) -> str:
    """Return a stretch without a change as HTML."""
    left_out = (
        f'<span class="cut" lang="en" dir="ltr">{stretch.left_out:,} characters</span>' if stretch.left_out else ""
    )
    return _visible(stretch.start) + left_out + _visible(stretch.end)


def _visible(text: str) -> str:
    """Return text as HTML, with each invisible character but the space made visible."""
    if text.isprintable():
        return escape(text)
    return "".join(map(_visible_character, text))


def _visible_character(char: str) -> str:
    if is_visible(char):
        return escape(char)
    if char == ZWNJ:
        return f'<span class="z">{ZWNJ}</span>'
    return f'<span class="c">U+{ord(char):04X}</span>'  # never itself: it could turn the page around


def _english(text: str) -> str:
    """Return English as HTML, in which a Persian title does not turn round what follows it."""
    return re.sub("«[^»]*»", r"<bdi>\g<0></bdi>", escape(text))


def _template() -> str:
    from importlib.resources import files  # noqa: PLC0415  # only a report needs it

    return (files("persnorm") / "html_report.html").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return what allows a script or style of the page itself, and so no other, to take part in it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
