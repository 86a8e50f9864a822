"""Who records what at Northbridge, and the bodies whose decisions they cite. All fictional."""

from planledger.events.values import Authority
from planledger.simulation.acts import decided_by

OFFICE, LEAD, DIRECTOR = "programme-office", "delivery-lead", "director"
ANALYST, CLERK, AUDIT = "analyst", "democratic-services", "internal-audit"

ACCOUNTS = {
    OFFICE: "Alex Marsh, programme office",
    LEAD: "Ines Okoro, service manager",
    DIRECTOR: "Ruth Calloway, Director of Children's Services",
    ANALYST: "Mina Torres, performance analyst",
    CLERK: "Owen Fairbrother, democratic services",
    AUDIT: "Grace Ellery, internal audit",
}

BOARD, SCRUTINY = "improvement-board", "scrutiny-panel"


def board(meeting: str, minute: str) -> Authority:
    """Give the authority of a meeting of the Improvement Board."""
    return decided_by(BOARD, meeting, minute)
