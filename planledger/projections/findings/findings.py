"""Everything that can be found in a plan at one point, each by its name."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from itertools import takewhile

from planledger.events.values import PartyKind
from planledger.projections.findings import (
    completions,
    conflicts,
    coverage,
    dates,
    due,
    entries,
    leads,
    percentages,
    questions,
    stalled,
    undefined,
)
from planledger.projections.findings.matter import Matter
from planledger.projections.findings.placing import Places


class Findings:
    """What can be found in a plan at one point. Each is worked out when first asked for.

    All of it is calculated by planledger from what was recorded, for the day of the point, and
    none of it is a council's judgement. Items are named by global id, ref and wording, entries by
    position; who recorded an entry and by what right is in the entry.
    """

    def __init__(self, matter: Matter) -> None:
        """Look into a plan as it stood at a point."""
        self._matter = matter

    @property
    def on(self) -> date:
        """The day everything is found for."""
        return self._matter.on

    @property
    def places(self) -> Places:
        """Where things stand in the plan, and what belongs together in it."""
        return self._matter.places

    def due(self, until: date | None = None) -> tuple[due.DueItem, ...]:
        """Give what is overdue or due by a day; see `findings.due`."""
        return due.due(self._matter, until)

    @cached_property
    def undefined(self) -> undefined.Undefined:
        """What the plan leaves open; see `findings.undefined`."""
        return undefined.undefined(self._matter)

    @cached_property
    def tbc_ages(self) -> tuple[dates.TbcAge, ...]:
        """How long dates were to be confirmed; see `findings.dates`."""
        return dates.tbc_ages(self._matter)

    @cached_property
    def first_settings(self) -> tuple[dates.FirstSetting, ...]:
        """First dates set, which are not slippage; see `findings.dates`."""
        return dates.first_settings(self._matter)

    @cached_property
    def date_moves(self) -> tuple[dates.DateMove, ...]:
        """Moves of dates; see `findings.dates`."""
        return dates.date_moves(self._matter)

    def slipped(self, baseline: str | None = None) -> tuple[dates.Slipped, ...]:
        """Give how far dates lie from the originals and a baseline's; see `findings.dates`."""
        return dates.slipped(self._matter, baseline)

    @cached_property
    def lead_intervals(self) -> tuple[leads.LeadInterval, ...]:
        """Who led what, and when; see `findings.leads`."""
        return leads.lead_intervals(self._matter)

    def led(self, item: str, on: date) -> leads.LeadInterval | None:
        """Say who led an action or milestone, by ref or global id, on a day.

        None where it was not in the plan on that day, or the day is after the point's own.
        """
        return leads.led(self.lead_intervals, item, on) if on <= self.on else None

    @cached_property
    def lead_loads(self) -> tuple[leads.LeadLoad, ...]:
        """How much each party leads; see `findings.leads`."""
        return leads.lead_loads(self._matter)

    @cached_property
    def claims(self) -> tuple[completions.ClaimFinding, ...]:
        """Claims, and what they rest on; see `findings.completions`."""
        return completions.claims(self._matter)

    @cached_property
    def reopened(self) -> tuple[completions.ReopenedChain, ...]:
        """Milestones whose claims were refused or taken back; see `findings.completions`."""
        return completions.reopened(self._matter)

    def late_entries(self, more_than: int = 0) -> tuple[entries.LateEntry, ...]:
        """Give entries recorded more than so many days late; see `findings.entries`."""
        return tuple(takewhile(lambda entry: entry.days > more_than, self._late_entries))

    @cached_property
    def _late_entries(self) -> tuple[entries.LateEntry, ...]:
        return entries.late_entries(self._matter)

    @cached_property
    def amendments(self) -> tuple[entries.AmendmentFinding, ...]:
        """Corrections and voids; see `findings.entries`."""
        return entries.amendments(self._matter)

    @cached_property
    def conflicts(self) -> tuple[conflicts.DateConflict, ...]:
        """Dates that do not go with what they wait for; see `findings.conflicts`."""
        return conflicts.conflicts(self._matter)

    @cached_property
    def completeness(self) -> tuple[percentages.Completeness, ...]:
        """How much is agreed, reported complete and signed off; see `findings.percentages`."""
        return percentages.completeness(self._matter)

    def stalled(
        self, days: int = stalled.SILENCE, kinds: Collection[PartyKind] = stalled.PARTNERS
    ) -> tuple[stalled.Stalled, ...]:
        """Give what partners lead and nobody reported on; see `findings.stalled`."""
        return stalled.stalled(self._matter, days, kinds)

    @cached_property
    def challenges(self) -> tuple[questions.ChallengeFinding, ...]:
        """Challenges open or answered late; see `findings.questions`."""
        return questions.challenges(self._matter)

    @cached_property
    def open_queries(self) -> tuple[questions.OpenQuery, ...]:
        """Queries nobody has resolved; see `findings.questions`."""
        return questions.open_queries(self._matter)

    @cached_property
    def rating_trails(self) -> tuple[questions.RatingTrail, ...]:
        """What forums judged, review by review; see `findings.questions`."""
        return questions.rating_trails(self._matter)

    @cached_property
    def coverage(self) -> tuple[coverage.AreaCoverage, ...]:
        """Whether every area has actions with owners and periods; see `findings.coverage`."""
        return coverage.coverage(self._matter)
