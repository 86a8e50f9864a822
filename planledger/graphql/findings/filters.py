"""What findings are narrowed by."""

from collections.abc import Callable
from datetime import date

import strawberry
from graphql import GraphQLError

from planledger.events.values import ItemKind, ReasonCode
from planledger.graphql.errors import declined
from planledger.projections import findings as found

Ids = frozenset[str] | None
"""Global ids of the items asked for; None for any."""


@strawberry.input(description="Which findings about items; every field given must hold.")
class ItemFindingFilter:
    area: str | None = strawberry.field(
        default=None, description="Ref, number or id of an area: what is about it or under it."
    )
    item: str | None = strawberry.field(
        default=None,
        description="Ref or id of an item: what is about it or anything under it. Where several "
        "items bore the ref one after the other, all of them are meant.",
    )


@strawberry.input(description="Which findings about milestones; every field given must hold.")
class MilestoneFindingFilter(ItemFindingFilter):
    lead: str | None = strawberry.field(
        default=None,
        description="Id of a party that leads it on the effective day, itself or by its action.",
    )


@strawberry.input(description="Which stretches; every field given must hold.")
class TbcAgeFilter(MilestoneFindingFilter):
    min_days: int | None = strawberry.field(
        default=None, description="Of at least so many days, from 0."
    )
    ended: bool | None = strawberry.field(
        default=None, description="It has ended, or the date is still to be confirmed."
    )


@strawberry.input(description="Which first dates; every field given must hold.")
class FirstSettingFilter(MilestoneFindingFilter):
    since: date | None = strawberry.field(
        default=None, description="It took effect on this civil day or later."
    )
    until: date | None = strawberry.field(
        default=None, description="It took effect on this civil day or earlier."
    )


@strawberry.input(description="Which moves of dates; every field given must hold.")
class DateMoveFilter(FirstSettingFilter):
    after_it_passed: bool | None = strawberry.field(
        default=None, description="The date before had passed when it moved, or had not."
    )
    before_review: bool | None = strawberry.field(
        default=None,
        description="It moved in the last five working days before a review's cut-off, or did not.",
    )
    without_authority: bool | None = strawberry.field(
        default=None, description="Its entry states no authority, or states one."
    )
    set_again: bool | None = strawberry.field(
        default=None, description="By way of having no date in between, or straight."
    )
    reason_codes: list[ReasonCode] | None = strawberry.field(
        default=None, description="Any of these kinds of reason."
    )


@strawberry.input(description="Which stretches; every field given must hold.")
class LeadIntervalFilter(ItemFindingFilter):
    kinds: list[ItemKind] | None = strawberry.field(
        default=None, description="Of items of any of these kinds: actions, milestones."
    )
    party: str | None = strawberry.field(default=None, description="Id of a party that led then.")
    vacant: bool | None = strawberry.field(
        default=None, description="Nobody led then, or somebody did."
    )
    on: date | None = strawberry.field(
        default=None, description="A civil day of the stretch, up to the effective day."
    )


@strawberry.input(description="Which claims; every field given must hold.")
class ClaimFilter(MilestoneFindingFilter):
    since: date | None = strawberry.field(
        default=None, description="Reported on this civil day or later."
    )
    until: date | None = strawberry.field(
        default=None, description="Reported on this civil day or earlier."
    )
    without_evidence: bool | None = strawberry.field(
        default=None, description="There is no evidence of any kind, or there is."
    )
    evidence_dated_after: bool | None = strawberry.field(
        default=None, description="Some evidence is dated after what rests on it, or none is."
    )
    evidence_withdrawn: bool | None = strawberry.field(
        default=None, description="Some evidence no longer counts, or all of it does."
    )
    waived: bool | None = strawberry.field(
        default=None, description="Signed off with a waiver, or not."
    )
    stands: bool | None = strawberry.field(
        default=None, description="Neither refused nor taken back, or one of them."
    )


