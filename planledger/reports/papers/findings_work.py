"""What is found of the work and its dates, and of what a plan leaves open."""

from typing import Final

from planledger.reports import wording
from planledger.reports.papers.causes import why
from planledger.reports.papers.finding import (
    DAYS,
    DUE,
    LEADS,
    SINCE,
    STATE,
    WHY,
    Finding,
    delivery,
    item_of,
    itself,
    no_more,
)
from planledger.reports.papers.paper import Column
from planledger.reports.papers.parts import DAY, item_name, led_by
from planledger.reports.things import NOBODY

WORK: Final = (
    Finding(
        key="overdue",
        heading="Overdue",
        how="The last day of the target date has passed, and nobody reported the milestone "
        "complete. It says nothing of how far the work is.",
        path=("overdue",),
        columns=(DUE, DAYS, LEADS, STATE),
        row=lambda node, _: (
            node["dueBy"],
            node["daysOverdue"],
            led_by(node, NOBODY),
            delivery(node),
        ),
        none="No milestone is overdue.",
    ),
    Finding(
        key="due",
        heading="Overdue, or due within 31 days",
        how="As above, with what falls due in the 31 days after the day of this paper.",
        path=("due",),
        columns=(DUE, LEADS, STATE),
        row=lambda node, _: (node["dueBy"], led_by(node, NOBODY), delivery(node)),
        none="Nothing is due.",
    ),
    Finding(
        key="stalled",
        heading="Led by partners, and not reported on for 90 days or more",
        how="Partners are all leads but persons: the plan does not say who belongs to the council. "
        "Days are counted from the last report, or from when it was added.",
        path=("stalled",),
        columns=(LEADS, SINCE, DAYS, STATE, DUE),
        row=lambda node, _: (
            led_by(node, NOBODY),
            node["since"],
            node["days"],
            delivery(node),
            node["dueBy"],
        ),
        none="No partner's milestone is stalled.",
    ),
    Finding(
        key="moved_after_passing",
        heading="Dates moved after they had passed",
        how="On the day the change took effect, the date before had passed already.",
        path=("dateMoves",),
        columns=(
            Column("moved_on", "Moved on", DAY, weight=2),
            Column("before", "Before", weight=2),
            Column("after", "After", weight=2),
            Column("slippage", "By how much", weight=2),
            WHY,
        ),
        row=lambda node, forums: (
            node["on"],
            node["old"]["label"],
            node["new"]["label"],
            node["slippage"]["label"] if node["slippage"] else None,
            why([node["event"]], forums, expected=True),
        ),
        none="No date was moved after it had passed.",
    ),
    Finding(
        key="conflicts",
        heading="Dates that do not go with what they wait for",
        how="An item that cannot be done before another is due earlier, or waits for what has no "
        "date or is overdue. Actions and areas go by the milestones under them.",
        path=("conflicts",),
        columns=(
            DUE,
            Column("waits_for", "Waits for", weight=4),
            Column("waits_for_due_by", "Which is due by", DAY, weight=2),
            Column("conflict", "What is wrong", weight=3),
        ),
        row=lambda node, _: (
            node["dueBy"],
            item_name(node["waitsFor"]),
            node["waitsForDueBy"],
            wording.sentence(node["kind"]),
        ),
        about=item_of,
        none="No dates conflict.",
    ),
)

OPEN: Final = (
    Finding(
        key="placeholders",
        heading="Actions still to be defined",
        how="The plan promises something there that nobody has defined yet.",
        path=("undefined", "placeholders"),
        columns=(),
        row=no_more,
        about=itself,
        none="Every action is defined.",
    ),
    Finding(
        key="undefined_milestones",
        heading="Milestones still to be defined",
        how="There is a place for a milestone, and no text that says what it promises.",
        path=("undefined", "milestones"),
        columns=(),
        row=no_more,
        about=itself,
        none="Every milestone is defined.",
    ),
    Finding(
        key="to_be_confirmed",
        heading="Dates to be confirmed",
        how="The plan itself says that the date is to be confirmed; it may say by whom, and by "
        "when that is decided.",
        path=("undefined", "toBeConfirmed"),
        columns=(
            Column("decide_by", "To be decided by", DAY, weight=2),
            Column("decider", "Who decides", weight=3),
        ),
        row=lambda node, _: (
            node["decideBy"],
            (
                f"{node['decider'] or 'Not stated'}"
                f"{' (the decision is overdue)' if node['decisionOverdue'] else ''}"
            ),
        ),
        none="No date is to be confirmed.",
    ),
    Finding(
        key="tbc_ages",
        heading="How long dates have been to be confirmed",
        how="Days from when a date was to be confirmed to the day of this paper, where it still "
        "is.",
        path=("tbcAges",),
        columns=(SINCE, DAYS),
        row=lambda node, _: (node["since"], node["days"]),
        none="No date is to be confirmed.",
    ),
    Finding(
        key="without_date",
        heading="Milestones without a date",
        how="No date is stated, nor that one is to be confirmed.",
        path=("undefined", "withoutDate"),
        columns=(),
        row=no_more,
        about=itself,
        none="Every milestone has a date, or one that is to be confirmed.",
    ),
    Finding(
        key="vacant_actions",
        heading="Actions that nobody leads",
        how="No lead is assigned on the day of this paper.",
        path=("undefined", "vacantActions"),
        columns=(),
        row=no_more,
        about=itself,
        none="Every action has a lead.",
    ),
    Finding(
        key="vacant_milestones",
        heading="Milestones that nobody leads",
        how="Neither the milestone has a lead, nor its action.",
        path=("undefined", "vacantMilestones"),
        columns=(),
        row=no_more,
        about=itself,
        none="Every milestone has a lead.",
    ),
)
