"""The pages of a form: as it is filled in, and as it is looked at before it is recorded."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from planledger.answers import plain
from planledger.domain.plan import Plan
from planledger.ledger import Preview
from planledger.projections.changes.shapes import Track
from planledger.recording.act import Act, Kind, Problem, Texts, Values
from planledger.recording.saying import as_read
from planledger.recording.second_look import second_look
from planledger.reports import figures
from planledger.reports.desk import DeclinedError, Desk
from planledger.reports.pages import record as pages
from planledger.reports.pages.page import Visit
from planledger.reports.pages.rendering import Rendering, link
from planledger.server.http.answering import Answering
from planledger.server.requests import Asked, asked_of
from planledger.server.room.fields import Lists, prefilled, shown
from planledger.server.room.forms import TOKEN, with_token
from planledger.server.room.showing import page

STEP: Final = "_step"
COMMAND: Final = "_command"
POSITION: Final = "_position"
HIDDEN: Final = frozenset({TOKEN, STEP, COMMAND, POSITION})
"""What a form holds that nobody fills in."""

_GONE_BACK_TO: Final = {"Cache-Control": "private, no-cache"}
"""Who goes back from what was recorded sees what they had sent, and no warning of the browser's."""

_LISTS = {
    "parties": {"PARTY", "PARTIES"},
    "kpis": {"KPI"},
    "reviews": {"REVIEW", "RATING_KEY"},
    "challenges": {"CHALLENGE"},
    "queries": {"QUERY"},
}
"""Which lists the document of a form is asked for, by the kinds of field that need them."""

_LOOKED_UP = {Kind.MILESTONE, Kind.ITEM, Kind.KPI, Kind.CHALLENGE, Kind.QUERY}
"""What a form shows more of, once it is said which one is meant."""


class Filled(Struct, frozen=True, kw_only=True):
    """A form as somebody filled it in."""

    request: Request
    visit: Visit
    act: Act
    texts: Texts
    token: str
    command_id: str
    position: int | None
    """The plan's last entry, as the preview showed it."""

    @property
    def asked(self) -> Asked:
        """The request, as log and metrics know it."""
        return asked_of(self.request)


class FormPages:
    """Makes them. To be used in a thread: the store is asked."""

    def __init__(self, answering: Answering, desk: Desk, rendering: Rendering) -> None:
        """Make pages of what `desk` is answered."""
        self._answering = answering
        self._desk = desk
        self._rendering = rendering

    def form(
        self,
        filled: Filled,
        problems: Sequence[Problem] = (),
        *,
        status: int = 200,
        notice: str | None = None,
    ) -> Response:
        """Show the form with all that was filled in, and what is wrong with it.

        Where nothing is wrong, what is blank and follows from the thing it is about is filled in.
        """
        lists, answered = self._lists(filled)
        texts = filled.texts if problems or notice else prefilled(filled.act, filled.texts, lists)
        given = {
            **answered,
            "notice": notice,
            "fields": shown(filled.act, texts, lists, problems),
            "problems": problems,
            "now": lists.get("item"),
            "sought": _item_of(filled),
            "kpi": _measured(_chosen(lists.get("kpis"), texts.get("kpi"))),
            "challenge": _chosen(lists.get("challenges"), texts.get("challenge")),
            "query": _chosen(lists.get("queries"), texts.get("query")),
            "looks": any(field.kind in _LOOKED_UP for field in filled.act.fields),
            "plan_title": lists.get("title", filled.visit.plan),
        }
        return self._page("record-act", filled, given, status)

    def preview(
        self,
        filled: Filled,
        plan: Plan,
        values: Values,
        outcome: Preview,
        notice: str | None = None,
    ) -> Response:
        """Show in words what would be recorded, with all that was filled in beside it, unseen.

        With a notice it is shown in place of having been recorded.
        """
        on = max(envelope.effective_on for envelope in outcome.envelopes)
        changes = list(zip(outcome.changes, plain(outcome.said()), strict=True))
        given = {
            "notice": notice,
            "since": _changes_since(filled),
            "changes": changes,
            "hidden": any(
                "(suppressed)" in line
                for change, said in changes
                if change.track is Track.READINGS
                for line in (*said["before"], *said["after"])
            ),
            "read": [
                (field.label, plain(said)) for field, said in as_read(filled.act, values, plan)
            ],
            "effective_on": on.isoformat(),
            "is_today": on == self._answering.ledger.today,
            "seen_on": outcome.on.isoformat(),
            "warnings": second_look(outcome, plan, self._answering.ledger.today),
            # What is recorded is what was looked at, also where midnight lies between.
            "sent": list({**filled.texts, "effective_on": on.isoformat()}.items()),
            "position": outcome.position,
            "plan_title": plan.title,
        }
        return self._page("record-preview", filled, given, 409 if notice else 200)

    def _page(self, name: str, filled: Filled, given: Mapping[str, Any], status: int) -> Response:
        common = {
            "visit": filled.visit,
            "act": filled.act,
            "author": plain(self._answering.author.name),
            "token": filled.token,
            "command_id": filled.command_id,
        }
        html = self._rendering.template(name, {**common, **given})
        return with_token(page(html, status, _GONE_BACK_TO), filled.request, filled.token)

    def _lists(self, filled: Filled) -> tuple[Lists, Mapping[str, Any]]:
        """Ask what there is to choose from; where the store cannot be had, there is nothing."""
        kinds = {field.kind.name for field in filled.act.fields}
        wanted = {name: bool(kinds & needs) for name, needs in _LISTS.items()}
        visit = replace(filled.visit, query={"item": _item_of(filled)})
        context = self._answering.context(filled.asked)
        try:
            answered = self._desk.ask(
                pages.FORM.document, {**pages.FORM.variables(visit), **wanted}, context
            )
        except DeclinedError as declined:
            # Who only opens a form has nothing to lose, and is told so; see `Recording._taken`.
            if declined.code != "STORE_UNAVAILABLE" or filled.request.method != "POST":
                raise
            return {}, {}
        filled.asked.document = answered.document.id
        lists: Lists = pages.FORM.shown(answered, visit)["plan"]
        return lists, {"answered": answered}


def _changes_since(filled: Filled) -> str | None:
    """Give the address of what changed in the plan since it was looked at."""
    if not filled.position:
        return None
    return link(["plans", filled.visit.plan, "changes"], **{"from": f"@{filled.position}"})


def _item_of(filled: Filled) -> str:
    """Give the ref of what the form is about, where it is about an item."""
    return (filled.texts.get("milestone") or filled.texts.get("item") or "").strip()[:100]


def _chosen(things: Sequence[Any] | None, name: str | None) -> Any:  # noqa: ANN401 - of the answer
    """Give the thing of a list that was chosen, if one was."""
    return next((thing for thing in things or () if thing["ref"] == name), None)


def _measured(kpi: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give a KPI with each of its figures in words."""
    if kpi is None:
        return None
    units = figures.units(kpi["definitions"])
    said = [
        {**one, "said": figures.in_full(latest["public"], units[latest["definitionVersion"]])}
        for one in kpi["readings"]
        for latest in (one["latest"],)
    ]
    return {**kpi, "readings": said}
