"""The log: what every part of the program says through `logging`, written in one way.

JSON for machines, a line an event; plain lines for people. Whatever is bound to the context of a
request, its id above all, is in every line that is written while it is carried out.
"""

import logging
import sys
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Format = Literal["json", "text"]

LEVELS = ("debug", "info", "warning", "error")
"""How much is told, the most first."""


def set_up(level: str, form: Format | None, stream: TextIO | None = None) -> None:
    """Write the log of this process to `stream`, else to the error stream; replaces what was there.

    Where no format is given, a terminal gets text and all else JSON. Raises ValueError for a
    `level`, which is what PLANLEDGER_LOG says, that is not one of LEVELS.
    """
    if level not in LEVELS:
        raise ValueError(f"PLANLEDGER_LOG is {level!r}. It may be {', '.join(LEVELS)}.")
    stream = stream or sys.stderr
    terminal = stream.isatty()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(form or ("text" if terminal else "json"), colours=terminal))
    root = logging.getLogger()
    for former in root.handlers[:]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.captureWarnings(capture=True)


def _formatter(form: Format, *, colours: bool) -> logging.Formatter:
    ending: tuple[Processor, ...]
    if form == "json":
        # The plain traceback: one with local variables would hold what people wrote.
        ending = (structlog.processors.format_exc_info, structlog.processors.JSONRenderer())
    else:
        ending = (
            structlog.dev.ConsoleRenderer(
                colors=colours, exception_formatter=structlog.dev.plain_traceback
            ),
        )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.CallsiteParameterAdder(
                {structlog.processors.CallsiteParameter.PROCESS}
            ),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_colours,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
    )


def _without_colours(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop uvicorn's second wording of the same message."""
    event.pop("color_message", None)
    return event
