"""A plan as wide as one likes, and the document that asks for all of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.made_up import BEGUN
from planledger.events import milestone, structure
from planledger.events.catalogue import PlanEvent, stored_name
from planledger.events.codec import encode
from planledger.events.dates import Month
from planledger.events.envelope import Envelope, instant
from planledger.events.plan import PlanDrafted
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.events.values import Author, Definition, Personal
from planledger.storage.port import NewRecord
from planledger.storage.sqlite import SqliteStore

PLAN = "wide"
PAST = 5
"""A position before the last, to ask for a point that is past."""

WHOLE = f"""query Whole($point: LedgerPoint) {{
  ledger(knownAt: $point) {{
    basis {{ position effectiveOn final }}
    plan(ref: "{PLAN}") {{
      id ref title draftedOn closed {{ on }}
      areas {{
        ref number title
        actions {{
          id ref text addedOn placeholder withdrawn {{ on }}
          milestones {{
            id ref ordinal text definition agreedOn dueBy timeliness delivery leadsInherited
          }}
        }}
      }}
    }}
  }}
}}"""
"""With 17 areas of 4 actions of 3 milestones each: 290 objects, 2,507 leaves."""

_AUTHOR = Author(id="programme-office", name=Personal(words="Programme office"))


class Wide(NamedTuple):
    """How wide a plan is: areas, actions in each, milestones in each of these."""

    areas: int
    actions: int
    milestones: int

    @property
    def leaves(self) -> int:
        """How many leaves the answer to `WHOLE` has."""
        return 8 + self.areas * (3 + self.actions * (6 + self.milestones * 10))


def write(path: Path, wide: Wide) -> None:
    """Write a ledger with a plan so wide, and one more entry, on another day."""
    clock = iter(range(1_500_000_000_000_000, 2_000_000_000_000_000, 1_000_000))
    store = SqliteStore(path, lambda: instant(next(clock)), create=True)
    records = [_record(event, number) for number, event in enumerate(_events(wide))]
    store.append(PLAN, 0, records, command_id="all", digest=bytes(32))
    last = structure.AreaAdded(area="area-last", number="99", ordinal=99, title="Last")
    store.append(
        PLAN, len(records), [_record(last, len(records))], command_id="last", digest=bytes(32)
    )
    store.close()


def _record(event: PlanEvent, number: int) -> NewRecord:
    envelope = Envelope(
        event=event,
        effective_on=BEGUN,
        author=_AUTHOR,
        command_id=f"00000000-0000-4000-8000-{number:012}",
        reason=None,
        authority=None,
    )
    return NewRecord(name=stored_name(type(event)), data=encode(envelope))


def _events(wide: Wide) -> Iterator[PlanEvent]:
    yield PlanDrafted(title="A wide improvement plan (fictional)")
    for area in range(1, wide.areas + 1):
        yield structure.AreaAdded(
            area=f"area-{area}", number=str(area), ordinal=area, title=f"Area {area}"
        )
        for action in range(1, wide.actions + 1):
            yield structure.ActionAdded(
                action=f"action-{area}-{action}",
                area=f"area-{area}",
                ref=f"{area}.{action}",
                text="Review and agree the arrangements with all partners",
                placeholder=False,
            )
            for number in range(1, wide.milestones + 1):
                yield from _milestone(f"{area}-{action}", number)


def _milestone(action: str, number: int) -> Iterator[PlanEvent]:
    name = f"milestone-{action}-{number}"
    yield milestone.MilestoneProposed(
        milestone=name,
        action=f"action-{action}",
        ordinal=number,
        text="Arrangements agreed and in place",
        definition=Definition.STATED,
    )
    month = Month(2015, number % 12 + 1)
    due = OneOff(as_printed=month.label, date=month)
    yield TargetDateSet(milestone=name, target_date=due, shared_with=())
