"""What a report is: what is wanted, which document is asked for it, what paper comes of it.

The same point gives the same paper. So "now" is first made a position and a day, and with these the
document is asked: whoever has the paper has them too, and can have it made again.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from planledger.graphql.context import Context
from planledger.reports.desk import Answered, Data, DeclinedError, Desk
from planledger.reports.papers.paper import Paper
from planledger.reports.points import day_of, point_of, short_name
from planledger.reports.settled import Settled
from planledger.reports.wording import listed

_POINTS: Final = "paper-points"
_MANY: Final = 8
"""How many reviews an error names."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What somebody wants a paper of, in the words of a command or of an address."""

    plan: str
    stated: Mapping[str, str] = {}
    """By name, of those that the report takes: "from", "to", "at", "on", "review"."""


class Report(Struct, frozen=True, kw_only=True):
    """A kind of paper. Its document is `paper-KIND`."""

    kind: str
    about: str
    """What it tells, for people who choose one."""
    takes: tuple[str, ...]
    """The words that it goes by, the first of which may be needed; see `Wanted`."""
    needs: str | None = None
    """The word that it cannot do without."""
    variables: Callable[[Settled], Mapping[str, Any]]
    paper: Callable[[Answered], Paper]
    """May raise DeclinedError, where what it is about is not there."""
    follows: Mapping[str, Sequence[str]] = {}
    """Lists that are followed to their ends; see `Desk.ask_lists`."""

    @property
    def document(self) -> str:
        """The name of its document."""
        return f"paper-{self.kind}"

    def wanted(self, plan: str, words: Mapping[str, str | None]) -> Wanted:
        """Give what is wanted of a plan. Raises DeclinedError for words that it does not take."""
        stated = {name: text.strip() for name, text in words.items() if text and text.strip()}
        for name in stated:
            if name not in self.takes:
                raise DeclinedError(
                    "NOT_TAKEN",
                    f"The report {self.kind!r} does not go by {name!r}. Leave it out; it goes by "
                    f"{listed(self.takes)}.",
                )
        return Wanted(plan=plan, stated=stated)

    def written(self, desk: Desk, context: Context, wanted: Wanted) -> Paper:
        """Ask for what is wanted, and write the paper. Raises DeclinedError."""
        settled = self._settled(desk, context, wanted)
        variables = self.variables(settled)
        return self.paper(desk.ask_lists(self.document, variables, context, self.follows))

    def _settled(self, desk: Desk, context: Context, wanted: Wanted) -> Settled:
        stated, plan = wanted.stated, wanted.plan
        on = day_of(stated.get("on"))
        start = point_of(plan, stated.get("from") or stated.get("review"))
        end = point_of(plan, stated.get("to") or stated.get("at"))
        asked = {"plan": plan, "start": start, "end": end, "on": on}
        found = desk.ask(_POINTS, asked, context).data
        if self.needs is not None and start is None:
            raise _missing(self.needs, plan, found["end"]["plan"])
        if "review" in self.takes and not _is_of(found["start"]["basis"]["review"], plan):
            raise DeclinedError(
                "POINT_UNREADABLE", f"{stated['review'][:80]!r} is no review of {plan}."
            )
        return Settled(plan=plan, start=found["start"]["basis"], end=found["end"]["basis"], on=on)


def _is_of(review: Data | None, plan: str) -> bool:
    return review is not None and review["ref"].partition("/")[0] == plan


def _missing(word: str, plan: str, found: Data | None) -> DeclinedError:
    """Say what is to be named, and what there is."""
    reviews = [short_name(one["ref"]) for one in (found or {}).get("reviews", ())]
    there = f"its reviews are {listed(reviews[-_MANY:])}" if reviews else "it has no closed review"
    if word == "review":
        return DeclinedError("REVIEW_MISSING", f"Say of which review of {plan}: {there}.")
    return DeclinedError(
        "POINT_MISSING",
        f"Say from which point of {plan} ({word!r}): a review, a day (2015-03-31) or an entry "
        f"(@123); {there}.",
    )
