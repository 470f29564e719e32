"""What the site makes of pages beyond Markdown: the direction of Persian inside code."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
spec = importlib.util.spec_from_file_location("direction", ASSETS / "direction.py")
assert spec is not None
assert spec.loader is not None
direction = importlib.util.module_from_spec(spec)
spec.loader.exec_module(direction)


@pytest.mark.parametrize(
    ("html", "turned"),
    [
        ("<code>متن&lt;U+200F&gt; من</code>", '<code>متن<bdi dir="ltr">&lt;U+200F&gt;</bdi> من</code>'),
        ("<code>List&lt;U&gt;</code>", None),
        ('<pre><span class="s2">"رفت."</span></pre>', '<pre><span class="s2" dir="rtl">"رفت."</span></pre>'),
        ('<p><span class="s2">"رفت."</span></p>', None),
        ('<pre><span class="s2">"text"</span></pre>', None),
        ('<pre><span class="s1">\'می</span><span class="se">\\u200c</span><span class="s1">شود\'</span></pre>', None),
        (
            '<pre>\n<span class="s2">... مدیر رفت.</span>\n</pre>',
            '<pre>\n<span class="s2">... <bdi dir="rtl">مدیر رفت.</bdi></span>\n</pre>',
        ),
        (
            '<pre>\n<span class="n">رفت</span><span class="o">.</span>\n<span class="kc">True</span></pre>',
            '<pre>\n<bdi dir="rtl"><span class="n">رفت</span><span class="o">.</span></bdi>\n'
            '<span class="kc">True</span></pre>',
        ),
        ('<pre>\n<span class="n">رفت</span> <span class="s2">\n</span></pre>', None),
    ],
)
def test_direction(html, turned):
    """Persian that stands alone goes from right to left, named code points from left to right, all else as it was."""
    assert direction.on_page_content(html) == (html if turned is None else turned)
