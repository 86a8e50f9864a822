"""Who leads, and who led: people come and go, posts and partners stay."""

from collections.abc import Iterator

from planledger.domain.commands import (
    AliasParty,
    AssignLead,
    ReassignLead,
    RegisterParty,
    RenameParty,
)
from planledger.events.values import PartyKind
from planledger.simulation.acts import Act, act, party
from planledger.simulation.northbridge.accounts import CLERK, DIRECTOR, LEAD, OFFICE, board

MARTA, TOM, DELIA, INES = "Marta Lindqvist", "Tom Achterberg", "Delia Frost", "Ines Okoro"
HANNAH, YUSUF, ROSA, LEON = "Hannah Brightwell", "Yusuf Demir", "Rosa Whitfield", "Leon Baptiste"
PRIYA, SAMUEL = "Priya Nowak", "Samuel Adeyinka"
WORKFORCE, COMMISSIONING = "Head of Workforce", "Head of Commissioning"
DIGITAL = "Digital Services Manager"
PARTNERSHIP, POLICE = "Northbridge Safeguarding Partnership", "Harbourshire Police"
HEALTH, HOUSING = "Vale Health Trust", "Northbridge Housing Association"
TEAM = "Children's Management Team"


def acts() -> Iterator[Act]:
    """Tell who leads."""
    yield from _parties()
    yield from _newly_led()
    yield from _audit_lead_leaves()
    yield from _care_leavers_lead_leaves()
    yield from _digital_post_is_empty()


def _parties() -> Iterator[Act]:
    for day, name in (("2024-09-16", TOM), ("2025-03-03", YUSUF)):
        yield act(day, OFFICE, RegisterParty, kind=PartyKind.PERSON, name=name)
    yield act("2024-02-06", OFFICE, RegisterParty, kind=PartyKind.BODY, name="Family Help Board")
    yield act("2024-03-05", OFFICE, AliasParty, party=party(HEALTH), alias="The Vale Trust")
    yield act(
        "2024-09-02", CLERK, RenameParty, party=party(TEAM), name="Children's Leadership Team",
        reason="The team took its new name with the new structure.",
    )  # fmt: skip


def _newly_led() -> Iterator[Act]:
    yield act("2024-04-09", OFFICE, AssignLead, item="3.2/2", party=party(ROSA))
    yield act(
        "2024-04-09", OFFICE, AssignLead, item="3.2/2", party=party(POLICE), jointly=True,
        reason="The form is written by both.",
    )  # fmt: skip
    yield act(
        "2024-05-21", DIRECTOR, AssignLead, item="5.2", party=party(COMMISSIONING), jointly=True
    )
    yield act("2024-06-18", DIRECTOR, AssignLead, item="5.5", party=party(COMMISSIONING))
    yield act(
        "2024-09-17", DIRECTOR, AssignLead, item="1.5", party=party(WORKFORCE),
        authority=board("2024-09-17", "8"),
    )  # fmt: skip
    yield act("2024-11-26", OFFICE, AssignLead, item="1.6", party=party(WORKFORCE))
    yield act("2024-11-26", OFFICE, AssignLead, item="1.7", party=party(PRIYA))
    yield act("2025-01-22", OFFICE, AssignLead, item="4.6", party=party(INES))
    yield act("2025-05-20", DIRECTOR, AssignLead, item="3.6", party=party(HEALTH))
    yield act("2025-05-20", DIRECTOR, AssignLead, item="3.6", party=party(POLICE), jointly=True)


def _audit_lead_leaves() -> Iterator[Act]:
    """Leave action 2.3 vacant for nine weeks, then have two lead it one after the other."""
    yield act(
        "2024-07-12", OFFICE, ReassignLead, item="2.3", from_parties=(party(MARTA),),
        to_parties=(), reason="Marta Lindqvist left the council. Nobody has been named yet.",
    )  # fmt: skip
    yield act(
        "2024-07-12", OFFICE, ReassignLead, item="2.4", from_parties=(party(MARTA),),
        to_parties=(party(INES),), reason="Marta Lindqvist left the council.",
    )  # fmt: skip
    yield act(
        "2024-09-17", DIRECTOR, ReassignLead, item="2.3", from_parties=(),
        to_parties=(party(TOM),), reason="Tom Achterberg joined the council.",
        authority=board("2024-09-17", "4"),
    )  # fmt: skip
    yield act(
        "2025-01-21", DIRECTOR, ReassignLead, item="2.3", from_parties=(party(TOM),),
        to_parties=(party(DELIA),), reason="Audit moves to the quality assurance service.",
        authority=board("2025-01-21", "6"),
    )  # fmt: skip


def _digital_post_is_empty() -> Iterator[Act]:
    """Leave action 5.4 vacant at the end."""
    yield act(
        "2026-01-12", OFFICE, ReassignLead, item="5.4", from_parties=(party(DIGITAL),),
        to_parties=(), reason="The post is empty, and the council is not recruiting before April.",
    )  # fmt: skip


def _care_leavers_lead_leaves() -> Iterator[Act]:
    """Pass four actions to Yusuf Demir, one of them keyed in five weeks late."""
    for item in ("6.1", "6.2", "6.4"):
        yield act(
            "2025-03-04", DIRECTOR, ReassignLead, item=item, from_parties=(party(HANNAH),),
            to_parties=(party(YUSUF),), reason="Hannah Brightwell moves to another service.",
            effective_on="2025-03-03",
        )  # fmt: skip
    yield act(
        "2025-04-08", LEAD, ReassignLead, item="6.3", from_parties=(party(HANNAH),),
        to_parties=(party(YUSUF),), reason="Forgotten when the other three were handed over.",
        effective_on="2025-03-03",
    )  # fmt: skip
