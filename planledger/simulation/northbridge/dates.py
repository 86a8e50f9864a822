"""How target dates are set where there were none, and how they move."""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.domain.commands import (
    DeferTargetDate,
    MoveTargetDate,
    SetRecurrence,
    SetTargetDate,
)
from planledger.events.values import Authority, ReasonCode
from planledger.simulation.acts import Act, act, decided_by
from planledger.simulation.northbridge.accounts import DIRECTOR, LEAD, OFFICE, board

RESOURCES, RECRUITMENT = ReasonCode.RESOURCES, ReasonCode.RECRUITMENT
DEPENDENCY, PARTNER, SCOPE = ReasonCode.DEPENDENCY, ReasonCode.PARTNER, ReasonCode.SCOPE
INFORMATION, DECISION = ReasonCode.INFORMATION, ReasonCode.DECISION

FAMILY_HELP = decided_by("family-help-board", "2024-03-26", "2")

FIRST_SET = (
    ("2024-02-20", "1.1/1", "2024-03", board("2024-02-20", "3")),
    ("2024-02-20", "1.1/2", "2024-04", board("2024-02-20", "3")),
    ("2024-03-27", "4.3/1", "2024-05", FAMILY_HELP),
    ("2024-03-27", "4.3/2", "2024-06", FAMILY_HELP),
    ("2024-03-27", "4.3/3", "2024-09", FAMILY_HELP),
    ("2024-03-27", "4.3/4", "2024-10", FAMILY_HELP),
    ("2024-04-24", "4.2/3", "2024-05", board("2024-04-23", "6")),
    ("2024-05-21", "6.1/1", "2024-10", board("2024-05-21", "6")),
    ("2024-05-21", "6.1/2", "2025-01", board("2024-05-21", "6")),
    ("2024-06-18", "1.3/2", "2024-09", board("2024-06-18", "5")),
    ("2024-09-17", "3.2/3", "2024-12", board("2024-09-17", "7")),
    ("2024-10-22", "5.2/3", "2025-01", board("2024-10-22", "8")),
    ("2025-09-16", "5.2/3", "2025-12", board("2025-09-16", "6")),
)
"""Day, milestone, date, and who decided it: first settings, no slippage. 3.3/2, 3.3/3, 3.6/2 and
6.6/1 never get one, and 5.2/3 gets a second after its first was taken out of force."""


class Move(NamedTuple):
    """A date that moves; the day is the day it is decided on and recorded."""

    day: str
    milestone: str
    from_date: str
    to_date: str
    code: ReasonCode | None
    reason: str
    by: Authority | None = None
    """None where a lead moved it alone, without the board."""
    who: str = OFFICE


