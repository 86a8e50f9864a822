"""What happens to evidence. Names are the storage format.

Evidence is a link with a hash; the document itself stays where the council keeps it.
"""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, EvidenceId
from planledger.events.dates import PartialDate
from planledger.events.values import EvidenceKind, Personal


class EvidenceRegistered(Event, frozen=True, kw_only=True, gc=False, tag="evidence-registered.v1"):
    """A piece of evidence was registered. Never child-level data."""

    evidence: EvidenceId
    title: Annotated[Personal, Meta(description="What it is called.")]
    kind: Annotated[EvidenceKind, Meta(description="What it is.")]
    dated: Annotated[PartialDate | None, Meta(description="The date it bears, if any.")]
    uri: Annotated[str, Meta(description="Where it is kept.")]
    sha256: Annotated[
        str | None, Meta(description="SHA-256 of its bytes, 64 hexadecimal digits, if taken.")
    ]
    items: Annotated[tuple[str, ...], Meta(description="Ids of the items it is evidence for.")]


class EvidenceWithdrawn(Event, frozen=True, kw_only=True, gc=False, tag="evidence-withdrawn.v1"):
    """A piece of evidence no longer counts; sign-offs that rest on it are flagged."""

    evidence: EvidenceId
