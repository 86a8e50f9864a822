"""What findings are called, what each means, and the rows in which it is shown.

The overview and the page of one finding show the same rows; each asks by a document of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from planledger.reports.pages import found_cells as cells
from planledger.reports.pages.found_cells import Cell

Node = Mapping[str, Any]
"""One thing found, as an answer has it."""


class Finding(Struct, frozen=True, kw_only=True):
    """A finding that is a list of things in the plan."""

    name: str
    """As it stands in an address."""
    title: str
    says: str
    """What it means and how it is calculated, in a sentence or two."""
    columns: tuple[str, ...]
    row: Callable[[Node], Sequence[Cell]]
    """Gives a cell for every column; the first is the head of the row."""
    field: str
    """The list it is, as both documents call it: "undefined.placeholders" lies within another."""
    filter: Mapping[str, bool] | None = None
    """Which of the list, where it is a part of it: the filter of `dateMoves`."""

    def is_part(self, node: Node) -> bool:
        """Say whether one of a list that was asked for whole belongs to this part of it."""
        return all(_PARTS[name](node) is wanted for name, wanted in (self.filter or {}).items())


class Group(Struct, frozen=True):
    """Findings that are looked at together."""

    title: str
    findings: tuple[Finding, ...]


_PARTS: Mapping[str, Callable[[Node], bool]] = {
    "afterItPassed": lambda move: bool(move["afterItPassed"]),
    "beforeReview": lambda move: bool(move["beforeReviews"]),
    "withoutAuthority": lambda move: move["event"]["authority"] is None,
}
_DUE = ("Milestone", "Due by", "Days overdue", "Delivery", "Led by")
_WHO = "When, by whom and why"


def _moves(name: str, title: str, says: str, only: str | None = None) -> Finding:
    """Give the finding of moves of dates, or of `only` a part of them."""
    return Finding(
        name=name,
        title=title,
        says=says,
        columns=("Milestone", "From", "To", "By how much", "To be looked at", _WHO),
        row=cells.move,
        field="dateMoves",
        filter={only: True} if only else None,
    )


DATES = Group(
    "What is late or falls due",
    (
        Finding(
            name="overdue",
            title="Overdue",
            says="Milestones whose last day in time has passed, and of which no claim stands that "
            "they were reached. That a date has passed says nothing of how far the work is.",
            columns=_DUE,
            row=cells.due,
            field="overdue",
        ),
        Finding(
            name="due",
            title="Overdue or falling due",
            says="The same, with what falls due by a day that can be chosen; unless one is chosen, "
            "within 31 days.",
            columns=_DUE,
            row=cells.due,
            field="due",
        ),
        Finding(
            name="conflicts",
            title="Dates in conflict",
            says="One item cannot be done before another, and their dates do not go together: it "
            "is due earlier, or what it waits for has no date or is overdue.",
            columns=("Item", "Due by", "What is wrong", "Waits for", "That is due by"),
            row=cells.conflict,
            field="conflicts",
        ),
    ),
)
OPEN = Group(
    "What the plan leaves open",
    (
        Finding(
            name="placeholders",
            title="Actions not yet defined",
            says="Actions that only promise that something will be defined, and that nothing has "
            "taken the place of.",
            columns=("Action",),
            row=cells.named,
            field="undefined.placeholders",
        ),
        Finding(
            name="undefined",
            title="Milestones not yet defined",
            says="Milestones that say only that one will be defined.",
            columns=("Milestone",),
            row=cells.named,
            field="undefined.milestones",
        ),
        Finding(
            name="without-date",
            title="Milestones without any date",
            says="No date is stated, not even that one is to be confirmed; recurring milestones "
            "count here as long as they have no first date.",
            columns=("Milestone",),
            row=cells.named,
            field="undefined.withoutDate",
        ),
        Finding(
            name="to-be-confirmed",
            title="Dates to be confirmed",
            says="Milestones whose date is to be confirmed on this day, with who is to decide it "
            "and by when, where the plan says so.",
            columns=("Milestone", "To be decided by", "By when", "Decision"),
            row=cells.unconfirmed,
            field="undefined.toBeConfirmed",
        ),
        Finding(
            name="tbc-ages",
            title="Times a date was to be confirmed",
            says="Every stretch in which a date was to be confirmed, ended or not, the longest "
            "first: days from the day it began to the day it ended, or to the day looked at.",
            columns=("Milestone", "Since", "Until", "Days", "How it ended"),
            row=cells.tbc_age,
            field="tbcAges",
        ),
    ),
)
MOVED = Group(
    "Dates that moved",
    (
        _moves(
            name="moved-after-passing",
            title="Moved after they had passed",
            says="When the move took effect, the date before had passed already.",
            only="afterItPassed",
        ),
        _moves(
            name="moved-before-review",
            title="Moved just before a review",
            says="The move took effect or was recorded within the last five working days before "
            "the cut-off of a review.",
            only="beforeReview",
        ),
        _moves(
            name="moved-without-authority",
            title="Moved without an authority",
            says="The entry that moved the date names no forum, minute or officer by whose "
            "authority it was moved.",
            only="withoutAuthority",
        ),
        _moves(
            name="moved",
            title="Every move of a date",
            says="A date that became another one. A first date, and one that was put right in the "
            "record, is no move.",
        ),
        Finding(
            name="slipped",
            title="Dates not where they first were",
            says="Milestones whose date in force lies elsewhere than the first one ever set, the "
            "furthest first: counted in days, or in months where one of the two is no day.",
            columns=("Milestone", "Date in force", "Against the first"),
            row=cells.slipped,
            field="slipped",
        ),
    ),
)
DONE = Group(
    "What was claimed to be done",
    (
        Finding(
            name="without-evidence",
            title="Completions without evidence",
            says="Claims that a milestone was reached for which there is no evidence: none named "
            "by the claim or its sign-off, and none registered for the milestone or its action.",
            columns=("Milestone", "Reported", "Reached", "Signed off with a waiver", "Claim"),
            row=cells.claim,
            field="claims",
        ),
        Finding(
            name="reopened",
            title="Refused or taken back",
            says="Milestones of which a claim was refused, or was accepted and taken back later.",
            columns=("Milestone", "Claims refused", "Claims taken back"),
            row=cells.reopened,
            field="reopened",
        ),
    ),
)
LED = Group(
    "Who leads",
    (
        Finding(
            name="vacant-actions",
            title="Actions that nobody leads",
            says="Nobody is assigned to the action on this day.",
            columns=("Action",),
            row=cells.named,
            field="undefined.vacantActions",
        ),
        Finding(
            name="vacant-milestones",
            title="Milestones that nobody leads",
            says="Nobody is assigned to the milestone on this day, nor to its action.",
            columns=("Milestone",),
            row=cells.named,
            field="undefined.vacantMilestones",
        ),
        Finding(
            name="stalled",
            title="Led by partners, and silent",
            says="Led by a body, post or organisation rather than a person, not done, and not "
            "reported on for 90 days or more.",
            columns=("Milestone", "Last report", "Days since", "Led by"),
            row=cells.stalled,
            field="stalled",
        ),
    ),
)
ASKED = Group(
    "What awaits an answer",
    (
        Finding(
            name="challenges",
            title="Challenges open, or answered late",
            says="What a review asked that nobody has answered, or that was answered after its "
            "day: days from the day an answer was due to the answer, or to the day looked at.",
            columns=("Challenge", "Review", "About", "Answer due", "Answer", "Days late"),
            row=cells.challenge,
            field="challenges",
        ),
    ),
)
RECORD = Group(
    "How the record was kept",
    (
        Finding(
            name="late-entries",
            title="Recorded late",
            says="Entries recorded after the day on which they took effect, the latest first. "
            "Most plans have many: what a meeting decides is written down days later.",
            columns=("What happened", "About", "Days late", _WHO),
            row=cells.late_entry,
            field="lateEntries",
        ),
        Finding(
            name="amendments",
            title="Put right",
            says="Entries that were wrong and were corrected or taken out of the record, with the "
            "closed reviews that had reported them before. The wrong entry stays visible.",
            columns=("What was done", "To entry", "About", "Was reported to", _WHO),
            row=cells.amendment,
            field="amendments",
        ),
    ),
)

GROUPS = (DATES, OPEN, MOVED, DONE, LED, ASKED, RECORD)
"""Every finding that is a list, in the order in which they are shown."""
FINDINGS = {finding.name: finding for group in GROUPS for finding in group.findings}


def listed(findings: Node, field: str) -> Any:  # noqa: ANN401 - a connection of the answer
    """Give the list of a finding in an answer; None where it was not asked for."""
    inside: Any = findings
    for name in field.split("."):
        inside = inside.get(name) if inside else None
    return inside


def rows(finding: Finding, nodes: Sequence[Node]) -> Iterator[Sequence[Cell]]:
    """Give the rows of a finding."""
    return (finding.row(node) for node in nodes)
