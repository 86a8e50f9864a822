"""Every way a plan says no. A refusal is a value to return, not an exception to raise."""

from enum import Enum

from msgspec import Struct


class Code(Enum):
    """Stable codes; callers match on them, so never reword or reuse one."""

    AUTHORITY_INCOMPLETE = "AUTHORITY_INCOMPLETE"
    AUTHORITY_REQUIRED = "AUTHORITY_REQUIRED"
    COMMAND_ID_REUSED = "COMMAND_ID_REUSED"
    CUT_OFF_AFTER_CLOSING = "CUT_OFF_AFTER_CLOSING"
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE"
    EFFECTIVE_TOO_EARLY = "EFFECTIVE_TOO_EARLY"
    EFFECTIVE_TOO_LATE = "EFFECTIVE_TOO_LATE"
    FIGURE_INCOMPLETE = "FIGURE_INCOMPLETE"
    FROM_DIFFERS = "FROM_DIFFERS"
    LEAD_IN_PLACE = "LEAD_IN_PLACE"
    MILESTONE_NOT_STATED = "MILESTONE_NOT_STATED"
    NAME_UNUSABLE = "NAME_UNUSABLE"
    NOTHING_TO_IMPORT = "NOTHING_TO_IMPORT"
    NOT_A_PLACEHOLDER = "NOT_A_PLACEHOLDER"
    NO_TARGET_DATE = "NO_TARGET_DATE"
    PARENT_DIFFERS = "PARENT_DIFFERS"
    PLAN_EXISTS = "PLAN_EXISTS"
    QUERY_RESOLVED = "QUERY_RESOLVED"
    READING_EXISTS = "READING_EXISTS"
    READING_MISSING = "READING_MISSING"
    REASON_REQUIRED = "REASON_REQUIRED"
    RECURRENCE_IMPOSSIBLE = "RECURRENCE_IMPOSSIBLE"
    REF_IN_USE = "REF_IN_USE"
    REPLACED_BY_ITSELF = "REPLACED_BY_ITSELF"
    REVIEW_OPEN = "REVIEW_OPEN"
    TARGET_DATE_IN_FORCE = "TARGET_DATE_IN_FORCE"
    TEXT_UNUSABLE = "TEXT_UNUSABLE"
    UNKNOWN_ITEM = "UNKNOWN_ITEM"
    UNKNOWN_PLAN = "UNKNOWN_PLAN"
    WITHDRAWN = "WITHDRAWN"


class Refusal(Struct, frozen=True, kw_only=True):
    """The ledger understood the command and declined it; nothing was recorded."""

    code: Code
    message: str
    """For people: what was wrong, and what to do next."""
    path: str | None = None
    """The field of the command it is about, if one."""
