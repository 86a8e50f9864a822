"""A small ledger in a file, made through commands: two reviews, and what people ask of them.

Between the reviews a date slips, a decision is keyed in late, an entry is corrected and another
voided. It all lies in 2024, so it is past on every machine.
"""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AgreeMilestone,
    AssignLead,
    CloseReview,
    CorrectEntry,
    DeferTargetDate,
    DraftPlan,
    EstablishForum,
    MoveTargetDate,
    OpenReview,
    PlanCommand,
    ProposeMilestone,
    RegisterParty,
    RewordItem,
    SetTargetDate,
    VoidEntry,
)
from planledger.events.dates import Month
from planledger.events.party import PartyRegistered
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.events.values import Authority, PartyKind, Personal, ReasonCode
from planledger.ledger import Ledger
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock, recorded

PLAN = "riverside"
LEAD = "Bo [red]Ash[/red] :smile:"
"""A name that would be taken for markup by whoever does not take care."""
REASON = "The [b]contractor[/b] withdrew."


class Reviewed:
    """What the small ledger holds, by what tests call it."""

    def __init__(self, folder: Path) -> None:
        """Make it in a folder, under the name of the default ledger."""
        self.folder = folder
        self.positions: dict[str, int] = {}
        self._clock = SettableClock()
        store = SqliteStore(folder / "planledger.db", self._clock, create=True)
        with closing(Ledger(store, self._clock)) as ledger:
            self._ledger = ledger
            self._until_the_first_review()
            self._until_the_second_review()
            self._after_it()

    def _until_the_first_review(self) -> None:
        self._at(date(2024, 1, 8))
        self._record(DraftPlan(plan=PLAN, title="Riverside plan"))
        for number, title in (("1", "Leadership"), ("2", "Roads")):
            self._record(AddArea(plan=PLAN, number=number, title=title))
            self._record(AddAction(plan=PLAN, area=number, ref=f"{number}.1", text=f"Do {title}"))
            for text in ("Agree it", "Finish it"):
                told = f"{text}: {title.lower()}"
                self._record(ProposeMilestone(plan=PLAN, action=f"{number}.1", text=told))
        self._record(DeferTargetDate(plan=PLAN, milestone="2.1/2"), "tbc")
        self._date("1.1/1", 3)
        self._date("1.1/2", 4)
        self._date("2.1/1", 9, "keyed wrong")
        register = RegisterParty(plan=PLAN, kind=PartyKind.POST, name=Personal(words=LEAD))
        (entry,) = recorded(self._ledger, register).entries
        party = cast("PartyRegistered", entry.event).party
        self._record(AssignLead(plan=PLAN, item="1.1", party=party), "lead")
        self._record(EstablishForum(plan=PLAN, forum="board", name="The board"))
        self._review("q1", date(2024, 3, 31), date(2024, 4, 5))

    def _until_the_second_review(self) -> None:
        self._at(date(2024, 5, 14))
        authority = Authority(forum="board", meeting=date(2024, 5, 14), minute="6", officer=None)
        self._record(AgreeMilestone(plan=PLAN, milestone="1.1/2", authority=authority), "agreed")
        self._record(
            MoveTargetDate(
                plan=PLAN,
                milestone="1.1/2",
                from_date=Month(2024, 4),
                to_date=Month(2024, 6),
                reason_code=ReasonCode.PARTNER,
                reason=Personal(words=REASON),
                authority=authority,
            ),
            "slipped",
        )
        # Decided in March, before the first review's cut-off, and keyed in two months later.
        self._record(
            RewordItem(
                plan=PLAN,
                item="2.1",
                to="Mend the roads",
                material=False,
                effective_on=date(2024, 3, 12),
            ),
            "late",
        )
        wrong = self.positions["keyed wrong"]
        (entry,) = self._ledger.events(after=wrong - 1, limit=1)
        right = OneOff(as_printed="July 2024", date=Month(2024, 7))
        self._record(
            CorrectEntry(
                plan=PLAN,
                entry=wrong,
                event=replace(cast("TargetDateSet", entry.event), target_date=right),
                reason=Personal(words="Keyed in as September; the minute says July."),
            ),
            "correction",
        )
        self._date("2.1/2", 12, "never set")
        self._record(
            VoidEntry(
                plan=PLAN,
                entry=self.positions["never set"],
                reason=Personal(words="Meant for another plan."),
            ),
            "void",
        )
        self._review("q2", date(2024, 6, 30), date(2024, 7, 4))

    def _after_it(self) -> None:
        self._at(date(2024, 7, 9))
        self._record(DraftPlan(plan="hillside", title="Hillside plan"))

    def _review(self, review: str, as_at: date, closed: date) -> None:
        self._at(closed)
        label = review.upper()
        self._record(OpenReview(plan=PLAN, review=review, forum="board", label=label, as_at=as_at))
        self._record(CloseReview(plan=PLAN, review=review), review)

    def _date(self, milestone: str, month: int, name: str | None = None) -> None:
        on = Month(2024, month)
        self._record(SetTargetDate(plan=PLAN, milestone=milestone, date=on), name)

    def _at(self, day: date) -> None:
        self._clock.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def _record(self, command: PlanCommand, name: str | None = None) -> None:
        position = recorded(self._ledger, command).position
        if name is not None:
            self.positions[name] = position
