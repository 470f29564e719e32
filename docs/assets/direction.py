"""Gives Persian inside code its own direction; the rest of that is done by persian.css. A hook of MkDocs."""

from __future__ import annotations

import re
from typing import Any

PERSIAN = "[«\u0600-\u06ff]"
_CODE_POINT = re.compile(r"&lt;U\+[0-9A-F]{4,6}&gt;")
_BLOCK = re.compile(r"<pre.*?</pre>", re.S)
_STRING = re.compile(rf"""<span class="(s[12])">(["'])({PERSIAN}[^<]*\2)</span>""")
_LINE_OF_STRING = re.compile(rf'^(<span class="s[12]">(?:\.\.\. )?)({PERSIAN}[^<]*)(</span>)$', re.M)
_OUTPUT = re.compile(rf'^<span class="(?:n|err)">{PERSIAN}.*$', re.M)


def on_page_content(html: str, **_: Any) -> str:
    """Return a page in which these have a direction of their own.

    - A named code point, ``<U+200F>``: else its angle brackets turn round beside Persian.
    - A string that is Persian from its first letter on, and has no escape: else its full stop stands at the wrong end.
    - A line of a string, and one that is printed, that begin so.
    """
    html = _CODE_POINT.sub(r'<bdi dir="ltr">\g<0></bdi>', html)
    return _BLOCK.sub(lambda block: _block(block[0]), html)


def _block(html: str) -> str:
    html = _STRING.sub(r'<span class="\1" dir="rtl">\2\3</span>', html)
    html = _LINE_OF_STRING.sub(r'\1<bdi dir="rtl">\2</bdi>\3', html)
    return _OUTPUT.sub(lambda line: _own(line[0]) if _is_balanced(line[0]) else line[0], html)


def _own(html: str) -> str:
    return f'<bdi dir="rtl">{html}</bdi>'


def _is_balanced(html: str) -> bool:
    return html.count("<span") == html.count("</span>")
