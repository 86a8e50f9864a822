"""The sheet of changes to fill in, to download."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from planledger.domain.plan import Plan
from planledger.ledger import Ledger
from planledger.recording.act import Act
from planledger.recording.acts import ACTS
from planledger.recording.template import EVERY, csv_template, xlsx_template
from planledger.reports.desk import DeclinedError
from planledger.server.http.kept import Answer, final
from planledger.server.requests import Asked
from planledger.server.room.room import Room

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: Mapping[str, tuple[str, Callable[[Plan, Sequence[Act]], bytes]]] = {
    "xlsx": (_XLSX, xlsx_template),
    "csv": ("text/csv; charset=utf-8", lambda _, acts: csv_template(acts)),
}


class Templates:
    """Gives the template of a plan; with `?act=move-date` only the columns of that act."""

    def __init__(self, room: Room, ledger: Ledger) -> None:
        """Make templates of what is known of plans of `ledger`; `room` gives them to browsers."""
        self._room = room
        self._ledger = ledger

    def routes(self) -> Sequence[Route]:
        """Give where they are; to stand before the forms, whose names they could else be."""
        return [
            Route("/plans/{plan}/record/template.{kind}", self._template, methods=["GET"]),
        ]

    async def _template(self, request: Request) -> Response:
        ref, kind = request.path_params["plan"], request.path_params["kind"]
        media_type, make = _KINDS.get(kind, ("text/html", None))

        def made(_: Asked) -> Answer:
            plan = self._ledger.known(ref)
            if make is None or plan is None:
                message = f"There is no template as {kind[:20]!r}. There is xlsx and csv."
                if plan is None:
                    message = f"There is no plan {ref[:80]!r}. Look at the list of plans."
                raise DeclinedError("NOT_THERE", message)
            return final(make(plan, _acts(request)))

        response = await self._room.answer(request, made, media_type)
        if response.status_code == 200:  # noqa: PLR2004 - it is there, and not known already
            name = f"{ref}-changes.{kind}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _acts(request: Request) -> Sequence[Act]:
    names = request.query_params.getlist("act")
    unknown = next((name for name in names if name not in ACTS), None)
    if unknown is not None:
        message = f"There is no act {unknown[:40]!r}. There is {', '.join(ACTS)}."
        raise DeclinedError("NOT_THERE", message)
    return [ACTS[name] for name in dict.fromkeys(names)] or EVERY
