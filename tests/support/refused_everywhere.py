"""What no command may carry, wherever it stands, and the days none may be effective on."""

from datetime import date

from msgspec.structs import replace

from planledger.domain.commands import (
    AddArea,
    AgreeMilestone,
    DeferTargetDate,
    DefineKpi,
    DraftPlan,
    ImportPlan,
    MoveTargetDate,
    OpenReview,
    RecordKpiReading,
    RegisterParty,
    RewordItem,
    SetRecurrence,
    SetTargetDate,
)
from planledger.domain.draft import DraftQuery
from planledger.domain.refusals import Code
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.values import (
    Authority,
    PartyKind,
    Period,
    Personal,
    Polarity,
    SuppressionRule,
)
from tests.support.domain_cases import BEGUN, PLAN, REASON, Past, figure
from tests.support.refused_cases import Refused
from tests.support.small_drafts import SMALLEST

ADD = AddArea(plan=PLAN, number="3", title="Fostering")
SET = SetTargetDate(plan=PLAN, milestone="1.1/2", date=Month(2025, 3))
OUTSIDE = "lies outside the years 1900 to 2199. Check the year."
TAKE_OUT = "it has a control character (U+0000); take it out."
TOO_LONG = "it has 10,001 characters; 10,000 is the most."
EMPTY = "it is empty; write something, or leave it out."


def _drafted(**changes: object) -> ImportPlan:
    return ImportPlan(plan=PLAN, draft=replace(SMALLEST, **changes))


def _in_action(text: str) -> ImportPlan:
    area = SMALLEST.areas[0]
    return _drafted(areas=(replace(area, actions=(replace(area.actions[0], text=text),)),))


def _authority(forum: str | None, officer: Personal | None = None) -> Authority:
    return Authority(forum=forum, meeting=None, minute=None, officer=officer)


AUTHORITY = {
    "an authority of nobody": Refused(
        BEGUN,
        AgreeMilestone(plan=PLAN, milestone="1.1/1", authority=_authority(None)),
        Code.AUTHORITY_INCOMPLETE, "authority", "Name one of them.",
    ),
    "an authority of a meeting and minute of no forum": Refused(
        BEGUN,
        replace(
            ADD,
            authority=Authority(forum=None, meeting=date(2025, 2, 1), minute="7", officer=None),
        ),
        Code.AUTHORITY_INCOMPLETE, "authority", "Name one of them.",
    ),
    "an authority of an empty forum": Refused(
        BEGUN, replace(ADD, authority=_authority(" ")),
        Code.TEXT_UNUSABLE, "authority.forum", EMPTY,
    ),
    "an authority of an empty officer": Refused(
        BEGUN, replace(ADD, authority=_authority(None, Personal(words=""))),
        Code.TEXT_UNUSABLE, "authority.officer", EMPTY,
    ),
    "an authority of a meeting in another age": Refused(
        BEGUN,
        replace(
            ADD,
            authority=Authority(forum="Board", meeting=date(225, 2, 1), minute=None, officer=None),
        ),
        Code.DATE_IMPOSSIBLE, "authority.meeting", OUTSIDE,
    ),
}  # fmt: skip

TEXTS = {
    "a plan ref that could not stand in an address": Refused(
        Past(), DraftPlan(plan="Northbridge!", title="Plan"),
        Code.NAME_UNUSABLE, "plan", 'such as "scrutiny-2015-q1"',
    ),
    "a plan ref that is too long": Refused(
        Past(), DraftPlan(plan="n" * 65, title="Plan"),
        Code.NAME_UNUSABLE, "plan", 'such as "scrutiny-2015-q1"',
    ),
    "a text that is too long": Refused(
        BEGUN, replace(ADD, title="x" * 10_001),
        Code.TEXT_UNUSABLE, "title", TOO_LONG,
    ),
    "a text with a control character": Refused(
        BEGUN, replace(ADD, title="Foster\x00ing"),
        Code.TEXT_UNUSABLE, "title", TAKE_OUT,
    ),
    "an empty text": Refused(
        BEGUN, RewordItem(plan=PLAN, item="1.1", to="", material=False),
        Code.TEXT_UNUSABLE, "to", EMPTY,
    ),
    "an empty reason": Refused(
        BEGUN, replace(ADD, reason=Personal(words=" \n")),
        Code.TEXT_UNUSABLE, "reason", EMPTY,
    ),
    "a reason with a control character": Refused(
        BEGUN, replace(ADD, reason=Personal(words="\x00")),
        Code.TEXT_UNUSABLE, "reason", TAKE_OUT,
    ),
    "a party of an empty name": Refused(
        BEGUN, RegisterParty(plan=PLAN, kind=PartyKind.BODY, name=Personal(words="")),
        Code.TEXT_UNUSABLE, "name", EMPTY,
    ),
    "a text of two words in the name of its field": Refused(
        BEGUN, replace(SET, as_printed="\x00"),
        Code.TEXT_UNUSABLE, "asPrinted", TAKE_OUT,
    ),
    "a text in a list": Refused(
        BEGUN,
        DefineKpi(
            plan=PLAN, kpi="calls", name="Calls", formula="all", unit="calls",
            polarity=Polarity.LOW, frequency_months=1, source_system="Casebook",
            suppression_rule=SuppressionRule.NONE, statements=("measure", "\x00"),
        ),
        Code.TEXT_UNUSABLE, "statements.1", TAKE_OUT,
    ),
    "a text in a value": Refused(
        BEGUN,
        RecordKpiReading(
            plan=PLAN, kpi="visits", figure=figure("1"),
            period=Period(first=date(2025, 1, 1), last=date(2025, 1, 2), label="\x00"),
        ),
        Code.TEXT_UNUSABLE, "period.label", TAKE_OUT,
    ),
    "a document with a control character in its title": Refused(
        Past(), _drafted(title="\x00"),
        Code.TEXT_UNUSABLE, "draft.title", TAKE_OUT,
    ),
    "a document with a control character deep inside": Refused(
        Past(), _in_action("\x00"),
        Code.TEXT_UNUSABLE, "draft.areas.0.actions.0.text", TAKE_OUT,
    ),
    "a document with a text that is too long": Refused(
        Past(), _in_action("x" * 10_001),
        Code.TEXT_UNUSABLE, "draft.areas.0.actions.0.text", TOO_LONG,
    ),
    "a document with a control character in a query": Refused(
        Past(),
        _drafted(
            queries=(DraftQuery(item=None, line=1, question="", taken="\x00", instead=""),)
        ),
        Code.TEXT_UNUSABLE, "draft.queries.0.taken", TAKE_OUT,
    ),
}  # fmt: skip

