"""Count words, their parts and their neighbours in running text: the figures behind the data files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import chain, pairwise
from math import fsum
from pathlib import Path

from persnorm.alphabet import HARAKAT, LETTERS, NON_JOINERS
from persnorm.context import BOUND_PARTICIPLE, EDGE, FREE_PARTICIPLE, kind
from persnorm.data.by_hand import Block, Written
from persnorm.data.clustering import Running, kin
from persnorm.data.company import doubles, of_doubles, of_homographs
from persnorm.data.compounds import compounds, misled
from persnorm.data.witnesses import grammar, samples, witnesses
from persnorm.evidence import Evidence
from persnorm.features import inflection_class
from persnorm.grammar import MODELS
from persnorm.lexicon import EITHER, PREVAILS, TABLES, Lexicon
from persnorm.morphology import CLITICS, COPULAS, IMPERFECT, NUMERALS, PLURALS, VERB_PREFIXES
from persnorm.rule import ZWNJ
from persnorm.word import put_together, take_apart

WORD = re.compile(rf"[ءآأؤئاابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی{ZWNJ}]+")
HARAKAT_OR_HAMZA = re.compile(rf"[{HARAKAT}\u0653-\u0655]")
STRAY = re.compile(rf"(?<=[{NON_JOINERS}]){ZWNJ}+|(?<![{LETTERS}]){ZWNJ}|{ZWNJ}(?![{LETTERS}])")
INNER = re.compile(rf"(های?){ZWNJ}(?=(?:م|ت|ش|مان|تان|شان|یی)\b)")
"""های‌شان is written هایشان: one ending, one spelling."""

RARE = 3
"""Words seen at most so often stand for the words never seen."""

ENDING_TYPES = 5
"""A right side with so many left sides is an ending, for which the last letter of the left side is counted too."""

NEIGHBOUR_COUNT = 500
"""A neighbour seen at least so often is counted one by one, the others by their last two letters."""

OWN = 3.0
"""How much a word counts in a sentence that was written to show its company."""

ALIVE = 0.01
"""A reading with at least this share of the sightings is one of the readings of its letters."""

AFFIX_PARTNERS = 4
AFFIX_SHARE = 0.2
"""With so many different partners, and half-spaced in such a share of its sightings beside other words, a part is an
affix, free to take new ones.

Chosen on six texts that were not counted: at 0 spaced F1 is the same within 0.16, and mixed up to 0.17 lower; at 0.3
spaced F1 of news is 0.3 lower.
"""

ONE_WORD = 9
"""What is half-spaced so many times as often as spaced is one word, though two may be thought of: پیش‌بینی.

