"""From what the ledger holds to what people and programs are given."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.answers import plain, plain_entry, reveal, to_json
from planledger.events.catalogue import stored_name
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.envelope import Entry, Envelope
from planledger.events.values import Authority, Period, Personal, Polarity
from tests.support.event_strategies import envelopes


def _texts(value: object) -> Iterator[str]:
    """Give every personal text in a value."""
    if isinstance(value, Personal):
        yield value.words
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _texts(getattr(value, field))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Personal(words="Ann"), "Ann"),
        (Year(2015), "2015"),
        (Quarter(2015, 2), "2015-34"),
        (Month(2015, 3), "2015-03"),
        (Day(2015, 3, 31), "2015-03-31"),
        (date(2015, 3, 31), "2015-03-31"),
        (datetime(2015, 3, 31, 12, tzinfo=UTC), "2015-03-31T12:00:00Z"),
        (Decimal("12.50"), "12.50"),
        (Polarity.LOW, "low"),
        ((Month(2015, 3), None, 1, True), ["2015-03", None, 1, True]),
        (
            Period(first=date(2015, 1, 1), last=date(2015, 3, 31), label="Q4"),
            {"first": "2015-01-01", "last": "2015-03-31", "label": "Q4"},
        ),
        (
            Authority(forum=None, meeting=None, minute=None, officer=Personal(words="Bob")),
            {"forum": None, "meeting": None, "minute": None, "officer": "Bob"},
        ),
    ],
)
def test_a_value_is_given_as_json_has_it(value: object, expected: object) -> None:
    """Dates stay as precise as they are, decimals keep their digits, names become text."""
    assert plain(value) == expected


@given(envelopes(), st.integers(1, 10**12), st.integers(1, 10**6))
def test_every_entry_is_given_whole_and_as_json(
    envelope: Envelope, position: int, version: int
) -> None:
    """`planledger events` is what other programs live on: nothing missing, whatever the event."""
    entry = Entry(
        position=position,
        recorded_us=1_422_748_800_000_001,
        plan="alpha",
        version=version,
        envelope=envelope,
    )
    given_out = plain_entry(entry)
    read = json.loads(to_json(given_out))
    assert read == given_out
    assert read["type"] == stored_name(type(entry.event))
    assert (read["position"], read["version"]) == (position, version)
    assert read["recorded_at"] == "2015-02-01T00:00:00.000001+00:00"
    assert set(read["event"]) == set(entry.event.__struct_fields__)
    fields = set(envelope.__struct_fields__) - {"event"}
    assert fields <= set(read)
    strings = list(_strings(read))
    assert all(text in strings for text in _texts(envelope))


@given(st.text())
def test_json_is_utf_8_whatever_the_text(text: str) -> None:
    """One letter that cannot be written must not lose the answer."""
    for value in (text, {"a": [text]}):
        assert json.loads(to_json(value)) == value
    assert b"\n" not in to_json({"a": text})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=[])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_the_same_whichever_way_it_is_written(value: object) -> None:
    """A body that is kept has one ETag; half a character anywhere must not change all the rest."""
    plainly = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert to_json(value) == plainly.encode("utf-8", "backslashreplace")


def test_half_a_character_is_escaped() -> None:
    """UTF-8 has no bytes for it, but JSON has an escape."""
    assert to_json("a\ud800b’") == '"a\\ud800b’"'.encode()
    assert json.loads(to_json("\ud800")) == "\ud800"


def test_json_for_people_is_indented() -> None:
    """The answer to a question on the command line is read by eye."""
    assert to_json({"a": 1}, indent=2) == b'{\n  "a": 1\n}'
    assert to_json({"a": 1}) == b'{"a":1}'


def test_a_personal_text_is_revealed_untouched() -> None:
    """Making it safe to show is for whoever shows it."""
    assert reveal(Personal(words=" <b>Ann</b>\n")) == " <b>Ann</b>\n"
