"""The pages by which people record: a form, a look at what it would change, and then once.

    form -> preview: what was filled in is read, decided, and shown in words; nothing is recorded
         -> record: the same is submitted, under the id that the form was given out with, and only
            where nobody recorded anything in the plan since the preview
         -> the page of what was recorded

The service remembers nothing between these: all that was filled in goes along in the form. Whoever
presses twice, comes back by the browser's history or loads the page again sends the same id, and so
records nothing more.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import uuid4

from anyio import to_thread
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from planledger.domain.plan import Plan
from planledger.domain.refusals import Code
from planledger.domain.refusals import Refusal as Refused
from planledger.ledger import ConflictError, Preview, Recorded, StoreError
from planledger.recording.act import Act, Problem
from planledger.recording.acts import ACTS
from planledger.recording.reading import read, told
from planledger.reports.desk import DeclinedError, Desk
from planledger.reports.pages import record as pages
from planledger.reports.pages.page import Page, Visit
from planledger.reports.pages.rendering import Rendering, link
from planledger.server.http.answering import Answering
from planledger.server.http.refusals import Refusal
from planledger.server.requests import asked_of
from planledger.server.room.form_pages import COMMAND, HIDDEN, POSITION, STEP, Filled, FormPages
from planledger.server.room.forms import sent, token_of
from planledger.server.room.room import Room, visit_of
from planledger.server.room.showing import GUARDED, page
from planledger.server.room.templates import Templates

_ID = re.compile(r"form:[0-9a-f]{32}")
_WHOLE = re.compile(r"[0-9]{1,15}")
_UNPROCESSABLE, _UNAVAILABLE = 422, 503

_SO_ALREADY = "It is so already, so there is nothing to record. Look at what the plan says now."
_CHANGED_SINCE = (
    "Nothing was recorded: somebody recorded something else in this plan since you looked. This is "
    "how it stands now; look at it again, then record it."
)
_RECORDED_BEFORE = (
    "This form was recorded once already, with something else in it. If you mean to record this as "
    "well, look at it, then record it."
)


class Recording:
    """Forms are given out, looked at and carried out."""

    def __init__(self, room: Room, answering: Answering, desk: Desk, rendering: Rendering) -> None:
        """Record in the ledger of `answering`, as its author; `room` says what cannot be shown."""
        self._room = room
        self._answering = answering
        self._desk = desk
        self._rendering = rendering
        self._pages = FormPages(answering, desk, rendering)

    def routes(self) -> Sequence[Route]:
        """Give where everything is."""
        return [
            *Templates(self._room, self._answering.ledger).routes(),
            Route(pages.PAGE.path, partial(self._page, pages.PAGE), methods=["GET"]),
            Route(pages.RECORDED.path, partial(self._page, pages.RECORDED), methods=["GET"]),
            Route(pages.FORM.path, self._act, methods=["GET", "POST"]),
        ]

    async def _page(self, of: Page, request: Request) -> Response:
        visit = visit_of(request, of.under)

        def made() -> Response:
            asked = asked_of(request)
            answered = of.answered(self._desk, visit, self._answering.context(asked))
            asked.document = answered.document.id
            given = {"answered": answered, "visit": visit, "acts": ACTS}
            given |= of.shown(answered, visit)
            return page(self._rendering.template(of.name, given))

        return await self._in_thread(request, made)

    async def _act(self, request: Request) -> Response:
        act = ACTS.get(request.path_params["act"])
        if act is None:
            return self._no_such_act(request)
        if request.method == "POST":
            return await self._sent(request, act)
        return await self._form(request, act)

    async def _form(self, request: Request, act: Act) -> Response:
        names = {field.name for field in act.every}
        asked = {name: text for name, text in request.query_params.items() if name in names}
        return await self._in_thread(
            request, lambda: self._pages.form(_filled(request, act, asked))
        )

    async def _sent(self, request: Request, act: Act) -> Response:
        try:
            fields = await sent(request)
        except Refusal as refusal:
            return self._refused(request, refusal)
        filled = _filled(request, act, fields)
        step = {"preview": self._preview, "record": self._record}.get(fields.get(STEP, ""))
        return await self._in_thread(request, lambda: self._taken(step or self._pages.form, filled))

    async def _in_thread(self, request: Request, make: Callable[[], Response]) -> Response:
        # It is never given up halfway: somebody would not know whether it was recorded.
        try:
            return await to_thread.run_sync(make)
        except Exception as error:  # noqa: BLE001 - who fills in a form is to read of it on a page
            return self._room.troubled(error, asked_of(request), request)

    def _taken(self, step: Callable[[Filled], Response], filled: Filled) -> Response:
        try:
            return step(filled)
        except StoreError as trouble:
            notice = (
                f"{trouble} All that you filled in is still here. Send it again in a moment: it is "
                "recorded once, even if it was recorded just now."
            )
            return self._pages.form(filled, status=_UNAVAILABLE, notice=notice)

    def _preview(self, filled: Filled, notice: str | None = None) -> Response:
        """Show what would be recorded and changed, or what is wrong."""
        plan = self._plan(filled)
        found = read(filled.act, filled.texts, plan)
        if isinstance(found, tuple):
            return self._pages.form(filled, found, status=_UNPROCESSABLE)
        outcome = self._answering.ledger.preview(
            (found.command,), author=self._answering.author, command_id=filled.command_id
        )
        if not isinstance(outcome, Preview) or not outcome.envelopes:
            problem = _problem(filled.act, outcome)
            return self._pages.form(filled, (problem,), status=_UNPROCESSABLE)
        return self._pages.preview(filled, plan, found.values, outcome, notice)

    def _record(self, filled: Filled) -> Response:
        """Record it, once for its id, if the plan is as it was when it was looked at."""
        if filled.position is None:
            return self._preview(filled)
        found = read(filled.act, filled.texts, self._plan(filled))
        if isinstance(found, tuple):
            return self._pages.form(filled, found, status=_UNPROCESSABLE)
        try:
            outcome = self._answering.ledger.submit(
                found.command,
                author=self._answering.author,
                command_id=filled.command_id,
                correlation_id=filled.asked.stated,
                expected_position=filled.position,
            )
        except ConflictError:
            return self._preview(filled, _CHANGED_SINCE)
        if isinstance(outcome, Recorded) and outcome.entries:
            return _see(filled, outcome, self._answering.ledger.today)
        if isinstance(outcome, Refused) and outcome.code is Code.COMMAND_ID_REUSED:
            return self._preview(replace(filled, command_id=_new_id()), _RECORDED_BEFORE)
        return self._pages.form(filled, (_problem(filled.act, outcome),), status=_UNPROCESSABLE)

    def _plan(self, filled: Filled) -> Plan:
        """Give what is known of the plan. Raises DeclinedError where there is none."""
        ref = filled.visit.plan
        plan = self._answering.ledger.known(ref)
        if plan is None:
            message = f"There is no plan {ref[:80]!r}. Look at the list of plans."
            raise DeclinedError("NOT_THERE", message)
        return plan

    def _no_such_act(self, request: Request) -> Response:
        name = request.path_params["act"]
        message = f"There is no form {name[:40]!r}. Look at what can be recorded."
        return self._room.declined(DeclinedError("NOT_THERE", message), asked_of(request))

    def _refused(self, request: Request, refusal: Refusal) -> Response:
        """Say why a form was not taken at all, with a way to a new one."""
        given = {
            "message": refusal.message,
            "visit": Visit(path=request.path_params, under=pages.FORM.under),
            "form": link(
                ["plans", request.path_params["plan"], "record", request.path_params["act"]]
            ),
        }
        html = self._rendering.template("record-refused", given)
        return page(html, refusal.status, refusal.headers)


def _filled(request: Request, act: Act, fields: Mapping[str, str]) -> Filled:
    command_id, position = fields.get(COMMAND, ""), fields.get(POSITION, "")
    return Filled(
        request=request,
        visit=Visit(path=request.path_params, under=pages.FORM.under),
        act=act,
        texts={name: text for name, text in fields.items() if name not in HIDDEN},
        token=token_of(request),
        command_id=command_id if _ID.fullmatch(command_id) else _new_id(),
        position=int(position) if _WHOLE.fullmatch(position) else None,
    )


def _problem(act: Act, outcome: Preview | Recorded | Refused) -> Problem:
    if isinstance(outcome, Refused):
        return told(act, outcome)
    return Problem(field=None, message=_SO_ALREADY)


def _see(filled: Filled, recorded: Recorded, today: date) -> Response:
    """Send the browser to what was recorded, so that loading the page again sends nothing."""
    first, on = recorded.entries[0].position, max(today, recorded.entries[-1].effective_on)
    address = link(
        ["plans", filled.visit.plan, "recorded", str(recorded.position)],
        since=str(first - 1),
        on=on.isoformat(),
    )
    return RedirectResponse(address, 303, {**GUARDED, "Cache-Control": "no-store"})


def _new_id() -> str:
    return f"form:{uuid4().hex}"
