"""What happens to a plan as a whole. Names are the storage format; see `events.base`."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event


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
