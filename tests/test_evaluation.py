"""The measure of half-spaces: what counts as right and wrong, its figures, and the command that shows them."""

from __future__ import annotations

import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, gold_lines

import persnorm
from persnorm import Normalizer
from persnorm.evaluation import KINDS, NotGold, Score, damage, evaluate
from persnorm.rule import ZWNJ
from persnorm.show import ZWNJ_MARK
from persnorm.tasks import ExitCode

CASES = json.loads((Path(__file__).parent / "data" / "evaluation.json").read_text(encoding="utf-8"))
SHARED = Path(__file__).parents[1] / ".." / "shared" / "eval"

GOLD = f"باغبان گل{ZWNJ}ها را آب می{ZWNJ}دهد.\n\nاو نمی{ZWNJ}خواهد برود.\n"  # 2 lines, 8 words, 3 half-spaces


def as_it_is(text):
    """Return the text: the normalizer that does nothing."""
    return text


def texts():
    """Texts of some lines of edited Persian; the first has half-spaces that can be judged."""
    return st.lists(gold_lines().map(lambda line: line.text), max_size=4).map(lambda lines: [*GOLD.split("\n"), *lines])


every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_line(case):
    """Each half-space of a line is counted as right, missing or surplus, each wrong gap as wrong, and told."""
    score = Score()
    score.add_line(case["gold"], case["result"])
    assert [score.right, score.missing, score.surplus, score.wrong, score.exact] == case["counts"]
    assert [list(error) for error in score.errors.elements()] == case["errors"]


def test_figures():
    """The figures are what their names say, in percent and for each 1000 words."""
    score = Score(lines=8, words=500, right=30, missing=10, surplus=20, wrong=35, exact=2)
    assert score.half_spaces == 40
    assert (score.precision, score.recall, score.exact_lines, score.wrong_per_1000_words) == (60.0, 75.0, 25.0, 70.0)
    assert score.f1 == pytest.approx(2 * 60 * 75 / (60 + 75))
    assert {Score().precision, Score().recall, Score().f1, Score().exact_lines} == {0.0}


class TestDamage:
    LINE = f"نمی{ZWNJ}خواسته{ZWNJ}اند خانه{ZWNJ}هایشان را ببینند"

    def test_plain_kinds(self):
        """All half-spaces go, or become a space, or stay."""
        shown = {kind: damage(self.LINE, kind, Random(1)) for kind in ("joined", "spaced", "clean")}
        assert shown == {
            "joined": self.LINE.replace(ZWNJ, ""),
            "spaced": self.LINE.replace(ZWNJ, " "),
            "clean": self.LINE,
        }

    def test_mixed(self):
        """Of many half-spaces each has its share of fates; the seed alone decides which has which."""
        damaged = damage(f"ب{ZWNJ}" * 10_000, "mixed", Random(7))
        kept, spaces = damaged.count(ZWNJ), damaged.count(" ")
        assert [kept, 10_000 - kept - spaces, spaces] == pytest.approx([2500, 4500, 3000], rel=0.05)
        assert damage(f"ب{ZWNJ}" * 10_000, "mixed", Random(7)) == damaged
        assert damage(f"ب{ZWNJ}" * 10_000, "mixed", Random(8)) != damaged
        assert damage(ZWNJ.join("abcdefghijklmnopqrstuvwxyz"), "mixed", Random(7)) == (
            "ab|cd|efg|hi|jk|l|mn o|p|qr stu v|w xy|z".replace("|", ZWNJ)
        )


@every_kind
@given(gold=texts(), seed=st.integers())
def test_perfect_normalizer(kind, gold, seed):
    """Who gives the gold text back scores 100 in all, whatever was done to it."""
    answers = iter([line for line in gold if line])
    score = evaluate(gold, lambda _: next(answers), kind, seed=seed)
    assert (score.precision, score.recall, score.f1, score.exact_lines) == (100, 100, 100, 100)
    assert (score.wrong, score.errors.total()) == (0, 0)


@given(gold=texts())
def test_doing_nothing(gold):
    """Who does nothing harms no clean text and repairs no damage."""
    clean = evaluate(gold, as_it_is, "clean")
    assert (clean.f1, clean.exact_lines, clean.wrong_per_1000_words) == (100, 100, 0)
    for kind in ("joined", "spaced"):
        score = evaluate(gold, as_it_is, kind)
        assert (score.precision, score.recall, score.f1) == (0, 0, 0)
        assert score.missing == score.wrong == clean.right
    mixed = evaluate(gold, as_it_is, "mixed")
    assert mixed.half_spaces == clean.right
    assert mixed.surplus == 0


