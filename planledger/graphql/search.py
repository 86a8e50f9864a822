"""Search: what says the words that somebody looks for."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import strawberry

from planledger.answers import reveal
from planledger.events.values import Personal
from planledger.graphql.common import described
from planledger.graphql.connection import After, Counted, First, cut, unknown_cursor
from planledger.graphql.enums import describe
from planledger.graphql.errors import declined
from planledger.graphql.register import LONGEST_TEXT
from planledger.graphql.scalars import PlanRef, ReviewRef
from planledger.ledger import LedgerAt
from planledger.projections.changes.shapes import Kind
from planledger.projections.passages import Said
from planledger.projections.search import Closeness, Hit, search, words_of
from planledger.projections.view import PlanView

describe(
    Said,
    "What of a thing says a word.",
    {
        "REF": "Its number or short name.",
        "FORMER_REF": "A number it had before.",
        "TEXT": "Its wording, title or name; what a challenge or query asks.",
        "INTRODUCTION": "A paragraph of what stands before a plan's first area.",
        "OTHER_NAME": "Another name of it, or a former one.",
        "LEAD": "The name of who leads it, or another name of theirs.",
        "FORMULA": "How a KPI is worked out.",
        "READING": "A reading of what a query asks: the one that was taken, or the other.",
        "ANSWER": "The answer to a challenge, or how a query was resolved.",
    },
    name="SearchField",
)
describe(
    Closeness,
    "How close something found comes to what was looked for.",
    {
        "NUMBER": "It goes by the very number or short name.",
        "WORDS": "It says every word as a whole word.",
        "PARTS": "Some word is only a part of one that it says.",
    },
    name="SearchCloseness",
)


@strawberry.type(description="A text of a thing that says one of the words looked for, or several.")
class SearchMatch:
    said: Said = strawberry.field(name="field", description="What of the thing it is.")
    text: Personal = described("The text.")


@strawberry.type(description="A thing in a plan that says all words looked for.")
class SearchHit:
    kind: Kind = described("What it is.")
    id: strawberry.ID = strawberry.field(
        name="thingId", description="Its global id at this basis; `node` gives the thing itself."
    )
    plan: PlanRef = described("Ref of its plan.")
    ref: str = described("Its number or short name in the plan.")
    area: str | None = described("Ref of the area it is, stands under or is about, if any.")
    item: str | None = described("Ref of the item it is or is about, if any.")
    review: ReviewRef | None = described("The review it is or was asked at, if any.")
    withdrawn: bool = described("It is no longer in the plan.")
    text: Personal = described("Its wording, title or name; what a challenge or query asks.")
    closeness: Closeness = described("How close it comes.")
    matches: list[SearchMatch] = described("Where the words stand.", about=2)


class _Shown(NamedTuple):
    """A thing found, as it is shown."""

    kind: Kind
    id: str
    plan: str
    ref: str
    area: str | None
    item: str | None
    review: str | None
    withdrawn: bool
    text: Personal
    closeness: Closeness
    matches: Sequence[SearchMatch]


@strawberry.type(
    description="A page of what was found: what goes by the very number first, then what says "
    "every word as a whole one, then the rest; of each, as the plans have them."
)
class SearchConnection(Counted[SearchHit]):
    words: list[str] = described(
        "The words that were looked for, as they were compared: in small letters, without accents "
        "or what stands around a word. Without any, nothing is found.",
        about=5,
    )


def found(
    root: LedgerAt,
    text: Annotated[
        str,
        strawberry.argument(
            description=f"Up to {LONGEST_TEXT} characters: words that must all be said by the "
            "thing itself, in any order. Small letters and capitals are alike, and letters with "
            "and without accents. What has a digit in it is looked for as a whole, and so are "
            "words of one or two letters."
        ),
    ],
    first: First,
    plan: Annotated[
        PlanRef | None,
        strawberry.argument(description="Only in the plan of this ref; left out, in all."),
    ] = None,
    after: After = None,
) -> SearchConnection:
    """Give a page of what says some words."""
    if len(text) > LONGEST_TEXT:
        raise declined(
            "ARGUMENT_OUT_OF_BOUNDS",
            f"text has {len(text):,} characters; give {LONGEST_TEXT} at the most.",
        )
    words = words_of(text)
    what = search(_plans(root, plan), words, reveal)
    ids = {_unmarked(name): place for name, place in what.places.items()}

    def place_after(hits: Sequence[Hit], cursor: str) -> int:
        closeness, _, name = cursor.partition("/")
        if closeness not in _CLOSENESS or name not in ids:
            raise unknown_cursor(cursor)
        last = (_CLOSENESS[closeness].value, ids[name])
        return bisect_right(
            hits, last, key=lambda hit: (hit.closeness.value, what.places[hit.passage.id])
        )

    fields = cut(what.hits, _cursor, first, after, shown=_shown, place_after=place_after)
    return SearchConnection(**fields, words=list(words))


_CLOSENESS = {one.name.lower(): one for one in Closeness}


def _plans(root: LedgerAt, plan: str | None) -> Sequence[PlanView]:
    if plan is None:
        return root.plans()
    there = root.plan(plan)
    if there is None:
        raise declined(
            "UNKNOWN_PLAN",
            f"There is no plan {plan[:80]!r} at this point. Ask for the plans there are.",
        )
    return (there,)


def _cursor(hit: Hit) -> str:
    return f"{hit.closeness.name.lower()}/{_unmarked(hit.passage.id)}"


def _unmarked(name: str) -> str:
    """Give a global id without its basis, which every page has in common."""
    return name.partition("@")[0]


def _shown(hit: Hit) -> _Shown:
    one = hit.passage
    return _Shown(
        kind=one.kind,
        id=one.id,
        plan=one.plan,
        ref=one.ref,
        area=one.area,
        item=one.item,
        review=one.review,
        withdrawn=one.withdrawn,
        text=_personal(one.text),
        closeness=hit.closeness,
        matches=[SearchMatch(said=match.said, text=_personal(match.text)) for match in hit.matches],
    )


def _personal(text: str | Personal) -> Personal:
    return Personal(words=text) if isinstance(text, str) else text
