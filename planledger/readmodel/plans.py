"""One plan's milestones, followed commit by commit: which rows a commit closes and opens.

What a commit touches is told by its events (`changes.touches`), and from which day on by their
effective days; nothing else of the plan can say anything new, on any day. A property test holds
that against the plan as it is seen at every position.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

from planledger.domain.governance import Review
from planledger.events.envelope import Fact
from planledger.events.review import ReviewClosed
from planledger.projections.changes.index import said
from planledger.projections.changes.shapes import THE_PLAN, Kind, Thing
from planledger.projections.changes.under import lies_under
from planledger.readmodel.courses import Course, Courses
from planledger.readmodel.rows import Row
from planledger.readmodel.saying import Sources, say
from planledger.readmodel.stretches import Segment, Stretch, Timeline

_SHOWN = (Kind.AREA, Kind.ACTION, Kind.MILESTONE, Kind.PARTY, Kind.RATING, Kind.REVIEW)
"""What shows in a row, beside the plan itself."""


class PlanTimelines:
    """The timelines of one plan's milestones at a position, moved on by each commit."""

    def __init__(self, facts: Sequence[Fact] = (), open_stretches: Iterable[Stretch] = ()) -> None:
        """Begin after the facts of some commits, with the stretches that they left open."""
        self._courses = Courses(_SHOWN)
        self._under: defaultdict[str, set[str]] = defaultdict(set)
        """Actions by their area and milestones by their action, as they ever were."""
        self._milestones: set[str] = set()
        self._reviews: defaultdict[str, set[str]] = defaultdict(set)
        """By item, the reviews that ever judged it."""
        self._learn(facts)
        stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        for stretch in open_stretches:
            stretches[stretch.row.item.milestone].append(stretch)
        self._timelines = defaultdict(
            Timeline, {name: Timeline(those) for name, those in stretches.items()}
        )

    def commit(
        self, facts: Sequence[Fact], numbers: "count[int]"
    ) -> tuple[list[Stretch], list[Stretch]]:
        """Move on by one commit; give the stretches it closes and those it opens.

        Those opened are numbered from `numbers`, the same way every time.
        """
        self._learn(facts)
        closed: list[Stretch] = []
        opened: list[Stretch] = []
        known_from = facts[0].position

        def made(start: date, until: date | None, row: Row) -> Stretch:
            return Stretch(next(numbers), known_from, start, until, row)

        for milestone, since in self._touched(facts):
            segments = self._said_since(milestone, since)
            old, new = self._timelines[milestone].change(segments, made)
            closed += old
            opened += new
        return closed, opened

    def closed_reviews(self, facts: Iterable[Fact]) -> list[Review]:
        """Give the reviews that facts of the last commit closed; they stay so for ever."""
        found = (
            (fact, self._courses.of((Kind.REVIEW, fact.event.review)).at(date.max))
            for fact in facts
            if isinstance(fact.event, ReviewClosed)
        )
        return [review for fact, review in found if review and review.closed_at == fact.position]

    def _learn(self, facts: Sequence[Fact]) -> None:
        self._courses.learn(facts)
        for fact in facts:
            for event in said(self._courses.chain(fact)):
                for above, (kind, name) in lies_under(event):
                    if kind is Kind.RATING:
                        self._reviews[above].add(name[1])
                    elif kind is Kind.ACTION:
                        self._under[above].add(str(name))
                    elif kind is Kind.MILESTONE:
                        self._under[above].add(str(name))
                        self._milestones.add(str(name))

    def _touched(self, facts: Sequence[Fact]) -> Sequence[tuple[str, date]]:
        """Give the milestones whose rows may change, and each from which day on, in order."""
        touched: dict[str, date] = {}
        for fact in facts:
            chain = self._courses.chain(fact)
            since = min((one.effective_on for one in chain), default=date.max)
            for thing in self._courses.touched_by(chain):
                for milestone in self._shown_in(thing):
                    touched[milestone] = min(since, touched.get(milestone, date.max))
        return sorted(touched.items())

    def _shown_in(self, thing: Thing) -> Iterable[str]:
        """Give the milestones in whose rows a thing may show."""
        match thing:
            case (Kind.MILESTONE, str(name)) | (Kind.RATING, (name, _)):
                return {name} & self._milestones
            case (Kind.ACTION, str(name)):
                return self._under[name]
            case (Kind.AREA, str(name)):
                return {found for action in self._under[name] for found in self._under[action]}
            case _:
                return self._milestones

    def _said_since(self, milestone: str, since: date) -> Sequence[Segment]:
        """Give what is to be said of a milestone from a day on."""
        days = {since}
        for course in self._shown_by(milestone, since):
            days.update(course.days_after(since))
        segments: list[Segment] = []
        before: Sources | None = None
        for day in sorted(days):
            sources = self._sources(milestone, day)
            if not segments or sources != before:
                segments.append((day, say(sources) if sources else None))
                before = sources
        return segments

    def _shown_by(self, milestone: str, since: date) -> Iterator[Course]:
        """Give the courses of all that shows in the row of a milestone on a day or later."""
        of = self._courses.of
        yield of(THE_PLAN)
        itself = of((Kind.MILESTONE, milestone))
        yield itself
        seen = itself.since(since)
        parties = {party for each in seen for party in each.leads or ()}
        for action in {each.action for each in seen}:
            yield of((Kind.ACTION, action))
            there = of((Kind.ACTION, action)).since(since)
            parties.update(party for each in there for party in each.leads)
            yield from (of((Kind.AREA, area)) for area in {each.area for each in there})
        yield from (of((Kind.PARTY, party)) for party in parties)
        for review in self._reviews[milestone]:
            yield of((Kind.RATING, (milestone, review)))
            yield of((Kind.REVIEW, review))

    def _sources(self, milestone: str, day: date) -> Sources | None:
        """Look up what a row follows from on a day; None where the plan does not have it then."""

        def at(thing: Thing) -> Any:  # noqa: ANN401 - whatever the kind holds
            return self._courses.of(thing).at(day)

        plan, found = at(THE_PLAN), at((Kind.MILESTONE, milestone))
        action = at((Kind.ACTION, found.action)) if found else None
        area = at((Kind.AREA, action.area)) if action else None
        if found is None or action is None or area is None:
            return None
        led_by = action.leads if found.leads is None else found.leads
        parties = (at((Kind.PARTY, lead)) for lead in led_by)
        given = (at((Kind.RATING, (milestone, one))) for one in self._reviews[milestone])
        return Sources(
            plan=plan.ref,
            title=plan.title,
            area=area,
            action=action,
            milestone=found,
            leads=tuple(party for party in parties if party),
            ratings=tuple((one, at((Kind.REVIEW, one.review))) for one in given if one),
        )
