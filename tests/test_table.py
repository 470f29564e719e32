"""Tables of text: one that is read late is like one that is read at once, whatever is asked of it and by how many."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from persnorm.table import PATIENCE, LateTable, keys_ending_in, parse_table

ROWS = {
    f"{first}{second} {number}": f"{number};1" for first in "ابپت" for second in "جچح" for number in range(100, 300)
}
TEXT = "".join(f"{key}\t{row}\n" for key, row in sorted(ROWS.items()))
NOT_THERE = ["", "ء", "اج", "اج 1000", "ی", "\udc80", "پچ 150 ", "\n"]


def late() -> LateTable:
    """Return the table, with small blocks and nothing read."""
    return LateTable(TEXT.encode(), 64)


def test_heading_is_no_row():
    """The first line names the columns; a table without a tab there has only keys."""
    assert parse_table(f"# key\trow\n{TEXT}") == ROWS
    assert parse_table("# key\nآب\nنان\n") == {"آب": "", "نان": ""}
    assert parse_table("# key\trow\n") == {}


def test_rows_are_found_one_by_one():
    """Each row is found in its block, and what has none is not found in any."""
    table = late()
    assert {key: table[key] for key in list(ROWS)[::7]} == dict(list(ROWS.items())[::7])
    assert all(key in table and table.get(key) == row for key, row in ROWS.items())
    assert not any(key in table or table.get(key) for key in NOT_THERE)
    assert None not in table
    assert [table.get(key, "-") for key in NOT_THERE] == ["-"] * len(NOT_THERE)
    with pytest.raises(KeyError):
        table["اج 1000"]


@pytest.mark.parametrize("read", [dict, lambda table: {**table}, lambda table: dict(table.items())])
def test_it_is_a_mapping_of_all_rows(read: Callable[[LateTable], dict[str, str]]):
    """All rows are there, whether some were asked for before or not."""
    fresh, begun = late(), late()
    assert begun["اج 250"] == "250;1"
    assert read(fresh) == read(begun) == ROWS
    assert (len(late()), set(late()), set(late().keys())) == (len(ROWS), set(ROWS), set(ROWS))
    assert sorted(late().values()) == sorted(ROWS.values())
    assert late() == ROWS
    assert LateTable(b"") == {}
    assert LateTable(b"").get("آب") is None


def test_a_method_outlives_the_last_block():
    """After so many questions the table is read as a whole; who holds its methods notices nothing."""
    table = late()
    get, contains = table.get, table.__contains__
    assert not any(get(f"اج {number}") for number in range(1000, 1001 + PATIENCE))
    assert type(table) is not LateTable
    assert all(get(key) == row and contains(key) for key, row in ROWS.items())
    assert get("ء", "-") == "-"
    assert not contains("ء")


def test_threads_read_it_together():
    """Each finds what is there, while others read on."""
    for _ in range(20):
        table = late()
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(table.get, ROWS))
        assert found == list(ROWS.values())


def test_keys_are_found_by_their_rows():
    """By how the row ends, in a table read late and in any other."""
    expected = sorted(key for key, row in ROWS.items() if row.endswith("50;1"))
    assert expected
    assert sorted(keys_ending_in(late(), ("50;1",))) == sorted(keys_ending_in(ROWS, ("50;1",))) == expected


def test_half_spaces_in_keys_are_sorted_as_such():
    """A key with ``|`` stands where the half-space has it, behind all letters of the basic alphabet."""
    keys = sorted(("تنها\u200c", "تنها", "تنهایشان", "تنهایی\u200c", "تنور", "تنهاتر"))
    rows = {key.replace("\u200c", "|"): str(number) for number, key in enumerate(keys)}
    for block in (1, 30, 60, 1000):
        table = LateTable("".join(f"{key}\t{row}\n" for key, row in rows.items()).encode(), block)
        assert {key: table.get(key) for key in rows} == rows
