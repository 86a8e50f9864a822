"""The words of queries about who leads, what pointers mean, and promises that conflict."""

from collections.abc import Sequence

from planledger.documents.leads import Lead
from planledger.documents.markup import shown
from planledger.documents.notes import Notes
from planledger.documents.queries import quoted, said
from planledger.documents.subjects import Subject
from planledger.documents.tables import Row
from planledger.domain.draft import DraftArea, DraftMilestone

# Parties.


def leads_in_order(notes: Notes, key: str, row: Row, names: Sequence[str]) -> None:
    """Ask who leads which milestone, where leads were paired with them."""
    notes.query(
        key,
        row.line,
        f"The lead of action {row.ref} is printed as “{shown(row.lead)}”, beside {len(names)} "
        "milestones. Who leads which?",
        f"{quoted(names)}, each leading the milestone in the same place.",
        "They lead all milestones together, or it is one name.",
    )


def joint_leads(notes: Notes, key: str, row: Row, names: Sequence[str]) -> None:
    """Ask how many lead, where names were told apart that could be one."""
    notes.query(
        key,
        row.line,
        f"The lead of action {row.ref} is printed as “{shown(row.lead)}”. How many lead it?",
        f"{len(names)} lead it together: {quoted(names)}.",
        "It is one name.",
    )


def named_with_post(notes: Notes, key: str, line: int, lead: Lead) -> None:
    """Ask who leads, where a person is named with a post."""
    notes.query(
        key,
        line,
        f"“{shown(lead.full)}” names a person and a post. Who leads?",
        f"{shown(lead.name)} leads, under that post.",
        "They are two leads, or whoever holds the post leads.",
    )


def alias(notes: Notes, key: str, line: int, name: str, other: str) -> None:
    """Ask whether two titles mean one post."""
    notes.query(
        key,
        line,
        f"Are “{shown(name)}” and “{shown(other)}” the same post?",
        f"They are one post; “{shown(other)}” is kept as another name of it.",
        "They are two posts.",
    )


def unknown_kind(notes: Notes, key: str, line: int, name: str) -> None:
    """Ask what a name names, where its words do not say."""
    notes.query(
        key,
        line,
        f"Is “{name}” a person, a post, a body or an organisation? Its words do not say.",
        "An organisation.",
        "A person, a post, a body, or several names run together.",
    )


# Pointers and conflicts.


def number_pointer(  # noqa: PLR0913
    notes: Notes, item: str, line: int, ref: str, *, printed: Subject | None, taken: Subject
) -> None:
    """Ask which action a number means that does not fit its words."""
    as_numbered = (
        f"Action {ref} as numbered: “{shown(printed.action.text, 80)}”"
        if printed
        else f"There is no action {ref}."
    )
    notes.query(
        item,
        line,
        f"The pointer “{ref}” does not fit the words before it. Which action is meant?",
        f"Action {taken.action.ref}: “{shown(taken.action.text, 80)}”",
        as_numbered,
    )


def area_pointer(  # noqa: PLR0913
    notes: Notes, item: str, line: int, pointer: str, *, printed: DraftArea | None, taken: DraftArea
) -> None:
    """Ask which area a number means, read as other pointers show."""
    notes.query(
        item,
        line,
        f"Other pointers of this document name their area by an older number. "
        f"Which area does “{pointer}” mean?",
        f"Area {taken.number}: “{shown(taken.title, 80)}”",
        f"Area {printed.number} as numbered: “{shown(printed.title, 80)}”"
        if printed
        else "There is no area of that number.",
    )


def the_above(notes: Notes, item: str, line: int, pointer: str, refs: Sequence[str]) -> None:
    """Ask which actions "the above" means, where several stand above."""
    notes.query(
        item,
        line,
        f"Which actions does “{pointer}” mean?",
        f"All those above it in its area: {', '.join(refs)}.",
        f"Only the last one, {refs[-1]}.",
    )


def as_above(notes: Notes, item: str, line: int, pointer: str, ref: str) -> None:
    """Ask which milestones "As above" means."""
    notes.query(
        item,
        line,
        f"Which milestones does “{shown(pointer)}” mean?",
        f"Those of action {ref}, the row above.",
        "Those of another action.",
    )


def no_target(notes: Notes, item: str, line: int, pointer: str) -> None:
    """Ask what a pointer means that points at nothing there is."""
    notes.query(
        item,
        line,
        f"What does “{shown(pointer)}” point at? Nothing in the document has that number or place.",
        "The pointer is kept without a target.",
        "Record what it means.",
    )


def conflict(
    notes: Notes, one: tuple[str, DraftMilestone], other: tuple[str, DraftMilestone]
) -> None:
    """Ask whether two milestones promise the same for different dates."""
    (ref, milestone), (other_ref, another) = one, other
    notes.query(
        milestone.key,
        milestone.line,
        f"Action {ref} promises “{shown(milestone.text)}” ({said(milestone.target_date)}), and "
        f"action {other_ref} “{shown(another.text)}” ({said(another.target_date)}). "
        "Is that one promise with two dates?",
        "They are kept as two milestones, each with the date printed beside it.",
        "They are one promise; settle its date.",
    )
