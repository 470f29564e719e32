"""Time grows with the text: four times as much of anything takes nowhere near sixteen times as long.

Only ratios of processor time are compared, with a wide margin, and a ratio that is too high is measured again.
"""

from __future__ import annotations

import time

import pytest

from persnorm import Normalizer

NORMALIZER = Normalizer("publish", joined=False, spaced=False)

SIGNS = [
    *('"', "“", "«", "(", "( ", " )", "ک)", "« ", " »", "|  ", "ک  |"),
    *(
        "،",
        " ،",
        "ک,",
        "ک, ",
        "ک ,",
        "ک,ک",
        "1,",
        "1, ",
        "1,234",
        "۱ , ک",
        ";",
        "?",
        "ک?",
        "ک?!",
        "ک)?",
        "!",
        "...",
        ". ",
    ),
    *("1.", "۱.۲ ", "1.2.", "10:", "1/", "1-", "٫", "۱٫", "%", "۱%", "۱۲ ام ", "ام ", "ک.ک.", "ککک.کک "),
    *(" ", "\N{NO-BREAK SPACE}", "\u200c", "ک\u200c", "\u200c ", "\u064e", "\u064e\u200c"),
    *("```", "`a ", "<pre>ک", "<!-- ", "[ک](", "[ک][", "$ک_", "{", "\\(", "C:\\a ", "@ک", "#ک_"),
]


@pytest.mark.parametrize("line_end", ["", "\n"], ids=["one line", "lines"])
@pytest.mark.parametrize("sign", SIGNS)
def test_time_grows_with_the_text(sign, line_end):
    """Unbalanced quotes, brackets and fences, runs of signs: none is looked at again and again."""
    ratios = []
    for _ in range(4):
        small, large = (seconds("ب " + (sign + line_end) * (size // len(sign + line_end))) for size in (8_000, 32_000))
        ratios.append(large / small)
        if large < 0.05 or ratios[-1] < 10:
            return
    raise AssertionError(f"four times the text took {min(ratios):.0f} times as long, four times over")


@pytest.mark.parametrize("words", ["در گوشهای دنج نشست ", "هم این و هم آن ", "دو سال پیش بینی ", "می شود و کتاب های "])
def test_time_grows_with_the_words_of_a_line(words):
    """What is asked of the line for one word, which may be near all others, is not asked again for each of them."""
    normalizer = Normalizer()
    normalizer.normalize(words)
    ratios = []
    for _ in range(4):
        small, large = (seconds(words * (size // len(words)), normalizer) for size in (16_000, 64_000))
        ratios.append(large / small)
        if ratios[-1] < 8:
            return
    raise AssertionError(f"four times the words took {min(ratios):.0f} times as long, four times over")


def seconds(text: str, normalizer: Normalizer = NORMALIZER) -> float:
    """Return the processor time that a text takes."""
    began = time.process_time()
    normalizer.normalize(text)
    return time.process_time() - began
