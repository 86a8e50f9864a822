"""Who leads: names in a cell, and what kind of party each is."""

import pytest

from planledger.documents.leads import LeadCell, known_people, read_lead_cell
from planledger.documents.party_words import kind_of
from planledger.events.values import PartyKind
from tests.documents.plans import leads, milestones, parties, queries, read, row, small_plan

KNOWN = known_people(["Amina Rook", "Tom O'Dell and Priya Dell", "Roads Board"])


def _cell(printed: str, *, milestones: int = 1, dates: int = 1) -> LeadCell:
    return read_lead_cell(printed, milestones=milestones, dates=dates, known=KNOWN)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Amina Rook", PartyKind.PERSON),
        ("Anne-Marie O’Dell", PartyKind.PERSON),
        ("Jo van der Berg", PartyKind.PERSON),
        ("Cllr Rook", PartyKind.PERSON),
        ("Dr A. Rook", PartyKind.PERSON),
        ("Roads Manager", PartyKind.POST),
        ("Head of Roads and Bridges", PartyKind.POST),
        ("Chair of the Roads Board", PartyKind.POST),
        ("Chief Executive", PartyKind.POST),
        ("Lead Officer KESTREL", PartyKind.POST),
        ("Team Leader", PartyKind.POST),
        ("Roads Board", PartyKind.BODY),
        ("Departmental Management Team", PartyKind.BODY),
        ("Executive", PartyKind.BODY),
        ("Partner Agency Leads", PartyKind.COLLECTIVE),
        ("Heads of Service", PartyKind.COLLECTIVE),
        ("All partners", PartyKind.COLLECTIVE),
        ("Northbridge Hospital NHS Trust", PartyKind.ORGANISATION),
        ("Public Health", PartyKind.ORGANISATION),
        ("CCG", PartyKind.ORGANISATION),
        ("Kestrel", None),
        ("amina rook", None),
        ("", None),
    ],
)
def test_the_words_of_a_name_tell_its_kind(name: str, kind: PartyKind | None) -> None:
    """People are protected data and posts are not: the kinds must not be mixed up."""
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Amina Rook", ["Amina Rook"]),
        ("Amina Rook and Bo Ray", ["Amina Rook", "Bo Ray"]),
        ("Amina Rook, Bo Ray & Tom O'Dell", ["Amina Rook", "Bo Ray", "Tom O'Dell"]),
        ("Amina Rook / Bo Ray", ["Amina Rook", "Bo Ray"]),
        ("Amina Rook; Roads Manager", ["Amina Rook", "Roads Manager"]),
        ("<p>Amina Rook</p><p>Roads Manager</p>", ["Amina Rook", "Roads Manager"]),
        ("Head of Roads and Bridges", ["Head of Roads and Bridges"]),
        ("Health and Wellbeing Board", ["Health and Wellbeing Board"]),
        ("Amina Rook and Head of Bridges", ["Amina Rook", "Head of Bridges"]),
        ("Amina Rook, Head of Roads", ["Amina Rook"]),
        ("Head of Roads (Amina Rook)", ["Amina Rook"]),
        ("Roads Manager Amina Rook", ["Amina Rook"]),
        ("HR/Finance Manager", ["HR/Finance Manager"]),
    ],
)
def test_names_are_told_apart_by_what_separates_them(printed: str, names: list[str]) -> None:
    """An "and" within a post's title joins no two leads."""
    assert [lead.name for lead in _cell(printed).leads] == names


@pytest.mark.parametrize(
    "printed", ["", "TBC", "tbc", "Vacant", "(vacant)", "N/A", "-", "To be appointed"]
)
def test_a_vacant_lead_is_nobody(printed: str) -> None:
    """No lead yet is a state to report; a party called "TBC" would hide it."""
    assert _cell(printed).leads == ()


