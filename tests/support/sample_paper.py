"""A paper made by hand, with something of everything that papers hold."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from planledger.graphql.trusted import TrustedDocument
from planledger.reports.desk import Answered
from planledger.reports.papers.paper import Column, Holds, Paper, Section, Table, Value

TEXT = 'query Sample($plan: PlanRef!) {\n  plan(ref: $plan) {\n    title # "as printed"\n  }\n}\n'
DOCUMENT = TrustedDocument(
    id=sha256(TEXT.encode()).hexdigest(), name="paper-sample", operations=("Sample",), text=TEXT
)
VARIABLES = {"plan": "elsewhere", "from": {"review": "elsewhere/q2"}, "to": {"position": "788"}}
COLUMNS = (
    Column("item", "Item", Holds.REF),
    Column("said", "What it says", weight=3),
    Column("due", "Target date", Holds.DAY),
    Column("slip", "Days later", Holds.NUMBER),
    Column("why", "Why", weight=2),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    (
        "1.4/2",
        "Recruit 12 social workers.",
        "2015-03-31",
        92,
        "The panel asked for it.\nSo it was.",
    ),
    ("2.3", "Publish the report", "2015-03", None, None),
    ("a-long-ref-2024/17", "Hold two  spaces", "2015-35", Decimal("-12.50"), "محمد علي and שלום"),
)


def table(rows: Sequence[tuple[Value, ...]] = ROWS, key: str = "items", **more: bool) -> Table:
    """Give a table of the columns above."""
    return Table(
        key=key,
        title=f"All {key}",
        columns=COLUMNS,
        rows=tuple(rows),
        empty=f"There is nothing among {key}.",
        **more,
    )


def sample(
    rows: Sequence[tuple[Value, ...]] = ROWS,
    title: str = "What changed between Q2 and Q3",
    plan_title: str = "A Plan for Elsewhere",
) -> Paper:
    """Give a paper: one page that says all that matters, then these rows, and a table of none."""
    summary = Section(
        heading="In short",
        sentences=("Three things changed.", "One slipped,\nby 92 days."),
        tables=(table([], "challenges"),),
    )
    area = Section(heading="Area 1: Leadership", tables=(table(rows, again=True),))
    return Paper(
        kind="changes",
        title=title,
        plan="elsewhere",
        plan_title=plan_title,
        read_from=("From: the review q2, entry 640", "To: entry 788, recorded 22 October 2024"),
        made_on="2024-10-22",
        sections=(summary, Section(heading="By area", sections=(area,))),
        answered=Answered(document=DOCUMENT, variables=VARIABLES, data={}, final=True),
        sheet=table(rows, "changes"),
    )