DATES = {
    "a year before 1900": Refused(
        BEGUN, replace(SET, date=Year(1899)), Code.DATE_IMPOSSIBLE, "date", f"1899 {OUTSIDE}"
    ),
    "a quarter after 2199": Refused(
        BEGUN, replace(SET, date=Quarter(2200, 1)), Code.DATE_IMPOSSIBLE, "date", OUTSIDE
    ),
    "a month in another age": Refused(
        BEGUN, DeferTargetDate(plan=PLAN, milestone="1.1/2", decide_by=Month(25, 3)),
        Code.DATE_IMPOSSIBLE, "decideBy", f"March 0025 {OUTSIDE}",
    ),
    "a day in another age": Refused(
        BEGUN,
        MoveTargetDate(
            plan=PLAN, milestone="1.1/1", from_date=Month(2025, 3), to_date=Day(2250, 5, 31),
            reason=REASON,
        ),
        Code.DATE_IMPOSSIBLE, "toDate", f"31 May 2250 {OUTSIDE}",
    ),
    "a recurrence until another age": Refused(
        BEGUN, SetRecurrence(plan=PLAN, milestone="1.1/2", every_months=3, until=Year(9999)),
        Code.DATE_IMPOSSIBLE, "until", OUTSIDE,
    ),
    "a cut-off in another age": Refused(
        BEGUN,
        OpenReview(plan=PLAN, review="q1", forum="scrutiny", label="Q1", as_at=date.max),
        Code.DATE_IMPOSSIBLE, "asAt", f"31 December 9999 {OUTSIDE}",
    ),
    "a period in another age": Refused(
        BEGUN,
        RecordKpiReading(
            plan=PLAN, kpi="visits", figure=figure("1"),
            period=Period(first=date(25, 1, 1), last=date(2025, 3, 31), label="Q4"),
        ),
        Code.DATE_IMPOSSIBLE, "period.first", OUTSIDE,
    ),
    "a document of another age": Refused(
        Past(), _drafted(stated_on=date(1015, 1, 6)),
        Code.DATE_IMPOSSIBLE, "draft.statedOn", OUTSIDE,
    ),
}  # fmt: skip

DAYS = {
    "a plan that begins in another age": Refused(
        Past(), DraftPlan(plan=PLAN, title="Plan", effective_on=date(1, 1, 1)),
        Code.DATE_IMPOSSIBLE, "effectiveOn", OUTSIDE,
    ),
    "a day more than twenty years ahead": Refused(
        BEGUN, replace(ADD, effective_on=date(2052, 6, 2)),
        Code.EFFECTIVE_TOO_LATE, "effectiveOn", "Check the year of the effective day.",
    ),
    "a plan that begins more than twenty years ahead": Refused(
        Past(), DraftPlan(plan=PLAN, title="Plan", effective_on=date(2052, 6, 2)),
        Code.EFFECTIVE_TOO_LATE, "effectiveOn", "Check the year of the effective day.",
    ),
    "a day before the plan began": Refused(
        BEGUN, replace(ADD, effective_on=date(2025, 1, 5)),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn",
        "northbridge began on 2025-01-06; nothing in it is effective before. "
        "Give a later effective day.",
    ),
}  # fmt: skip

ANY_COMMAND = {**AUTHORITY, **TEXTS, **DATES, **DAYS}
