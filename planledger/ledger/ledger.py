"""The shell around the core: carry out a command, and answer for a point.

    submit: load the plan, decide, append; decided again on the newer plan if somebody was first
    at:     resolve a point to a position and a day, and show plans as they were there
    changes, restatements, item_history: what is different between two points, and how it came about

Every question first asks the store for its head, so an answer is at least as new as every write
acknowledged before it, from whichever process.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planledger.domain.commands import PlanCommand, Stamp
from planledger.domain.plan import Plan
from planledger.domain.record import Record
from planledger.domain.refusals import Refusal
from planledger.events.envelope import Entry
from planledger.events.values import Author
from planledger.ledger.basis import LAST_YEAR, QuestionError, Resolver
from planledger.ledger.comparing import Comparing, entries_at
from planledger.ledger.deciding import Trial
from planledger.ledger.loading import Histories, decode_entries
from planledger.ledger.observing import Observer, Unobserved
from planledger.ledger.snapshots import Sizes, Snapshots
from planledger.ledger.submitting import ConflictError, Recorded, Submitter
from planledger.ledger.turns import Turns
from planledger.projections.activity import Activity, MonthView
from planledger.projections.changes.shapes import ChangeSet, ItemHistory, Said, Thing, Track
from planledger.projections.findings import Findings, Matter, amendments_by
from planledger.projections.foreseeing import Preview
from planledger.projections.history import History
from planledger.projections.points import (
    AtHead,
    Point,
    civil_day,
)
from planledger.projections.recent import Recent
from planledger.projections.register import RegisterFilter, RegisterRow, register
from planledger.projections.view import Basis, PlanView, view_plan
from planledger.storage.cache import Cache
from planledger.storage.port import Clock, EntryStore, StoreError

__all__ = [
    "LAST_YEAR",
    "ConflictError",
    "Ledger",
    "LedgerAt",
    "Preview",
    "QuestionError",
    "Recorded",
    "StoreError",
]

VIEWS_KEPT = 256
"""Views of past points kept, the least recently asked for going first."""
FINDINGS_KEPT = 16
"""Findings kept likewise: each has worked out only what was asked of it."""


class Ledger:
    """Plans as a ledger over a store. May be used from several threads."""

    def __init__(
        self,
        store: EntryStore,
        clock: Clock,
        observer: Observer = Unobserved(),  # noqa: B008 - it has no state
        cache: Cache | None = None,
        sizes: Sizes = Sizes(),  # noqa: B008 - a frozen value
    ) -> None:
        """Work on `store`; `clock` gives the present moment and should be the store's own.

        With a `cache`, large plans are opened from snapshots kept there, as `sizes` says.
        """
        self._store = store
        self._clock = clock
        self._lock = Turns()
        self._histories = Histories(store, Snapshots(store, cache, sizes), observer)
        self._submitter = Submitter(store, self._histories, clock, self._lock, observer)
        self._comparing = Comparing(store, self._histories, clock)
        self._views: Recent[tuple[str, int, date, str], tuple[Plan, PlanView]] = Recent(VIEWS_KEPT)
        self._findings: Recent[tuple[str, int, date, str], Findings] = Recent(FINDINGS_KEPT)
        self._activities: dict[str, Activity] = {}

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    @property
    def today(self) -> date:
        """The civil day (Europe/London) it is."""
        return civil_day(self._clock())

    @property
    def head(self) -> int:
        """The position of the last entry in the store, whoever recorded it; 0 where there is none.

        Raises StoreError for trouble.
        """
        head = self._store.head()
        return head.last if head else 0

    def submit(
        self,
        command: PlanCommand,
        *,
        author: Author,
        command_id: str | None = None,
        correlation_id: str | None = None,
        expected_position: int | None = None,
    ) -> Recorded | Refusal:
        """Carry out a command, once for its id, however often it is sent.

        `expected_position` is the position the caller looked at. Raises ConflictError when the
        plan has entries after it, or when others kept recording first; StoreError for trouble.
        """
        return self.submit_all(
            (command,),
            author=author,
            command_id=command_id,
            correlation_id=correlation_id,
            expected_position=expected_position,
        )

    def submit_all(
        self,
        commands: Sequence[PlanCommand],
        *,
        author: Author,
        command_id: str | None = None,
        correlation_id: str | None = None,
        expected_position: int | None = None,
    ) -> Recorded | Refusal:
        """Carry out 1 to 500 commands on one plan as one commit, or none of them.

        Each is judged on the plan as those before it leave it. The id is that of all together, and
        they are carried out once for it. A refusal's path begins with "commands.N", N from 0, where
        there are several. Raises as `submit`.
        """
        return self._submitter.submit(
            commands,
            author=author,
            command_id=command_id,
            correlation_id=correlation_id,
            expected_position=expected_position,
        )

    def preview(
        self, commands: Sequence[PlanCommand], *, author: Author, command_id: str | None = None
    ) -> Preview | Refusal:
        """Decide commands as `submit_all` would now, and record nothing.

        What comes is what would be recorded and change, or the same refusal. To record just that,
        submit with the same id and the preview's `position` as `expected_position`. Raises
        StoreError for trouble.
        """
        return self._submitter.preview(commands, author=author, command_id=command_id)

    def carried_out(self, command_id: str) -> Recorded | None:
        """Give what was recorded under a command's id before; None where nothing was.

        Raises StoreError for trouble.
        """
        return self._submitter.carried_out(command_id)

    def trial(self, plan: str, *, author: Author, command_id: str) -> Trial:
        """Begin to try commands on a plan, each as those accepted before leave it.

        Ids of new things are those that `submit_all` of the same commands with the same id gives
        them. Nothing is recorded. Raises StoreError for trouble.
        """
        stamp = Stamp(author=author, today=self.today, command_id=command_id)
        with self._lock:
            return Trial(self._histories.of(plan).supposing(), stamp)

    def at(self, point: Point, effective_on: date | None = None) -> "LedgerAt":
        """Give the ledger as known at a point and effective on a day.

        Left out, the day is the point's own: today at the head, the cut-off of a review, else the
        civil day of the point. Raises QuestionError for a point that is not (yet) in the ledger.
        """
        with self._lock:
            resolver = Resolver(self._store, self._histories, self._clock())
            basis = resolver.basis(point, effective_on)
        return LedgerAt(self, basis, is_head=point == AtHead())

    def changes(
        self,
        plan: str,
        start: Point,
        end: Point = AtHead(),  # noqa: B008 - a frozen value
        effective_on: date | None = None,
        *,
        steps: bool = False,
    ) -> ChangeSet:
        """Give what changed in a plan between two points: NET, or with `steps` every move between.

        Each point has its own day unless `effective_on` is given for both. Raises QuestionError,
        UNKNOWN_PLAN among others.
        """
        with self._lock:
            return self._comparing.changes(plan, (start, end), effective_on, by_steps=steps)

    def restatements(self, plan: str, review: str) -> ChangeSet:
        """Give what differs from a review ("plan/review") as reported to it as now known.

        First what was corrected since, then what was entered late. Raises QuestionError.
        """
        with self._lock:
            return self._comparing.restatements(plan, review)

    def item_history(  # noqa: PLR0913 - which history is asked for, and known when
        self,
        plan: str,
        item: str | Thing,
        track: Track | None = None,
        known_at: Point = AtHead(),  # noqa: B008 - a frozen value
        effective_on: date | None = None,
        *,
        inside: bool = False,
    ) -> ItemHistory:
        """Give every entry that touches a thing, or one track of it, as known at a point.

        `item` is an item's ref ("1.4/2"), the id of anything, or a kind with an id. With `inside`,
        what is under the item and about it is there too. Raises QuestionError.
        """
        with self._lock:
            return self._comparing.history(
                plan, item, track, (known_at, effective_on), inside=inside
            )

    def about(self, entry: Entry) -> tuple[tuple[Thing, Said], ...]:
        """Give the things of its plan that an entry is about, and what they are called now.

        Of a correction or void, what the entry is about that it amends. Raises QuestionError.
        """
        with self._lock:
            return self._comparing.about(entry)

    def entries_at(self, positions: Iterable[int]) -> Mapping[int, Entry]:
        """Give the entries at some positions, such as the causes of a page of changes."""
        return entries_at(self._store, positions)

    def events(self, *, after: int = 0, plan: str | None = None, limit: int) -> Sequence[Entry]:
        """Give entries after a position, in order, at most `limit` of them."""
        return decode_entries(self._store.read(after=after, plan=plan, limit=limit))

    def history(self, plan: str) -> History:
        """Give a plan's history, caught up with the store; empty where there is no such plan."""
        with self._lock:
            return self._histories.of(plan)

    def record(self, plan: str) -> Record:
        """Give every entry of a plan, as they are now: what is given does not grow."""
        with self._lock:
            return Record(self.history(plan).record.facts)

    def plans(self, position: int) -> tuple[str, ...]:
        """Give the refs of the plans begun by a position, the oldest first."""
        return tuple(plan for plan, first in self._store.plans() if first <= position)

    def recorded_by_month(self, ref: str, position: int) -> tuple[MonthView, ...]:
        """Count what was recorded of a plan up to a position, by month; none where no plan is."""
        with self._lock:
            record = self._histories.of(ref).record
            if not record.facts:
                return ()
            kept = self._activities.get(ref)
            if kept is None or kept.record is not record:
                kept = self._activities[ref] = Activity(record)
            return kept.by(position)

    def known(self, ref: str) -> Plan | None:
        """Give all that is known of a plan at the head, whatever its day; None where there is none.

        Raises StoreError for trouble.
        """
        with self._lock:
            return self._histories.state(ref, self.head)

    def view(self, ref: str, basis: Basis, mark: str) -> PlanView | None:
        """Show one plan at a resolved point; None where it had not begun."""
        with self._lock:
            plan = self._histories.state(ref, basis.position, basis.effective_on)
            if plan is None:
                return None
            # The state itself is the key: it is the same object wherever nothing changed.
            key = (ref, id(plan), basis.effective_on, mark)
            kept = self._views.again(key)
            if kept is None:
                shown = view_plan(plan, basis.effective_on, mark)
                kept = self._views.keep(key, (plan, shown))
            return kept[1]

    def findings(self, ref: str, basis: Basis, mark: str) -> Findings | None:
        """Look into one plan at a resolved point; None where it had not begun."""
        with self._lock:
            key = (ref, basis.position, basis.effective_on, mark)
            kept = self._findings.again(key)
            found = kept or self._looked_into(ref, basis, mark)
            return found and self._findings.keep(key, found)

    def _looked_into(self, ref: str, basis: Basis, mark: str) -> Findings | None:
        history, view = self.history(ref), self.view(ref, basis, mark)
        plan = history.state(basis.position, basis.effective_on)
        if view is None or plan is None:
            return None
        spine = history.spine(basis.position)
        return Findings(
            Matter(
                plan=plan,
                view=view,
                facts=spine.order[: spine.count(basis.position, basis.effective_on)],
                amendments=amendments_by(history.record, basis.position),
                position=basis.position,
                on=basis.effective_on,
            )
        )


