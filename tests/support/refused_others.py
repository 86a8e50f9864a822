"""What a plan refuses of parties, measures, reviews and queries; see `refused_cases`."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from planledger.domain.commands import (
    AliasParty,
    AssignLead,
    CloseReview,
    EstablishForum,
    Figure,
    OpenReview,
    ReassignLead,
    RecordKpiReading,
    RenameParty,
    ResolveQuery,
    ReviseKpiReading,
    SetKpiTarget,
)
from planledger.domain.refusals import Code
from planledger.events.query import QueryResolved
from planledger.events.values import Period, Personal, RevisionCause
from tests.support.accepted_others import IN_REVIEW, MEASURED, OWN, REDEFINED, TARGETED, define
from tests.support.domain_cases import BEGUN, PLAN, Q1, Q4, REASON, figure, opened, reading
from tests.support.refused_cases import Refused

WORDS = Personal(words="Anything")
ADD_IT = "Check the name, or add it first."


def _reassign(
    item: str, before: tuple[str, ...], after: tuple[str, ...], reason: Personal | None = REASON
) -> ReassignLead:
    return ReassignLead(plan=PLAN, item=item, from_parties=before, to_parties=after, reason=reason)


PARTIES = {
    "an unknown party renamed": Refused(
        BEGUN, RenameParty(plan=PLAN, party="zoe", name=WORDS),
        Code.UNKNOWN_ITEM, "party", ADD_IT,
    ),
    "another spelling of an unknown party": Refused(
        BEGUN, AliasParty(plan=PLAN, party="zoe", alias=WORDS),
        Code.UNKNOWN_ITEM, "party", ADD_IT,
    ),
    "an unknown party as lead": Refused(
        BEGUN, AssignLead(plan=PLAN, item="2.1", party="zoe"),
        Code.UNKNOWN_ITEM, "party", ADD_IT,
    ),
    "a lead of what is not there": Refused(
        BEGUN, AssignLead(plan=PLAN, item="9.9", party="ada"),
        Code.UNKNOWN_ITEM, "item", ADD_IT,
    ),
    "a lead of an area": Refused(
        BEGUN, AssignLead(plan=PLAN, item="1", party="ada"),
        Code.UNKNOWN_ITEM, "item", "no action or milestone '1'",
    ),
    "a second lead who is not said to lead jointly": Refused(
        BEGUN, AssignLead(plan=PLAN, item="1.1", party="ben"),
        Code.LEAD_IN_PLACE, "jointly", "Assign jointly to add one beside it, or reassign",
    ),
    "a second lead of a milestone who is not said to lead jointly": Refused(
        OWN, AssignLead(plan=PLAN, item="1.1/1", party="ada"),
        Code.LEAD_IN_PLACE, "jointly", "Assign jointly to add one beside it, or reassign",
    ),
    "other leads of what is not there": Refused(
        BEGUN, _reassign("9.9", ("ada",), ("ben",)),
        Code.UNKNOWN_ITEM, "item", ADD_IT,
    ),
    "a lead taken from an unknown party": Refused(
        BEGUN, _reassign("1.1", ("zoe",), ("ben",)),
        Code.UNKNOWN_ITEM, "fromParties", ADD_IT,
    ),
    "a lead given to an unknown party": Refused(
        BEGUN, _reassign("1.1", ("ada",), ("zoe",)),
        Code.UNKNOWN_ITEM, "toParties", ADD_IT,
    ),
    "a lead taken from somebody who does not lead": Refused(
        BEGUN, _reassign("1.1", ("ben",), ()),
        Code.FROM_DIFFERS, "fromParties", "Look at its leads again, then reassign from them.",
    ),
    "a lead taken from nobody though somebody leads": Refused(
        BEGUN, _reassign("1.1", (), ("ben",)),
        Code.FROM_DIFFERS, "fromParties", "Look at its leads again, then reassign from them.",
    ),
    "a milestone's own lead taken from its action's": Refused(
        OWN, _reassign("1.1/1", ("ada",), ()),
        Code.FROM_DIFFERS, "fromParties", "Look at its leads again, then reassign from them.",
    ),
    "a lead replaced without a reason": Refused(
        BEGUN, _reassign("1.1", ("ada",), ("ben",), reason=None),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
}  # fmt: skip


def _record(stated: Figure, period: Period = Q4) -> RecordKpiReading:
    return RecordKpiReading(plan=PLAN, kpi="visits", period=period, figure=stated)


def _revise(stated: Figure, period: Period = Q4) -> ReviseKpiReading:
    return ReviseKpiReading(
        plan=PLAN, kpi="visits", period=period, figure=stated, cause=RevisionCause.ERROR
    )


def _target(target: str, kpi: str = "visits", floor: str | None = None) -> SetKpiTarget:
    return SetKpiTarget(
        plan=PLAN,
        kpi=kpi,
        period=Q4,
        target=Decimal(target),
        floor=Decimal(floor) if floor else None,
    )


MEASURES = {
    "a KPI of an unknown statement": Refused(
        BEGUN, replace(define("%", kpi="calls"), statements=("1/measure/9",)),
        Code.UNKNOWN_ITEM, "statements", ADD_IT,
    ),
    "a KPI of an action": Refused(
        BEGUN, replace(define("%", kpi="calls"), statements=("1.1",)),
        Code.UNKNOWN_ITEM, "statements", "no statement '1.1'",
    ),
    "a KPI under a name of capitals": Refused(
        BEGUN, define("%", kpi="Calls"),
        Code.NAME_UNUSABLE, "kpi", "Use 1 to 64 lower-case letters, digits and inner hyphens",
    ),
    "a KPI defined anew without a reason": Refused(
        BEGUN, define("visits"),
        Code.REASON_REQUIRED, "reason", "this makes version 2. Give the reason for it.",
    ),
    "a KPI never read": Refused(
        BEGUN, replace(define("%", kpi="calls"), frequency_months=0),
        Code.RECURRENCE_IMPOSSIBLE, "frequencyMonths", "Check the months.",
    ),
    "a KPI read less often than every ten years": Refused(
        BEGUN, replace(define("%", kpi="calls"), frequency_months=121),
        Code.RECURRENCE_IMPOSSIBLE, "frequencyMonths", "Check the months.",
    ),
    "a target of an unknown KPI": Refused(
        BEGUN, _target("90", kpi="calls"),
        Code.UNKNOWN_ITEM, "kpi", ADD_IT,
    ),
    "a target that is no number": Refused(
        BEGUN, _target("NaN"),
        Code.FIGURE_INCOMPLETE, "target", "Check the figures.",
    ),
    "a floor without a bottom": Refused(
        BEGUN, _target("90", floor="-Infinity"),
        Code.FIGURE_INCOMPLETE, "target", "Check the figures.",
    ),
    "a target changed without a reason": Refused(
        TARGETED, _target("85"),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a reading of an unknown KPI": Refused(
        BEGUN, replace(_record(figure("71.5")), kpi="calls"),
        Code.UNKNOWN_ITEM, "kpi", ADD_IT,
    ),
    "a revision of an unknown KPI": Refused(
        BEGUN, replace(_revise(figure("71.5")), kpi="calls"),
        Code.UNKNOWN_ITEM, "kpi", ADD_IT,
    ),
    "a second reading for a period": Refused(
        MEASURED, _record(figure("72")),
        Code.READING_EXISTS, "period", "Revise it instead.",
    ),
    "a second reading for the same days under another label": Refused(
        MEASURED, _record(figure("72"), replace(Q4, label="January to March")),
        Code.READING_EXISTS, "period", "Revise it instead.",
    ),
    "a reading that is there, under another definition": Refused(
        REDEFINED.happened(reading()), replace(_record(figure("71.5")), definition_version=2),
        Code.READING_EXISTS, "period", "Revise it instead.",
    ),
    "a reading under a definition that never was": Refused(
        REDEFINED, replace(_record(figure("71.5")), definition_version=3),
        Code.UNKNOWN_DEFINITION, "definitionVersion", "It has: 1, 2. Name one of these",
    ),
    "a reading under a definition that came later": Refused(
        REDEFINED,
        replace(
            _record(figure("71.5")), definition_version=2, effective_on=date(2025, 3, 31),
        ),
        Code.UNKNOWN_DEFINITION, "definitionVersion", "no definition 2 on 2025-03-31",
    ),
    "a revision under a definition that never was": Refused(
        MEASURED, replace(_revise(figure("72")), definition_version=0),
        Code.UNKNOWN_DEFINITION, "definitionVersion", "or give a later effective day.",
    ),
    "a revision of a reading that is not there": Refused(
        MEASURED, _revise(figure("72"), Q1),
        Code.READING_MISSING, "period", "Record it first, or give a later effective day.",
    ),
}  # fmt: skip

for _name, _figure in {
    "nothing": figure(),
    "a numerator alone": figure(None, "143"),
    "a denominator alone": figure(None, None, "171"),
    "a numerator beside a value": figure("84", "143"),
    "a denominator of zero": figure(None, "143", "0"),
}.items():
    for _asked in (_record(_figure), _revise(_figure)):
        MEASURES[f"{type(_asked).__name__} of {_name}"] = Refused(
            MEASURED, _asked, Code.FIGURE_INCOMPLETE, "figure", "Give one of these."
        )

for _name, _figure in {
    "no number": figure("NaN"),
    "an endless numerator": figure(None, "Infinity", "171"),
    "an endless denominator": figure(None, "143", "Infinity"),
}.items():
    for _asked in (_record(_figure), _revise(_figure)):
        MEASURES[f"{type(_asked).__name__} of {_name}"] = Refused(
            MEASURED, _asked, Code.FIGURE_INCOMPLETE, "figure", "Check the figures."
        )

for _name, _on in {
    "before its period begins": date(2024, 12, 31),
    "tomorrow": date(2025, 6, 3),
}.items():
    for _asked in (
        _record(replace(figure("72"), extracted_on=_on)),
        _revise(replace(figure("72"), extracted_on=_on)),
    ):
        MEASURES[f"{type(_asked).__name__} of what is extracted {_name}"] = Refused(
            MEASURED, _asked, Code.DATE_IMPOSSIBLE, "figure.extractedOn", "Check the two dates."
        )


def _open(review: str, forum: str = "scrutiny", label: str = "Q1") -> OpenReview:
    return OpenReview(plan=PLAN, review=review, forum=forum, label=label, as_at=date(2025, 3, 31))


def _establish(forum: str, every_months: int | None = 3) -> EstablishForum:
    return EstablishForum(plan=PLAN, forum=forum, name="Cabinet", every_months=every_months)


REVIEWS = {
    "another forum of the same short name": Refused(
        BEGUN, _establish("scrutiny"),
        Code.REF_IN_USE, "forum", "Choose another short name.",
    ),
    "a forum under a name with a space": Refused(
        BEGUN, _establish("the cabinet"),
        Code.NAME_UNUSABLE, "forum", "Use 1 to 64 lower-case letters, digits and inner hyphens",
    ),
    "a forum that meets every zero months": Refused(
        BEGUN, _establish("cabinet", every_months=0),
        Code.RECURRENCE_IMPOSSIBLE, "everyMonths", "Check the months.",
    ),
    "a forum that meets less often than every ten years": Refused(
        BEGUN, _establish("cabinet", every_months=10**30),
        Code.RECURRENCE_IMPOSSIBLE, "everyMonths", "Check the months.",
    ),
    "a review of an unknown forum": Refused(
        BEGUN, _open("q1", forum="cabinet"),
        Code.UNKNOWN_ITEM, "forum", ADD_IT,
    ),
    "another review of the same short name": Refused(
        IN_REVIEW, _open("q1", label="Another"),
        Code.REF_IN_USE, "review", "Choose another short name.",
    ),
    "a review under a name that ends in a hyphen": Refused(
        BEGUN, _open("q1-"),
        Code.NAME_UNUSABLE, "review", "Use 1 to 64 lower-case letters, digits and inner hyphens",
    ),
    "a review while the last one is open": Refused(
        IN_REVIEW, _open("q2"),
        Code.REVIEW_OPEN, "forum", "scrutiny has a review open: q1. Close it first.",
    ),
    "an unknown review closed": Refused(
        BEGUN, CloseReview(plan=PLAN, review="q1"),
        Code.UNKNOWN_ITEM, "review", ADD_IT,
    ),
    "a review closed before its cut-off": Refused(
        BEGUN.happened(opened()),
        CloseReview(plan=PLAN, review="q1", effective_on=date(2025, 3, 30)),
        Code.CUT_OFF_AFTER_CLOSING, "effectiveOn", "Close it on that day or later.",
    ),
    "an unknown query settled": Refused(
        BEGUN, ResolveQuery(plan=PLAN, query="which", resolution=WORDS),
        Code.UNKNOWN_ITEM, "query", ADD_IT,
    ),
    "a query settled in two ways": Refused(
        BEGUN.happened(QueryResolved(query="which-date", resolution=WORDS), on=date(2025, 2, 1)),
        ResolveQuery(plan=PLAN, query="which-date", resolution=REASON),
        Code.QUERY_RESOLVED, "query",
        "settled on 2025-02-01. Record what has changed since as a change of the item itself.",
    ),
}  # fmt: skip
