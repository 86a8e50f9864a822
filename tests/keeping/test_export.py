"""The export: the same bytes for the same ledger, and nothing believed that is not whole."""

import gzip
import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from io import BufferedReader, BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.codec import UnreadableEntryError
from planledger.events.plan import PlanDrafted
from planledger.keeping import reading
from planledger.keeping.copying import export_to, fill
from planledger.keeping.lines import EntryLine, entry_line, line_bytes, record_of
from planledger.keeping.reading import DamagedExportError, Export
from planledger.storage.memory import MemoryStore
from planledger.storage.port import NewRecord, NotEmptyError, StoredRecord
from planledger.storage.sqlite import SqliteStore
from tests.support.kept import (
    begin,
    digest,
    exported,
    held,
    ledger_file,
    load,
    now,
    opened,
    read,
    record,
)

HEX = digest("command-0-ü").hex().encode()


def small() -> bytes:
    """Give the export of a small ledger."""
    store = MemoryStore(now)
    begin(store)
    return exported(store)


def lines_of(data: bytes) -> list[bytes]:
    """Give an export line by line, each with its end."""
    return data.splitlines(keepends=True)


def sealed(lines: list[bytes]) -> bytes:
    """Give lines with a last one that vouches for them, as a forger would."""
    kinds = [json.loads(line)["line"] for line in lines]
    end = {
        "line": "end",
        "entries": kinds.count("entry"),
        "receipts": kinds.count("receipt"),
        "sha256": hashlib.sha256(b"".join(lines)).hexdigest(),
        "written_by": "me",
    }
    return b"".join(lines) + msgspec.json.encode(end) + b"\n"


def refused(data: bytes) -> str:
    """Give what is said of an export that is no good, after which the ledger is still empty."""
    store = MemoryStore(now)
    with pytest.raises(ValueError, match=r".") as caught:
        fill(store, read(data))
    assert held(store) == ([], [])
    return str(caught.value)


def test_the_lines_are_what_they_are_said_to_be() -> None:
    """Whoever reads an export in thirty years may have no planledger, only this shape."""
    store = MemoryStore(lambda: now().replace(year=2026, month=1, day=6, hour=0))
    store.append(
        "alpha",
        0,
        [record(PlanDrafted(title='An "improvement" plan'), "one")],
        command_id="one",
        digest=digest("one"),
    )
    header, entry, receipt, end = map(json.loads, lines_of(exported(store)))
    (stored,) = store.read(limit=9)
    us = stored.recorded_us
    assert header == {
        "line": "header",
        "format": "planledger-ledger",
        "version": 1,
        "last_position": 1,
        "first_recorded_us": us,
        "last_recorded_us": us,
    }
    assert entry.pop("text").encode() == stored.data
    assert entry == {
        "line": "entry",
        "position": 1,
        "recorded_us": us,
        "plan": "alpha",
        "version": 1,
        "name": "plan-drafted.v1",
    }
    assert receipt == {
        "line": "receipt",
        "command_id": "one",
        "digest": digest("one").hex(),
        "plan": "alpha",
        "first_position": 1,
        "last_position": 1,
        "recorded_us": us,
    }
    before_end = b"".join(lines_of(exported(store))[:-1])
    assert end.pop("written_by")
    assert end == {
        "line": "end",
        "entries": 1,
        "receipts": 1,
        "sha256": hashlib.sha256(before_end).hexdigest(),
    }


def test_the_same_ledger_gives_the_same_bytes_also_when_made_smaller(tmp_path: Path) -> None:
    """Two exports can be compared by their digests, and an archive keeps equal ones once."""
    ledger_file(tmp_path / "plans.db")
    with closing(SqliteStore(tmp_path / "plans.db", now, create=False)) as store:
        for name in ("one.ndjson", "two.ndjson", "one.ndjson.gz", "two.ndjson.gz"):
            export_to(store, tmp_path / name)
        plain, again, zipped, zipped_again = (
            (tmp_path / name).read_bytes()
            for name in ("one.ndjson", "two.ndjson", "one.ndjson.gz", "two.ndjson.gz")
        )
        assert plain == again == exported(store)
        assert zipped == zipped_again
        assert gzip.decompress(zipped) == plain
        other = MemoryStore(now)
        load(zipped, other)
        assert held(other) == held(store)


