"""The data files are reviewed text: each row has the form that its heading promises, and the lexicon reads it so."""

from __future__ import annotations

import inspect
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

import persnorm
from persnorm.alphabet import NON_JOINERS
from persnorm.data import build
from persnorm.data.counting import AFFIX_PARTNERS, ONE_WORD
from persnorm.doubles import WITNESSES
from persnorm.evidence import Evidence
from persnorm.features import JOINED_FEATURES, KINDS, SPACED_FEATURES
from persnorm.grammar import MODELS
from persnorm.lexicon import TABLES, Lexicon, Part, default_lexicon, parse_table
from persnorm.morphology import CLITICS, COPULAS, NUMERALS, PLURALS
from persnorm.rule import ZWNJ
from persnorm.unseen import NEGLIGIBLE
from persnorm.word import put_together

PACKAGE = Path(persnorm.__file__).parent
DATA = PACKAGE / "data"
FILES = sorted(path.name for path in DATA.glob("*.tsv"))

# Typed here, not imported: the builder may err.
LETTER = "[ءآأؤئابتثجحخدذرزسشصضطظعغفقلمنهوپچژکگی]"
JOINING = "[ئبتثجحخسشصضطظعغفقلمنهپچکگی]"
WORD = f"{LETTER}+"
# A half-space stands between two parts, never doubled, never at an edge, never where letters do not join anyway.
HALF_SPACED = rf"(?:{LETTER}*{JOINING}\|)+{WORD}"
ONE_OR_MORE = r"[1-9]\d*"
NUMBER = rf"(?:0|{ONE_OR_MORE})"
COUNT = rf"(?!0\.0){NUMBER}\.\d"
WEIGHT = rf"-?{NUMBER}(?:\.\d+)?"

WHOLE = rf"-?{ONE_OR_MORE}"

# The first of two neighbours, the second, or what kind of word either is.
COMPOUND = rf"(?:{WORD}\+|\+{WORD}|(?:numeral|adjective|other)\+|\+(?:participle|present|past|other))"

ROWS = {
    "adjectives": WORD,
    "affixes": rf"{WORD}\t(?:left|right|left right)",
    "context": rf"(?:{WORD}|{HALF_SPACED}|=(?:می-|ه?-{WORD})?|=-?participle)"
    rf" [<>] (?:\*|\.|-{LETTER}{{1,2}}|{WORD})\t{ONE_OR_MORE}",
    "companions": rf"{WORD}\|?\t(?:(?:{NUMBER}|{WORD}):{WHOLE}(?: (?:{NUMBER}|{WORD}):{WHOLE})*)?",
    "grammar": rf"(?:\*|(?:-[12]|[123]) (?:[.،#-]|{WORD}|-{LETTER}{{1,2}}|={NUMBER}))"
    rf"\t(?:0|{WHOLE})(?:;(?:0|{WHOLE})){{{len(MODELS) - 1}}}",
    "compounds": rf"(?:\*|(?:{COMPOUND} )?-?[12] (?:[.،#-]|{WORD}|-{LETTER}{{1,2}}|={NUMBER})"
    rf"|(?:{WORD}\+|\+{WORD}) ~{WORD})\t{WHOLE}",
    "kin": rf"{WORD}\t(?:-|{WORD})(?:;(?:-|{NUMBER})){{2}}",
    "endings": rf"{JOINING} {WORD}\t{NUMBER}(?:;{NUMBER}){{3}}",
    # Two neighbours, some never half-spaced; or a word in three parts, گفت و گو, which is half-spaced as a rule.
    "pairs": rf"{LETTER}*{JOINING} (?:{WORD}\t(?:{ONE_OR_MORE};{NUMBER}(?:;[+?])?|0;{ONE_OR_MORE})"
    rf"|و {WORD}\t{ONE_OR_MORE};{NUMBER};\+)",
    "parts": rf"{WORD}\t{NUMBER}(?:;{NUMBER}){{7}}",
    "sides": rf"[<>] (?:={WORD}|-{LETTER}{{1,2}}|(?:cluster|group) {NUMBER}|[1-6] letters|present stem(?: \+ ی)?"
    rf"|participle|infinitive|verb|numeral|adjective|word \+ [یه]|other)\t{WHOLE}",
    "sources": r"\w+\t(?:1|0\.\d\d?)\t\S.*\S",
    "verbs": rf"{WORD}\t{WORD}(?: {WORD})*",
    "verbs_by_hand": rf"{WORD}\t{WORD}",
    "weights": rf"(?:joined|spaced) \w+: \S(?:[^\t]*\S)?\t{WEIGHT}|rate (?:ه )?{WORD}\t(?:0\.\d+|\d\.?\d*e-\d\d)"
    rf"|double: (?:{'|'.join(WITNESSES)})\t{WEIGHT}",
    "words": rf"{WORD}\t[=+?](?:{COUNT}|{HALF_SPACED} {COUNT})(?:;{HALF_SPACED} {COUNT})*"
    rf"(?:;~{HALF_SPACED} (?:0\.\d{{3}}|1\.000))?",
}
"""For each file, what a row may be."""

