"""The words of queries: what a person is asked, what was taken, and the other reading.

One function a kind of choice. A clerk reads these, so they quote the document and name the
action by its printed number.
"""

from collections.abc import Sequence

from planledger.documents.date_cells import DateCell
from planledger.documents.markup import shown
from planledger.documents.notes import Notes
from planledger.documents.tables import Row
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)


def said(target: TargetDate) -> str:
    """Say a target date in words."""
    if isinstance(target, OneOff):
        return target.date.label
    if isinstance(target, Recurring):
        often = "month" if target.every_months == 1 else f"{target.every_months} months"
        first = f" from {target.first.label}" if target.first else ", first date unknown"
        return f"every {often}{first}"
    if isinstance(target, ToBeConfirmed):
        return "to be confirmed"
    return "not stated" if isinstance(target, NotStated) else "ongoing"


def quoted(parts: Sequence[str]) -> str:
    """Give texts in quotation marks, joined by "and"."""
    return " and ".join(f"“{shown(part)}”" for part in parts)


# The document.


def titles(notes: Notes, line: int, taken: str, other: str) -> None:
    """Ask for the title, printed in more than one form."""
    notes.query(
        None,
        line,
        "The document prints its title in more than one form. Which is the plan's title?",
        f"“{shown(taken)}”",
        f"“{shown(other)}”",
    )


def no_title(notes: Notes, line: int, taken: str) -> None:
    """Ask for the title, where none stands before the first area."""
    notes.query(
        None,
        line,
        "No title stands before the first area. What is the plan's title?",
        f"The name of the file, “{shown(taken)}”.",
        "Another title.",
    )


def stated_on(notes: Notes, line: int, printed: str, taken: str, instead: str) -> None:
    """Ask for the day of the document, where no line holds just a full date."""
    notes.query(
        None,
        line,
        f"On which day does the document state its plan? It prints “{shown(printed)}”.",
        f"On {taken}.",
        instead,
    )


def unnumbered_area(notes: Notes, key: str, line: int, taken: str) -> None:
    """Ask for the number of an area that has none."""
    notes.query(
        key,
        line,
        "This area has no number. Which number does it have?",
        f"Number {taken}, by its place among the areas.",
        "Another number.",
    )


def no_columns(notes: Notes, key: str, line: int, title: str) -> None:
    """Ask for the columns of a table that does not name them."""
    notes.query(
        key,
        line,
        f"The table of the area “{shown(title, 60)}” has no row of column names. Which are they?",
        "Reference, action, progress milestones, target date, delivery lead.",
        "Another order.",
    )


# Statements.


def list_goes_on(notes: Notes, key: str, line: int) -> None:
    """Ask for what follows a list that ends in "; and"."""
    notes.query(
        key,
        line,
        "The list ends with “and”, but nothing follows. Was an item lost?",
        "The list is complete as printed.",
        "Another item belongs here; add it.",
    )


def nested(notes: Notes, key: str, line: int) -> None:
    """Ask about a deeper bullet under an item that does not announce a list."""
    notes.query(
        key,
        line,
        "This item is indented deeper than the one above it. Is it part of that one?",
        "It is part of the item above it.",
        "It is an item of its own.",
    )


def statement_continues(notes: Notes, key: str, line: int, text: str) -> None:
    """Ask about a line without a bullet that was joined to the one above."""
    notes.query(
        key,
        line,
        f"“{shown(text)}” has no bullet. Does it go on from the text above it?",
        "It goes on from the text above it.",
        "It is an item of its own.",
    )


def unconfirmed(notes: Notes, key: str, line: int, text: str) -> None:
    """Ask about a statement marked "(TBC)"."""
    notes.query(
        key,
        line,
        f"“{shown(text)}” is marked “(TBC)”. Is it confirmed?",
        "It is part of the plan, with its mark, not yet confirmed.",
        "It is not part of the plan until it is confirmed.",
    )


# Rows, milestones and dates.


def row_continues(notes: Notes, key: str, row: Row) -> None:
    """Ask about a row that goes on in another line."""
    rest = shown(" ".join(line.text for line in row.continued))
    notes.query(
        key,
        row.continued[0].number,
        f"“{rest}” stands in a row without a number, below action {row.ref}. Where does it belong?",
        f"It ends the text that breaks off in the row of action {row.ref}.",
        "It is something of its own, or belongs to the row below.",
    )


def no_milestone(notes: Notes, key: str, row: Row) -> None:
    """Ask for the milestone of an action that has none printed."""
    notes.query(
        key,
        row.line,
        f"Action {row.ref} has no milestone printed. What is to be reached?",
        "A milestone is kept whose wording is not yet defined.",
        "The action has no milestone.",
    )


