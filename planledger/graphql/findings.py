"""What can be found in a plan at a point: every finding by its name, and what to narrow it by."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Annotated, Any, cast

import strawberry

from planledger.events.values import PartyKind, ReasonCode
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.entries import Entries
from planledger.graphql.errors import declined
from planledger.graphql.finding import (
    AreaCoverage,
    ChallengeFinding,
    ClaimFinding,
    Completeness,
    DateConflict,
    DueItem,
    LeadLoad,
    OpenQuery,
    RatingTrail,
    ReopenedChain,
    Stalled,
    Undefined,
)
from planledger.graphql.finding_entries import (
    AmendmentFinding,
    DateMove,
    FirstSetting,
    LateEntry,
    LeadInterval,
    Slipped,
    TbcAge,
    Told,
)
from planledger.ledger import LedgerAt
from planledger.projections import findings as found
from planledger.projections.findings.stalled import PARTNERS, SILENCE

HORIZON = timedelta(days=20 * 366)
"""How far one may look ahead: as far as commands may be effective ahead of their day."""


@strawberry.input(description="Which moves of dates; every field given must hold.")
class DateMoveFilter:
    after_it_passed: bool | None = strawberry.field(
        default=None, description="The date before had passed when it moved, or had not."
    )
    before_review: bool | None = strawberry.field(
        default=None,
        description="It moved in the last five working days before a review's cut-off, or did not.",
    )
    without_authority: bool | None = strawberry.field(
        default=None, description="Its entry states no authority, or states one."
    )
    set_again: bool | None = strawberry.field(
        default=None, description="By way of having no date in between, or straight."
    )
    reason_codes: list[ReasonCode] | None = strawberry.field(
        default=None, description="Any of these kinds of reason."
    )


@strawberry.input(description="Which claims; every field given must hold.")
class ClaimFilter:
    without_evidence: bool | None = strawberry.field(
        default=None, description="There is no evidence of any kind, or there is."
    )
    evidence_dated_after: bool | None = strawberry.field(
        default=None, description="Some evidence is dated after what rests on it, or none is."
    )
    evidence_withdrawn: bool | None = strawberry.field(
        default=None, description="Some evidence no longer counts, or all of it does."
    )
    waived: bool | None = strawberry.field(
        default=None, description="Signed off with a waiver, or not."
    )
    stands: bool | None = strawberry.field(
        default=None, description="Neither refused nor taken back, or one of them."
    )


_Lead = Annotated[
    str | None,
    strawberry.argument(
        description="Id of a party that leads it, itself or by its action; left out, any."
    ),
]


def _due(
    root: found.Findings,
    until: Annotated[
        date | None,
        strawberry.argument(
            description="The last due day to list, up to 20 years ahead; left out, 31 days ahead. "
            "It only looks ahead: what is known and in force stays that of the ledger above."
        ),
    ] = None,
    lead: _Lead = None,
) -> list[DueItem]:
    if until is not None and until > root.on + HORIZON:
        raise declined("DATE_IMPOSSIBLE", f"Look ahead from {root.on} by 20 years at the most.")
    return _led_by(lead, root.due(until))


def _overdue(root: found.Findings, lead: _Lead = None) -> list[DueItem]:
    return _led_by(lead, root.due(root.on - timedelta(days=1)))


def _led_by(lead: str | None, items: Iterable[found.DueItem]) -> list[DueItem]:
    return [
        cast("DueItem", item)
        for item in items
        if lead is None or any(party.party == lead for party in item.leads)
    ]


def _tbc_ages(
    root: found.Findings,
    min_days: Annotated[
        int, strawberry.argument(description="Only those of at least so many days, from 0.")
    ] = 0,
) -> list[TbcAge]:
    least = _at_least(0, "minDays", min_days)
    return [cast("TbcAge", age) for age in root.tbc_ages if age.days >= least]


def _first_settings(root: found.Findings, info: Info) -> list[FirstSetting]:
    return cast("list[FirstSetting]", _told(info, root.first_settings))


def _date_moves(
    root: found.Findings,
    info: Info,
    filter: Annotated[
        DateMoveFilter | None, strawberry.argument(description="Which; left out, all.")
    ] = None,
) -> list[DateMove]:
    moves = _told(info, root.date_moves)
    wanted = filter or DateMoveFilter()

    def is_wanted(move: Told) -> bool:
        return (
            wanted.after_it_passed in {None, move.after_it_passed}
            and wanted.before_review in {None, bool(move.before_reviews)}
            and wanted.set_again in {None, move.set_again}
            and (wanted.reason_codes is None or move.reason_code in wanted.reason_codes)
            and (
                wanted.without_authority is None or wanted.without_authority is _unauthorised(move)
            )
        )

    return cast("list[DateMove]", [move for move in moves if is_wanted(move)])


def _unauthorised(move: Told) -> bool:
    return move.entries.at(move.position).envelope.authority is None


def _slipped(
    root: found.Findings,
    baseline: Annotated[
        str | None,
        strawberry.argument(description="Ref of a baseline to compare with; left out, the last."),
    ] = None,
) -> list[Slipped]:
    try:
        return cast("list[Slipped]", list(root.slipped(baseline)))
    except KeyError:
        raise declined(
            "UNKNOWN_BASELINE",
            f"There is no baseline {str(baseline)[:80]!r} here. Ask for the plan's baselines.",
        ) from None


def _lead_intervals(
    root: found.Findings,
    info: Info,
    item: Annotated[
        str | None,
        strawberry.argument(
            description="Ref or global id of an action or milestone; left out, every one."
        ),
    ] = None,
) -> list[LeadInterval]:
    intervals = [
        interval
        for interval in root.lead_intervals
        if item is None or item in {interval.item.ref, interval.item.id}
    ]
    return cast("list[LeadInterval]", _told(info, intervals))


def _lead_on(
    root: found.Findings,
    info: Info,
    item: Annotated[
        str, strawberry.argument(description="Ref or global id of an action or milestone.")
    ],
    on: Annotated[
        date, strawberry.argument(description="A civil day up to the effective day of the ledger.")
    ],
) -> LeadInterval | None:
    led = root.led(item, on)
    return cast("LeadInterval", _told(info, [led])[0]) if led is not None else None


def _lead_loads(
    root: found.Findings,
    min_actions: Annotated[
        int, strawberry.argument(description="Only who leads at least so many actions, from 0.")
    ] = 0,
) -> list[LeadLoad]:
    least = _at_least(0, "minActions", min_actions)
    return [cast("LeadLoad", load) for load in root.lead_loads if load.actions >= least]


def _claims(
    root: found.Findings,
    filter: Annotated[
        ClaimFilter | None, strawberry.argument(description="Which; left out, all.")
    ] = None,
) -> list[ClaimFinding]:
    wanted = filter or ClaimFilter()
    return [
        cast("ClaimFinding", one)
        for one in root.claims
        if wanted.without_evidence in {None, one.without_evidence}
        and wanted.evidence_dated_after in {None, bool(one.dated_after)}
        and wanted.evidence_withdrawn in {None, bool(one.withdrawn_since)}
        and wanted.waived in {None, one.waived}
        and wanted.stands in {None, one.claim.stands}
    ]


def _late_entries(
    root: found.Findings,
    info: Info,
    min_days: Annotated[
        int, strawberry.argument(description="Only those at least so many days late, from 1.")
    ] = 1,
) -> list[LateEntry]:
    more_than = _at_least(1, "minDays", min_days) - 1
    return cast("list[LateEntry]", _told(info, root.late_entries(more_than)))


def _amendments(
    root: found.Findings,
    info: Info,
    reported: Annotated[
        bool | None,
        strawberry.argument(
            description="Only those of entries that a closed review had reported before, or of "
            "others; left out, both."
        ),
    ] = None,
) -> list[AmendmentFinding]:
    wanted = [one for one in root.amendments if reported in {None, bool(one.reviews)}]
    return cast("list[AmendmentFinding]", _told(info, wanted))


def _stalled(
    root: found.Findings,
    days: Annotated[
        int, strawberry.argument(description="Days without a report, or more; from 1.")
    ] = SILENCE,
    kinds: Annotated[
        list[PartyKind] | None,
        strawberry.argument(
            description="Led by a party of any of these kinds; left out, by any that is no person: "
            "the plan does not say who belongs to the council."
        ),
    ] = None,
) -> list[Stalled]:
    partners = PARTNERS if kinds is None else frozenset(kinds)
    silent = root.stalled(_at_least(1, "days", days), partners)
    return cast("list[Stalled]", list(silent))


def _rating_trails(
    root: found.Findings,
    item: Annotated[
        str | None,
        strawberry.argument(description="Ref or global id of an item; left out, every one."),
    ] = None,
) -> list[RatingTrail]:
    return [
        cast("RatingTrail", trail)
        for trail in root.rating_trails
        if item is None or item in {trail.item.ref, trail.item.id}
    ]


def _at_least(least: int, argument: str, given: int) -> int:
    if given >= least:
        return given
    raise declined("ARGUMENT_OUT_OF_BOUNDS", f"{argument} is {given}; give {least} or more.")


def _told(info: Info, findings: Iterable[found.Finding]) -> list[Told]:
    """Give findings with the entries that they name, to be read in one go if asked for."""
    entries = Entries(info.context.ledger)
    told = [Told(finding, entries) for finding in findings]
    for one in told:
        for field in ("position", "learned_at", "about"):
            entries.name([getattr(one, field)] if hasattr(one, field) else [])
    return told


def _field(resolver: Callable[..., Any], description: str) -> Any:  # noqa: ANN401
    return strawberry.field(resolver=resolver, description=description)


@strawberry.type(
    description="What can be found in one plan. All of it is calculated by planledger from what "
    "was recorded, for the effective day, and none of it is a council's judgement."
)
class Findings:
    on: date = described("The civil day everything is found for.")
    overdue: list[DueItem] = _field(_overdue, "What is overdue, the longest first.")
    due: list[DueItem] = _field(
        _due, "What is overdue or falls due by a day (inclusive), the longest overdue first."
    )
    undefined: Undefined = described("What the plan leaves open.")
    tbc_ages: list[TbcAge] = _field(
        _tbc_ages, "Stretches in which a date was to be confirmed, in the order of the plan."
    )
    first_settings: list[FirstSetting] = _field(
        _first_settings, "The first dates set, the first to take effect first."
    )
    date_moves: list[DateMove] = _field(
        _date_moves, "Every move of a date, the first to take effect first."
    )
    slipped: list[Slipped] = _field(
        _slipped, "Milestones whose date lies elsewhere than the original or a baseline's."
    )
    lead_intervals: list[LeadInterval] = _field(
        _lead_intervals, "Who led every action and milestone, and when, without a gap."
    )
    lead_on: LeadInterval | None = _field(
        _lead_on,
        "Who led an item on a day; null where it was not in the plan, or the day is later.",
    )
    lead_loads: list[LeadLoad] = _field(
        _lead_loads, "How much each party leads, who leads most first; last what nobody leads."
    )
    claims: list[ClaimFinding] = _field(
        _claims, "Claims that milestones are reached, the oldest first; those that fell too."
    )
    reopened: list[ReopenedChain] = described(
        "Milestones of which a claim did not stand, in the order of the plan."
    )
    late_entries: list[LateEntry] = _field(
        _late_entries, "Entries recorded after their day, the latest first."
    )
    amendments: list[AmendmentFinding] = _field(
        _amendments, "Corrections and voids, in the order of recording."
    )
    conflicts: list[DateConflict] = described(
        "Dates that do not go with those of what must come first, in the order of the plan."
    )
    completeness: list[Completeness] = described(
        "How much is agreed, reported complete and signed off, out of each of three counts."
    )
    stalled: list[Stalled] = _field(
        _stalled, "What partners lead and nobody reported on, the longest silence first."
    )
    challenges: list[ChallengeFinding] = described(
        "Challenges open or answered late, in the order they were raised."
    )
    open_queries: list[OpenQuery] = described("Queries nobody has resolved, by line.")
    rating_trails: list[RatingTrail] = _field(
        _rating_trails,
        "What each forum judged of each item, review by review, in the order of the plan.",
    )
    coverage: list[AreaCoverage] = described("How far every area in the plan is covered.")


def findings(
    root: LedgerAt, plan: Annotated[str, strawberry.argument(description="The plan's ref.")]
) -> Findings | None:
    """Give what can be found in a plan."""
    return cast("Findings | None", root.findings(plan))
