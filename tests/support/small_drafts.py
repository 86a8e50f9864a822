"""A plan document of next to nothing, read."""

from datetime import date

from planledger.domain.draft import Draft, DraftAction, DraftArea

SMALLEST = Draft(
    title="Northbridge improvement plan",
    stated_on=date(2025, 1, 6),
    sha256="ab" * 32,
    filename="plan.txt",
    reader="text/1",
    areas=(
        DraftArea(
            line=1, as_printed="AREA 1: Help", key="1", number="1", ordinal=1, title="Help",
            statements=(),
            actions=(
                DraftAction(
                    line=2, as_printed="1.1 Begin", key="1.1", ref="1.1", text="Begin",
                    placeholder=False, milestones=(), leads=(),
                ),
            ),
        ),
    ),
    parties=(),
    references=(),
    queries=(),
)  # fmt: skip
