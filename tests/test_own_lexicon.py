"""Words of one's own: the form of the lists, what they decide, what they outweigh, and that nothing else is touched."""

from __future__ import annotations

import multiprocessing
import pickle
import random
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import GOLD, GOLD_WORDS, damaged, own_words, persian_shaped_text, word_lists

import persnorm
from persnorm import Normalizer
from persnorm.collecting import WordCounts
from persnorm.lexicon import Lexicon, default_lexicon, default_tables
from persnorm.own_lexicon import Own, gather, merged
from persnorm.rule import ZWNJ
from persnorm.rules import ALL_RULES, own
from persnorm.wordlist import BadWordList, check, letters_of, read, render

OWN_RULES = {rule.name for rule in (*own.WORD_RULES, *own.LINE_RULES)}


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Give a function that writes a file into a folder of the test's own, and returns its name there."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="my.tsv"):
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write


# --------------------------------------------------------------------------------------------------- word lists


class TestReading:
    def test_every_form(self, write):
        """Half-spaces may be typed either way; comments, empty lines, newlines of any kind and a mark are no words."""
        text = f"\ufeff# names\r\n\r\n پخش|نما \r\nفیش{ZWNJ}نگار\t12\nکاربر # joined\n\t\nنرم افزار\t 3 \nگفت و گو"
        assert read(write(text)) == {
            f"پخش{ZWNJ}نما": None,
            f"فیش{ZWNJ}نگار": 12,
            "کاربر": None,
            "نرم افزار": 3,
            "گفت و گو": None,
        }

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("پخش|", "expected letters on both sides of each half-space or space, got 'پخش|'"),
            ("پخش||نما", "expected letters on both sides of each half-space or space, got 'پخش||نما'"),
            ("نرم  افزار", "expected letters on both sides of each half-space or space, got 'نرم  افزار'"),
            ("نرم افزار|نما", "expected half-spaces or spaces, not both in one word, got 'نرم افزار|نما'"),
            (
                "کار|بر",
                "expected no half-space after ر, which never joins the next letter, got 'کار|بر'; write 'کاربر'",
            ),
            (
                "كتاب",
                "expected Persian letters, with | for the half-space, got 'ك' (U+0643 ARABIC LETTER KAF); write ک",
            ),
            ("wiki", "expected Persian letters, with | for the half-space, got 'w' (U+0077 LATIN SMALL LETTER W)"),
            ("\u06f5\u0627", "(U+06F5 EXTENDED ARABIC-INDIC DIGIT FIVE)"),
            ("پخش\u0000نما", "got '\\x00' (U+0000 without a name)"),
            ("ا" * 41, "expected a word of 40 letters at most, got 41"),
            ("پخش|نما\tبار", "expected a count such as 12 after the tab, got 'بار'"),
            ("پخش|نما\t0", "expected a count such as 12 after the tab, got '0'"),
            ("پخش|نما\t-2", "expected a count such as 12 after the tab, got '-2'"),
            ("پخش|نما\t2\t3", "expected a word and its count, got 3 columns"),
            ("آب", "expected each word once, got 'آب' again, as in line 2"),
        ],
    )
    def test_bad_line(self, write, line, said):
        """A line that is no word is told with file and line, what was expected and what stands there."""
        name = write(f"# a comment\nآب\n{line}\n")
        with pytest.raises(BadWordList) as caught:
            read(name)
        assert str(caught.value).startswith("my.tsv:3: expected ")
        assert said in str(caught.value)

    def test_broken_utf8(self, write):
        """What is not UTF-8 is told with line and byte offset, like other texts."""
        with pytest.raises(BadWordList, match=re.escape("my.tsv:2: byte offset 7 (0xC7): not UTF-8")):
            read(write("آب\n".encode() + b"ab\xc7\n"))

    def test_not_there(self, write):
        """A file that cannot be opened is an OSError, as of ``open``."""
        write("آب\n", "there.tsv")
        with pytest.raises(FileNotFoundError):
            read("gone.tsv")
        with pytest.raises(IsADirectoryError):
            read(".")

    @given(words=word_lists())
    def test_round_trip(self, tmp_path_factory, words):
        """What is written is read again, whatever the words and counts, and in one order."""
        path = tmp_path_factory.mktemp("lists") / "my.tsv"
        lines = list(render(words))
        path.write_text("".join(lines), encoding="utf-8")
        assert read(path) == words == check(words)
        assert lines == list(render(dict(sorted(words.items(), reverse=True))))


