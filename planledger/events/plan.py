"""What happens to a plan as a whole. Names are the storage format; see `events.base`."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, VersionId
from planledger.events.values import Personal, VersionKind


class PlanDrafted(Event, frozen=True, kw_only=True, gc=False, tag="plan-drafted.v1"):
    """A plan came to be, as a draft. The first entry of every plan."""

    title: Annotated[str, Meta(description="The plan's title as printed.")]


class DocumentImported(Event, frozen=True, kw_only=True, gc=False, tag="document-imported.v1"):
    """A plan document was read into the plan. Its content follows as entries of its own."""

    sha256: Annotated[str, Meta(description="SHA-256 of the document, 64 hexadecimal digits.")]
    filename: Annotated[str, Meta(description="The file's name, without its folder.")]
    reader: Annotated[str, Meta(description="Name and version of the reader, such as text/1.")]
    areas: Annotated[int, Meta(description="How many areas were read.")]
    statements: Annotated[int, Meta(description="How many statements were read.")]
    actions: Annotated[int, Meta(description="How many actions were read.")]
    milestones: Annotated[int, Meta(description="How many milestone slots were read.")]
    queries: Annotated[int, Meta(description="How many queries were left for a person.")]
    introduction: Annotated[
        tuple[Personal, ...],
        Meta(
            description="What stands before the first area, a text a paragraph; none where nothing "
            "does, or where it was imported before introductions were read."
        ),
    ] = ()


class PlanVersionIssued(Event, frozen=True, kw_only=True, gc=False, tag="plan-version-issued.v1"):
    """The plan as it stood was given out as a version; its position says how it stood."""

    version: VersionId
    label: Annotated[str, Meta(description='What people call it: "Version 1.0".')]
    kind: Annotated[VersionKind, Meta(description="What it was issued as.")]


class PlanApproved(Event, frozen=True, kw_only=True, gc=False, tag="plan-approved.v1"):
    """A body approved a version. Several bodies may."""

    version: VersionId
    body: Annotated[str, Meta(description="The body that approved it.")]


class PlanSubmitted(Event, frozen=True, kw_only=True, gc=False, tag="plan-submitted.v1"):
    """A version was sent to those it is owed to."""

    version: VersionId
    recipients: Annotated[tuple[Personal, ...], Meta(description="Whom it was sent to.")]
    method: Annotated[str, Meta(description="How it was sent.")]


class PlanBaselined(Event, frozen=True, kw_only=True, gc=False, tag="plan-baselined.v1"):
    """The plan as it stood became what later slippage is also measured against."""

    baseline: Annotated[str, Meta(description="The baseline's short name.")]
    label: Annotated[str, Meta(description="What people call it.")]


class PlanClosed(Event, frozen=True, kw_only=True, gc=False, tag="plan-closed.v1"):
    """The plan came to its end. Only the record can be put right from then on."""

    outcome: Annotated[Personal, Meta(description="How it ended, in words.")]
    successor: Annotated[str | None, Meta(description="Ref of the plan that follows it, if any.")]
