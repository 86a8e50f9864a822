"""What the stored register says of a milestone: its columns, in plain values.

Names here are what other tools ask for: add, never rename. Another meaning, or another rule of the
fold, is another version of the register; see `schema`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, get_args, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import astuple

BETWEEN_LEADS = "; "


class Item(Struct, frozen=True, kw_only=True, gc=False):
    """Which milestone it is, and where it stands."""

    plan: Annotated[str, Meta(description="The plan's ref.")]
    plan_title: Annotated[str, Meta(description="Its title.")]
    area: Annotated[str, Meta(description="The area's ref.")]
    area_number: Annotated[str, Meta(description='Its number as printed, such as "II".')]
    area_title: Annotated[str, Meta(description="Its title.")]
    action: Annotated[str, Meta(description='The action\'s ref, such as "1.4".')]
    action_text: Annotated[str, Meta(description="Its wording.")]
    milestone: Annotated[str, Meta(description="The milestone's id, the same for ever.")]
    ref: Annotated[str, Meta(description='Its ref, such as "1.4/2".')]
    sort_key: Annotated[
        str, Meta(description='Sorts a plan\'s milestones as people count: "1.10" after "1.9".')
    ]
    text: Annotated[
        str, Meta(description='Its wording, with its action\'s where it only says "TBC".')
    ]
    definition: Annotated[str, Meta(description="stated, undefined or cross-reference.")]
    added_on: Annotated[date, Meta(description="The day it was proposed.")]
    agreed_on: Annotated[date | None, Meta(description="The day it was agreed, if it was.")]
    withdrawn: Annotated[
        bool, Meta(description="Whether it, its action or its area was taken out of the plan.")
    ]
    withdrawn_on: Annotated[date | None, Meta(description="The day that was done.")]


class Target(Struct, frozen=True, kw_only=True, gc=False):
    """When it is to be reached, and what it takes to tell whether it is in time."""

    target_kind: Annotated[
        str, Meta(description="one-off, recurring, ongoing, to-be-confirmed or not-stated.")
    ]
    target_date: Annotated[str, Meta(description="The target date in words.")]
    target_as_printed: Annotated[str, Meta(description="As its source prints it.")]
    target_earliest: Annotated[
        date | None, Meta(description="Its first day; of a recurring one, that of its first time.")
    ]
    target_latest: Annotated[
        date | None, Meta(description="Its last day; of a recurring one, that of its end.")
    ]
    original_latest: Annotated[
        date | None, Meta(description="The last day of the first date that was ever set.")
    ]
    slipped: Annotated[
        int | None, Meta(description="How much later it is now than that; below 0, earlier.")
    ]
    slipped_unit: Annotated[
        str | None, Meta(description="What that is counted in: days or months.")
    ]
    due_by: Annotated[
        date | None,
        Meta(
            description="The last day on which it is in time; of a recurring one, in time for the "
            "first time not claimed yet. None without a date, and for what is withdrawn."
        ),
    ]
    due_month: Annotated[date | None, Meta(description="The first day of that month.")]
    overdue_from: Annotated[date | None, Meta(description="The day after due_by.")]
    done: Annotated[
        str | None,
        Meta(description="done on time or done late, where claims stand for all that was due."),
    ]


class Progress(Struct, frozen=True, kw_only=True, gc=False):
    """Who leads it, and how far it has come."""

    leads: Annotated[
        str, Meta(description=f'The names of its leads with "{BETWEEN_LEADS}" between; "": vacant.')
    ]
    leads_inherited: Annotated[bool, Meta(description="Whether they are those of its action.")]
    delivery: Annotated[
        str,
        Meta(
            description="not-started, in-progress, on-hold, reported-complete, signed-off or "
            "assured."
        ),
    ]
    progress_on: Annotated[date | None, Meta(description="The day of the last report of progress.")]
    forecast: Annotated[
        str | None, Meta(description="When it was last expected to be done, in words.")
    ]
    forecast_latest: Annotated[date | None, Meta(description="The last day of that.")]
    reported_on: Annotated[
        date | None, Meta(description="The day of the last claim that stands that it is reached.")
    ]
    achieved: Annotated[
        str | None, Meta(description="When that claim says it was reached, in words.")
    ]
    achieved_latest: Annotated[date | None, Meta(description="The last day of that.")]
    signed_off_on: Annotated[
        date | None, Meta(description="The day that claim was last signed off, if it was.")
    ]
    rating: Annotated[
        str | None, Meta(description="blue, green, amber or red: what the last review judged.")
    ]
    rated_at: Annotated[str | None, Meta(description="That review, as plan/review.")]


class Lead(Struct, frozen=True, gc=False):
    """One of those who lead a milestone."""

    party: Annotated[str, Meta(description="Id of the party, the same for ever in its plan.")]
    name: Annotated[str, Meta(description="Its name.")]
    kind: Annotated[str, Meta(description="person, post, body, organisation or collective.")]


class Row(Struct, frozen=True, gc=False):
    """All that is said of a milestone; the fields of its parts are columns of one table."""

    item: Item
    target: Target
    progress: Progress
    led_by: tuple[Lead, ...]
    """A table of its own, in their order."""

    def values(self) -> tuple[Any, ...]:
        """Give the values of the columns, in the order of COLUMNS."""
        return (*astuple(self.item), *astuple(self.target), *astuple(self.progress))


class Column(Struct, frozen=True):
    """One column of a table."""

    name: str
    type: type
    """str, int, bool or date."""
    nullable: bool
    description: str


def columns_of(of: type[Struct]) -> tuple[Column, ...]:
    """Give the columns that a struct's fields are."""
    return tuple(_column(*field) for field in get_type_hints(of, include_extras=True).items())


def _column(name: str, annotated: Any) -> Column:  # noqa: ANN401 - whatever stands behind a field
    hint, meta = get_args(annotated)
    kinds = [kind for kind in get_args(hint) or (hint,) if kind is not type(None)]
    (kind,) = kinds
    return Column(name, kind, kind is not hint, meta.description)


COLUMNS = tuple(column for part in (Item, Target, Progress) for column in columns_of(part))


def row_from(values: Iterable[Any], led_by: Iterable[Lead]) -> Row:
    """Read a row back from the values of its columns."""
    rest = iter(values)
    return Row(
        Item(**_taken(Item, rest)),
        Target(**_taken(Target, rest)),
        Progress(**_taken(Progress, rest)),
        tuple(led_by),
    )


def _taken(part: type[Struct], rest: Iterator[Any]) -> Mapping[str, Any]:
    return {name: next(rest) for name in part.__struct_fields__}
