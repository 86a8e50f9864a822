"""What a page is: what is visited, which document is asked for it, what its template is given."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from planledger.graphql.context import Context
from planledger.reports.desk import Answered, DeclinedError, Desk
from planledger.reports.points import day_of, point_of


class Visit(Struct, frozen=True, kw_only=True):
    """What somebody asks for: the names in a page's path, and what stands behind its "?"."""

    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    """Blank ones are left out."""
    under: str = ""
    """Which part of a plan's pages it belongs to: "changes" …; blank for the plan itself."""

    @property
    def plan(self) -> str:
        """The ref of the plan that the page is about."""
        return self.path["plan"]

    @property
    def carried(self) -> dict[str, str]:
        """The point that is looked at, as it was asked for: it goes on to other pages."""
        return {name: self.query[name] for name in ("known", "on") if name in self.query}

    def again(self, **query: str | None) -> str:
        """Give the address of this very page, with some of its query put otherwise."""
        stated = {key: value for key, value in {**self.query, **query}.items() if value}
        return f"?{urlencode(stated, safe='@:/')}" if stated else "?"

    def items(self) -> Callable[[str], str]:
        """Give how to make the address of an item out of its ref; for pages that name many."""
        at = urlencode(self.carried, safe="@:/")
        before, after = f"/plans/{quote(self.plan, safe='')}/items/", f"?{at}" if at else ""
        return lambda ref: f"{before}{_quoted(ref)}{after}"

    def point(self, name: str = "known") -> dict[str, Any] | None:
        """Give a point of the query as a `LedgerPoint`; None for the ledger as it stands.

        Raises DeclinedError for what is no point.
        """
        return point_of(self.plan, self.query.get(name))

    def day(self, name: str = "on") -> str | None:
        """Give a civil day of the query; None where there is none. Raises DeclinedError."""
        return day_of(self.query.get(name))

    def at(self) -> dict[str, Any]:
        """Give the variables of a page about one plan at one point."""
        return {"plan": self.plan, "knownAt": self.point(), "effectiveOn": self.day()}


@lru_cache(maxsize=16_384)
def _quoted(ref: str) -> str:
    return quote(ref)


class Page(Struct, frozen=True, kw_only=True):
    """A page of the reading room."""

    name: str
    """Its template is `templates/NAME.html`, and its document `page-NAME`."""
    path: str
    """Where it is served, as starlette writes it: "/plans/{plan}"."""
    variables: Callable[[Visit], Mapping[str, Any]]
    """The variables of its document. May raise DeclinedError."""
    shown: Callable[[Answered, Visit], Mapping[str, Any]]
    """What its template is given beside `answered` and `visit`. May raise DeclinedError."""
    under: str = ""
    """The link between a plan's pages that leads here; see `Visit.under`."""
    follows: tuple[str, ...] | None = None
    """Where in the answer a list lies that is shown whole, however long; see `Desk.ask_all`."""

    @property
    def document(self) -> str:
        """The name of its registered document."""
        return f"page-{self.name}"

    def answered(self, desk: Desk, visit: Visit, context: Context) -> Answered:
        """Ask for what is shown. Raises DeclinedError."""
        variables = self.variables(visit)
        if self.follows is None:
            return desk.ask(self.document, variables, context)
        return desk.ask_all(self.document, variables, context, self.follows)


def there(found: Any, what: str) -> Any:  # noqa: ANN401 - an object of the answer
    """Give what was found; raises DeclinedError where it is null, saying `what` is not there."""
    if found is None:
        raise DeclinedError("NOT_THERE", what)
    return found


def plan_in(answered: Answered, visit: Visit) -> Any:  # noqa: ANN401 - as above
    """Give the plan that a page about a point is about; raises DeclinedError if there is none."""
    return there(
        answered.data["ledger"]["plan"],
        f"There is no plan {visit.plan!r} at this point. Look for a later point, or at the list "
        "of plans.",
    )
