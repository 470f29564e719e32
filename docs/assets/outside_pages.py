"""Pages of the site that are not in docs/: the README, the changelog, where the data comes from, the licence.

A hook of MkDocs. Links lead from file to file, as GitHub has them; here those that cross the border of docs/ are
turned to the page that the file becomes.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent.parent

PAGES = {
    "README.md": "overview.md",
    "README.fa.md": "persian.md",
    "CHANGELOG.md": "changelog.md",
    "persnorm/data/SOURCES.md": "sources.md",
    "LICENSE": "license.md",
}
"""File of the project -> page of the site."""

_FILES = {page: file for file, page in PAGES.items()}
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s:]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages."""
    for name, page in PAGES.items():
        text = (ROOT / name).read_text("utf-8")
        if name == "LICENSE":
            text = f"# Licence\n\n```text\n{text}```\n"
        files.append(File.generated(config, page, content=re.sub('(<div dir="(?:rtl|ltr)")>', r"\1 markdown>", text)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links from file to file into links from page to page."""
    folder = posixpath.dirname(_FILES.get(page.file.src_uri, f"docs/{page.file.src_uri}"))

    def turned(link: re.Match[str]) -> str:
        label, path, anchor = link[1], posixpath.normpath(posixpath.join(folder, link[2])), link[3] or ""
        if path in PAGES:
            return f"[{label}]({PAGES[path]}{anchor})"
        if path.startswith("docs/"):
            return f"[{label}]({path.removeprefix('docs/')}{anchor})"
        return label if (ROOT / path).exists() else link[0]  # source code is no page; what is nowhere is for --strict

    return _LINK.sub(turned, markdown)
