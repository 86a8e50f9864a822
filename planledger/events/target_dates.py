"""A target date: what the plan says of when a milestone is due.

Uncertainty is the norm in these plans, so a target date is one of five kinds and always keeps
the text as printed (design page 1). Class and field names are the storage format.
"""

from msgspec import Struct

from planledger.events.dates import PartialDate


class _Target(
    Struct, frozen=True, kw_only=True, gc=False, tag_field="kind", forbid_unknown_fields=True
):
    """What every kind has: the text as printed in the source, "" where nothing was printed."""

    as_printed: str


class NotStated(_Target, frozen=True, kw_only=True, gc=False, tag="not-stated"):
    """The source gives no date, not even "TBC"."""


class ToBeConfirmed(_Target, frozen=True, kw_only=True, gc=False, tag="to-be-confirmed"):
    """A date is promised but not set, perhaps with a body that is to decide it by some time."""

    decide_by: PartialDate | None
    decider: str | None


class OneOff(_Target, frozen=True, kw_only=True, gc=False, tag="one-off"):
    """Due once, by the last day of a partial date."""

    date: PartialDate


class Recurring(_Target, frozen=True, kw_only=True, gc=False, tag="recurring"):
    """Due again and again, every so many months, from a first date that may not be known yet."""

    first: PartialDate | None
    every_months: int
    until: PartialDate | None

    def __post_init__(self) -> None:
        if not 1 <= self.every_months <= 120:  # noqa: PLR2004
            raise ValueError(
                f"A recurrence is every 1 to 120 months, not every {self.every_months}."
            )


class Ongoing(_Target, frozen=True, kw_only=True, gc=False, tag="ongoing"):
    """To be kept up without an end; nothing falls due."""


Dated = OneOff | Ongoing
TargetDate = NotStated | ToBeConfirmed | OneOff | Recurring | Ongoing