class LedgerAt:
    """The ledger at a resolved point: what it was read from, and the plans there."""

    def __init__(self, ledger: Ledger, basis: Basis, *, is_head: bool) -> None:
        """Bind a ledger to a basis; made by `Ledger.at`."""
        self._ledger = ledger
        self.basis = basis
        # At the head an object keeps one id for ever; at any other point the id names the point.
        today = is_head and basis.effective_on == ledger.today
        self._mark = "" if today else f"@{basis.position},{basis.effective_on}"

    def plan(self, ref: str) -> PlanView | None:
        """Show a plan; None where there was none of this ref."""
        return self._ledger.view(ref, self.basis, self._mark)

    def findings(self, ref: str) -> Findings | None:
        """Look into a plan: what is overdue, undefined, moved …; None where there was none."""
        return self._ledger.findings(ref, self.basis, self._mark)

    def recorded_by_month(self, ref: str) -> tuple[MonthView, ...]:
        """Count what was recorded of a plan by then, month by month."""
        return self._ledger.recorded_by_month(ref, self.basis.position)

    def register(self, wanted: RegisterFilter | None = None) -> tuple[RegisterRow, ...]:
        """List the milestones of every plan that are wanted, the oldest plan first."""
        return register(self.plans(), wanted)

    def plans(self) -> tuple[PlanView, ...]:
        """Show every plan that had begun, the oldest first."""
        shown = (self.plan(ref) for ref in self._ledger.plans(self.basis.position))
        return tuple(plan for plan in shown if plan is not None)
