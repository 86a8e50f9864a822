"""Old entries stay readable: one whole stored entry for every event and version there ever was.

A sample is what a ledger out there holds. Never change one: a test that fails here says that
such a ledger could no longer be read. A new event, or a new version of one, adds its own sample; so
does a field that is added later, as "event-name.v1+field".
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planledger.events.codec import KNOWN_NAMES, decode, encode
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.envelope import Envelope
from planledger.events.kpi import KpiReadingRevised
from planledger.events.milestone import MilestoneProposed, MilestoneSignOffRefused
from planledger.events.plan import DocumentImported
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import RatingGiven
from planledger.events.structure import ActionAdded, ItemWithdrawn
from planledger.events.target_date import RecurrenceSet, TargetDateMoved
from planledger.events.target_dates import OneOff, Recurring
from planledger.events.values import (
    Author,
    Authority,
    Definition,
    Period,
    Personal,
    Rating,
    ReadingStatus,
    ReasonCode,
    RevisionCause,
    Source,
)

SAMPLES = {path.stem: path for path in (Path(__file__).parent / "samples").iterdir()}
CLERK = Author(id="clerk-3", name=Personal(words="Imogen Hale"))

LITERALLY = {
    "target-date-moved.v1": Envelope(
        event=TargetDateMoved(
            milestone="milestone-1a1b2c3d4e5f",
            from_target_date=OneOff(as_printed="March 2025", date=Month(2025, 3)),
            to_target_date=OneOff(as_printed="31 May 2025", date=Day(2025, 5, 31)),
            reason_code=ReasonCode.RECRUITMENT,
        ),
        effective_on=date(2025, 3, 10),
        author=CLERK,
        command_id="5a0c1a3e-0006",
        reason=Personal(words="Two of four posts are still vacant."),
        authority=Authority(
            forum="Northbridge Improvement Board",
            meeting=date(2025, 2, 12),
            minute="7",
            officer=None,
        ),
    ),
    "document-imported.v1+introduction": Envelope(
        event=DocumentImported(
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            filename="northbridge-2025.txt",
            reader="text/2",
            areas=2,
            statements=5,
            actions=4,
            milestones=7,
            queries=1,
            introduction=(
                Personal(words="NORTHBRIDGE IMPROVEMENT PLAN"),
                Personal(words="It is overseen by:\n- the Improvement Board"),
            ),
        ),
        effective_on=date(2025, 1, 6),
        author=Author(id="importer", name=Personal(words="Plan importer")),
        command_id="5a0c1a3e-import",
    ),
    "action-added.v1+lead_to_be_confirmed": Envelope(
        event=ActionAdded(
            action="action-77c0ffee1234",
            area="area-3f9a0c51d2e7",
            ref="1.4",
            text="Further actions to be identified",
            placeholder=True,
            lead_to_be_confirmed="TBC",
        ),
        effective_on=date(2025, 1, 6),
        author=Author(id="importer", name=Personal(words="Plan importer")),
        command_id="5a0c1a3e-import",
    ),
    "item-withdrawn.v1": Envelope(
        event=ItemWithdrawn(item="action-88d1aa002345", replaced_by=()),
        effective_on=date(2025, 4, 2),
        author=CLERK,
        command_id="5a0c1a3e-0004",
        reason=Personal(words="Paid for by the regional partnership instead."),
        authority=Authority(
            forum=None,
            meeting=None,
            minute=None,
            officer=Personal(words="Director of Children’s Services"),
        ),
    ),
    "milestone-proposed.v1": Envelope(
        event=MilestoneProposed(
            milestone="milestone-0a1b2c3d4e5f",
            action="action-77c0ffee1234",
            ordinal=1,
            text="TBC",
            definition=Definition.UNDEFINED,
        ),
        effective_on=date(2025, 1, 6),
        author=Author(id="importer", name=Personal(words="Plan importer")),
        command_id="5a0c1a3e-import",
        correlation_id="northbridge-go-live",
        source=Source(
            document="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            line=31,
            as_printed=Personal(words="TBC"),
        ),
    ),
    "recurrence-set.v1": Envelope(
        event=RecurrenceSet(
            milestone="milestone-3a1b2c3d4e5f",
            target_date=Recurring(
                as_printed="First report June 2025 and then quarterly",
                first=Month(2025, 6),
                every_months=3,
                until=Year(2027),
            ),
            shared_with=(),
        ),
        effective_on=date(2025, 2, 12),
        author=CLERK,
        command_id="5a0c1a3e-0007",
    ),
    "kpi-reading-revised.v1": Envelope(
        event=KpiReadingRevised(
            kpi="assessments-on-time",
            definition_version=2,
            period=Period(first=date(2025, 1, 1), last=date(2025, 3, 31), label="Q4 2024-25"),
            value=Decimal("84.2"),
            numerator=Decimal(144),
            denominator=Decimal(171),
            status=ReadingStatus.FINAL,
            extracted_on=date(2025, 5, 19),
            cause=RevisionCause.FINALISED,
            note=Personal(words="One late form was counted."),
        ),
        effective_on=date(2025, 5, 19),
        author=Author(id="analyst-1", name=Personal(words="Tobias Wren")),
        command_id="5a0c1a3e-0014",
    ),
    "entry-corrected.v1": Envelope(
        event=EntryCorrected(
            entry=61,
            event=RatingGiven(
                review="scrutiny-2025-q1",
                item="milestone-1a1b2c3d4e5f",
                key="bgar",
                key_version=1,
                rating=Rating.RED,
                rationale=Personal(words="All four posts are vacant a month before the date."),
            ),
        ),
        effective_on=date(2025, 4, 22),
        author=CLERK,
        command_id="7b2e4d10-0019",
        reason=Personal(words="The minute says red."),
        authority=Authority(
            forum="Northbridge Scrutiny Panel",
            meeting=date(2025, 4, 22),
            minute="12",
            officer=None,
        ),
    ),
    "entry-voided.v1": Envelope(
        event=EntryVoided(entry=58),
        effective_on=date(2025, 4, 7),
        author=CLERK,
        command_id="7b2e4d10-0020",
        reason=Personal(words="Meant for another plan."),
    ),
    "milestone-sign-off-refused.v1": Envelope(
        event=MilestoneSignOffRefused(
            milestone="milestone-2b2c3d4e5f6a",
            occurrence=Quarter(2025, 2),
            missing=Personal(words="The audit of the last twenty cases."),
        ),
        effective_on=date(2025, 7, 9),
        author=Author(id="clerk-5", name=Personal(words="Rafael Moss")),
        command_id="7b2e4d10-0010",
    ),
}


def test_every_event_has_a_sample_and_every_sample_an_event() -> None:
    """An event taken out of the code is still in somebody's ledger; a new one must be kept so."""
    assert {*map(_name, SAMPLES)} - KNOWN_NAMES == set(), "These can no longer be read."
    assert KNOWN_NAMES - SAMPLES.keys() == set(), "Add a sample of these."


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_stored_entry_is_read_and_would_be_stored_as_the_same_bytes(name: str) -> None:
    """A field renamed, or an order of fields changed, would break old ledgers or their proofs."""
    stored = SAMPLES[name].read_bytes().removesuffix(b"\n")
    assert encode(decode(stored, name=_name(name), position=1)) == stored


@pytest.mark.parametrize("name", LITERALLY)
def test_a_stored_entry_means_what_it_meant(name: str) -> None:
    """Bytes that are still read, but as something else, would rewrite history in silence."""
    assert decode(SAMPLES[name].read_bytes(), name=_name(name), position=1) == LITERALLY[name]


def _name(sample: str) -> str:
    """Give the name that the entry of a sample is stored under."""
    return sample.partition("+")[0]