@given(
    data=st.binary() | st.text().map(str.encode),
    plan=st.text(st.characters(codec="utf-8")),
    name=st.text(st.characters(codec="utf-8")),
)
def test_any_bytes_and_any_text_come_back_as_they_were(data: bytes, plan: str, name: str) -> None:
    """What is stored is what is proved later; a byte that changes on the way breaks every proof."""
    entry = StoredRecord(7, 123, plan, 3, name, data)
    line = line_bytes(entry_line(entry))
    assert line.count(b"\n") == 1
    assert record_of(msgspec.json.decode(line, type=EntryLine)) == entry


def test_entries_that_are_no_json_are_exported_as_they_are_and_not_loaded(tmp_path: Path) -> None:
    """Evidence of damage must not be lost by saving what can be saved."""
    with opened("memory", tmp_path, started=True) as store:
        before = len(held(store)[0])
        records = [NewRecord(name="plan-drafted.v1", data=data) for data in (b"\xff\x00", b"{")]
        store.append("odd", 0, records, command_id="odd", digest=digest("odd"))
        lines = [json.loads(line) for line in lines_of(exported(store))]
        odd, half = (line for line in lines if line.get("plan") == "odd" and "name" in line)
        assert (odd["base64"], half["text"]) == ("/wA=", "{")
        other = MemoryStore(now)
        with pytest.raises(UnreadableEntryError, match=f"Entry {before + 1} .*damaged"):
            fill(other, read(exported(store)))
        assert held(other) == ([], [])


def test_a_ledger_that_is_not_empty_is_never_filled(tmp_path: Path) -> None:
    """Two ledgers cannot be one, and the one that is there must stay as it is."""
    for kind in ("memory", "sqlite"):
        with opened(kind, tmp_path, started=True) as store:
            before = held(store)
            with pytest.raises(NotEmptyError):
                fill(store, read(small()))
            assert held(store) == before


def test_an_export_cut_off_anywhere_is_refused() -> None:
    """A disk fills, a download stops, and half a ledger looks much like a whole one."""
    whole = small()
    lines = lines_of(whole)
    cuts = {sum(map(len, lines[:count])) for count in range(len(lines))}
    cuts |= {cut + 7 for cut in cuts} | {len(whole) - 1}
    for cut in sorted(cuts):
        said = refused(whole[:cut])
        assert "cut off" in said or "not an export" in said, (cut, said)


@pytest.mark.parametrize("which", range(18))
def test_a_line_that_was_changed_is_refused(which: int) -> None:
    """Somebody "only corrects a spelling" in an export; every proof of it would be void."""
    lines = lines_of(small())
    assert len(lines) == 20
    line = lines[which]
    changed = line.replace(b'"recorded_us":1', b'"recorded_us":2').replace(b'_us":1', b'_us":2')
    assert changed != line
    refused(b"".join([*lines[:which], changed, *lines[which + 1 :]]))


def _swapped(lines: list[bytes]) -> bytes:
    return sealed([lines[0], lines[2], lines[1], *lines[3:-1]])


def _without(kind: str) -> Callable[[list[bytes]], bytes]:
    def without(lines: list[bytes]) -> bytes:
        first = next(line for line in lines if json.loads(line)["line"] == kind)
        return sealed([line for line in lines[:-1] if line is not first])

    return without


def _spaced(lines: list[bytes]) -> bytes:
    return sealed([lines[0], lines[1].replace(b'"position":1', b'"position": 1'), *lines[2:-1]])


def _with(old: bytes, new: bytes) -> Callable[[list[bytes]], bytes]:
    """Change the first place where something stands, and vouch for it."""

    def changed(lines: list[bytes]) -> bytes:
        data = b"".join(lines[:-1])
        assert old in data
        return sealed(lines_of(data.replace(old, new, 1)))

    return changed


def _as_base64(lines: list[bytes]) -> bytes:
    line = json.loads(lines[1])
    line["base64"] = b64encode(line.pop("text").encode()).decode()
    return sealed([lines[0], msgspec.json.encode(line) + b"\n", *lines[2:-1]])