class TestInMemory:
    def test_forms(self):
        """Words, or words with counts; | is the half-space here too."""
        assert check(iter(["پخش|نما", "آب"])) == {f"پخش{ZWNJ}نما": None, "آب": None}
        assert check({"پخش|نما": 3, "آب": None}) == {f"پخش{ZWNJ}نما": 3, "آب": None}

    @pytest.mark.parametrize(
        ("words", "error", "said"),
        [
            ("آب", TypeError, "words takes an iterable of words, not one string: write words=['آب']"),
            ([b"a"], TypeError, "words are str, got b'a'"),
            ({"آب": 1.5}, TypeError, "the count of a word is an int, or None"),
            ({"آب": True}, TypeError, "the count of a word is an int, or None"),
            ({"آب": 0}, ValueError, "words: expected a count of 1 or more for 'آب', got 0"),
            (["آب\t3"], ValueError, "words: expected Persian letters"),
            (["آب#"], ValueError, "words: expected Persian letters"),
            ([""], ValueError, "words: expected letters on both sides"),
        ],
    )
    def test_wrong(self, words, error, said):
        """What is no word is refused when the normalizer is made."""
        with pytest.raises(error, match=re.escape(said)):
            Normalizer(words=words)


# --------------------------------------------------------------------------------------------- what they decide


@given(word=own_words(), builtin=st.booleans())
def test_a_decided_word_wins(word, builtin):
    """However a decided word stands there, joined, apart or right, it comes out as the user writes it."""
    normalizer = Normalizer(words=[word], builtin=builtin)
    assert normalizer.normalize(word) == word
    assert normalizer.normalize(word.replace(ZWNJ, "")) == word
    assert normalizer.normalize(word.replace(ZWNJ, " ")) == word


@given(word=own_words(), ending=st.sampled_from(["ها", "های", "هایشان", "هایی"]), builtin=st.booleans())
def test_a_decided_word_wins_with_an_ending(word, ending, builtin):
    """The half-spaces of a decided word are the same before an ending, which may stand joined or apart."""
    normalizer = Normalizer(words=[word], builtin=builtin)
    for gap in ("", ZWNJ, " "):
        result = normalizer.normalize(f"{word.replace(ZWNJ, '')}{gap}{ending}")
        assert re.fullmatch(f"{word}[ {ZWNJ}]?{ending}", result), (gap, result)


@pytest.mark.parametrize("options", [{"zwnj": "keep"}, {"joined": False, "spaced": False}, {"profile": "minimal"}])
def test_options_hold_for_own_words(options):
    """Where half-spaces are not repaired, those of one's own words are not either."""
    assert Normalizer(words=["پخش|نما"], **options).normalize("پخشنما و پخش نما") == "پخشنما و پخش نما"


def test_the_explanation_names_the_own_rules():
    """Of each change that the user's words make the explanation says so."""
    explanation = Normalizer(words=["پخش|نما"]).explain("پخشنما و پخش نما و می شود")
    assert [change.rule for change in explanation.changes] == ["own-joined-word", "own-spaced-word", "spaced-word"]
    assert {change.authority for change in explanation.changes if change.rule in OWN_RULES} == {"The user's choice"}


def test_a_count_is_weighed():
    """A word with a count is weighed: alone it wins, against more that speaks for another way it does not."""
    assert Normalizer(words={"پخش|نما": 1}).normalize("پخشنما و پخش نما") == f"پخش{ZWNJ}نما و پخش{ZWNJ}نما"
    against = {"پخش|نما": 1, "پخشنما": 99, "پخش نما": 99}
    assert Normalizer(words=against).normalize("پخشنما و پخش نما") == "پخشنما و پخش نما"


def test_later_sources_replace_earlier_ones(write):
    """Of a word the last file that has it decides, and words made in memory come last."""
    first, second = write("پخش|نما\nفیش|نگار\n", "a.tsv"), write("پخشنما\n", "b.tsv")
    text = "پخشنما و فیشنگار"
    assert Normalizer(lexicon=[first, second]).normalize(text) == f"پخشنما و فیش{ZWNJ}نگار"
    assert Normalizer(lexicon=[second, first]).normalize(text) == f"پخش{ZWNJ}نما و فیش{ZWNJ}نگار"
    assert Normalizer(lexicon=first, words=["فیشنگار"]).normalize(text) == f"پخش{ZWNJ}نما و فیشنگار"
    assert gather({}, {}) is None


def test_without_words_nothing_is_different():
    """An empty list is none: the lexicon of the package is shared, and the output is the same."""
    normalizer = Normalizer(lexicon=[], words=[])
    assert normalizer.normalize("منطقهای") == persnorm.normalize("منطقهای")
    assert normalizer._ready().setting.lexicon is default_lexicon()