@given(text=texts(), more=texts())
def test_scores_add_up(text, more):
    """The score of two texts is the sum of theirs, errors too."""
    both = evaluate(text + more, as_it_is, "spaced")
    assert evaluate(text, as_it_is, "spaced") + evaluate(more, as_it_is, "spaced") == both


@given(gold=gold_lines(), result=any_text())
def test_any_result_is_judged(gold, result):
    """Whatever a normalizer makes of a line has a score; what it put where letters are lost is not guessed at."""
    score = Score()
    score.add_line(gold.text, result)
    assert all(0 <= figure <= 100 for figure in (score.precision, score.recall, score.f1, score.exact_lines))
    assert score.missing + score.surplus <= 2 * score.wrong
    assert bool(score.wrong) == bool(score.errors)
    assert not (score.exact and score.wrong)


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ([], "the text is empty"),
        (["", " \n"], "the text is empty"),
        (["باغبان آب داد."], "no half-space"),
        ([f"کار{ZWNJ}ها با آن{ZWNJ}هاست"], "no half-space"),  # none that could be judged
        (["no Persian"], "no half-space"),
    ],
)
def test_no_gold(gold, said):
    """A text that cannot be a measure is refused, before anything is normalized."""
    with pytest.raises(NotGold, match=said):
        evaluate(gold, pytest.fail, "clean")


def test_unknown_kind():
    """An unknown kind of damage is refused with what is near."""
    with pytest.raises(ValueError, match="unknown kind 'joind': did you mean joined"):
        evaluate([GOLD], as_it_is, "joind")


