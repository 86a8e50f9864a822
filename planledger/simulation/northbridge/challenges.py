"""What the forums asked and recommended at their reviews, and what they were answered."""

from typing import NamedTuple

from planledger.events.values import Disposition

ACCEPTED, PARTLY = Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED
DECLINED = Disposition.DECLINED


class Challenge(NamedTuple):
    """A question or recommendation; without `answered` it waits for its answer."""

    item: str | None
    text: str
    due: str | None = None
    answered: str | None = None
    disposition: Disposition | None = None
    answer: str | None = None


CHALLENGES = {
    "board-2024-q1": (
        Challenge("1.4", "Why did the structure slip before the board had seen it?", "2024-05-21",
                  "2024-05-17", ACCEPTED, "Two managers are missing. Such moves now come to the "
                  "board first."),
    ),
    "scrutiny-2024-q1": (
        Challenge("3.2", "Ask the police to name one person who answers for the form.",
                  "2024-06-30", "2024-06-20", PARTLY, "They named a deputy, from July."),
        Challenge(None, "How many actions are still undefined, and by when will they not be?",
                  "2024-06-30", "2024-06-27", ACCEPTED, "Three: 1.5, 4.5 and 5.5. Two of them by "
                  "the end of the year."),
    ),
    "board-2024-q2": (
        Challenge("2.3", "Name a lead for 2.3.", "2024-09-17", "2024-09-17", ACCEPTED,
                  "Tom Achterberg leads it from today."),
    ),
    "scrutiny-2024-q2": (
        Challenge("4.2", "Show the panel a plan in the new template.", "2024-11-14",
                  "2024-10-30", ACCEPTED, "Two are in the members' room, without names."),
    ),
    "board-2024-q3": (
        Challenge("2.1/3", "All nine teams are to be audited, not two.", "2024-12-17",
                  "2024-12-11", ACCEPTED, "Done; the report is with the board."),
        Challenge("5.4", "What does the upgrade cost over its life?", "2024-11-19",
                  "2024-11-19", ACCEPTED, "The whole cost was tabled."),
    ),
    "scrutiny-2024-q3": (
        Challenge("6.5", "Publish how many care leavers are in hotels.", "2025-01-31",
                  "2025-02-17", PARTLY, "Yearly. A quarter's number is too small to be published."),
    ),
    "board-2024-q4": (
        Challenge("3.5", "Re-referrals fall more slowly than promised. Is the response in use?",
                  "2025-02-18", "2025-02-17", ACCEPTED, "It is agreed, and not yet in use "
                  "everywhere."),
    ),
    "scrutiny-2024-q4": (
        Challenge("3", "Which figure for re-referrals was the inspectors' visit shown?",
                  "2025-03-31", "2025-03-27", ACCEPTED, "The provisional one. It was revised "
                  "upwards on 5 March."),
    ),
    "board-2025-q1": (
        Challenge("5.2/3", "The board cannot accept a second year without wrap-around support.",
                  "2025-09-16", "2025-09-15", PARTLY, "Funded from October."),
    ),
    "scrutiny-2025-q1": (
        Challenge("3.3", "Why was 3.3 not withdrawn earlier?", "2025-06-30", "2025-06-26",
                  DECLINED, "The trust had promised an answer each quarter."),
    ),
    "board-2025-q2": (
        Challenge("2.3/2", "What did the board accept in March 2025?", "2025-09-16",
                  "2025-09-12", ACCEPTED, "Statements, not checks. Sign-offs now need a check."),
    ),
    "scrutiny-2025-q2": (
        Challenge("6.7", "Ask the housing association to attend.", "2025-11-13", "2025-11-06",
                  ACCEPTED, "Its director comes to the next meeting."),
    ),
    "board-2025-q3": (
        Challenge("3.6", "When do police and trust sign?", "2025-11-18", "2025-11-17", PARTLY,
                  "The police in January; the trust gives no date."),
    ),
    "scrutiny-2025-q3": (
        Challenge("4.6", "Ask the same forty families again in a year.", "2026-01-31"),
    ),
    "board-2025-q4": (
        Challenge("1.3/4", "Bring a plan for the last five agency posts.", "2026-02-17"),
    ),
    "scrutiny-2025-q4": (
        Challenge("5.1", "Tell the panel what a year's delay costs children.", "2026-03-31"),
    ),
}  # fmt: skip
