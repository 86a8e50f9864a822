"""Templates are filled in: everything that is put into one is escaped, whoever wrote it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from planledger.reports import wording
from planledger.reports.desk import Answered
from planledger.reports.pages.page import Page, Visit
from planledger.reports.wording import words

HERE: Final = Path(__file__).parent
ASSETS: Final = HERE / "assets"
"""What pages are shown with: a stylesheet, and the little script they can do without."""


class _Environment(Environment):
    """Reads `plan.title` of an answer as what it holds, before any method that a dict has."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as jinja2 has it
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Rendering:
    """Makes the HTML of pages; safe to use from many threads."""

    def __init__(self, *, records: bool) -> None:
        """Make pages of a service that `records` what people fill in, or that only shows."""
        self._templates = _Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters.update(_FILTERS)
        self._templates.globals.update(link=link, asset=asset, wording=wording, records=records)

    def page(self, page: Page, answered: Answered, visit: Visit) -> str:
        """Give the HTML of a page. Raises DeclinedError where what it is about is not there."""
        shown = page.shown(answered, visit)
        return self.template(
            page.name, {"answered": answered, "visit": visit, "page": page, **shown}
        )

    def template(self, name: str, given: Mapping[str, Any]) -> str:
        """Give the HTML of a template."""
        return self._templates.get_template(f"{name}.html").render(given)


def link(parts: Sequence[str], **query: str | None) -> str:
    """Give an address in the reading room: `link(["plans", "x"], on="2015-03-31")`.

    Names are escaped, "/" within one stays, and what of the query is None or blank is left out.
    """
    path = "/".join(quote(part, safe="/") for part in parts)
    stated = urlencode({key: value for key, value in query.items() if value}, safe="@:/")
    return f"/{path}?{stated}" if stated else f"/{path}"


def asset(name: str) -> str:
    """Give the address of an asset, which says which bytes it has, so that it may be kept."""
    return f"/assets/{_version(name)}/{name}"


@lru_cache
def _version(name: str) -> str:
    return sha256((ASSETS / name).read_bytes()).hexdigest()[:12]


def is_isolated(text: str) -> Markup:
    """Wrap a text that people wrote, so that marks of direction in it end where it ends."""
    return Markup(f"<bdi>{escape(text)}</bdi>")  # noqa: S704 - the text is escaped


@lru_cache(maxsize=1_024)
def _slug(name: str) -> str:
    """Give a name of an enum as stylesheets have it: "DONE_LATE" is "done-late"."""
    return name.lower().replace("_", "-")


_FILTERS = {
    "words": words,
    "sentence": wording.sentence,
    "slug": _slug,
    "day": wording.day,
    "moment": wording.moment,
    "civil": wording.civil,
    "authority": wording.authority,
    "bdi": is_isolated,
}