def test_own_words_leave_other_words_alone():
    """A list of words that a text does not have changes nothing in it."""
    text = "\n".join(line.text.replace(ZWNJ, "") for line in GOLD)
    assert Normalizer(words=["ژظپخ|نمذک", "ظژغچ", "ضژظ ثچپ"]).normalize(text) == persnorm.normalize(text)


def test_the_tables_of_the_package_stay_as_they_are():
    """Merging makes new tables: other normalizers do not see the words."""
    before = {name: len(rows) for name, rows in default_tables().items()}
    tables = merged(default_tables(), Own({f"پخش{ZWNJ}نما": None, "آب": 3}), builtin=True)
    assert "پخشنما" in tables["words"]
    assert {name: len(rows) for name, rows in default_tables().items()} == before
    assert "پخشنما" not in default_tables()["words"]


def test_without_the_words_of_the_package():
    """Then no word is known but the user's, yet verbs and endings are."""
    tables = merged(default_tables(), Own({f"پخش{ZWNJ}نما": None}), builtin=False)
    lexicon = Lexicon(tables)
    assert set(lexicon.all_letters()) == {"پخشنما"}
    assert list(lexicon.neighbours) == []
    assert lexicon.verbs.is_finite("روم")
    assert lexicon.part("ها").joined_right.half > 0
    assert lexicon.part("المللی").joined_right.half == 0


def test_the_table_of_words_tells_itself():
    """The merged table is one like others: its rows are found, counted and iterated."""
    words = merged(default_tables(), Own({f"پخش{ZWNJ}نما": None}), builtin=False)["words"]
    assert dict(words.items()) == {"پخشنما": "پخش|نما 100.0"}
    assert (list(words), len(words)) == (["پخشنما"], 1)
    assert "پخشنماها" in words
    assert words["پخشنماها"] == "پخش|نما" + "ها 100.0"
    assert None not in words
    with pytest.raises(KeyError):
        words["پخشنماگری"]


# --------------------------------------------------------------------------------------------- what always holds


@cache
def normalizer_of(seed: int) -> Normalizer:
    """Return a normalizer with own words made of those of edited text, spelt at random, with and without counts."""
    rng = random.Random(seed)
    words = {}
    for word in rng.sample([word for word in GOLD_WORDS if re.fullmatch(f"[آ-ی{ZWNJ}]+", word)], 150):
        spelt = word.replace(ZWNJ, rng.choice((ZWNJ, ZWNJ, "", " ")))
        words[spelt] = rng.choice((None, None, rng.randrange(1, 50)))
    return Normalizer(words=words, builtin=seed % 3 > 0)


seeds = st.integers(0, 8)


@given(seed=seeds, text=st.one_of(persian_shaped_text(), damaged(("", " ", ZWNJ)).map(lambda case: case[1])))
def test_one_path_and_idempotent(seed, text):
    """With words of one's own, too, what was normalized is normal, and the explanation is of the same text."""
    normalizer = normalizer_of(seed)
    once = normalizer.normalize(text)
    assert normalizer.normalize(once) == once
    assert normalizer.explain(text).text == once


@given(words=st.lists(own_words(), min_size=1, max_size=4), data=st.data())
def test_idempotent_among_overlapping_words(words, data):
    """Own words that begin and end alike, in any spelling and order, come to rest at once."""
    parts = sorted({part for word in words for part in word.split(ZWNJ)})
    more = data.draw(st.lists(st.lists(st.sampled_from(parts), min_size=2, max_size=3), max_size=3))
    joined = [ZWNJ.join(parts) for parts in more if not any(part[-1] in "ءآأؤادذرزژو" for part in parts[:-1])]
    normalizer = Normalizer(words=[*words, *joined])
    pieces = st.sampled_from([*parts, "ها", "های"])
    text = "".join(
        piece + gap
        for piece, gap in data.draw(st.lists(st.tuples(pieces, st.sampled_from(["", " ", " ", ZWNJ])), max_size=8))
    )
    once = normalizer.normalize(text)
    assert normalizer.normalize(once) == once


@given(words=word_lists())
def test_repr_makes_it_again(words):
    """What ``repr`` shows makes a normalizer with the same words."""
    for given_words in (words, list(words)):
        made = Normalizer(words=given_words)
        again = eval(repr(made), {"Normalizer": Normalizer})
        assert repr(again) == repr(made)
        assert (again._own and vars(again._own)) == (made._own and vars(made._own))


def test_repr_names_the_files(write):
    """Files are shown as they were given; what was not given is not shown."""
    name = write("پخش|نما\n")
    assert repr(Normalizer(lexicon=Path(name))) == "Normalizer(profile='standard', lexicon=['my.tsv'])"
    assert eval(repr(Normalizer(lexicon=name))).normalize("پخشنما") == f"پخش{ZWNJ}نما"


