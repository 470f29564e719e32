"""The builder of the data files, on a few sentences and a stand-in for hazm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import persnorm
from persnorm.data import build
from persnorm.data.counting import joined_verbs
from persnorm.lexicon import TABLES, Lexicon, parse_table, seen_of
from persnorm.rule import ZWNJ

pytest.importorskip("numpy", reason="the builder fits its weights with numpy: pip install 'persnorm[build]'")

PACKAGE = Path(persnorm.__file__).parent

SENTENCES = """
او کتاب|ها را می|خواند و خانه|ای در کوه|ها می|سازد
کتاب|های او در خانه است و گوش|های ما می|شنود
در گوشه|ای از باغ می|نشیند و گفت|وگو می|کند
گفت و گو کردند و رفته|اند
میدان شهر بزرگ است، بزرگ|تر از آن میدان دیگر
می خورد و می رود و کتاب ها را نمی|بیند
باغ|ها و شهر|ها و برگ|ها و سنگ|ها را دیده|ایم و شهرها را
تنها نهایی میراث نماینده بهتر دیدارهای خانهٔ ما
"""

HAZM = '''
"""Stands in for hazm: two lists."""

def words_list():
    return [
        ("آب", 5, ("N",)),
        ("خانه", 3, ("N",)),
        ("خوش\\u200cبو", 2, ("N", "AJ")),
        ("پیش\\u200cبینی", 1, ("N",)),
        ("هیچکاره", 9, ("0",)),
    ]

def verbs_list():
    return ["خواند#خوان", "رفت#رو", "ساخت#ساز", "#هست", "not a pair"]
'''


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Return a folder with one text."""
    folder = tmp_path / "corpora"
    folder.mkdir()
    (folder / "text.txt").write_text(SENTENCES.replace("|", ZWNJ), encoding="utf-8")
    return folder


@pytest.fixture
def hazm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to import the stand-in for hazm from; here it can be imported already."""
    folder = tmp_path / "site"
    (folder / "hazm").mkdir(parents=True)
    (folder / "hazm" / "__init__.py").touch()
    (folder / "hazm" / "utils.py").write_text(HAZM, encoding="utf-8")
    for name in ("hazm", "hazm.utils"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(folder)
    yield folder
    for name in ("hazm", "hazm.utils"):
        sys.modules.pop(name, None)


def rebuild(corpora: Path, output: Path, written: str = "") -> int:
    """Build from these texts, and from what was written by hand; return the exit code."""
    by_hand = corpora.parent / "readings.txt"
    by_hand.write_text(written, encoding="utf-8")
    return build.main([str(corpora), "-o", str(output), "--by-hand", str(by_hand)])


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a folder to build into."""
    folder = tmp_path / "output"
    folder.mkdir()
    return folder


def build_lexicon(corpora: Path, output: Path) -> Lexicon:
    """Build the files and return the lexicon that they make."""
    assert rebuild(corpora, output) == 0
    return Lexicon({name: parse_table((output / f"{name}.tsv").read_text(encoding="utf-8")) for name in TABLES})


def rows(path: Path) -> dict[str, str]:
    """Return the rows of a data file by their key."""
    return parse_table(path.read_text(encoding="utf-8"))


def test_writes_every_counted_file(corpora: Path, hazm: Path, output: Path) -> None:
    """One run writes all the files that the package has, but those written by hand, each with its heading."""
    assert rebuild(corpora, output) == 0
    of_package = {path.name for path in build.DATA.glob("*.tsv")} - {"sources.tsv", "verbs_by_hand.tsv"}
    assert {path.name for path in output.iterdir()} == of_package
    headings = {path.stem: path.read_text(encoding="utf-8").split("\n")[0] for path in output.iterdir()}
    assert headings == {name: f"# {heading}" for name, heading in build.HEADINGS.items()}


