"""Draws mark.woff, a font of one character: the dot ⸱ (U+2E31) that shows half-spaces. Needs fonttools."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

WIDTH, SIDE, MIDDLE = 400, 160, 300
"""In thousandths of the size of the letters: how wide the character is, how large the dot, how high it stands."""


def dot() -> object:
    """Return the glyph: a square, which a dot of this size is."""
    pen = TTGlyphPen(None)
    left, bottom = (WIDTH - SIDE) // 2, MIDDLE - SIDE // 2
    pen.moveTo((left, bottom))
    for point in ((left, bottom + SIDE), (left + SIDE, bottom + SIDE), (left + SIDE, bottom)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def main() -> None:
    """Write the font beside this file."""
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "dot"])
    font.setupCharacterMap({0x2E31: "dot"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "dot": dot()})
    font.setupHorizontalMetrics({".notdef": (WIDTH, 0), "dot": (WIDTH, (WIDTH - SIDE) // 2)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Half-space mark", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font.flavor = "woff"
    font.save(Path(__file__).with_name("mark.woff"))


if __name__ == "__main__":
    main()
