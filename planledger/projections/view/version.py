"""Versions and baselines of a plan as they are shown."""

from datetime import date

from planledger.events.values import Personal, VersionKind
from planledger.projections.view.base import View


class ApprovalView(View, frozen=True, kw_only=True, gc=False):
    """That a body approved a version."""

    body: str
    on: date
    position: int


class SubmissionView(View, frozen=True, kw_only=True, gc=False):
    """That a version was sent to those it is owed to."""

    recipients: tuple[Personal, ...]
    method: str
    on: date
    position: int


class VersionView(View, frozen=True, kw_only=True, gc=False):
    """A version as it was given out; the plan at `position` is how it stood."""

    id: str
    ref: str
    label: str
    kind: VersionKind
    on: date
    position: int
    approvals: tuple[ApprovalView, ...]
    submissions: tuple[SubmissionView, ...]


class BaselineView(View, frozen=True, kw_only=True, gc=False):
    """What slippage is also measured against: the plan at `position`."""

    id: str
    ref: str
    label: str
    on: date
    position: int
