"""What is found of the record: evidence, late entries, corrections, challenges, queries."""

from typing import Final

from planledger.reports import wording
from planledger.reports.papers.causes import why
from planledger.reports.papers.finding import DAYS, RECORDED, WHY, Finding, item_of
from planledger.reports.papers.paper import Column
from planledger.reports.papers.parts import DAY, NUMBER, REF


def _event(type_: str) -> str:
    """Say what an entry records: "target-date-moved.v1" is "Target date moved"."""
    said = type_.partition(".")[0].replace("-", " ")
    return said[:1].upper() + said[1:]


RECORD: Final = (
    Finding(
        key="without_evidence",
        heading="Reported complete without evidence",
        how="Neither the claim names evidence, nor a sign-off of it, and none is registered for "
        "the milestone. A waiver is a recorded decision to do without.",
        path=("claims",),
        columns=(
            Column("reported_on", "Reported on", DAY, weight=2),
            Column("achieved_on", "Reached", DAY, weight=2),
            Column("reporter", "Reported by", weight=3),
            Column("waived", "Evidence waived"),
        ),
        row=lambda node, _: (
            node["claim"]["reportedOn"],
            node["claim"]["achievedOn"],
            node["claim"]["reporter"]["name"] if node["claim"]["reporter"] else None,
            "yes" if node["waived"] else "no",
        ),
        none="Everything that was reported complete has evidence.",
    ),
    Finding(
        key="reopened",
        heading="Claims refused or taken back",
        how="How often the sign-off of a milestone was refused, and how often it was reopened.",
        path=("reopened",),
        columns=(Column("refused", "Refused", NUMBER), Column("reopened", "Reopened", NUMBER)),
        row=lambda node, _: (node["refused"], node["reopened"]),
        none="No claim was refused or taken back.",
    ),
    Finding(
        key="late_entries",
        heading="Entries recorded late",
        how="Days from the day an entry took effect to the day it was recorded.",
        path=("lateEntries",),
        columns=(
            Column("entry", "Entry", NUMBER),
            Column("what", "What was recorded", weight=3),
            Column("effective_on", "Effective on", DAY, weight=2),
            RECORDED,
            DAYS,
        ),
        row=lambda node, _: (
            int(node["position"]),
            _event(node["type"]),
            node["effectiveOn"],
            node["recordedOn"],
            node["days"],
        ),
        about=item_of,
        none="Nothing was recorded late.",
    ),
    Finding(
        key="amendments",
        heading="Entries put right",
        how="An entry was wrong and was corrected, or was taken out of the record.",
        path=("amendments",),
        columns=(
            Column("kind", "What was done", weight=2),
            Column("about", "Entry that was wrong", NUMBER),
            RECORDED,
            WHY,
        ),
        row=lambda node, forums: (
            wording.sentence(node["kind"]),
            int(node["about"]),
            node["recordedOn"],
            why([node["event"]], forums, expected=True),
        ),
        about=item_of,
        none="Nothing was put right in the record.",
    ),
    Finding(
        key="challenges",
        heading="Challenges open, or answered late",
        how="Days late up to the answer, or to the day of this paper.",
        path=("challenges",),
        columns=(
            Column("challenge", "Challenge", weight=4),
            Column("review", "Review", REF),
            Column("response_due", "Answer due", DAY, weight=2),
            Column("answer", "Answer", weight=2),
            Column("days", "Days late", NUMBER),
        ),
        row=lambda node, _: (
            node["challenge"]["text"],
            node["challenge"]["review"],
            node["challenge"]["responseDue"],
            wording.sentence(node["challenge"]["disposition"]) or "Awaits an answer",
            node["daysLate"],
        ),
        about=item_of,
        none="No challenge is open, and none was answered late.",
    ),
    Finding(
        key="open_queries",
        heading="Queries that await a person",
        how="What could not be decided when the plan was read in, or was asked since.",
        path=("openQueries",),
        columns=(
            Column("question", "Question", weight=5),
            Column("raised_on", "Raised on", DAY, weight=2),
            DAYS,
        ),
        row=lambda node, _: (
            node["query"]["question"],
            node["query"]["raisedOn"],
            node["daysOpen"],
        ),
        about=item_of,
        none="No query is open.",
    ),
)
