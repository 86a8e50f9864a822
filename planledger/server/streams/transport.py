"""The protocol graphql-transport-ws, as graphql-ws 6 has it, on one WebSocket.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
import json
import logging
from contextlib import aclosing, suppress
from enum import IntEnum
from time import monotonic
from typing import Any, cast

import msgspec
from msgspec import Struct
from starlette.types import Receive, Scope, Send

from planledger.answers import to_json
from planledger.graphql.execution import Question
from planledger.server.http import Refusal
from planledger.server.requests import Asked
from planledger.server.streams.streaming import Streaming
from planledger.server.streams.streams import LAST_SECONDS
from planledger.server.streams.subscriber import GoneError, Subscriber

INIT_SECONDS = 10.0
"""How soon a client must say who it is."""
MOST_OPERATIONS = 100
"""How many operations may be under way at once on a connection."""
QUESTION_SECONDS = 25.0
"""How long the end of the service waits for questions and commands that are under way."""
LONGEST_REASON = 120
"""Bytes of a reason; a close frame has room for three more."""

_log = logging.getLogger(__name__)


class Code(IntEnum):
    """Why a connection is closed. Those from 4000 on are the protocol's, but for TOO_SLOW."""

    ENDING = 1012
    BAD_MESSAGE = 4400
    UNAUTHORIZED = 4401
    PROTOCOL_UNKNOWN = 4406
    INIT_TIMEOUT = 4408
    ID_TAKEN = 4409
    TOO_SLOW = 4413
    SECOND_INIT = 4429


class Init(Struct, tag="connection_init", tag_field="type"):
    """The first message of a client."""

    payload: dict[str, Any] | None = None


class Ping(Struct, tag="ping", tag_field="type"):
    """Asks for a pong."""

    payload: dict[str, Any] | None = None


class Pong(Struct, tag="pong", tag_field="type"):
    """Answers a ping, or says that the client lives."""

    payload: dict[str, Any] | None = None


class Subscribe(Struct, tag="subscribe", tag_field="type"):
    """Begins an operation of any kind."""

    id: str
    payload: dict[str, Any]


class Complete(Struct, tag="complete", tag_field="type"):
    """Ends an operation."""

    id: str


_decoder = msgspec.json.Decoder(Init | Ping | Pong | Subscribe | Complete)