def test_a_pickled_copy_needs_no_file(write):
    """The words go along with a copy, so that it is the same wherever and whenever it is opened."""
    name = write("پخش|نما\n")
    pickled = pickle.dumps(Normalizer(lexicon=name))
    Path(name).write_text("پخشنما\n", encoding="utf-8")
    assert pickle.loads(pickled).normalize("پخشنما") == f"پخش{ZWNJ}نما"


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_processes_have_the_words(monkeypatch, write, method):
    """``pipe`` with processes, forked or new, gives what one process gives."""
    context = multiprocessing.get_context(method)
    monkeypatch.setattr(multiprocessing, "get_context", lambda: context)
    normalizer = Normalizer(lexicon=write("پخش|نما\n"), words=["فیش|نگار"])
    texts = ["پخشنما", "فیش نگار", "کتاب ها"] * 4
    assert list(normalizer.pipe(texts, n_process=2, batch_size=3)) == normalizer.normalize_batch(texts)
    assert normalizer.normalize("پخشنما") == f"پخش{ZWNJ}نما"


def test_threads_share_one():
    """Threads that share a normalizer with own words, its memory empty, give the same as one."""
    texts = [line.text.replace(ZWNJ, " ") for line in GOLD]
    alone = normalizer_of(1).normalize_batch(texts)
    shared = pickle.loads(pickle.dumps(normalizer_of(1)))
    with ThreadPoolExecutor(4) as threads:
        assert all(run == alone for run in threads.map(lambda _: shared.normalize_batch(texts), range(4)))


def test_own_rules_can_be_switched_off():
    """Both rules are rules like others, known by name."""
    assert {rule.name for rule in ALL_RULES} >= OWN_RULES
    assert Normalizer(words=["پخش|نما"], disable=OWN_RULES).normalize("پخش نما") == "پخش نما"


# ------------------------------------------------------------------------------------------------------ counting


def counted(*lines, **options):
    """Return the words counted in some lines, | for the half-space in both."""
    counts = WordCounts()
    for line in lines:
        counts.add(line.replace("|", ZWNJ))
    return {form.replace(ZWNJ, "|"): count for form, count in counts.words(**options).items()}


class TestCounting:
    def test_words_with_half_spaces_and_their_other_spellings(self):
        """Words that never have a half-space are left out; those that have one come with their other spellings."""
        assert counted("پخش|نما پخشنما، پخش نما و پخش|نما.", "کتاب من") == {"پخش|نما": 2, "پخشنما": 1, "پخش نما": 1}

    def test_every_word(self):
        """On request words without a half-space are counted too."""
        assert counted("پخش|نما و کتاب من و آب", every=True, min_count=2) == {"و": 2}
        assert counted("پخش|نما و آب", every=True) == {"پخش|نما": 1, "و": 1, "آب": 1}

    def test_least_count(self):
        """A word counts from so many half-spaced sightings on; its other spellings are told however rare."""
        assert counted("پخش|نما پخش|نما فیش|نگار پخشنما", min_count=2) == {"پخش|نما": 2, "پخشنما": 1}

    def test_apart_with_endings(self):
        """Spaced neighbours count with an ending at the second too: they would be put together likewise."""
        assert counted("پخش|نما و پخش نماهای پخش نما", "به پخش، نما") == {"پخش|نما": 1, "پخش نما": 2}

    def test_what_is_not_counted(self):
        """Addresses, code, Latin text and numbers are no words, nor is what touches them."""
        assert counted("`پخش|نما` #پخش|نما API|های ۵|ام x.ir/پخش|نما ۵پخش|نما") == {}

    def test_letters_are_mended(self):
        """Words count under one spelling of their letters, without vowel signs."""
        assert counted("كتاب|ها، کتاب||ها و کِتاب|ها") == {"کتاب|ها": 3}

    @given(text=persian_shaped_text())
    def test_what_is_counted_is_a_word_list(self, text):
        """Whatever the text, what comes out is words, each of which ``check`` takes."""
        counts = WordCounts()
        counts.add(text)
        words = counts.words(every=True)
        assert check(words) == words

    @given(words=st.dictionaries(own_words(), st.integers(1, 5), max_size=6))
    def test_counts_are_right(self, words):
        """The counts are those of the words in the text."""
        counts = WordCounts()
        counts.add("، ".join(word for word, count in words.items() for _ in range(count)))
        assert counts.words(every=True) == words
        assert counts.words() == {
            word: count
            for word, count in words.items()
            if any(ZWNJ in other for other in words if letters_of(other) == letters_of(word))
        }
