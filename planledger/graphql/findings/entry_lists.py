"""The findings that are lists and name entries, page by page: how dates moved, and so on."""

from collections.abc import Callable
from typing import Annotated

import strawberry

from planledger.graphql.connection import After, Counted, First
from planledger.graphql.context import Info
from planledger.graphql.entries import Entries
from planledger.graphql.findings.entries import (
    AmendmentFinding,
    DateMove,
    FirstSetting,
    LateEntry,
    LeadInterval,
    Told,
)
from planledger.graphql.findings.filters import (
    AmendmentFilter,
    DateMoveFilter,
    FirstSettingFilter,
    LateEntryFilter,
    LeadIntervalFilter,
    about,
    asked,
    at_least,
    between,
    check_party,
)
from planledger.graphql.findings.lists import ALL, IN_ORDER
from planledger.graphql.findings.orders import (
    AMENDMENTS,
    DATE_MOVES,
    FIRST_SETTINGS,
    LATE_ENTRIES,
    LEAD_INTERVALS,
    TimeOrder,
    TimeOrSizeOrder,
)
from planledger.projections import findings as found


def first_settings(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    info: Info,
    first: First,
    filter: Annotated[FirstSettingFilter | None, ALL] = None,
    order: Annotated[TimeOrder, IN_ORDER] = TimeOrder.OLDEST,
    after: After = None,
) -> Counted[FirstSetting]:
    """Give a page of the first dates set."""
    wanted = filter or FirstSettingFilter()
    ids = asked(root, filter)
    is_then = between(wanted.since, wanted.until)
    return FIRST_SETTINGS.page(
        root.first_settings,
        root.places.order,
        first,
        after,
        order,
        wanted=lambda one: about(ids, one.milestone) and is_then(one.on),
        shown=_teller(info),
    )


def date_moves(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    info: Info,
    first: First,
    filter: Annotated[DateMoveFilter | None, ALL] = None,
    order: Annotated[
        TimeOrSizeOrder,
        strawberry.argument(
            description="In which order; the largest by days later than the date before, a month "
            "counted as 30."
        ),
    ] = TimeOrSizeOrder.OLDEST,
    after: After = None,
) -> Counted[DateMove]:
    """Give a page of the moves of dates."""
    wanted = filter or DateMoveFilter()
    ids = asked(root, filter)
    is_then = between(wanted.since, wanted.until)
    moves = root.date_moves
    entries = Entries(info.context.ledger)
    if wanted.without_authority is not None:
        entries.name(move.position for move in moves)

    def is_wanted(move: found.DateMove) -> bool:
        return (
            about(ids, move.milestone)
            and is_then(move.on)
            and wanted.after_it_passed in {None, move.after_it_passed}
            and wanted.before_review in {None, bool(move.before_reviews)}
            and wanted.set_again in {None, move.set_again}
            and (wanted.reason_codes is None or move.reason_code in wanted.reason_codes)
            and (
                wanted.without_authority is None
                or wanted.without_authority
                is (entries.at(move.position).envelope.authority is None)
            )
        )

    return DATE_MOVES.page(
        moves, root.places.order, first, after, order, wanted=is_wanted, shown=_teller(info)
    )


def lead_intervals(
    root: found.Findings,
    info: Info,
    first: First,
    filter: Annotated[LeadIntervalFilter | None, ALL] = None,
    after: After = None,
) -> Counted[LeadInterval]:
    """Give a page of who led what, and when."""
    wanted = filter or LeadIntervalFilter()
    ids = asked(root, filter)
    if wanted.party is not None:
        check_party(root, wanted.party)

    def is_wanted(one: found.LeadInterval) -> bool:
        on, party = wanted.on, wanted.party
        return (
            about(ids, one.item)
            and (wanted.kinds is None or one.item.kind in wanted.kinds)
            and wanted.vacant in {None, not one.leads}
            and (party is None or any(lead.party == party for lead in one.leads))
            and (on is None or one.since <= on <= root.on)
            and (on is None or one.until is None or on < one.until)
        )

    return LEAD_INTERVALS.page(
        root.lead_intervals,
        root.places.order,
        first,
        after,
        wanted=is_wanted,
        shown=_teller(info),
    )


def late_entries(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    info: Info,
    first: First,
    filter: Annotated[LateEntryFilter | None, ALL] = None,
    order: Annotated[
        TimeOrSizeOrder,
        strawberry.argument(
            description="In which order; the first to be recorded is the oldest, the one with most "
            "days the largest."
        ),
    ] = TimeOrSizeOrder.LARGEST,
    after: After = None,
) -> Counted[LateEntry]:
    """Give a page of the entries recorded after their day."""
    wanted = filter or LateEntryFilter()
    ids = asked(root, filter)
    is_then = between(wanted.since, wanted.until)
    least = 1 if wanted.min_days is None else at_least(1, "minDays", wanted.min_days)
    return LATE_ENTRIES.page(
        root.late_entries(least - 1),
        root.places.order,
        first,
        after,
        order,
        wanted=lambda one: about(ids, one.item) and is_then(one.recorded_on),
        shown=_teller(info),
    )


def amendments(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    info: Info,
    first: First,
    filter: Annotated[AmendmentFilter | None, ALL] = None,
    order: Annotated[TimeOrder, IN_ORDER] = TimeOrder.OLDEST,
    after: After = None,
) -> Counted[AmendmentFinding]:
    """Give a page of the corrections and voids."""
    wanted = filter or AmendmentFilter()
    ids = asked(root, filter)
    is_then = between(wanted.since, wanted.until)

    def is_wanted(one: found.AmendmentFinding) -> bool:
        return (
            about(ids, one.item)
            and is_then(one.recorded_on)
            and wanted.kind in {None, one.kind}
            and wanted.reported in {None, bool(one.reviews)}
        )

    return AMENDMENTS.page(
        root.amendments,
        root.places.order,
        first,
        after,
        order,
        wanted=is_wanted,
        shown=_teller(info),
    )


def told(info: Info, finding: found.Finding) -> Told:
    """Give one finding with the entries that it names, to be read if asked for."""
    return _teller(info)(finding)


def _teller(info: Info) -> Callable[[found.Finding], Told]:
    """Give what tells the findings of one page, their entries read in one go if asked for."""
    entries = Entries(info.context.ledger)

    def tell(finding: found.Finding) -> Told:
        fields = ("position", "learned_at", "about")
        entries.name(getattr(finding, field) for field in fields if hasattr(finding, field))
        return Told(finding, entries)

    return tell
