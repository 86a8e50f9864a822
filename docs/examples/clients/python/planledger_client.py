"""A client of planledger in one file, for Python 3.11 or newer, with nothing to install.

    python planledger_client.py http://127.0.0.1:8000 plan northbridge/board-2024-q3
    python planledger_client.py http://127.0.0.1:8000 follow position.txt
    python planledger_client.py http://127.0.0.1:8000 progress northbridge 1.2/1 ON_HOLD job-17

Copy it, and change it into what you need: it shows how to ask for a plan as it was known at a
review, how to follow what is recorded without losing anything, and how to record safely.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

PLAN_AT_REVIEW = """
query PlanAtReview($plan: PlanRef!, $review: ReviewRef!) {
  ledger(knownAt: { review: $review }) {
    basis { position effectiveOn }
    plan(ref: $plan) {
      title
      milestones { ref text dueBy timeliness rating { rating } }
    }
  }
}
"""

FOLLOW = """
subscription Follow($after: Position!, $plan: PlanRef) {
  planEvents(after: $after, plan: $plan) { position recordedAt plan type effectiveOn }
}
"""

REPORT_PROGRESS = """
mutation ReportProgress($input: MilestoneProgressReportInput!) {
  result: milestoneProgressReport(input: $input) {
    __typename
    ... on MilestoneRecorded { position repeated }
    ... on UserError { code message }
  }
}
"""

TRIES = 6
"""How often a request is sent before it is given up: about half a minute in all."""

SILENCE_SECONDS = 60
"""After how long without a word a connection is taken for broken. A service that has nothing to
tell sends a sign of life every 15 seconds."""

_TEMPORARY = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_UNAVAILABLE = "STORE_UNAVAILABLE"


class PlanledgerError(Exception):
    """The service did not do what was asked; the message says why. Trying again will not help."""


class RefusedError(PlanledgerError):
    """A rule of the ledger is against a command; `code` says which, and stays the same."""

    def __init__(self, code: str, message: str) -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.code = code


class _TemporaryError(Exception):
    """Trouble that may be over soon."""


@dataclass(frozen=True)
class Milestone:
    """What a plan said of a milestone at a review."""

    ref: str
    text: str
    due_by: str | None
    timeliness: str | None
    rating: str | None


@dataclass(frozen=True)
class PlanAtReview:
    """A plan as it was known when a review was closed. `position` names that state for ever."""

    title: str
    position: str
    effective_on: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class Event:
    """An entry of the ledger. Positions are strings of digits: compare them as numbers."""

    position: str
    recorded_at: str
    plan: str
    type: str
    effective_on: str


@dataclass(frozen=True)
class Recorded:
    """A command was recorded; `repeated` where it had been before, under the same id."""

    position: str
    repeated: bool


class Planledger:
    """A service, by its address."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        """Talk to the service at `url`; `headers` go with every request, such as for a proxy."""
        self._endpoint = f"{url.rstrip('/')}/graphql"
        self._headers = {"Content-Type": "application/json", **(headers or {})}

    def plan_at_review(self, review: str) -> PlanAtReview:
        """Give a plan as it was known at a review such as "northbridge/board-2024-q3"."""
        plan = review.partition("/")[0]
        ledger = self._ask(PLAN_AT_REVIEW, plan=plan, review=review)["ledger"]
        if ledger["plan"] is None:
            raise PlanledgerError(f"There was no plan {plan} at {review}.")
        return PlanAtReview(
            title=ledger["plan"]["title"],
            position=ledger["basis"]["position"],
            effective_on=ledger["basis"]["effectiveOn"],
            milestones=tuple(map(_milestone, ledger["plan"]["milestones"])),
        )

    def report_progress(self, plan: str, milestone: str, state: str, command_id: str) -> Recorded:
        """Record how far a milestone is: NOT_STARTED, IN_PROGRESS or ON_HOLD.

        `command_id` names this one report, up to 100 characters; best is what your own system calls
        it. Whatever happens on the way, a report that is sent again under it is recorded once.
        Raises RefusedError where a rule is against it.
        """
        command = {"plan": plan, "milestone": milestone, "state": state, "commandId": command_id}
        result = self._ask(REPORT_PROGRESS, input=command)["result"]
        if "code" in result:
            raise RefusedError(result["code"], result["message"])
        return Recorded(result["position"], result["repeated"])

    def follow(self, after: str, plan: str | None = None) -> Iterator[Event]:
        """Give every event after a position, in order, as they are recorded; never ends by itself.

        A connection that breaks is made again where it broke. Raises PlanledgerError where the
        service stays away, or refuses.
        """
        tries = 0
        while True:
            try:
                for event in self._stream(after, plan):
                    yield event
                    after, tries = event.position, 0
            except _TemporaryError as trouble:
                tries = _waited(tries, trouble)

    def _ask(self, document: str, **variables: object) -> dict[str, Any]:
        tries = 0
        while True:
            try:
                with self._sent(document, variables, "application/json") as response:
                    return _data(_read(response))
            except _TemporaryError as trouble:
                tries = _waited(tries, trouble)

    def _stream(self, after: str, plan: str | None) -> Iterator[Event]:
        """Give events until the connection ends, which is told as trouble."""
        variables: dict[str, object] = {"after": after, "plan": plan}
        with self._sent(FOLLOW, variables, "text/event-stream") as response:
            for answer in _answers(response):
                yield _event(_data(answer)["planEvents"])
        raise _TemporaryError("The service ended the stream.")

    def _sent(self, document: str, variables: dict[str, object], accept: str) -> HTTPResponse:
        body = json.dumps({"query": document, "variables": variables}).encode()
        headers = {**self._headers, "Accept": accept}
        request = urllib.request.Request(self._endpoint, body, headers)
        try:
            response: HTTPResponse = urllib.request.urlopen(request, timeout=SILENCE_SECONDS)
        except urllib.error.HTTPError as error:
            with error:
                said = error.read().decode(errors="replace")
            if error.code in _TEMPORARY:
                raise _TemporaryError(said) from None
            raise PlanledgerError(f"The service answered {error.code}: {said}") from None
        except (OSError, HTTPException) as error:
            raise _TemporaryError(str(error)) from error
        return response


def _waited(tries: int, trouble: Exception) -> int:
    """Wait before the next try, longer each time; raise PlanledgerError where it was the last."""
    if tries + 1 >= TRIES:
        raise PlanledgerError(f"Gave up after {TRIES} tries: {trouble}") from trouble
    time.sleep(2**tries)
    return tries + 1


def _read(response: HTTPResponse) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.load(response)
    except (OSError, HTTPException, ValueError) as error:  # it broke off half-way
        raise _TemporaryError(str(error)) from error
    return answer


def _answers(response: HTTPResponse) -> Iterator[dict[str, Any]]:
    """Read text/event-stream: fields of one event, an empty line, those of the next."""
    data: list[str] = []
    lines = iter(response)
    while True:
        try:
            line = next(lines).decode().rstrip("\r\n")
        except StopIteration:
            return
        except (OSError, HTTPException) as error:
            raise _TemporaryError(str(error)) from error
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif not line:
            text, data = "\n".join(data), []
            if text:
                yield json.loads(text)


def _data(answer: dict[str, Any]) -> dict[str, Any]:
    errors = answer.get("errors")
    if errors:
        said = "; ".join(error["message"] for error in errors)
        if any(error.get("extensions", {}).get("code") == _UNAVAILABLE for error in errors):
            raise _TemporaryError(said)
        raise PlanledgerError(said)
    data: dict[str, Any] = answer["data"]
    return data


def _milestone(told: dict[str, Any]) -> Milestone:
    rating = told["rating"]
    return Milestone(
        ref=told["ref"],
        text=told["text"],
        due_by=told["dueBy"],
        timeliness=told["timeliness"],
        rating=None if rating is None else rating["rating"],
    )


def _event(told: dict[str, Any]) -> Event:
    return Event(
        position=told["position"],
        recorded_at=told["recordedAt"],
        plan=told["plan"],
        type=told["type"],
        effective_on=told["effectiveOn"],
    )


def _follow(service: Planledger, kept: Path) -> None:
    """Print every event; the file `kept` holds the position of the last one.

    After a crash, one may be printed twice. Whoever stores what an event calls for in a database
    keeps the position there too, in the same transaction: then each is dealt with exactly once.
    """
    after = kept.read_text(encoding="ascii").strip() if kept.exists() else "0"
    for event in service.follow(after):
        print(event.position, event.recorded_at, event.plan, event.type, flush=True)
        half = kept.with_suffix(".half")
        half.write_text(event.position, encoding="ascii")
        half.replace(kept)


def main(words: list[str]) -> str | None:
    """Do what the command line says; give what is wrong, or None."""
    try:
        match words:
            case [url, "plan", review]:
                plan = Planledger(url).plan_at_review(review)
                print(f"{plan.title}, as known at {plan.position} for {plan.effective_on}")
                for milestone in plan.milestones:
                    print(milestone.ref, milestone.due_by, milestone.timeliness, milestone.rating)
            case [url, "follow", file]:
                _follow(Planledger(url), Path(file))
            case [url, "progress", plan_ref, milestone_ref, state, command_id]:
                service = Planledger(url)
                done = service.report_progress(plan_ref, milestone_ref, state, command_id)
                print("Recorded before at" if done.repeated else "Recorded at", done.position)
            case _:
                return __doc__
    except PlanledgerError as error:
        return str(error)
    except KeyboardInterrupt:
        return None
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