ROUNDING = 0.5
"""Counts are rounded by so much at the most."""

BY_HAND = {"sources", "verbs_by_hand"}
"""Files that only the builder reads."""


def rows_of(name: str) -> list[str]:
    """Return the lines of a file that are not comments."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, str]]:
    """Return the rows of each file by their key, taken apart without the lexicon."""
    return {name: {key: row for key, _, row in (line.partition("\t") for line in rows_of(name))} for name in TABLES}


@pytest.fixture(scope="module")
def lexicon(tables: dict[str, dict[str, str]]) -> Lexicon:
    """Return a lexicon made of these rows."""
    return Lexicon(tables)


def numbers(row: str) -> list[int]:
    """Return the whole numbers of a row."""
    return [int(field) for field in row.split(";") if field.isdigit()]


def test_each_file_is_known() -> None:
    """No file is in the package unnoticed, and none is missing from it."""
    assert sorted(ROWS) == [file.removesuffix(".tsv") for file in FILES]
    assert sorted(TABLES) == sorted(build.HEADINGS) == sorted(set(ROWS) - BY_HAND)
    assert all(f'DATA / "{name}.tsv"' in inspect.getsource(build) for name in BY_HAND)


def test_data_folder_holds_nothing_else() -> None:
    """Beside the tables stand only their sources and their builder."""
    others = {path.name for path in DATA.iterdir() if path.is_file()} - set(FILES)
    assert others - {"readings_by_hand.txt"} == {  # no wheel has these
        "SOURCES.md",
        "__init__.py",
        "build.py",
        "by_hand.py",
        "clustering.py",
        "company.py",
        "compounds.py",
        "counting.py",
        "fitting.py",
        "logistic.py",
        "witnesses.py",
    }


@pytest.mark.parametrize("name", TABLES)
def test_first_line_is_the_heading(name: str) -> None:
    """The one comment of a counted file is the heading that its builder writes: an older file shows."""
    text = (DATA / f"{name}.tsv").read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line.startswith("#")] == [f"# {build.HEADINGS[name]}"]
    assert text.startswith("#")


@pytest.mark.parametrize("name", sorted(ROWS))
def test_rows_have_their_form(name: str) -> None:
    """Rows are made of Persian letters, half-spaces where they show, and figures: nothing else."""
    rows = rows_of(name)
    assert rows
    assert [row for row in rows if not re.fullmatch(ROWS[name], row)][:5] == []


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("words", "كتاب\t=3.0"),  # an Arabic kaf
        ("words", "کتاب\t=0.0"),
        ("words", "کتاب"),
        ("words", "کتابها\t+کتاب|ها"),
        ("words", "کتابها\t?کتاب||ها 2.0"),
        ("words", "کتابها\tکتاب|ها 2.0"),  # not weighed
        ("words", "کتابها\t?کتاب|ها 2.0;~کتاب|ها"),
        ("words", "کتابها\t+|کتابها 2.0"),
        ("words", f"کتابها\t+کتاب{ZWNJ}ها 2.0"),
        ("words", "کارها\t+کار|ها 2.0"),  # ر does not join: nothing to see there
        ("words", "خانۀ\t=2.0"),
        ("words", "کِتاب\t=2.0"),
        ("parts", "کتاب\t1;0;0;0;1;0;0"),
        ("endings", "ر ها\t1;0;1;0"),
        ("pairs", "گفت و گو\t0;3"),
        ("pairs", "کتاب ها\t0;0"),
        ("pairs", "کتاب ها\t0;3;+"),
        ("pairs", "کتاب ها\t3;0;-"),
        ("adjectives", "خوش|بو"),
        ("affixes", "ها\tboth"),
        ("context", "کتاب|ها < او\t0"),
        ("context", "کتاب|ها = او\t2"),
        ("context", "کتاب|ها < -کتاب\t2"),
        ("weights", "joined verb: always\tmuch"),
        ("verbs", "رفت\tرو  روب"),
        ("sources", "text\t2\tlong enough"),
        ("sources", "text\t0.5\t"),
    ],
)
def test_wrong_rows_would_show(name: str, row: str) -> None:
    """The forms above refuse foreign letters, marks, half-spaces out of place, and rows without a figure."""
    assert not re.fullmatch(ROWS[name], row)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_rows_are_sorted_and_unique(name: str) -> None:
    """Keys are in the order of their code points, | counting as the half-space, and each stands there once."""
    keys = [row.split("\t")[0].replace("|", ZWNJ) for row in rows_of(name)]
    assert [(a, b) for a, b in pairwise(keys) if a >= b][:5] == []


@pytest.mark.parametrize("file", FILES)
def test_file_is_text_without_invisible_characters(file: str) -> None:
    """A person who reviews a file sees all of it: newlines and tabs are the only characters without a shape."""
    text = (DATA / file).read_bytes().decode("utf-8")
    invisible = {f"U+{ord(char):04X}" for char in set(text) if not char.isprintable()} - {"U+0009", "U+000A"}
    assert invisible == set()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text.startswith("# ")  # the columns are named


def test_words_are_read_as_they_stand(tables: dict[str, dict[str, str]], lexicon: Lexicon) -> None:
    """The letters of a form are the key of its row, and the lexicon finds each form with its count."""
    assert list(lexicon.all_letters()) == list(tables["words"])
    wrong = []
    for letters, marked in tables["words"].items():
        row = unmarked(marked)
        counts = {form or letters: count for form, _, count in (field.rpartition(" ") for field in row.split(";"))}
        if {form.replace("|", "") for form in counts} != {letters} or len(counts) != len(row.split(";")):
            wrong.append(row)
        read = {put_together(letters, gaps): count for gaps, count in lexicon.readings(letters).items()}
        if read != {form.replace("|", ZWNJ): float(count) for form, count in counts.items()}:
            wrong.append(row)
    assert wrong[:5] == []


def unmarked(row: str) -> str:
    """Return what was seen of a word, without what weighing it found."""
    return re.sub(";~.*", "", row[1:])


def test_words_are_marked_as_weighing_finds_them(tables: dict[str, dict[str, str]]) -> None:
    """A mark tells what weighing the word would find, whatever the line; every fifth is weighed."""
    plain = {letters: unmarked(row) for letters, row in tables["words"].items()}
    evidence = Evidence(Lexicon({**tables, "words": plain}))
    wrong = []
    for letters, row in list(tables["words"].items())[::5]:
        gaps, (chance, made) = evidence.sure_gaps(letters), evidence.unseen.part(letters)
        commonest = max(evidence.lexicon.readings(letters).items(), key=lambda seen: (seen[1], seen[0]))[0]
        expected = "=" if gaps == () else "+" if gaps == commonest else "?"
        thought = f"~{put_together(letters, made).replace(ZWNJ, '|')} {chance:.3f}" if chance > NEGLIGIBLE else ""
        if row[0] != expected or (expected == "?" and row.partition(";~")[2] != thought[1:]):
            wrong.append((letters, row, expected, thought))
    assert wrong[:5] == []


def test_adjectives_are_words(tables: dict[str, dict[str, str]], lexicon: Lexicon) -> None:
    """Adjectives come from a list whose words are all counted, and the lexicon has them all."""
    assert lexicon.adjectives == set(tables["adjectives"])
    assert lexicon.adjectives - set(tables["words"]) == set()


def _figures(part: Part) -> list[int]:
    return [n for side in (part.joined_left, part.joined_right, part.spaced_left, part.spaced_right) for n in side]


def test_numbers_are_read_as_they_stand(tables: dict[str, dict[str, str]], lexicon: Lexicon) -> None:
    """The lexicon finds each row of the other counts, with its figures in their order."""
    wrong = [key for key, row in tables["parts"].items() if _figures(lexicon.part(key)) != numbers(row)]
    for key, row in tables["endings"].items():
        letter, right = key.split(" ")
        if [n for side in lexicon.ending(letter, right) for n in side] != numbers(row):
            wrong.append(key)
    for key, row in tables["pairs"].items():
        left, right = key.split(" ", 1)
        if list(lexicon.pair(left, right)) != numbers(row):
            wrong.append(key)
    assert wrong[:5] == []
    for tells, marks in ((lexicon.may_meet, ("+", "?")), (lexicon.is_either, "?")):
        assert [tells(*key.split(" ", 1)) for key in tables["pairs"]] == [
            row.endswith(marks) for row in tables["pairs"].values()
        ]
    assert lexicon.weights == {name: float(weight) for name, weight in tables["weights"].items()}
    assert lexicon.prefixes | lexicon.suffixes == set(tables["affixes"])


def test_package_reads_these_files(tables: dict[str, dict[str, str]]) -> None:
    """The lexicon of the package is made of the files beside it, and comments are no rows of it."""
    for name in TABLES:
        assert parse_table((DATA / f"{name}.tsv").read_text(encoding="utf-8")) == tables[name]
    assert sorted(default_lexicon().all_letters()) == list(tables["words"])


def test_verbs_are_read(tables: dict[str, dict[str, str]], lexicon: Lexicon) -> None:
    """Each past stem makes a participle, each present stem a finite verb; a present stem stands in a row once."""
    for past, row in tables["verbs"].items():
        presents = row.split(" ")
        assert presents == sorted(set(presents)), past
        assert lexicon.verbs.is_participle(past + "ه"), past
        assert all(lexicon.verbs.is_finite(present + "م") for present in presents), past


def test_pairs_are_marked_by_their_counts(tables: dict[str, dict[str, str]]) -> None:
    """A pair has its + where it is half-spaced at least as often as spaced; rounding can only make the two equal.

    A ? in its place has what the line tells, unless it is half-spaced nearly always.
    """
    wrong = []
    for key, row in tables["pairs"].items():
        half, spaced = numbers(row)
        if {"+": half < spaced, "?": half > ONE_WORD * (spaced + ROUNDING)}.get(row[-1], half > spaced):
            wrong.append((key, row))
    assert wrong == []
    assert sum(row.endswith("?") for row in tables["pairs"].values()) > 500


def test_spaced_pairs_are_temptations(tables: dict[str, dict[str, str]], lexicon: Lexicon) -> None:
    """Neighbours never half-spaced are there only where one would be looked for: beside an affix.

    Or after a numeral where another one is half-spaced (چهار طبقه, for سه‌طبقه), as all numerals tell of each other.
    """
    never = [key.split(" ", 1) for key, row in tables["pairs"].items() if row.startswith("0;")]
    half = [key.split(" ", 1) for key, row in tables["pairs"].items() if not row.startswith("0;")]
    numbered = {right for left, right in half if left in NUMERALS}
    assert [
        (left, right)
        for left, right in never
        if left not in lexicon.prefixes
        and right not in lexicon.suffixes
        and not (left in NUMERALS and right in numbered)
    ] == []


def test_affixes_have_partners(tables: dict[str, dict[str, str]]) -> None:
    """An affix is mostly half-spaced to several neighbours on its side: that is what makes it one."""
    partners = Counter(
        (side, part)
        for key, row in tables["pairs"].items()
        if (row.endswith("+") or (row.endswith("?") and numbers(row)[0] >= numbers(row)[1])) and " و " not in key
        for side, part in zip(("left", "right"), key.split(" "), strict=True)
    )
    sides = [(side, part) for part, row in tables["affixes"].items() for side in row.split(" ")]
    assert [affix for affix in sides if partners[affix] < AFFIX_PARTNERS] == []


def test_parts_and_pairs_count_the_same_text(tables: dict[str, dict[str, str]]) -> None:
    """The half-spaces of a part are those of its pairs, and its spaces are no fewer: each pair is rounded by itself."""
    of_pairs: dict[tuple[int, str], list[list[int]]] = defaultdict(list)
    for key, row in tables["pairs"].items():
        for side, part in enumerate(key.split(" ") if " و " not in key else ()):  # counted as گفت وگو too
            of_pairs[side, part].append(numbers(row))
    wrong = []
    for (side, part), pairs in of_pairs.items():
        if part not in tables["parts"]:
            assert not any(half for half, _ in pairs), part  # parts are only what was seen beside a half-space
            continue
        _, _, _, _, *running = numbers(tables["parts"][part])
        half, spaced = running[2 * side : 2 * side + 2]
        rounding = len(pairs)
        if abs(half - sum(n for n, _ in pairs)) > rounding or sum(n for _, n in pairs) > spaced + rounding:
            wrong.append(part)
    assert wrong[:5] == []


def test_endings_are_parts(tables: dict[str, dict[str, str]]) -> None:
    """An ending is half-spaced to some word, and has no more half-spaced words after one letter than after all."""
    wrong = []
    for key, row in tables["endings"].items():
        words, _, running, _ = numbers(row)
        of_part = numbers(tables["parts"][key.split(" ")[1]])
        if words + running == 0 or words > of_part[2] or running > of_part[6]:
            wrong.append(key)
    assert wrong[:5] == []


def test_context_is_of_ambiguous_words(tables: dict[str, dict[str, str]]) -> None:
    """Neighbours are counted for kinds of words and for forms that share their letters with another form."""
    forms = {key.split(" ")[0] for key in tables["context"]} - {""}
    wrong = []
    for form in (form for form in forms if not form.startswith("=")):
        fields = unmarked(tables["words"][form.replace("|", "")]).split(";")
        known = {field.rpartition(" ")[0] or form.replace("|", "") for field in fields}
        if form not in known or len(known) < 2:
            wrong.append(form)
    assert wrong == []
    assert "=" in forms  # words of no kind are what an unknown neighbour is weighed by


def test_context_adds_up(tables: dict[str, dict[str, str]]) -> None:
    """The row * has what all neighbours on that side have together, and those seen once, which have no row."""
    sums: Counter[tuple[str, str]] = Counter()
    for key, row in tables["context"].items():
        form, side, neighbour = key.split(" ")
        sums[form, side] += int(row) if neighbour != "*" else 0
    too_many = [place for place, n in sums.items() if n > int(tables["context"][" ".join((*place, "*"))])]
    assert too_many == []


def test_context_can_be_found(tables: dict[str, dict[str, str]], lexicon: Lexicon) -> None:
    """Each neighbour is asked for under the name that it is counted by: itself, or how it ends."""
    neighbours = {key.split(" ")[2] for key in tables["context"]} - {"*"}
    by_itself = {name for name in neighbours if not name.startswith("-")}
    assert {name for name in by_itself if lexicon.context.neighbour(name) != name} == set()
    assert "." in by_itself  # the edge of a line, and whatever is no word
    assert lexicon.context.neighbour("ءءءءءء") == "-ءء"


def test_weights_are_those_of_the_features(tables: dict[str, dict[str, str]]) -> None:
    """A feature renamed or added without a rebuild would silently weigh nothing."""
    models = {"joined": JOINED_FEATURES, "spaced": SPACED_FEATURES}
    features = {f"{model} {kind}: {name}" for model in models for kind in KINDS for name in models[model]}
    assert {name for name in tables["weights"] if not name.startswith(("rate ", "double: "))} == features


def test_rates_are_of_endings(tables: dict[str, dict[str, str]]) -> None:
    """An ending is rated where the lexicon asks for its rate: plurals, and what stands after silent ه."""
    rated = {name.removeprefix("rate ") for name in tables["weights"] if name.startswith("rate ")}
    assert rated <= {*PLURALS, *(f"ه {ending}" for ending in CLITICS | COPULAS)}
    assert {"های", "ها", "ه ای", "ه ام"} <= rated
    assert all(0 < float(rate) < 1 for name, rate in tables["weights"].items() if name.startswith("rate "))


def test_companions_are_of_doubles(tables: dict[str, dict[str, str]]) -> None:
    """Both nouns of a double are words, and each cluster that speaks for one has words."""
    clusters = {row.split(";")[1] for row in tables["kin"].values()}
    assert {name for name in tables["companions"] if name[-1] != "|" and name + "ه" not in tables["words"]} == set()
    homographs = {name[:-1] for name in tables["companions"] if name[-1] == "|"}
    assert {letters for letters in homographs if "|" not in tables["words"][letters]} == set()
    names = {pair.partition(":")[0] for row in tables["companions"].values() for pair in row.split(" ")}
    assert {name for name in names if name.isdigit()} <= clusters


def test_bases_are_their_own_bases(tables: dict[str, dict[str, str]]) -> None:
    """What a word is an inflection of is no inflection itself, as far as it is known."""
    bases = {row.split(";")[0] for row in tables["kin"].values()} - {"-"}
    assert {base for base in bases if tables["kin"].get(base, "-").split(";")[0] != "-"} == set()


def test_every_witness_is_weighed(tables: dict[str, dict[str, str]]) -> None:
    """Grammar and company speak for what they should, not against it."""
    weights = {name: float(weight) for name, weight in tables["weights"].items() if name.startswith("double: ")}
    assert weights.keys() == {f"double: {name}" for name in WITNESSES}
    assert all(weights[f"double: {name}"] > 0 for name in WITNESSES if name != "always")


def test_grammar_is_grammar(tables: dict[str, dict[str, str]]) -> None:
    """After a plural with ezafe neither که nor the end of a sentence stands; هیچ is followed by a singular."""
    of_noun = {feature: int(row.split(";")[0]) for feature, row in tables["grammar"].items()}

    def told(offset: int, word: str, *ways: str) -> int:
        """Return what a word speaks for silent ه, by itself and in other ways."""
        return sum(of_noun.get(f"{offset} {way}", 0) for way in (word, *ways))

    of_part = {word: f"={tables['kin'][word].split(';')[2]}" for word in ("که", "هیچ")}
    assert told(1, ".") > 100
    assert told(1, "که", "-که", of_part["که"]) > 500
    assert told(-1, "هیچ", "-یچ", of_part["هیچ"]) > 190


@pytest.mark.parametrize("file", FILES)
def test_file_is_documented(file: str) -> None:
    """SOURCES.md says what each file holds and where it comes from."""
    assert f"| `{file}` |" in (DATA / "SOURCES.md").read_text(encoding="utf-8")


def test_texts_are_documented() -> None:
    """Each text that was counted is among the sources, and has a weight; no other has."""
    documented = re.findall(r"^\| `(\w+)` \|", (DATA / "SOURCES.md").read_text(encoding="utf-8"), re.M)
    assert sorted(documented) == [row.split("\t")[0] for row in rows_of("sources")]


def test_weights_of_texts_have_reasons() -> None:
    """Each weight has its reason in words; a text of full weight is regular in its half-spaces."""
    rows = [row.split("\t") for row in rows_of("sources")]
    reasons = [re.fullmatch(r"(.{10,}) \(G (0\.9\d\d|1\.000)\)", reason) for *_, reason in rows]
    assert [row[0] for row, reason in zip(rows, reasons, strict=True) if not reason] == []
    figures = [(row[0], float(row[1]), float(reason[2])) for row, reason in zip(rows, reasons, strict=True) if reason]
    assert [name for name, weight, regular in figures if weight == 1 and regular < 0.95] == []


def test_non_joiners_are_those_of_unicode() -> None:
    """The letters after which no half-space stands are those that Unicode gives no initial form."""
    initial = {
        chr(int(shape[1], 16))
        for shape in (unicodedata.decomposition(chr(code)).split() for code in range(0xFB50, 0xFEFD))
        if shape[:1] == ["<initial>"] and len(shape) == 2
    }
    assert {letter for letter in LETTER[1:-1] if letter in initial} == set(JOINING[1:-1])
    assert {letter for letter in NON_JOINERS if letter in initial} == set()
    assert set(LETTER[1:-1]) - set(JOINING[1:-1]) <= set(NON_JOINERS)


def test_wheel_stays_small() -> None:
    """What a user downloads is below 5 MB: a wheel deflates each file by itself."""
    files = (
        path
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and path.name != "readings_by_hand.txt"
    )
    assert sum(len(zlib.compress(path.read_bytes())) for path in files) < 5_000_000