def introduced(notes: Notes, key: str, row: Row, texts: Sequence[str]) -> None:
    """Ask about words before a list of milestones that end in a colon."""
    notes.query(
        key,
        row.line,
        f"The milestones of action {row.ref} begin with words that introduce them. "
        "Do they belong to each?",
        f"They belong to the first: “{shown(texts[0])}”",
        "They belong to each milestone, or the list is one milestone.",
    )


def run_on(notes: Notes, key: str, row: Row, parts: Sequence[str]) -> None:
    """Ask about milestones run together, split since the dates confirm it."""
    notes.query(
        key,
        row.line,
        f"Action {row.ref} prints its milestones without bullets, beside {len(parts)} dates. "
        "Where does one end and the next begin?",
        f"{len(parts)} milestones: {quoted(parts)}.",
        "One milestone with several dates, or a split elsewhere.",
    )


def several_dates(notes: Notes, key: str, row: Row, printed: str, taken: TargetDate) -> None:
    """Ask which of several dates a single milestone has."""
    notes.query(
        key,
        row.line,
        f"Action {row.ref} has one milestone, but its date says “{shown(printed)}”. "
        "When is it due?",
        f"It is {said(taken)}." if isinstance(taken, ToBeConfirmed) else f"In {said(taken)}.",
        "At another of the dates printed, or it is several milestones.",
    )


def no_date(notes: Notes, key: str, row: Row) -> None:
    """Ask for the date of an action that has none printed."""
    notes.query(
        key,
        row.line,
        f"Action {row.ref} has no target date printed, not even “TBC”. Is there one?",
        "No date is stated.",
        "The date is to be confirmed, or was lost; set it.",
    )


def unread_date(notes: Notes, key: str, row: Row, cell: DateCell) -> None:
    """Ask what a target date means that could not be read."""
    notes.query(
        key,
        row.line,
        f"What does the target date “{shown(cell.printed)}” of action {row.ref} mean?",
        "Only the dates in it were read." if cell.dates else "No date is stated.",
        "Set the date that is meant.",
    )


def shared_date(notes: Notes, key: str, row: Row, count: int, target: TargetDate) -> None:
    """Ask whether one date holds for several milestones."""
    printed = shown(target.as_printed)
    notes.query(
        key,
        row.line,
        f"Action {row.ref} has {count} milestones but only one date, “{printed}”. "
        "Does it hold for all of them?",
        f"It holds for all {count}: each is {_due(target)}.",
        "It holds only for the last; no date is stated for the others.",
    )


def missing_dates(notes: Notes, key: str, row: Row, count: int, dates: int) -> None:
    """Ask which milestones the dates belong to, where there are too few."""
    notes.query(
        key,
        row.line,
        f"Action {row.ref} has {count} milestones but only {dates} dates. "
        "Which milestone has which date?",
        f"The first {dates} milestones have the dates in their order; "
        f"{'none is' if count - dates > 1 else 'no date is'} stated for the rest.",
        "The dates belong to other milestones, or one of them holds for the rest too.",
    )


def too_many_dates(notes: Notes, key: str, row: Row, count: int, dates: int) -> None:
    """Ask which milestones the dates belong to, where there are too many."""
    notes.query(
        key,
        row.line,
        f"Action {row.ref} has {dates} dates for {count} milestones. Which milestone has which?",
        f"The first {count} dates belong to the milestones in their order; the rest is left out.",
        "Another pairing, or a milestone was lost.",
    )


def deferred(notes: Notes, key: str, row: Row, target: ToBeConfirmed, doubt: str) -> None:
    """Ask whether a body is to decide the dates."""
    when = f" by {target.decide_by.label}" if target.decide_by else ""
    guess = f" ({doubt})" if doubt else ""
    notes.query(
        key,
        row.line,
        f"What does the target date of action {row.ref} promise: “{shown(target.as_printed)}”?",
        f"{target.decider} is to decide the date of each milestone{when}{guess}; "
        "until then each is to be confirmed.",
        f"A milestone is due in {target.decide_by.label}, or another year or body is meant."
        if target.decide_by
        else "Another body is meant.",
    )


def assumed_date(notes: Notes, key: str, row: Row, target: TargetDate, doubt: str) -> None:
    """Ask about a date that was read with an assumption."""
    notes.query(
        key,
        row.line,
        f"The target date “{shown(target.as_printed)}” of action {row.ref} is not plain: {doubt}. "
        "When is it due?",
        f"It is read as {said(target)}.",
        "Another date; set it.",
    )


def recurring_activity(notes: Notes, key: str, row: Row, text: str, taken: Recurring) -> None:
    """Ask about a milestone that names something done again and again."""
    notes.query(
        key,
        row.line,
        f"The milestone “{shown(text)}” of action {row.ref} names something done again and again, "
        f"and its date says “{shown(taken.as_printed)}”. When is it due?",
        f"It is due {said(taken)}.",
        "It is due once, on a date to be set.",
    )


def _due(target: TargetDate) -> str:
    said_so = said(target)
    return said_so if isinstance(target, ToBeConfirmed) else f"due {said_so}"
