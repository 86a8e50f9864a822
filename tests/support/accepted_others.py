"""What a plan accepts of parties, measures and reviews; see `accepted_cases`."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from planledger.domain.commands import (
    AliasParty,
    AssignLead,
    CloseReview,
    DefineKpi,
    EstablishForum,
    OpenReview,
    ReassignLead,
    RecordKpiReading,
    RegisterParty,
    RenameParty,
    ResolveQuery,
    ReviseKpiReading,
    SetKpiTarget,
)
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.party import (
    LeadAssigned,
    LeadReassigned,
    PartyAliased,
    PartyRegistered,
    PartyRenamed,
)
from planledger.events.query import QueryResolved
from planledger.events.review import ForumEstablished, ReviewClosed
from planledger.events.values import (
    PartyKind,
    Personal,
    Polarity,
    ReadingStatus,
    RevisionCause,
    SuppressionRule,
)
from tests.support.accepted_cases import Accepted, made
from tests.support.domain_cases import (
    BEGUN,
    PLAN,
    Q1,
    Q4,
    REASON,
    definition,
    figure,
    opened,
    reading,
)

NAMED = Personal(words="Cara Moss")
VACANT = BEGUN.happened(LeadReassigned(item="front-door", from_parties=("ada",), to_parties=()))
OWN = BEGUN.happened(LeadAssigned(item="review", party="ben"))


def _assign(item: str, party: str, *, jointly: bool = False) -> AssignLead:
    return AssignLead(plan=PLAN, item=item, party=party, jointly=jointly)


def _reassign(item: str, before: tuple[str, ...], after: tuple[str, ...]) -> ReassignLead:
    return ReassignLead(plan=PLAN, item=item, from_parties=before, to_parties=after, reason=REASON)


def _reassigned(item: str, before: tuple[str, ...], after: tuple[str, ...]) -> LeadReassigned:
    return LeadReassigned(item=item, from_parties=before, to_parties=after)


PARTIES = {
    "a party is registered": Accepted(
        BEGUN,
        RegisterParty(plan=PLAN, kind=PartyKind.PERSON, name=NAMED),
        (PartyRegistered(party=made("party"), kind=PartyKind.PERSON, name=NAMED),),
    ),
    "a post of the same name as a person is registered": Accepted(
        BEGUN,
        RegisterParty(plan=PLAN, kind=PartyKind.POST, name=Personal(words="Ada Lark")),
        (
            PartyRegistered(
                party=made("party"), kind=PartyKind.POST, name=Personal(words="Ada Lark")
            ),
        ),
    ),
    "a party is renamed": Accepted(
        BEGUN,
        RenameParty(plan=PLAN, party="ada", name=NAMED),
        (PartyRenamed(party="ada", name=NAMED),),
    ),
    "another spelling is recorded": Accepted(
        BEGUN,
        AliasParty(plan=PLAN, party="ada", alias=Personal(words="A. Lark")),
        (PartyAliased(party="ada", alias=Personal(words="A. Lark")),),
    ),
    "an action that was never led gets a lead": Accepted(
        BEGUN, _assign("2.1", "ben"), (LeadAssigned(item="pledge", party="ben"),)
    ),
    "a vacant action gets a lead": Accepted(
        VACANT, _assign("1.1", "ben"), (LeadAssigned(item="front-door", party="ben"),)
    ),
    "an action gets a second lead": Accepted(
        BEGUN,
        _assign("1.1", "ben", jointly=True),
        (LeadAssigned(item="front-door", party="ben"),),
    ),
    "a milestone gets a lead of its own in place of its action's": Accepted(
        BEGUN, _assign("1.1/1", "ben"), (LeadAssigned(item="review", party="ben"),)
    ),
    "a milestone gets a lead beside its action's": Accepted(
        BEGUN,
        _assign("1.1/1", "ben", jointly=True),
        (LeadAssigned(item="review", party="ada"), LeadAssigned(item="review", party="ben")),
    ),
    "a milestone gets a lead beside its own": Accepted(
        OWN, _assign("1.1/1", "ada", jointly=True), (LeadAssigned(item="review", party="ada"),)
    ),
    "an action is led by somebody else": Accepted(
        BEGUN,
        _reassign("1.1", ("ada",), ("ben", "ben")),
        (_reassigned("front-door", ("ada",), ("ben",)),),
    ),
    "an action is left without a lead": Accepted(
        BEGUN, _reassign("1.1", ("ada",), ()), (_reassigned("front-door", ("ada",), ()),)
    ),
    "a milestone is led by somebody else than its action's lead": Accepted(
        BEGUN,
        _reassign("1.1/1", ("ada",), ("ben",)),
        (_reassigned("review", (), ("ben",)),),
    ),
    "a milestone is left vacant though its action is led": Accepted(
        BEGUN, _reassign("1.1/1", (), ()), (_reassigned("review", (), ()),)
    ),
    "a milestone is led by another than its own lead": Accepted(
        OWN, _reassign("1.1/1", ("ben",), ("ada",)), (_reassigned("review", ("ben",), ("ada",)),)
    ),
}

MEASURED = BEGUN.happened(reading())
TARGETED = BEGUN.happened(
    KpiTargetSet(
        kpi="visits", period=Q4, baseline=None, target=Decimal(90), floor=None, tolerance=None
    )
)


def define(unit: str, kpi: str = "visits", reason: Personal | None = None) -> DefineKpi:
    """Ask for the definition that `domain_cases.definition` gives, in this unit."""
    return DefineKpi(
        plan=PLAN, kpi=kpi, name="Visits in time", formula="in time / all", unit=unit,
        polarity=Polarity.HIGH, frequency_months=3, source_system="Casebook",
        suppression_rule=SuppressionRule.SMALL_NUMBERS, statements=("1/measure/1",), reason=reason,
    )  # fmt: skip


FIRST_DEFINITION = KpiDefined(
    kpi="calls", definition_version=1, name="Visits in time", formula="in time / all", unit="%",
    polarity=Polarity.HIGH, frequency_months=3, source_system="Casebook",
    suppression_rule="small-numbers", statements=("measure",),
)  # fmt: skip

REDEFINED = BEGUN.happened(definition(2), on=date(2025, 4, 1))


def revise(value: str, version: int | None = None) -> ReviseKpiReading:
    """Ask for another figure in place of that of January to March."""
    return ReviseKpiReading(
        plan=PLAN, kpi="visits", period=Q4, figure=figure(value), cause=RevisionCause.FINALISED,
        definition_version=version,
    )  # fmt: skip


def revised(value: str, version: int) -> KpiReadingRevised:
    """Give that the figure of January to March became another one."""
    return KpiReadingRevised(
        kpi="visits", definition_version=version, period=Q4, value=Decimal(value), numerator=None,
        denominator=None, status=ReadingStatus.PROVISIONAL, extracted_on=date(2025, 4, 7),
        cause=RevisionCause.FINALISED, note=None,
    )  # fmt: skip


COUNTED_AGAIN = REDEFINED.happened(reading()).happened(revised("72", 2), on=date(2025, 5, 1))

MEASURES = {
    "a KPI is defined": Accepted(BEGUN, define("%", kpi="calls"), (FIRST_DEFINITION,)),
    "a KPI is defined anew": Accepted(
        BEGUN, define("visits", reason=REASON), (definition(2, unit="visits"),)
    ),
    "a KPI whose rule was told in words gets one that has a name": Accepted(
        BEGUN.happened(replace(definition(2), suppression_rule="5 or fewer")),
        define("%", reason=REASON),
        (definition(3),),
    ),
    "a target is set": Accepted(
        BEGUN,
        SetKpiTarget(plan=PLAN, kpi="visits", period=Q4, target=Decimal(90), floor=Decimal("80.5")),
        (
            KpiTargetSet(
                kpi="visits", period=Q4, baseline=None, target=Decimal(90),
                floor=Decimal("80.5"), tolerance=None,
            ),
        ),
    ),
    "a target is changed for a reason": Accepted(
        TARGETED,
        SetKpiTarget(plan=PLAN, kpi="visits", period=Q4, target=Decimal(85), reason=REASON),
        (
            KpiTargetSet(
                kpi="visits", period=Q4, baseline=None, target=Decimal(85), floor=None,
                tolerance=None,
            ),
        ),
    ),
    "a value is recorded": Accepted(
        BEGUN, RecordKpiReading(plan=PLAN, kpi="visits", period=Q4, figure=figure("71.5")),
        (reading(),),
    ),
    "a ratio is recorded": Accepted(
        BEGUN.happened(definition(2)),
        RecordKpiReading(plan=PLAN, kpi="visits", period=Q4, figure=figure(None, "0", "171")),
        (
            KpiReadingRecorded(
                kpi="visits", definition_version=2, period=Q4, value=None, numerator=Decimal(0),
                denominator=Decimal(171), status=ReadingStatus.PROVISIONAL,
                extracted_on=date(2025, 4, 7),
            ),
        ),
    ),
    "a figure is recorded that was still made under the definition before": Accepted(
        REDEFINED,
        RecordKpiReading(
            plan=PLAN, kpi="visits", period=Q4, figure=figure("71.5"), definition_version=1
        ),
        (reading(),),
    ),
    "another period is recorded": Accepted(
        MEASURED, RecordKpiReading(plan=PLAN, kpi="visits", period=Q1, figure=figure("71.5")),
        (reading(Q1),),
    ),
    "a figure is revised": Accepted(
        MEASURED,
        ReviseKpiReading(
            plan=PLAN, kpi="visits", period=Q4, figure=figure("72"), cause=RevisionCause.ERROR,
            note=REASON,
        ),
        (
            KpiReadingRevised(
                kpi="visits", definition_version=1, period=Q4, value=Decimal(72), numerator=None,
                denominator=None, status=ReadingStatus.PROVISIONAL,
                extracted_on=date(2025, 4, 7), cause=RevisionCause.ERROR, note=REASON,
            ),
        ),
    ),
    "a figure is revised under its own definition though another is in force": Accepted(
        REDEFINED.happened(reading()), revise("72"), (revised("72", 1),),
    ),
    "a figure is revised once more under the definition of the last one": Accepted(
        COUNTED_AGAIN, revise("73"), (revised("73", 2),),
    ),
    "a figure is counted again under the definition in force": Accepted(
        REDEFINED.happened(reading()), revise("72", 2), (revised("72", 2),),
    ),
    "a figure is the same under the definition in force": Accepted(
        REDEFINED.happened(reading()), revise("71.5", 2), (revised("71.5", 2),),
    ),
}  # fmt: skip

IN_REVIEW = BEGUN.happened(opened())

REVIEWS = {
    "a forum is established": Accepted(
        BEGUN,
        EstablishForum(plan=PLAN, forum="cabinet", name="Cabinet", remit=REASON, every_months=6),
        (ForumEstablished(forum="cabinet", name="Cabinet", remit=REASON, every_months=6),),
    ),
    "a review is opened": Accepted(
        BEGUN,
        OpenReview(plan=PLAN, review="q1", forum="scrutiny", label="Q1", as_at=date(2025, 3, 31)),
        (opened(),),
    ),
    "the next review is opened": Accepted(
        IN_REVIEW.happened(ReviewClosed(review="q1")),
        OpenReview(plan=PLAN, review="q2", forum="scrutiny", label="Q1", as_at=date(2025, 3, 31)),
        (opened("q2"),),
    ),
    "a review is closed": Accepted(
        IN_REVIEW, CloseReview(plan=PLAN, review="q1"), (ReviewClosed(review="q1"),)
    ),
    "a review is closed on its cut-off": Accepted(
        IN_REVIEW,
        CloseReview(plan=PLAN, review="q1", effective_on=date(2025, 3, 31)),
        (ReviewClosed(review="q1"),),
    ),
    "a query is settled": Accepted(
        BEGUN,
        ResolveQuery(plan=PLAN, query="which-date", resolution=REASON),
        (QueryResolved(query="which-date", resolution=REASON),),
    ),
}
