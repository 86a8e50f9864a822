"""What happens to the items a plan is made of. Names are the storage format."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import ActionId, AreaId, Event, ItemId, ReplacedBy, StatementId
from planledger.events.values import StatementKind


class AreaAdded(Event, frozen=True, kw_only=True, gc=False, tag="area-added.v1"):
    """An area for improvement was added."""

    area: AreaId
    number: Annotated[str, Meta(description='Its number as printed: "I", "2".')]
    ordinal: Annotated[int, Meta(description="Its place among the areas, from 1.")]
    title: Annotated[str, Meta(description="Its title as printed.")]


class StatementAdded(Event, frozen=True, kw_only=True, gc=False, tag="statement-added.v1"):
    """An objective, an outcome or a measure was added under an area."""

    statement: StatementId
    area: AreaId
    parent: Annotated[str | None, Meta(description="Id of the statement it is nested in, if any.")]
    kind: Annotated[StatementKind, Meta(description="Objective, outcome or measure.")]
    ordinal: Annotated[int, Meta(description="Its place among its siblings, from 1.")]
    text: Annotated[str, Meta(description="Its wording as printed.")]


class ActionAdded(Event, frozen=True, kw_only=True, gc=False, tag="action-added.v1"):
    """An action was added under an area."""

    action: ActionId
    area: AreaId
    ref: Annotated[str, Meta(description='Its reference as printed: "1.4".')]
    text: Annotated[str, Meta(description="Its wording.")]
    placeholder: Annotated[bool, Meta(description="Whether it promises what is not yet defined.")]
    lead_to_be_confirmed: Annotated[
        str | None,
        Meta(
            description='What is printed in place of a lead that is still to be confirmed: "TBC". '
            "None where somebody is named, or nobody is awaited."
        ),
    ] = None


class ItemRenumbered(Event, frozen=True, kw_only=True, gc=False, tag="item-renumbered.v1"):
    """An action got another reference, or an area another number; it stays the same item."""

    item: ItemId
    from_ref: Annotated[str, Meta(description="The reference until then.")]
    to_ref: Annotated[str, Meta(description="The reference from then on.")]


class WordingChanged(Event, frozen=True, kw_only=True, gc=False, tag="wording-changed.v1"):
    """An item's wording was changed."""

    item: ItemId
    from_text: Annotated[str, Meta(description="The wording until then.")]
    to_text: Annotated[str, Meta(description="The wording from then on.")]
    material: Annotated[bool, Meta(description="Whether what is promised changed with the words.")]


class PlaceholderResolved(
    Event, frozen=True, kw_only=True, gc=False, tag="placeholder-resolved.v1"
):
    """What a placeholder action promised to define has been defined, or dropped."""

    action: ActionId
    replaced_by: ReplacedBy


class ItemWithdrawn(Event, frozen=True, kw_only=True, gc=False, tag="item-withdrawn.v1"):
    """An item was taken out of the plan. It stays visible at every earlier point."""

    item: ItemId
    replaced_by: ReplacedBy
