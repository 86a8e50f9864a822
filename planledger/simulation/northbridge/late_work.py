"""What is in hand, on hold or not begun, as its leads report it: forecasts move no target date."""

from collections.abc import Iterator
from typing import NamedTuple

from planledger.domain.commands import ReportProgress
from planledger.events.values import Progress
from planledger.simulation.acts import Act, act
from planledger.simulation.northbridge.accounts import LEAD

NOT_STARTED, IN_PROGRESS = Progress.NOT_STARTED, Progress.IN_PROGRESS
ON_HOLD = Progress.ON_HOLD


class Report(NamedTuple):
    """What a lead said of a milestone on a day."""

    day: str
    milestone: str
    state: Progress
    narrative: str
    forecast: str | None = None


REPORTS = (
    Report("2024-02-06", "1.3/1", IN_PROGRESS, "The advertisement is written."),
    Report("2024-03-13", "3.2/1", IN_PROGRESS, "The police named two people."),
    Report("2024-03-26", "1.4/1", IN_PROGRESS, "Consulting on the first draft.", "2024-05"),
    Report("2024-05-08", "3.2/2", IN_PROGRESS, "First draft with the police.", "2024-07"),
    Report("2024-06-12", "3.3/2", NOT_STARTED, "The trust has no post for it yet."),
    Report("2024-07-10", "5.1/2", IN_PROGRESS, "Out for comment.", "2024-09"),
    Report("2024-08-07", "3.2/2", ON_HOLD, "The police ask which area the form is to cover."),
    Report("2024-09-04", "1.3/3", IN_PROGRESS, "Four of ten posts filled.", "2025-03"),
    Report("2024-10-09", "6.5/1", IN_PROGRESS,
           "Drafted; the association's board decides.", "2024-12"),
    Report("2024-11-06", "3.3/2", ON_HOLD, "The trust reviews all its posts in the county."),
    Report("2024-11-27", "5.2/3", IN_PROGRESS,
           "Providers were asked what they can offer.", "2025-02"),
    Report("2024-12-11", "6.5/2", IN_PROGRESS, "Three homes let; eight needed.", "2025-06"),
    Report("2025-01-15", "1.3/3", IN_PROGRESS, "Seven of ten posts filled.", "2025-05"),
    Report("2025-02-12", "3.2/3", ON_HOLD, "Waits for the form (3.2/2)."),
    Report("2025-03-26", "5.2/3", ON_HOLD, "No budget before the autumn."),
    Report("2025-05-07", "5.4/3", IN_PROGRESS, "Test system in place.", "2025-09"),
    Report("2025-06-11", "1.3/4", IN_PROGRESS,
           "One post in six is held by agency staff.", "2025-12"),
    Report("2025-06-25", "5.1/4", IN_PROGRESS, "Six of ten approved.", "2025-09"),
    Report("2025-08-20", "6.7/2", IN_PROGRESS, "Two care leavers still in hotels.", "2025-12"),
    Report("2025-09-10", "3.6/1", IN_PROGRESS, "Drafted by the council.", "2025-12"),
    Report("2025-09-24", "5.4/3", ON_HOLD, "The supplier was changed."),
    Report("2025-10-08", "2.5/3", IN_PROGRESS, "Managers were asked what changed.", "2025-11"),
    Report("2025-10-15", "5.2/3", IN_PROGRESS, "Funded; two providers chosen.", "2025-12"),
    Report("2025-11-12", "1.3/4", IN_PROGRESS, "One post in eight.", "2026-03"),
    Report("2025-12-03", "3.6/1", ON_HOLD, "Police and trust have not signed."),
    Report("2025-12-10", "6.7/2", IN_PROGRESS, "One care leaver in a hotel.", "2026-03"),
    Report("2026-01-07", "5.2/3", IN_PROGRESS,
           "Contract with the first provider signed.", "2026-04"),
)  # fmt: skip


def acts() -> Iterator[Act]:
    """Tell what has not been delivered."""
    for report in REPORTS:
        yield act(
            report.day, LEAD, ReportProgress, milestone=report.milestone, state=report.state,
            narrative=report.narrative, forecast=report.forecast,
        )  # fmt: skip