def _twice(lines: list[bytes]) -> bytes:
    return b"".join(lines) * 2


def _without_last_commit(lines: list[bytes]) -> bytes:
    last = max(number for number, line in enumerate(lines[:-2]) if b'"receipt"' in line)
    return sealed(lines[: last + 1])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_swapped, "Line 2 of the export is damaged: it is a receipt of 1"),
        (_without("entry"), "Line 2 of the export is damaged: it is a receipt of 1"),
        (_without("receipt"), "position 1 is next"),
        (_without("header"), "not an export"),
        (_without_last_commit, "first or last line says otherwise"),
        (_with(b'"first_recorded_us":1', b'"first_recorded_us":2'), "says otherwise"),
        (_with(HEX, HEX.upper()), "Line 3 of the export is damaged: its digest"),
        (_with(HEX, HEX[1:]), "Line 3"),
        (
            _with(b'command_id\\":\\"command-0', b'command_id\\":\\"command-9'),
            "Positions 1 to 1 were",
        ),
        (_with(b'"version":1', b'"version":0'), "not an export"),
        (_as_base64, "Line 2 of the export is damaged: base64 is for what is no UTF-8"),
        (_spaced, "Line 2 of the export is damaged: it is not written as planledger"),
        (_twice, "goes on after its last line"),
        (lambda lines: sealed([*lines[:-1], lines[0]]), "header of another export"),
        (lambda lines: b"".join([*lines[:5], b"{}\n", *lines[5:]]), "Line 6"),
        (lambda lines: b"".join([*lines[:5], b"\xff\n", *lines[5:]]), "Line 6"),
        (lambda lines: b"".join([*lines[:5], b"\n", *lines[5:]]), "Line 6"),
        (lambda lines: b"".join(lines).replace(b'"digest":"', b'"digest":"x'), "Line 3"),
        (lambda lines: b"".join(lines).replace(b'"text":', b'"other":'), "Line 2"),
        (lambda lines: b"".join(lines).replace(b'"text":', b'"base64":"","text":'), "Line 2"),
        (lambda lines: b"".join(lines).replace(b'"version":1', b'"version":2', 1), "newer"),
        (lambda _: b"", "not an export"),
        (lambda _: b"SQLite format 3\0", "not an export"),
        (lambda _: b"1.1 Review the arrangements\n" * 9, "not an export"),
        (lambda lines: gzip.compress(b"".join(lines))[:-20], "cannot be read"),
        (lambda lines: gzip.compress(b"".join(lines))[:-5], "Line 21 cannot be read"),
        (lambda lines: gzip.compress(b"".join(lines))[:-8] + b"CRC-SIZE", "Line 21 cannot be"),
        (lambda lines: gzip.compress(b"".join(lines))[:60] + b"x" * 99, "cannot be read"),
        (lambda _: b"\x1f\x8bnot gzip at all", "cannot be read"),
    ],
)
def test_what_is_no_whole_export_is_refused_in_words_that_say_where(
    damage: Callable[[list[bytes]], bytes], said: str
) -> None:
    """Whoever has two copies needs to know which is no good, and why."""
    told = refused(damage(lines_of(small())))
    assert said in told
    assert "\n" not in told


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another kind can be one line of many gigabytes."""
    monkeypatch.setattr(reading, "LONGEST_LINE", 1_000)
    with pytest.raises(DamagedExportError, match="not an export"):
        Export(BufferedReader(BytesIO(b"{" * 5_000)))
    header, *_ = lines_of(small())
    assert "longer than any line" in refused(header + b"{" * 5_000)


def test_a_receipt_too_many_is_refused() -> None:
    """A command that was never carried out would be answered as if it had been."""
    store = MemoryStore(now)
    begin(store)
    lines = lines_of(exported(store))
    again = lines[-2]
    assert "left over" in refused(sealed([*lines[:-1], again]))
    twice = lines[-2].replace(b'"command_id":"command-5', b'"command_id":"command-0')
    assert "not recorded by the command of their receipt" in refused(sealed([*lines[:-2], twice]))