@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation texts are not beside the checkout (../shared/eval)")
@pytest.mark.parametrize(
    "normalize",
    [
        Normalizer().normalize,
        Normalizer(disable=["joined-word"]).normalize,
        lambda text: text.replace("ه", "").replace(" ", ZWNJ, 1),  # loses letters
    ],
    ids=["default", "no joined-word", "vandal"],
)
def test_agrees_with_the_other_scorer(normalize):
    """Another scorer of the same definition gives the same figures, to its rounding."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    normalize = cache(normalize)
    paths = sorted((SHARED / "dev").glob("*.txt"))
    assert paths
    for path in paths:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()][:40]
        for kind in KINDS:
            theirs, ours = other.score(lines, kind, normalize, seed=7), evaluate(lines, normalize, kind, seed=7)
            assert [theirs[name] for name in ("lines", "words")] == [ours.lines, ours.words], (path.name, kind)
            assert [theirs[name] for name in ("P", "R", "F1", "exact", "changed_per_1000_words")] == pytest.approx(
                [ours.precision, ours.recall, ours.f1, ours.exact_lines, ours.wrong_per_1000_words], abs=0.0501
            ), (path.name, kind)


@pytest.fixture
def measure(run, tmp_path):
    """Give ``persnorm evaluate`` in a folder where ``gold`` is a gold text: arguments to code, output, error text."""
    (tmp_path / "gold").write_text(GOLD, "utf-8")

    def measure(*arguments, given=None):
        code, output, errors = run("evaluate", *arguments, given=given)
        return code, output.decode(), errors

    return measure


def rows(output):
    """Return the figures of each kind that a table shows, table after table."""
    return [
        (kind, *map(float, figures.split()))
        for kind, figures in re.findall(rf"^({'|'.join(KINDS)}) +([\d. ]+)$", output, re.MULTILINE)
    ]


class TestCommand:
    def test_table(self, measure):
        """A table of all kinds, with what was measured and with what."""
        code, output, errors = measure("gold", "--no-spaced")
        assert (code, errors) == (ExitCode.FINE, "")
        assert output.startswith("gold: 2 lines, 8 words, 3 half-spaces\ndamage ")
        assert [row[0] for row in rows(output)] == list(KINDS)
        assert rows(output)[0] == ("joined", 100, 100, 100, 100, 0)
        assert rows(output)[1] == ("spaced", 0, 0, 0, 0, 375)  # the options are those of the normalizer
        assert f"persnorm {persnorm.__version__} with Normalizer(profile='standard', spaced=False)" in output
        assert output.endswith("seed 7\n")

    def test_errors(self, measure):
        """The commonest errors are shown, the half-space visible, its mark explained; no more than asked for."""
        _, output, _ = measure("gold", "--no-joined", "--kinds", "joined", "--errors", "2")
        assert output.count(" came out as ") == 2
        assert f'     1  "گل{ZWNJ_MARK}ها" came out as "گلها"\n' in output
        assert f"{ZWNJ_MARK} stands for a half-space" in output
        assert ZWNJ not in output
        assert ZWNJ_MARK not in measure("gold")[1]

    def test_several(self, measure):
        """Several texts have a table each and one of all, with all lines counted; a dash is standard input."""
        code, output, errors = measure("gold", "-", "--kinds", "clean,joined", given=f"می{ZWNJ}رود\n".encode())
        assert (code, errors) == (ExitCode.FINE, "")
        headings = re.findall(r"^(.*): (\d+) lines, (\d+) words, (\d+) half-spaces$", output, re.MULTILINE)
        assert headings == [("gold", "2", "8", "3"), ("<stdin>", "1", "1", "1"), ("all 2 texts", "3", "9", "4")]
        assert [row[0] for row in rows(output)] == ["clean", "joined"] * 3

    def test_seed(self, measure):
        """The seed decides what is damaged at random."""
        outputs = {measure("gold", "--kinds", "mixed", "--zwnj", "keep", "--seed", seed)[1] for seed in range(8)}
        figures = {tuple(rows(output)) for output in outputs}
        assert len(figures) > 1
        assert measure("gold", "--seed", "7") == measure("gold")

    def test_json(self, measure):
        """JSON lines have all counts, figures, errors, and what they were measured with, in ASCII."""
        code, output, errors = measure("gold", "--json", "--kinds", "spaced", "--no-spaced", "--errors", "1")
        assert (code, errors, output.isascii(), output.count("\n")) == (ExitCode.FINE, "", True, 1)
        assert json.loads(output) == {
            "file": "gold",
            "kind": "spaced",
            "lines": 2,
            "words": 8,
            "half_spaces": 3,
            "right": 0,
            "missing": 3,
            "surplus": 0,
            "wrong": 3,
            "exact": 0,
            "precision": 0.0,
            "recall": 0.0,
            "f1": 0.0,
            "exact_lines": 0.0,
            "wrong_per_1000_words": 375.0,
            "errors": [{"count": 1, "gold": f"گل{ZWNJ}ها", "result": "گل ها"}],
            "seed": 7,
            "normalizer": "Normalizer(profile='standard', spaced=False)",
            "version": persnorm.__version__,
        }
        assert [json.loads(line)["kind"] for line in measure("gold", "gold", "--json")[1].splitlines()] == [*KINDS] * 2

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (None, "no such file or directory; check the name and the folder"),
            (b"", "the text is empty; expected well-edited Persian"),
            (b"\xef\xbb\xbf\r\n \n", "the text is empty"),
            ("باغبان آب داد.\n".encode(), "no half-space (U+200C) that can be judged; expected a text with"),
        ],
    )
    def test_bad_text(self, measure, tmp_path, data, said):
        """A text that cannot be measured is told in one line; the others are, and the exit code tells."""
        if data is not None:
            (tmp_path / "bad").write_bytes(data)
        code, output, errors = measure("bad", "gold")
        assert (code, errors.count("\n")) == (ExitCode.FAILED, 1)
        assert errors.startswith(f"persnorm: bad: {said}")
        assert len(rows(output)) == len(KINDS)
        assert measure("bad")[:2] == (ExitCode.FAILED, "")

    def test_broken_utf8(self, measure, tmp_path):
        """Broken UTF-8 is told with file, line and offset in bytes."""
        data = GOLD.encode() + b"\xc7\n"
        (tmp_path / "bad").write_bytes(data)
        code, output, errors = measure("bad")
        assert (code, output) == (ExitCode.FAILED, "")
        assert errors.startswith(f"persnorm: bad:4: byte offset {len(data) - 2} (0xC7): not UTF-8")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ["--kinds", "joind"],
                "unknown kind 'joind': did you mean joined? it is one of joined, spaced, mixed, clean",
            ),
            (["--kinds", ""], "unknown kind ''"),
            (["--seed", "x"], "'--seed'"),
            (["--errors", "-1"], "'--errors'"),
            (["--digits", "fax"], "unknown digits 'fax'"),
            (["--in-place"], "--in-place"),
        ],
    )
    def test_wrong_usage(self, measure, arguments, said):
        """Wrong usage is told in one line that leads to the help of the subcommand."""
        code, output, errors = measure(*arguments, "gold")
        assert (code, output, errors.count("\n")) == (ExitCode.USAGE, "", 1)
        assert said in errors
        assert errors.endswith("; see persnorm evaluate --help\n")
