"""The Arabic script as the rules see it: character classes, each to be put between the brackets of a pattern.

Tables are from the Unicode Character Database; tests/test_rules.py holds them against ``unicodedata``.
"""

from __future__ import annotations

ARABIC_BLOCKS = r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
"""Everything of the script: letters, marks, digits and punctuation of every language that writes it."""

FORMS = r"\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufcf1\ufcf5-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfc\ufe80-\ufefc"
"""Presentation forms: letters and ligatures stored by their shape."""

PHRASE_SIGNS = r"\ufd40-\ufd4f\ufdcf\ufdfa\ufdfb\ufdfd-\ufdff"
"""One sign for a phrase of several words: ﷺ, ﷽. Only the first two with a decomposition are letters too."""

LETTERS = r"\u0621-\u063a\u0641-\u064a\u0671\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc\u06d5" + FORMS
"""Letters of Persian and Arabic. Those of other languages stand in protected words and are never seen by a rule.

U+06D5 is here for its decomposed form with hamza; see ``FOREIGN_LETTERS``.
"""

FOREIGN_LETTERS = (
    r"\u0620\u063b-\u063f\u066e\u066f\u0672-\u067d\u067f-\u0685\u0687-\u0697\u0699-\u06a8\u06aa-\u06ae\u06b0-\u06bf"
    r"\u06c1-\u06cb\u06cd-\u06d3\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
    r"\ufb52-\ufb55\ufb5a-\ufb79\ufb7e-\ufb89\ufb8c\ufb8d\ufb96-\ufba3\ufba6-\ufbb1\ufbd3-\ufbe7\ufbec\ufbed"
    r"\ufbf0-\ufbf8\ufdf0\ufdf1"
)
"""Letters of other languages (Kurdish, Pashto, Urdu, Uyghur and more), also as presentation forms.

U+06D5 is one too, unless a hamza above makes it the decomposed form of U+06C0.
"""

NON_JOINERS = "ءآأؤإاٱدذرزژوةۀ"
"""Letters that never join the next one (Joining_Type R or U), so that a half-space after them shows nothing."""

HARAKAT = (
    r"\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    r"\u08d3-\u08e1\u08e3-\u08ff\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe72\ufe74\ufe76-\ufe7f"
)
"""Vowel signs and signs of recitation, also as presentation forms. Never the hamza, which spells a consonant."""

TANVIN = r"\u064b-\u064d\u08f0-\u08f2\ufc5e\ufc5f\ufe70-\ufe72\ufe74"
"""The harakat that are read -an, -on, -en (حتماً), also as presentation forms and above a tashdid."""

TASHDID = r"\u0651\ufc5e-\ufc63\ufcf2-\ufcf4\ufe7c\ufe7d"
"""The sign of a doubled letter (بنّا), also as presentation forms and below another sign."""

MARKS = HARAKAT + r"\u0653-\u0655"
"""All that stands above or below a letter: harakat, madda and hamza."""

TATWEEL = "\N{ARABIC TATWEEL}"

INVISIBLE = r"\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff"
"""Soft hyphen, zero width space, word joiner, invisible operators, deprecated format characters, byte order mark."""

SELECTORS = r"\u034f\ufe00-\ufe0f\U000e0000-\U000e01ef"
"""Variation selectors, tags and the grapheme joiner: they say something of an emoji, and nothing of a letter here."""

BIDI_STARTS = r"\u202a\u202b\u202d\u202e\u2066-\u2068"
"""Embeddings, overrides and isolates: what sets the direction of all up to the matching end."""

BIDI_ENDS = r"\u202c\u2069"
"""What ends an embedding or override, and what ends an isolate."""

BIDI_CONTROLS = r"\u061c\u200e\u200f" + BIDI_STARTS + BIDI_ENDS
"""Marks, embeddings, overrides and isolates of direction."""

SPACES = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""All space characters (general category Zs) but the plain one."""

DIGITS = "0-9۰-۹٠-٩"
