"""Evidence as it is shown."""

from datetime import date

from planledger.events.dates import PartialDate
from planledger.events.values import EvidenceKind, Personal
from planledger.projections.view.base import View


class EvidenceView(View, frozen=True, kw_only=True, gc=False):
    """A link to what shows that something was done; one withdrawn since is still shown."""

    id: str
    evidence: str
    """What commands call it."""
    title: Personal
    kind: EvidenceKind
    dated: PartialDate | None
    """The date it bears, if any."""
    uri: str
    sha256: str | None
    items: tuple[str, ...]
    """Refs of the items it was registered for."""
    on: date
    """The day from which it was registered."""
    withdrawn_on: date | None