def test_same_input_gives_same_bytes(corpora: Path, hazm: Path, output: Path, tmp_path: Path) -> None:
    """A second run, in a process whose sets and dicts are in another order, writes the same files, byte for byte."""
    rebuild(corpora, output)
    again = tmp_path / "again"
    again.mkdir()
    subprocess.run(
        [sys.executable, "-m", "persnorm.data.build", str(corpora), "-o", str(again), "--by-hand", "readings.txt"],
        env=os.environ | {"PYTHONPATH": f"{hazm}{os.pathsep}{PACKAGE.parent}", "PYTHONHASHSEED": "12345"},
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert {path.name: path.read_bytes() for path in output.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def test_counts_words(corpora: Path, hazm: Path, output: Path) -> None:
    """Counts are those of the sentences; a listed word is one sighting, one without a part of speech none."""
    rebuild(corpora, output)
    words = {letters: seen_of(row) for letters, row in rows(output / "words.tsv").items()}
    assert words["کتابها"] == "کتاب|ها 1.0"
    assert words["میخواند"] == "می|خواند 1.0"
    assert words["خانه"] == "3.0"  # two in the sentences, where a mark of ezafe makes no other word, and one in hazm
    assert words["پیشبینی"] == "پیش|بینی 1.0"
    assert "هیچکاره" not in words
    assert "تنها" not in words  # seen once, and no half-space in it
    assert words["شهرها"] == "2.0"  # after ر a half-space does not show
    assert words["میدان"] == "2.0"


def test_counts_both_spellings_of_the_same_letters(corpora: Path, hazm: Path, output: Path) -> None:
    """A word seen with a half-space and without one has both counts, the one without first."""
    (corpora / "more.txt").write_text("کتابها\n" * 2 + f"کتاب{ZWNJ}ها\n", encoding="utf-8")
    rebuild(corpora, output)
    assert seen_of(rows(output / "words.tsv")["کتابها"]) == "2.0;کتاب|ها 2.0"


def test_counts_neighbours(corpora: Path, hazm: Path, output: Path) -> None:
    """Half-spaces between two parts are counted against single spaces."""
    rebuild(corpora, output)
    pairs = rows(output / "pairs.tsv")
    assert pairs["کتاب ها"] == "1;1;+"
    assert pairs["گفت وگو"] == "1;0;+"
    assert pairs["می خواند"] == "1;0;+"
    assert pairs["می خورد"] == "0;1"  # never half-spaced, though می would have one think so
    assert "در کوه" not in pairs  # nor this, but nothing would
    of_mi = rows(output / "parts.tsv")["می"].split(";")
    assert of_mi[:2] == ["5", "0"]  # می|خواند and four others; دان of میدان is no word
    assert of_mi[4:6] == ["5", "2"]  # the same, and می خورد, می رود
    assert rows(output / "endings.tsv")["ب ها"] == "2;0;1;1"  # کتاب|ها and کتاب|های; کتاب ها


def test_counts_words_with_and_in_them(corpora: Path, hazm: Path, output: Path) -> None:
    """A word such as گفت|وگو is counted against its three words too, but only where it is far commoner than they."""
    rebuild(corpora, output)
    assert "گفت و گو" not in rows(output / "pairs.tsv")
    (corpora / "more.txt").write_text(f"گفت{ZWNJ}وگو\n" * 40, encoding="utf-8")
    rebuild(corpora, output)
    assert rows(output / "pairs.tsv")["گفت و گو"] == "41;1;+"


def test_a_space_that_is_no_single_space_counts_nothing(corpora: Path, hazm: Path, output: Path) -> None:
    """Two words with punctuation, two spaces or the end of a line between them are no spaced word."""
    (corpora / "text.txt").write_text(f"کتاب{ZWNJ}ها\nکتاب، ها\nکتاب  ها\nکتاب\nها\n", encoding="utf-8")
    rebuild(corpora, output)
    assert rows(output / "pairs.tsv")["کتاب ها"] == "1;0;+"


def test_counts_what_stands_beside_a_kind_of_word(corpora: Path, hazm: Path, output: Path) -> None:
    """Neighbours of words with a prefix or ending are counted by kind; a rare one by its last two letters."""
    rebuild(corpora, output)
    context = rows(output / "context.tsv")
    assert context["=می- < *"] == "6"  # نمی|بیند is of the kind too
    assert context["=می- < -را"] == "2"
    assert "=می- < -وه" not in context  # seen once


def test_counts_what_stands_beside_an_ambiguous_word(corpora: Path, hazm: Path, output: Path) -> None:
    """Where the same letters are two words, the neighbours of each are counted; two spellings of one word are none."""
    lines = ["تو می|دانی که", "در میدانی از شهر", "با کتاب|های خود", "با کتابهای خود"] * 4
    (corpora / "more.txt").write_text("\n".join(lines).replace("|", ZWNJ), encoding="utf-8")
    rebuild(corpora, output)
    context = rows(output / "context.tsv")
    assert context["می|دانی > -که"] == "4"
    assert context["میدانی > -از"] == context["میدانی < -در"] == "4"
    assert {key.split(" ")[0] for key in context if not key.startswith("=")} == {"می|دانی", "میدانی"}


def test_tells_doubles_apart(corpora: Path, hazm: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grammar is fitted on all plurals and singulars with ای, and doubles have company and no neighbours."""
    monkeypatch.setattr("persnorm.data.company.COLUMNS", slice(0, 100))  # in so short a text all words are frequent
    lines = ["گوش|های بزرگ خر را دید", "در گوشه|ای از باغ نشست", "در خانه|ای از شهر", "گوش و گوشه"] * 8
    (corpora / "more.txt").write_text("\n".join(lines).replace("|", ZWNJ), encoding="utf-8")
    lexicon = build_lexicon(corpora, output)
    assert lexicon.doubles.find("گوشهای") == ("گوش", "های")
    assert int(rows(output / "grammar.tsv")["1 از"].split(";")[0]) > 0
    assert not any(key.startswith("گوش") for key in rows(output / "context.tsv"))


WRITTEN = """
# a remark
@ گوشهای
= گوش|های
~ پزشک خرگوش
گوش|های خرگوش دراز است
= گوشه|ای
~ اتاق
در گوشه|ای از اتاق نشست
@ بهروز
= بهروز
~ برادر
بهروز با برادر آمد
= به|روز
~ برنامه
برنامه را به|روز کن
"""


def test_reads_what_was_written_by_hand(
    corpora: Path, hazm: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentences and listed words are company of a double and of other letters; their forms are words."""
    monkeypatch.setattr("persnorm.data.company.COLUMNS", slice(0, 100))
    assert rebuild(corpora, output, WRITTEN) == 0
    companions = {
        key: dict(pair.split(":") for pair in row.split(" ")) for key, row in rows(output / "companions.tsv").items()
    }
    assert int(companions["گوش"]["اتاق"]) > 0 > int(companions["گوش"]["خرگوش"])
    assert int(companions["بهروز|"]["برنامه"]) > 0 > int(companions["بهروز|"]["برادر"])
    assert seen_of(rows(output / "words.tsv")["بهروز"]) == "1.0;به|روز 1.0"
    assert rows(output / "words.tsv").keys() >= {"گوش", "گوشه"}
    assert "پزشک" not in rows(output / "words.tsv")  # what stands around says nothing of how often words are


WRITTEN_PAIR = """
@ کتاب باز
= کتاب|باز
> است
~ کتابخانه
پیرمرد کتاب|باز بود
= کتاب باز
> شد
< او
کتاب باز ماند
@ کتاب ها
= کتاب|ها
کتاب|ها را خواند
= کتاب ها
کتاب ها کرد
@ کتاب خوان
= کتاب|خوان
مرد کتاب|خوان رفت
"""


def test_reads_pairs_written_by_hand(corpora: Path, hazm: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two words of which both readings are written are told by sentences and lists; no ending is, nor one reading."""
    monkeypatch.setattr("persnorm.data.compounds.RIDGE", 0.1)
    assert rebuild(corpora, output, WRITTEN_PAIR) == 0
    assert rows(output / "pairs.tsv")["کتاب باز"] == "1;1;?"
    assert [pair for pair, row in rows(output / "pairs.tsv").items() if row.endswith("?")] == ["کتاب باز"]
    weights = {feature: int(weight) for feature, weight in rows(output / "compounds.tsv").items()}
    for_one = min(weights[name] for name in ("1 است", "کتاب+ 1 است", "+باز 1 است", "کتاب+ ~کتابخانه", "+باز -1 پیرمرد"))
    for_two = max(weights[name] for name in ("1 شد", "کتاب+ 1 شد", "+باز -1 او", "+باز 1 ماند"))
    assert for_one > 0 > for_two
    assert not any("ها" in feature or "خوان" in feature for feature in weights)


def test_pairs_that_habit_spells_go_by_their_counts(
    corpora: Path, hazm: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written speaks for two words here, but texts half-space them all the same: nothing around is asked."""
    monkeypatch.setattr("persnorm.data.compounds.RIDGE", 0.1)
    (corpora / "habit.txt").write_text(f"او کتاب{ZWNJ}باز شد\n" * 7, encoding="utf-8")
    assert rebuild(corpora, output, WRITTEN_PAIR) == 0
    assert rows(output / "pairs.tsv")["کتاب باز"] == "8;1;+"
    assert rows(output / "compounds.tsv") == {}
    monkeypatch.setattr("persnorm.data.compounds.MISLED", 9.0)
    assert rebuild(corpora, output, WRITTEN_PAIR) == 0
    assert rows(output / "pairs.tsv")["کتاب باز"] == "8;1;?"


MAKERS = """
شمع|ساز و قفل|ساز و فرش|ساز و تخت|ساز و مبل|ساز و کیک|ساز آمدند
شمع سفید و قفل سیاه و فرش سرخ و تخت سبز و مبل زرد و کیک داغ آنجا بود
"""


def test_fits_what_sides_of_a_compound_are_like(corpora: Path, hazm: Path, output: Path) -> None:
    """What six compounds end in speaks for one, beyond what the weights tell; of less nothing is said."""
    (corpora / "makers.txt").write_text(MAKERS.replace("|", ZWNJ), encoding="utf-8")
    assert rebuild(corpora, output) == 0
    sides = {name: int(weight) for name, weight in rows(output / "sides.tsv").items()}
    assert sides["> =ساز"] > 0
    assert sides["> -از"] > 0
    assert not any("شمع" in name or "سفید" in name for name in sides)


def test_company_of_a_frequent_topic_is_cut(
    corpora: Path, hazm: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a reading is seen, its company counts as much as ``MOST``, so that listed words are heard."""
    monkeypatch.setattr("persnorm.data.company.COLUMNS", slice(0, 100))
    (corpora / "news.txt").write_text(f"گوشه{ZWNJ}ای از میدان باغ بود\n" * 50, encoding="utf-8")
    weight: dict[float, float] = {}
    for most in (1e9, 10.0):
        monkeypatch.setattr("persnorm.data.company.MOST", most)
        assert (
            rebuild(corpora, output, "@ گوشهای\n= گوشه|ای\n~ دنج\nگوشه|ای دنج\n= گوش|های\n~ پزشک\nگوش|های تیز\n") == 0
        )
        told = dict(pair.split(":") for pair in rows(output / "companions.tsv")["گوش"].split(" "))
        weight[most] = float(told["دنج"])
    assert weight[10.0] > weight[1e9] > 0


def test_hasty_verb_is_no_word() -> None:
    """می is never joined to a verb; but what was never seen apart may be another word."""
    lexicon = Lexicon({name: {} for name in TABLES} | {"verbs": {"رفت": "رو", "میراند": "میران", "سایید": "سا"}})
    forms = [f"می{ZWNJ}رفت", "میرفت", "میراند", f"می{ZWNJ}راند", "نمیرفت", "میسایم", "میدان", "رفت"]
    assert set(joined_verbs(forms, lexicon, ["رفت", "میراند", "سایید"])) == {"میرفت", "نمیرفت"}


def test_missing_file_by_hand_is_told(
    corpora: Path, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there is wrong usage, told before anything is counted, and nothing is written."""
    with pytest.raises(SystemExit) as stopped:
        build.main([str(corpora), "-o", str(output), "--by-hand", str(tmp_path / "none.txt")])
    assert stopped.value.code == 2
    assert f"{tmp_path / 'none.txt'}: no such file" in capsys.readouterr().err
    assert list(output.iterdir()) == []


def test_lists_verbs_adjectives_and_affixes(corpora: Path, hazm: Path, output: Path) -> None:
    """Stems are hazm's or written by hand, adjectives hazm's; a part half-spaced to four others is an affix."""
    rebuild(corpora, output)
    by_hand = rows(build.DATA / "verbs_by_hand.tsv")
    assert rows(output / "verbs.tsv") == {"خواند": "خوان", "رفت": "رو", "ساخت": "ساز"} | by_hand
    assert rows(output / "adjectives.tsv") == {"خوشبو": ""}
    assert rows(output / "affixes.tsv") == {"می": "left", "ها": "right"}


def test_weighs_a_text_by_its_name(corpora: Path, hazm: Path, output: Path) -> None:
    """A text that sources.tsv names counts with the weight given there."""
    name, weight = next((name, weight) for name, weight in build._trust() if weight < 1)
    (corpora / "text.txt").rename(corpora / f"{name}.txt")
    rebuild(corpora, output)
    assert seen_of(rows(output / "words.tsv")["میکند"]) == f"می|کند {weight:.1f}"


def test_lexicon_reads_what_was_built(corpora: Path, hazm: Path, output: Path) -> None:
    """The files that the builder writes are those that the lexicon reads."""
    built = build_lexicon(corpora, output)
    assert built.readings("کتابها") == {(4,): 1.0}
    assert built.readings("خانه") == {(): 3.0}
    assert built.pair("کتاب", "ها") == (1, 1)
    assert built.may_meet("کتاب", "ها")
    assert built.prefixes == {"می"}
    assert built.suffixes == {"ها"}
    assert built.verbs.is_finite("سازد")
    fitted = {name for name in built.weights if not name.startswith("rate ")}
    assert fitted == {name for name in rows(build.DATA / "weights.tsv") if not name.startswith("rate ")}
    assert any(built.weights[name] for name in fitted)


def test_folder_without_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder is wrong usage, and the message names it."""
    with pytest.raises(SystemExit) as stopped:
        build.main([str(tmp_path)])
    assert stopped.value.code == 2
    assert f"{tmp_path} holds no .txt file" in capsys.readouterr().err


def test_missing_hazm_is_explained(corpora: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hazm the builder says what to install, and writes nothing."""
    monkeypatch.setitem(sys.modules, "hazm", None)
    monkeypatch.setitem(sys.modules, "hazm.utils", None)
    with pytest.raises(SystemExit, match=r"pip install 'persnorm\[build\]'"):
        rebuild(corpora, output)
    assert list(output.iterdir()) == []