MOVES = (
    # Before the first reviews. The move of 1.4/1 comes after the date has passed, in the week
    # before the board looks.
    Move("2024-03-19", "6.3/1", "2024-06", "2024-05", DECISION, "The colleges can agree sooner.",
         board("2024-03-19", "6")),
    Move("2024-04-09", "1.4/1", "2024-03", "2024-05", RECRUITMENT,
         "Two team managers are still to be recruited.", None, LEAD),
    # Between the board's first and second review.
    Move("2024-05-21", "2.2/1", "2024-03", "2024-06", INFORMATION,
         "The data it needs came late.", board("2024-05-21", "4")),
    Move("2024-05-21", "3.1/2", "2024-04", "2024-06", PARTNER,
         "Schools asked for more time to answer.", board("2024-05-21", "5")),
    Move("2024-05-21", "4.2/2", "2024-06", "2024-09", RESOURCES,
         "No one to train the teams before September.", board("2024-05-21", "7")),
    Move("2024-06-11", "4.2/2", "2024-09", "2024-06", RESOURCES,
         "A trainer was found; the first date stands again.", None, LEAD),
    Move("2024-06-18", "3.1/3", "2024-06", "2024-09", PARTNER,
         "It cannot be launched before it is agreed.", board("2024-06-18", "4")),
    Move("2024-06-18", "3.4/1", "2024-06", "2024-08", DEPENDENCY,
         "The design waits for the threshold guide.", board("2024-06-18", "4")),
    Move("2024-06-18", "5.4/2", "2024-06", "2024-09", DECISION,
         "Procurement asked for a second quotation.", board("2024-06-18", "6")),
    Move("2024-06-18", "5.3/2", "2024-09", "2024-09-16", PARTNER,
         "The trust named the day.", board("2024-06-18", "7")),
    Move("2024-07-09", "2.3/1", "2024-05", "2024-11", RESOURCES,
         "Its lead is leaving.", None, OFFICE),
    Move("2024-07-09", "2.3/2", "2024-05", "2025-03", RESOURCES,
         "Its lead is leaving.", None, OFFICE),
    Move("2024-07-11", "4.1/2", "2024-07", "2024-09", RESOURCES,
         "Trainers are booked until September.", None, LEAD),
    # Later in the first year.
    Move("2024-07-25", "4.4/3", "2024-06", "2024-11", RESOURCES,
         "One of two conference chairs is on long leave.", None, LEAD),
    Move("2024-09-17", "5.1/2", "2024-07", "2024-10", SCOPE,
         "The strategy now covers care leavers too.", board("2024-09-17", "5")),
    Move("2024-09-17", "5.4/2", "2024-09", "2025-03", DECISION,
         "The board asked for the whole cost first.", board("2024-09-17", "6")),
    Move("2024-09-17", "6.5/1", "2024-06", "2024-12", PARTNER,
         "The housing association's board meets in December.", board("2024-09-17", "9")),
    Move("2024-10-08", "3.4/2", "2024-10", "2025-01", DEPENDENCY,
         "It opens once the guide is launched.", None, LEAD),
    Move("2024-11-19", "3.1/3", "2024-09", "2025-01", PARTNER,
         "The guide was still with the printers of four partners.", board("2024-11-19", "5")),
    Move("2024-11-19", "5.4/3", "2025-33", "2025-35", DEPENDENCY,
         "It cannot be in use before it is commissioned.", board("2024-11-19", "7")),
    Move("2024-12-17", "5.1/3", "2024-11", "2025-06", SCOPE,
         "The strategy came three months late.", board("2024-12-17", "5")),
    Move("2024-12-17", "3.2/3", "2024-12", "2025-06", PARTNER,
         "The police have not answered.", board("2024-12-17", "6")),
    # The second year.
    Move("2025-01-10", "1.3/3", "2024-12", "2025-06", RECRUITMENT,
         "Six of ten posts are filled.", None, OFFICE),
    Move("2025-02-18", "6.5/2", "2024-12", "2025-06", PARTNER,
         "There are not enough homes yet.", board("2025-02-18", "5")),
    Move("2025-02-18", "2.5/3", "2025", "2025-11", DECISION,
         "The board named the month.", board("2025-02-18", "6"), DIRECTOR),
    Move("2025-03-18", "6.5/3", "2025-03", "2025-06", INFORMATION,
         "The year ends in March; the figures come after it.", board("2025-03-18", "7")),
    Move("2025-04-10", "3.4/3", "2025-04", "2025-07", DEPENDENCY,
         "Six months are over only in July.", None, LEAD),
    Move("2025-06-17", "1.3/4", "2025-33", "2025-09", RECRUITMENT,
         "Agency staff leave as posts are filled.", board("2025-06-17", "4")),
    Move("2025-06-17", "5.1/3", "2025-06", "2026-03", DEPENDENCY,
         "Health joins the plan a year later.", board("2025-06-17", "6")),
    Move("2025-07-10", "6.7/2", "2025-06", "2025-12", PARTNER,
         "The association opens its new homes in winter.", None, LEAD),
    Move("2025-09-16", "5.4/3", "2025-35", "2026-33", DECISION,
         "The supplier was changed.", board("2025-09-16", "7")),
    Move("2025-09-16", "5.1/4", "2025-03", "2025-09", RECRUITMENT,
         "Seven of ten foster homes are approved.", board("2025-09-16", "5")),
    Move("2025-11-18", "3.6/1", "2025-09", "2026-03", PARTNER,
         "Two of four partners have signed.", board("2025-11-18", "5")),
    Move("2025-11-18", "6.3/3", "2025", "2026-06", None,
         "The budget for it is not decided.", board("2025-11-18", "6")),
    Move("2026-01-09", "1.3/4", "2025-09", "2026-03", RECRUITMENT,
         "Agency staff still hold one post in eight.", None, OFFICE),
)  # fmt: skip


def acts() -> Iterator[Act]:
    """Tell how dates are set and moved."""
    for day, milestone, due, decided in FIRST_SET:
        # A date taken out of force and set anew needs the reason it was away for.
        yield act(
            day, OFFICE, SetTargetDate, milestone=milestone, date=due, authority=decided,
            reason="Decided at the meeting.", effective_on=str(decided.meeting),
        )  # fmt: skip
    for move in MOVES:
        yield act(
            move.day, move.who, MoveTargetDate, milestone=move.milestone,
            from_date=move.from_date, to_date=move.to_date, reason_code=move.code,
            reason=move.reason, authority=move.by,
        )  # fmt: skip
    yield act(
        "2024-05-22", OFFICE, SetRecurrence, milestone="6.4/1", every_months=3, first="2024-07",
        effective_on="2024-05-21", authority=board("2024-05-21", "6"),
        reason="The board wants to see it every quarter.",
    )  # fmt: skip
    yield act(
        "2025-03-18", DIRECTOR, DeferTargetDate, milestone="5.2/3", decide_by="2025-09",
        decider="Improvement Board", authority=board("2025-03-18", "8"),
        reason="There is no money for it before the budget is settled.",
    )  # fmt: skip