@strawberry.input(description="Which late entries; every field given must hold.")
class LateEntryFilter(ItemFindingFilter):
    min_days: int | None = strawberry.field(
        default=None, description="At least so many days late, from 1."
    )
    since: date | None = strawberry.field(
        default=None, description="Recorded on this civil day or later."
    )
    until: date | None = strawberry.field(
        default=None, description="Recorded on this civil day or earlier."
    )


@strawberry.input(description="Which corrections and voids; every field given must hold.")
class AmendmentFilter(ItemFindingFilter):
    kind: found.AmendmentKind | None = strawberry.field(default=None, description="What was done.")
    reported: bool | None = strawberry.field(
        default=None, description="A closed review had reported the entry before, or none had."
    )
    since: date | None = strawberry.field(
        default=None, description="Recorded on this civil day or later."
    )
    until: date | None = strawberry.field(
        default=None, description="Recorded on this civil day or earlier."
    )


@strawberry.input(description="Which challenges; every field given must hold.")
class ChallengeFilter(ItemFindingFilter):
    open: bool | None = strawberry.field(
        default=None, description="Nobody has answered it, or somebody has, though late."
    )
    late: bool | None = strawberry.field(
        default=None, description="It was not answered by the day an answer was due, or was."
    )


@strawberry.input(description="Which trails of ratings; every field given must hold.")
class RatingTrailFilter(ItemFindingFilter):
    kinds: list[ItemKind] | None = strawberry.field(
        default=None, description="Of items of any of these kinds."
    )
    forum: str | None = strawberry.field(
        default=None, description="Short name of the forum that judged."
    )
    changed: bool | None = strawberry.field(
        default=None, description="It judged otherwise at some review than before, or never did."
    )


def asked(root: found.Findings, wanted: ItemFindingFilter | None) -> Ids:
    """Give the items that a filter asks for. Raises GraphQLError for one that there is not."""
    if wanted is None:
        return None
    sets = []
    for name, area in ((wanted.area, True), (wanted.item, False)):
        if name is not None:
            sets.append(root.places.under(name, area=area))
            if not sets[-1]:
                raise _unknown("area" if area else "item", name)
    lead = wanted.lead if isinstance(wanted, MilestoneFindingFilter) else None
    if lead is not None:
        check_party(root, lead)
        sets.append(root.places.led_by(lead))
    return frozenset.intersection(*sets) if sets else None


def check_party(root: found.Findings, party: str) -> None:
    """Refuse what is no party's id."""
    if not root.places.has_party(party):
        raise _unknown("party", party)


def check_forum(root: found.Findings, forum: str) -> None:
    """Refuse what is no forum's short name."""
    if not root.places.has_forum(forum):
        raise _unknown("forum", forum)


def about(ids: Ids, item: found.NamedItem | None) -> bool:
    """Say whether something about an item is among what is asked for."""
    return ids is None or (item is not None and item.id in ids)


def between(since: date | None, until: date | None) -> Callable[[date], bool]:
    """Give what tells whether a day is one of those asked for. Raises GraphQLError for none."""
    if since and until and since > until:
        raise declined(
            "ARGUMENT_OUT_OF_BOUNDS", f"since, {since}, is after until, {until}. Swap the two."
        )
    return lambda on: (since is None or since <= on) and (until is None or on <= until)


def at_least(least: int, argument: str, given: int) -> int:
    """Give a number, refused where it is less than can have been meant."""
    if given >= least:
        return given
    raise declined("ARGUMENT_OUT_OF_BOUNDS", f"{argument} is {given}; give {least} or more.")


def _unknown(noun: str, name: str) -> GraphQLError:
    # Nothing found would look like good news where somebody mistyped.
    return declined(
        "UNKNOWN_ITEM",
        f"There is no {noun} {name[:80]!r} in the plan at this point. Ask the plan what there is.",
    )
