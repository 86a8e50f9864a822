"""What happens to the record itself: it was wrong, or it never happened.

Names are the storage format.

The world changed is one thing, the record was wrong another; these are the second and no report
ever counts the two together. The entry that was wrong stays readable for ever.
"""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event
from planledger.events.world import WorldEvent


class EntryCorrected(Event, frozen=True, kw_only=True, gc=False, tag="entry-corrected.v1"):
    """An entry was wrong. This one stands in its place, from its own effective day on.

    It takes the corrected entry's place in the order of its day; of several corrections of one
    entry the last one stands (design page 3.2).
    """

    entry: Annotated[int, Meta(description="Position of the entry that was wrong.")]
    event: Annotated[WorldEvent, Meta(description="What the entry should have said, whole.")]


class EntryVoided(Event, frozen=True, kw_only=True, gc=False, tag="entry-voided.v1"):
    """What an entry says never happened. A correction or a void can itself be voided."""

    entry: Annotated[int, Meta(description="Position of the entry that is void.")]


RecordEvent = EntryCorrected | EntryVoided
