"""Cross-references as they are shown."""

from planledger.events.values import Confidence, ReferenceKind
from planledger.projections.view.base import View


class ReferenceView(View, frozen=True, kw_only=True, gc=False):
    """A pointer, as printed and as read; targets are refs."""

    id: str
    item: str
    kind: ReferenceKind
    as_printed: str
    printed_target: str | None
    resolved_target: str | None
    confidence: Confidence
