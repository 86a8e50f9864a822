"""What is recorded of pointers within a plan. Names are the storage format."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event
from planledger.events.values import Confidence, ReferenceKind


class CrossReferenceRecorded(
    Event, frozen=True, kw_only=True, gc=False, tag="cross-reference-recorded.v1"
):
    """An item points at another; the printed pointer and what it means are kept apart."""

    reference: Annotated[str, Meta(description="Id of the reference.")]
    item: Annotated[str, Meta(description="Id of the item that points.")]
    kind: Annotated[ReferenceKind, Meta(description="Mention, or dependence.")]
    as_printed: Annotated[str, Meta(description='The pointer as printed: "2.1".')]
    printed_target: Annotated[
        str | None, Meta(description="Id of the item the pointer names as numbered, if any.")
    ]
    resolved_target: Annotated[
        str | None, Meta(description="Id of the item it is taken to mean, if known.")
    ]
    confidence: Annotated[Confidence, Meta(description="How sure that reading is.")]
