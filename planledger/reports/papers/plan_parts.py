"""What a plan holds beside its areas: queries, pointers, versions, forums, evidence."""

from planledger.reports import wording
from planledger.reports.desk import Data
from planledger.reports.papers.paper import Column, Section, Table
from planledger.reports.papers.parts import DAY, NUMBER, REF, joined, lines


def other_parts(plan: Data) -> Section:
    """Give all of it as one section."""
    return Section(
        heading="What belongs to the plan as a whole",
        tables=(
            _queries(plan),
            _references(plan),
            _versions(plan),
            _forums(plan),
            _evidence(plan),
            _documents(plan),
        ),
    )


def _queries(plan: Data) -> Table:
    return Table(
        key="queries",
        title="Queries: what could not be decided from the document",
        columns=(
            Column("item", "About", REF),
            Column("question", "Question", weight=4),
            Column("taken", "The reading that the plan holds", weight=3),
            Column("instead", "The other reading", weight=3),
            Column("raised_on", "Raised on", DAY, weight=2),
            Column("resolution", "Settled", weight=3),
        ),
        rows=tuple(
            (
                one["item"],
                one["question"],
                one["taken"],
                one["instead"],
                one["raisedOn"],
                one["resolution"] or "Awaits a person",
            )
            for one in plan["queries"]
        ),
        empty="There is no query.",
    )


def _references(plan: Data) -> Table:
    return Table(
        key="references",
        title="Pointers from one item to another",
        columns=(
            Column("item", "Item", REF),
            Column("kind", "Kind", weight=2),
            Column("printed", "As printed", weight=3),
            Column("printed_target", "Names", REF),
            Column("resolved_target", "Is taken to mean", REF),
            Column("confidence", "How sure"),
        ),
        rows=tuple(
            (
                one["item"],
                wording.sentence(one["kind"]),
                one["asPrinted"],
                one["printedTarget"],
                one["resolvedTarget"],
                wording.sentence(one["confidence"]),
            )
            for one in plan["references"]
        ),
        empty="No item points to another.",
    )


def _versions(plan: Data) -> Table:
    return Table(
        key="versions",
        title="Versions of the plan",
        columns=(
            Column("version", "Version", weight=2),
            Column("kind", "Kind"),
            Column("issued_on", "Issued on", DAY),
            Column("approvals", "Approved by", weight=3),
            Column("submissions", "Submitted to", weight=3),
        ),
        rows=tuple(
            (
                one["label"],
                wording.sentence(one["kind"]),
                one["on"],
                lines(f"{it['body']}, {wording.day(it['on'])}" for it in one["approvals"]),
                lines(
                    f"{wording.listed(it['recipients'])}, {wording.day(it['on'])}"
                    for it in one["submissions"]
                ),
            )
            for one in plan["versions"]
        ),
        empty="No version was issued.",
    )


def _forums(plan: Data) -> Table:
    return Table(
        key="forums",
        title="Who reviews the plan",
        columns=(
            Column("name", "Forum", weight=3),
            Column("remit", "What it looks at", weight=5),
            Column("every_months", "Every so many months", NUMBER),
        ),
        rows=tuple((one["name"], one["remit"], one["everyMonths"]) for one in plan["forums"]),
        empty="No forum is established.",
    )


def _evidence(plan: Data) -> Table:
    return Table(
        key="evidence",
        title="Evidence",
        columns=(
            Column("title", "Title", weight=4),
            Column("kind", "Kind"),
            Column("dated", "Dated", DAY),
            Column("items", "For", REF),
            Column("address", "Where it is", weight=4),
            Column("registered_on", "Registered on", DAY),
            Column("withdrawn_on", "Withdrawn on", DAY),
        ),
        rows=tuple(
            (
                one["title"],
                wording.sentence(one["kind"]),
                one["dated"],
                joined(one["items"]),
                one["uri"],
                one["on"],
                one["withdrawnOn"],
            )
            for one in plan["evidence"]
        ),
        empty="No evidence is registered.",
    )


def _documents(plan: Data) -> Table:
    return Table(
        key="documents",
        title="Documents that were read in, by their SHA-256",
        columns=(Column("sha256", "SHA-256"),),
        rows=tuple((one,) for one in plan["documents"]),
        empty="No document was read in.",
    )