class ClosedError(Exception):
    """The connection is to be closed, and why."""

    def __init__(self, code: Code, reason: str) -> None:
        """Close with a code, and a sentence or the last position."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Operation(Struct):
    """One that is under way."""

    task: asyncio.Task[None]
    position: int | None = None
    """Of the last entry that was sent; None where none was yet, or none will be."""
    follows: bool = False
    """Whether it is a subscription, as soon as that is known."""


class Connection:
    """One client, from its being let in to its end."""

    def __init__(self, streaming: Streaming, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak with whoever connected."""
        self._streaming = streaming
        self._streams = streaming.streams
        self._asked: Asked = scope["state"]["asked"]
        self._receive = receive
        self._subscriber = Subscriber(send)
        self._began = monotonic()
        self._greeted = asyncio.Event()
        self._pinged: float | None = None
        self._operations: dict[str, Operation] = {}

    async def serve(self) -> None:
        """Carry out what the client asks for, until one of us closes the connection."""
        closed: ClosedError | None = None
        with self._streams.open("websocket") as self._stream:
            try:
                async with asyncio.TaskGroup() as self._tasks:
                    self._tasks.create_task(self._await_greeting())
                    self._tasks.create_task(self._watch())
                    await self._read()
            except* ClosedError as group:
                closed = _first(group)
            except* GoneError:
                pass
            if closed is not None:
                await self._close(closed)
            self._tell(closed)

    async def _close(self, closed: ClosedError) -> None:
        reason = closed.reason.encode()[:LONGEST_REASON].decode(errors="ignore")
        message = {"type": "websocket.close", "code": int(closed.code), "reason": reason}
        with suppress(TimeoutError, GoneError):
            async with asyncio.timeout(LAST_SECONDS):
                await self._subscriber.send(message)

    def _tell(self, closed: ClosedError | None) -> None:
        slow = closed is not None and closed.code == Code.TOO_SLOW
        _log.log(
            logging.WARNING if slow else logging.INFO,
            "stream",
            extra={
                "kind": "websocket",
                "code": None if closed is None else int(closed.code),
                "position": self._position(),
                "sent": self._stream.sent,
                "seconds": round(monotonic() - self._began, 1),
            },
        )

    async def _send(self, text: str) -> None:
        await self._subscriber.send({"type": "websocket.send", "text": text})

    async def _await_greeting(self) -> None:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                await self._greeted.wait()
        except TimeoutError:
            raise ClosedError(
                Code.INIT_TIMEOUT, f"No connection_init within {INIT_SECONDS:.0f} s."
            ) from None

    async def _watch(self) -> None:
        """Tell the client where the head is; see whether it takes what it is sent, and the end."""
        pace, beaten = self._streams.pace, monotonic()
        while not await self._streams.until_ending(pace.look):
            self._streams.count(self._stream)
            now = monotonic()
            unanswered = now - self._pinged if self._pinged is not None else 0.0
            if max(unanswered, self._subscriber.waited) > pace.slow:
                raise ClosedError(Code.TOO_SLOW, self._place())
            if self._greeted.is_set() and now - beaten >= pace.beat and not self._subscriber.waited:
                beaten = now
                self._pinged = self._pinged or now
                ping = {"type": "ping", "payload": {"position": str(self._streams.feed.head)}}
                self._tasks.create_task(self._send(json.dumps(ping)))
        await self._finish()
        raise ClosedError(Code.ENDING, self._place())

    async def _finish(self) -> None:
        """Wait for what is under way: what is followed ends at once, since the feed is closed."""
        operations = list(self._operations.values())
        for follows, seconds in ((True, LAST_SECONDS), (False, QUESTION_SECONDS)):
            tasks = [each.task for each in operations if each.follows is follows]
            if tasks:
                await asyncio.wait(tasks, timeout=seconds)

    def _position(self) -> int | None:
        """Give the position from which nothing would be missed by whoever goes on there."""
        given = (each.position for each in self._operations.values())
        return min((each for each in given if each is not None), default=None)

    def _place(self) -> str:
        position = self._position()
        return "" if position is None else f"position={position}"

    async def _read(self) -> None:
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                raise GoneError
            await self._take(_decoded(message.get("text")))

    async def _take(self, message: Init | Ping | Pong | Subscribe | Complete) -> None:
        match message:
            case Init():
                if self._greeted.is_set():
                    raise ClosedError(Code.SECOND_INIT, "Too many initialisation requests")
                self._greeted.set()
                await self._send('{"type":"connection_ack"}')
            case Ping():
                await self._send('{"type":"pong"}')
            case Pong():
                self._pinged = None
            case Complete(id=name):
                operation = self._operations.pop(name, None)
                if operation is not None:
                    operation.task.cancel()
            case Subscribe():
                await self._begin(message)

    async def _begin(self, message: Subscribe) -> None:
        if not self._greeted.is_set():
            raise ClosedError(Code.UNAUTHORIZED, "Unauthorized")
        if message.id in self._operations:
            raise ClosedError(Code.ID_TAKEN, f"Subscriber for {message.id} already exists")
        if self._streams.ending:
            return  # and the client is about to be told
        try:
            question = self._question(message)
        except Refusal as refusal:
            error = {"message": refusal.message, "extensions": {"code": refusal.code}}
            await self._send_error(message.id, [error])
            return
        task = self._tasks.create_task(self._carry_out(message.id, question))
        self._operations[message.id] = Operation(task)

    def _question(self, message: Subscribe) -> Question:
        if len(self._operations) < MOST_OPERATIONS:
            return self._streaming.reader.question(message.payload, self._asked)
        raise Refusal(
            429,
            "TOO_MANY_OPERATIONS",
            f"No more than {MOST_OPERATIONS} operations may be under way on a connection. End "
            "some, or open another one.",
        )

    async def _send_error(self, name: str, errors: list[Any]) -> None:
        sent = {"id": name, "type": "error", "payload": errors}
        await self._send(to_json(sent).decode())

    async def _carry_out(self, name: str, question: Question) -> None:
        if await self._answer(name, question, self._operations[name]):
            del self._operations[name]
            await self._send(json.dumps({"id": name, "type": "complete"}))

    async def _answer(self, name: str, question: Question, operation: Operation) -> bool:
        """Send the answers to a question; tell whether it is complete, and that not told yet."""
        head = f'{{"id":{json.dumps(name)},"type":"next","payload":'
        context = self._streaming.context(self._asked)
        async with aclosing(self._streaming.following.answers(question, context)) as answers:
            async for answer in answers:
                if answer.refused:
                    del self._operations[name]
                    await self._send_error(name, [error.formatted for error in answer.refused])
                    return False
                if answer.text:
                    await self._send(f"{head}{answer.text}}}")
                if answer.position is not None:
                    self._stream.sent += operation.follows
                    operation.position, operation.follows = answer.position, True
                    if self._streams.ending:
                        break
        # What is followed has no end but that of the service, which the client is told otherwise.
        return not operation.follows


def _decoded(text: str | None) -> Init | Ping | Pong | Subscribe | Complete:
    if text is None:
        raise ClosedError(Code.BAD_MESSAGE, "Messages must be text")
    try:
        message: Init | Ping | Pong | Subscribe | Complete = _decoder.decode(text)
    except msgspec.ValidationError as error:
        raise ClosedError(Code.BAD_MESSAGE, f"Message not understood: {error}") from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise ClosedError(Code.BAD_MESSAGE, "Messages must be JSON") from None
    return message


def _first(group: BaseExceptionGroup[ClosedError]) -> ClosedError:
    """Give one of the reasons to close: there can be several at the same moment."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return cast("ClosedError", error)