@pytest.mark.parametrize(
    ("printed", "awaited"),
    [
        ("TBC", True), ("t.b.c.", True), ("(tbc)", True), ("To be appointed", True),
        ("<p>TBC</p><p>TBC</p>", True), ("", False), ("-", False), ("Vacant", False),
        ("N/A", False), ("Amina Rook", False), ("<p>Amina Rook</p><p>TBC</p>", False),
    ],
)  # fmt: skip
def test_a_lead_to_be_confirmed_is_told_from_a_vacancy(printed: str, awaited: bool) -> None:  # noqa: FBT001
    """A document that promises a name says more than one that has none."""
    assert _cell(printed).to_be_confirmed is awaited


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Chair of RSB Partner Leads", ["Chair of RSB", "Partner Leads"]),
        ("Roads Manager Amina Rook", ["Roads Manager", "Amina Rook"]),
        ("Roads Manager Zed Unknown", ["Roads Manager", "Zed Unknown"]),
        ("Amina Rook Tom O'Dell", ["Amina Rook", "Tom O'Dell"]),
        ("Roads Manager Team Leader", ["Roads Manager", "Team Leader"]),
    ],
)
def test_names_run_together_are_split_only_where_milestones_and_dates_confirm_it(
    printed: str, names: list[str]
) -> None:
    """Two milestones, two dates and two names: a line break was lost. One of each: it was not."""
    cell = _cell(printed, milestones=2, dates=2)
    assert [lead.name for lead in cell.leads] == names
    assert cell.paired
    assert not _cell(printed, milestones=2, dates=1).paired
    assert len(_cell(printed, milestones=1, dates=1).leads) == 1


def test_one_name_beside_two_milestones_is_one_lead() -> None:
    """Most actions have one lead for all they promise; nothing is chosen, nothing asked."""
    plan = small_plan(
        row("1.1", "Mend", "▪ A agreed; ▪ B built", "May 2024 June 2024", "Amina Rook"),
        row("1.2", "Light", "▪ C agreed; ▪ D built", "May 2024 June 2024", "Roads Board"),
    )
    draft = read(plan).draft
    assert leads(draft, "1.1") == ["Amina Rook"]
    assert leads(draft, "1.2") == ["Roads Board"]
    assert draft.queries == ()


def test_leads_on_lines_of_their_own_go_with_the_milestones() -> None:
    """A list of leads beside a list of milestones is paired as dates are, and asked about."""
    plan = small_plan(
        row(
            "1.1",
            "Mend",
            "▪ A agreed; ▪ B built",
            "May 2024 June 2024",
            "<p>Amina Rook</p><p>Bo Ray</p>",
        )
    )
    draft = read(plan).draft
    by_name = parties(draft)
    assert [each.leads for each in milestones(draft).values()] == [
        (by_name["Amina Rook"].key,),
        (by_name["Bo Ray"].key,),
    ]
    assert len(queries(draft, "1.1")) == 1


def test_names_that_differ_in_capitals_or_marks_are_one_party() -> None:
    """The same officer must not be two, each with half the actions."""
    plan = small_plan(
        row("1.1", "Mend", "Mended", "May 2024", "Tom O'Dell"),
        row("1.2", "Light", "Lit", "May 2024", "Tom O’Dell"),
        row("1.3", "Sweep", "Swept", "May 2024", "Roads manager"),
        row("1.4", "Grit", "Gritted", "May 2024", "Roads Manager"),
    )
    draft = read(plan).draft
    assert [(party.name, party.aliases) for party in draft.parties] == [
        ("Tom O'Dell", ("Tom O’Dell",)),
        ("Roads manager", ("Roads Manager",)),
    ]
    assert draft.queries == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("RSB Programme Manager", "RSB Delivery Programme Manager", True),
        ("RSB Delivery Programme Manager", "RSB Programme Manager", True),
        ("Team Manager", "Bridges Team Manager", False),
        ("Roads Manager", "Roads Support Manager", False),
        ("RSB Roads Programme Manager", "RSB Bridges Programme Manager", False),
    ],
)
def test_titles_are_one_post_only_if_one_has_a_word_more_in_the_middle(
    one: str, other: str, *, same: bool
) -> None:
    """Merging two posts hides one; it is done only for a near miss, and always asked about."""
    plan = small_plan(
        row("1.1", "Mend", "Mended", "May 2024", one),
        row("1.2", "Light", "Lit", "May 2024", other),
    )
    draft = read(plan).draft
    assert len(draft.parties) == (1 if same else 2)
    assert len(draft.queries) == (1 if same else 0)