Without this, more sentences with two readings come out right (two of 116), and spaced F1 of three texts that were not
counted is 0.03 to 0.06 lower.
"""

TEMPTING = 0.2
"""Spaced neighbours are kept in the data where the weights give a half-space at least this chance."""

Pair = tuple[str, str]
Tables = dict[str, dict[str, str]]
Keyed = Iterable[tuple[str, str]]


class Counts:
    """What is counted in running text."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()  # weighted
        self.seen: Counter[str] = Counter()  # not weighted
        self.half: Counter[Pair] = Counter()
        self.spaced: Counter[Pair] = Counter()
        self.spaced_and: Counter[Pair] = Counter()  # with one و between the two
        self.neighbours: Counter[Pair] = Counter()
        self.running = Running()
        self.of_pairs = Running(own=0)  # what was written of neighbours that are one word or two tells of nothing else
        self.written = Written()

    def read(self, path: Path, weight: float) -> None:
        """Count the words of a file and what stands between neighbours."""
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                self._count(clean(line), weight)

    def _count(self, line: str, weight: float) -> None:
        gaps = WORD.split(line)
        self.running.add(WORD.findall(line), weight, gaps[1:])
        before: list[str] = []  # the last parts of the words before, as far as single spaces reach
        end = -1
        previous = EDGE
        for match in WORD.finditer(line):
            form = match[0]
            parts = form.split(ZWNJ)
            self.forms[form] += weight  # type: ignore[assignment]  # Counter takes any number
            self.seen[form] += 1
            for pair in pairwise(parts):
                self.half[pair] += weight  # type: ignore[assignment]
            if match.start() != end + 1 or line[end] != " ":
                before = []
            self.neighbours[previous if before else EDGE, form] += 1
            if not before and previous != EDGE:
                self.neighbours[previous, EDGE] += 1
            previous = form
            if before:
                self.spaced[before[-1], parts[0]] += weight  # type: ignore[assignment]
            if len(before) > 1 and before[-1] == "و":  # گفت و گو: the spaced form of گفت‌وگو
                self.spaced_and[before[-2], parts[0]] += weight  # type: ignore[assignment]
            before = [*before[-1:], parts[-1]]
            end = match.end()
        self.neighbours[previous, EDGE] += 1

    def read_by_hand(self, blocks: Iterable[Block]) -> None:
        """Take what stands around words from text written for it, which tells nothing of how often they are."""
        self.running.own = len(self.running.forms)
        for block in blocks:
            self.written.add(block)
            running = self.of_pairs if " " in block.letters else self.running
            for sentence in (clean(sentence) for reading in block.readings for sentence in reading.sentences):
                running.add(WORD.findall(sentence), OWN, WORD.split(sentence)[1:])

    def tables(self, dictionary: Iterable[str], adjectives: Iterable[str], stems: Iterable[Pair]) -> Tables:
        """Return the tables of a lexicon but for its weights; words of a dictionary count one sighting each."""
        listed = {*dictionary, *self.written.words}
        forms: dict[str, float] = {form: self.forms[form] for form in self.forms if self.seen[form] > 1 or ZWNJ in form}
        for form in sorted(listed):
            forms[form] = forms.get(form, 0) + 1
            for pair in pairwise(form.split(ZWNJ)):
                if pair[0] not in NUMERALS or self._is_numbered(*pair):
                    self.half[pair] += 1
        for pair in sorted(self.written.pairs):
            self.half[pair] += 1
            self.spaced[pair] += 1
        tables: Tables = {name: {} for name in TABLES}
        tables["verbs"] = dict(_verbs({*stems, *regular_stems({form for form in forms if ZWNJ not in form})}))
        for form in set(joined_verbs(forms, Lexicon(tables), tables["verbs"])) - listed:
            del forms[form]
        tables["words"] = dict(_words(forms))
        tables["adjectives"] = dict.fromkeys((take_apart(word)[0] for word in adjectives), "")
        tables["affixes"] = dict(self._affixes())
        tables["pairs"] = {" ".join(pair): self._row_of(pair) for pair in self.half}
        tables["pairs"] |= self._and_words()
        tables["parts"], tables["endings"] = self._parts(Lexicon(tables), set(self.forms) | listed)
        tables["kin"] = kin(self.running, (word.replace(ZWNJ, "") for word in listed))
        tables["weights"] = self._rates()
        self._tell_readings(tables, listed)
        tables["context"] = self._context(Lexicon(tables))
        texts = self.running, self.of_pairs
        for pair in misled(texts, Lexicon(tables), self.written.listed):
            self.written.pairs.remove(pair)
            tables["pairs"][" ".join(pair)] = self._row_of(pair)
        tables["compounds"] = compounds(texts, Lexicon(tables), self.written.listed)
        return tables

    def _is_numbered(self, numeral: str, right: str) -> bool:
        """Tell whether a numeral and a word make an adjective, as چهل‌ساله; چهل‌دقیقه is a word in dictionaries alone."""
        noun = right[: -2 if right.endswith("گی") else -1]
        return numeral not in ("یک", "نه") and right[-1] in "هی" and self.forms[noun] > self.forms[right]

    def _row_of(self, pair: Pair) -> str:
        """Return the row of two neighbours; its end tells whether they are worth weighing."""
        half, spaced = self.half[pair], self.spaced[pair]
        if pair in self.written.pairs and half < ONE_WORD * spaced:
            end = f";{EITHER}"
        else:
            end = f";{PREVAILS}" if half >= spaced else ""
        return f"{_up(half)};{_up(spaced)}{end}"

    def _tell_readings(self, tables: Tables, listed: Collection[str]) -> None:
        """Add the tables of what tells two readings of the same letters apart."""
        lexicon = Lexicon(tables)
        written = self.written
        nouns = sorted({*doubles(lexicon, listed)} - written.no_nouns | written.nouns)
        company = of_doubles(self.running, lexicon, nouns, written.company)
        samples_of = {model: samples(self.running, lexicon, model) for model in MODELS}
        tables["companions"] = company.rows(nouns)
        known = Lexicon(tables).doubles
        homographs = [letters for letters in sorted(written.homographs) if not known.find(letters)]
        rows = of_homographs(self.running, lexicon, homographs, written.company).rows(homographs)
        tables["companions"] |= {f"{letters}|": row for letters, row in rows.items()}
        tables["grammar"] = grammar(samples_of)
        tables["weights"] |= witnesses(samples_of["noun"], company)

    def _rates(self) -> dict[str, str]:
        """Return how often a noun has each ending, as a share of its sightings without one."""
        ended: Counter[tuple[bool, str]] = Counter()
        nouns: dict[bool, set[str]] = {False: set(), True: set()}
        for form, n in self.forms.items():
            head, _, last = form.rpartition(ZWNJ)
            silent = head.endswith("ه")
            if last in (CLITICS | COPULAS if silent else PLURALS) and self.forms[head]:
                ended[silent, last] += n
                nouns[silent].add(head)
        sightings = {silent: fsum(self.forms[noun] for noun in found) for silent, found in nouns.items()}
        return {f"rate {'ه ' * silent}{last}": f"{n / sightings[silent]:.2g}" for (silent, last), n in ended.items()}

    def _and_words(self) -> dict[str, str]:
        """Return words of two parts and و, for which three spaced words stand too: گفت‌وگو and گفت و گو.

        Nothing but its own counts can tell such a word from a phrase like سر و صدا, so these must be plain.
        """
        rows: dict[str, str] = {}
        for (left, right), n in self.half.items():
            spaced = self.spaced_and[left, right[1:]]
            is_word = self.forms[right] * 10 > n  # نخست‌وزیر is no نخست و زیر
            if right[0] == "و" and len(right) > 2 and not is_word and n > 10 * max(spaced, RARE):
                rows[f"{left} و {right[1:]}"] = f"{_up(n)};{_up(spaced)};+"
        return rows

    def spaced_pairs(self, evidence: Evidence) -> dict[str, str]:
        """Return neighbours that were never half-spaced, though the weights would have it: نان تر."""
        numbered = {right for left, right in self.half if left in NUMERALS}  # of a numeral all others tell
        return {
            f"{left} {right}": f"0;{_up(n)}"
            for (left, right), n in self.spaced.items()
            if not self.half[left, right]
            and left[-1:] not in NON_JOINERS
            and (evidence.neighbours.may_join(left, right) or (left in NUMERALS and right in numbered))
            and evidence.neighbours.prior(left, right) > TEMPTING
        }

    def whole_words(self, evidence: Evidence) -> dict[str, str]:
        """Return words that were seen once, in one piece, though the weights would part them: names, compounds."""
        rows: dict[str, str] = {}
        for word, n in self.seen.items():
            if n == 1 and ZWNJ not in word and not evidence.lexicon.knows(word):
                gaps = evidence.gaps(word)
                if gaps and not evidence.ends_lax(word, gaps):  # a joined plural is another spelling, no other word
                    rows[word] = f"{self.forms[word]:.1f}"
        return rows

    def _affixes(self) -> Iterator[tuple[str, str]]:
        """Yield what stands before a half-space with many words, or after one, and seldom apart."""
        sides: dict[str, list[str]] = {}
        for side, name in enumerate(("left", "right")):
            apart: Counter[str] = Counter()
            for pair, n in self.spaced.items():
                apart[pair[side]] += n
            partners: Counter[str] = Counter()
            half: Counter[str] = Counter()
            spaced: Counter[str] = Counter()
            for pair, n in self.half.items():
                if name == "left" or pair[0] not in VERB_PREFIXES:  # what follows می is a verb, not a suffix
                    partners[pair[side]] += n > self.spaced[pair]
                    half[pair[side]] += n
                    spaced[pair[side]] += self.spaced[pair]
            for part, n in partners.items():
                share = half[part] / (half[part] + apart[part]) if n else 0.0
                if n >= AFFIX_PARTNERS and half[part] > spaced[part] and share >= AFFIX_SHARE:
                    sides.setdefault(part, []).append(name)
        return ((part, " ".join(names)) for part, names in sides.items())

    def _parts(self, lexicon: Lexicon, forms: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
        joined: Counter[tuple[str, str, bool]] = Counter()
        endings: Counter[tuple[str, str, str, bool]] = Counter()
        for form in forms:
            letters, gaps = take_apart(form)
            for at in range(1, len(letters)):
                left, right, half = letters[:at], letters[at:], at in gaps
                if letters[at - 1] in NON_JOINERS or not (half or lexicon.knows(left)):
                    continue
                if half:  # the parts next to the gap count too, where they are not all of their side
                    cuts = (0, *gaps, len(letters))
                    index = cuts.index(at)
                    lefts, rights = {left, letters[cuts[index - 1] : at]}, {right, letters[at : cuts[index + 1]]}
                else:
                    lefts, rights = {left} if lexicon.knows(right) else set(), {right}
                for part in lefts:
                    joined["left", part, half] += 1
                for part in {inflection_class(part) for part in rights}:
                    joined["right", part, half] += 1
                    endings["joined", left[-1], part, half] += 1
        spaced: Counter[tuple[str, str, bool]] = Counter()
        for half, pairs in ((True, self.half), (False, self.spaced)):
            for (left, right), n in pairs.items():
                if left[-1:] not in NON_JOINERS:
                    spaced["left", left, half] += n
                    spaced["right", right, half] += n
                    if joined["right", right, True] >= ENDING_TYPES:
                        endings["spaced", left[-1:], right, half] += n
        names = {part for _, part, half in chain(joined, spaced) if half}
        parts = {
            part: _row(
                table[side, part, half]
                for table in (joined, spaced)
                for side in ("left", "right")
                for half in (True, False)
            )
            for part in names
        }
        ending_rows = {
            f"{letter} {right}": _row(
                endings[where, letter, right, half] for where in ("joined", "spaced") for half in (True, False)
            )
            for _, letter, right, is_half in list(endings)
            if is_half and joined["right", right, True] >= ENDING_TYPES
        }
        return parts, ending_rows

    def _context(self, lexicon: Lexicon) -> dict[str, str]:
        """Return the neighbours of each kind of form, and of the forms whose letters are several words."""
        seen: Counter[str] = Counter()
        for (left, _), n in self.neighbours.items():
            seen[left.replace(ZWNJ, "")] += n
        words = {word for word, n in seen.items() if n >= NEIGHBOUR_COUNT}
        ambiguous = {form for form in ambiguous_forms(lexicon) if not _is_of_double(form, lexicon)}
        counted: Counter[str] = Counter()
        for (left, right), n in self.neighbours.items():
            for form, side, neighbour in ((right, "<", left), (left, ">", right)):
                if form == EDGE:
                    continue
                neighbour = neighbour.replace(ZWNJ, "")  # noqa: PLW2901
                name = neighbour if neighbour in words else "-" + neighbour[-2:]
                for counted_form in {"=" + kind(form), form if form in ambiguous else ""} - {""}:
                    counted[f"{counted_form} {side} {name}"] += n
                    counted[f"{counted_form} {side} *"] += n
        for (participle, after), n in self._after_participles(lexicon).items():
            name = after if after in words or after == EDGE else "-" + after[-2:]
            counted[f"{participle} > {name}"] += n
            counted[f"{participle} > *"] += n
        return {key: str(n) for key, n in counted.items() if n > 1}

    def _after_participles(self, lexicon: Lexicon) -> Counter[Pair]:
        """Return what follows participles that stand apart (آزاد شده است) and half-spaced ones (آزاد‌شده در)."""
        followers: Counter[Pair] = Counter()
        is_participle = cache(lexicon.verbs.is_participle)
        for (form, after), n in self.neighbours.items():
            parts = form.split(ZWNJ)
            for index, (part, following) in enumerate(zip(parts, [*parts[1:], after.replace(ZWNJ, "")], strict=True)):
                if is_participle(part) and not (index and parts[index - 1] in VERB_PREFIXES):
                    followers[BOUND_PARTICIPLE if index else FREE_PARTICIPLE, following] += n
        return followers


def ambiguous_forms(lexicon: Lexicon) -> Iterator[str]:
    """Yield the forms whose letters are more than one word: گوش‌های and گوشه‌ای, but not کتاب‌ها and کتابها."""
    evidence = Evidence(lexicon)
    for letters in lexicon.all_letters():
        sighted = lexicon.readings(letters)
        if set(sighted) == {()}:
            continue
        words = [
            (sum(sighted.get(gaps, 0.0) for gaps in spellings), spellings)
            for spellings in evidence.words(letters).values()
        ]
        total = sum(n for n, _ in words)
        alive = [spellings for n, spellings in words if n >= max(ALIVE * total, RARE)]
        if len(alive) > 1:
            yield from (put_together(letters, gaps) for spellings in alive for gaps in spellings)


def _is_of_double(form: str, lexicon: Lexicon) -> bool:
    """Tell whether a form is one of the nouns of a double: grammar knows more of these than their neighbours do."""
    double = lexicon.doubles.find(form.replace(ZWNJ, ""))
    return double is not None and double.ending != ""


def joined_verbs(forms: Collection[str], lexicon: Lexicon, pasts: Iterable[str]) -> Iterator[str]:
    """Yield the forms that are a verb to which می was joined, which is never right, whatever texts do: میدونم.

    Letters after می that were never half-spaced to it may be something else, as in the place میسان. میراند is a verb.

    Args:
        forms: Half-spaced ones too.
        lexicon: With the verbs.
        pasts: Their past stems.
    """
    own = tuple(past for past in pasts if past.startswith("می"))
    for form in forms:
        if form.startswith(own):
            continue
        for prefix in IMPERFECT:
            verb = form.removeprefix(prefix)
            known = prefix == "نمی" or f"{prefix}{ZWNJ}{verb}" in forms
            if verb != form and known and lexicon.verbs.is_finite(verb):
                yield form


def clean(line: str) -> str:
    """Return a line as the lexicon spells it: no harakat, no mark of ezafe, half-spaces only where they show."""
    line = line.replace("ی\u0654", "ئ").replace("ۀ", "ه").replace("ة", "ه")
    return INNER.sub(r"\1", STRAY.sub("", HARAKAT_OR_HAMZA.sub("", line)))


def _words(forms: dict[str, float]) -> Keyed:
    """Yield letters, and their forms with counts."""
    readings: dict[str, list[str]] = {}
    for form, count in sorted(forms.items()):
        letters, gaps = take_apart(form)
        readings.setdefault(letters, []).append(f"{form.replace(ZWNJ, '|')} {count:.1f}" if gaps else f"{count:.1f}")
    return ((letters, ";".join(sorted(row))) for letters, row in readings.items())


def regular_stems(words: Collection[str]) -> Iterator[Pair]:
    """Yield the stems of the regular infinitives among words: نکوهیدن gives نکوهید and نکوه.

    >>> list(regular_stems(["نکوهیدن", "رنجاندن", "نرنجاندن", "بدن"]))
    [('نکوهید', 'نکوه'), ('رنجاند', 'رنجان')]
    """
    for word in words:
        if any(word.startswith(prefix) and word[len(prefix) :] in words for prefix in ("ن", *IMPERFECT)):
            continue
        if len(word) > 5 and word.endswith("یدن"):
            yield word[:-1], word[:-3]
        elif len(word) > 5 and word.endswith("اندن"):
            yield word[:-1], word[:-2]


def _verbs(stems: Iterable[Pair]) -> Keyed:
    """Yield past stems with their present stems."""
    presents: dict[str, list[str]] = {}
    for past, present in sorted(stems):
        presents.setdefault(past, []).append(present)
    return ((past, " ".join(row)) for past, row in presents.items())


def _row(counts: Iterable[float]) -> str:
    return ";".join(str(_up(n)) for n in counts)


def _up(n: float) -> int:
    return round(n) or int(n > 0)
