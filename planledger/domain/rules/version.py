"""Rules for a plan as a whole: versions given out, baselines, and its end."""

from planledger.domain.case import (
    Case,
    already,
    bad_name,
    is_closed,
    missing,
    need_authority,
    taken,
)
from planledger.domain.commands import (
    ApproveVersion,
    ClosePlan,
    IssueVersion,
    SetBaseline,
    SubmitVersion,
)
from planledger.domain.governance import Version
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.plan import (
    PlanApproved,
    PlanBaselined,
    PlanClosed,
    PlanSubmitted,
    PlanVersionIssued,
)
from planledger.events.values import Personal


def issue_version(command: IssueVersion, case: Case) -> tuple[Event, ...] | Refusal:
    """Give out the plan as it stands, under a short name that no other version has."""
    known = case.known.versions.get(command.version)
    if known is not None:
        same = (known.label, known.kind) == (command.label, command.kind)
        since = known.on
        return (
            already(case, command.version, since)
            if same
            else taken("version", command.version, "version")
        )
    refusal = bad_name(command.version, "version")
    return refusal or (
        PlanVersionIssued(version=command.version, label=command.label, kind=command.kind),
    )


def approve_version(command: ApproveVersion, case: Case) -> tuple[Event, ...] | Refusal:
    """Record that a body approved a version; each body once."""
    version = _version_of(case, command.version)
    if isinstance(version, Refusal):
        return version
    for approval in case.known.versions[version.id].approvals:
        if approval.body == command.body:
            return already(case, f"The approval by {command.body}", approval.on)
    refusal = need_authority(command, "A version is approved by a body that may.")
    return refusal or (PlanApproved(version=version.id, body=command.body),)


def submit_version(command: SubmitVersion, case: Case) -> tuple[Event, ...] | Refusal:
    """Record that a version was sent, once approved or by an authority of its own."""
    version = _version_of(case, command.version)
    if isinstance(version, Refusal):
        return version
    recipients = tuple(dict.fromkeys(command.recipients))
    for sent in case.known.versions[version.id].submissions:
        if (frozenset(sent.recipients), sent.method) == (frozenset(recipients), command.method):
            return already(case, f"This submission of {version.id}", sent.on)
    refusal = no_recipients(recipients)
    if refusal is not None:
        return refusal
    if not version.approvals and command.authority is None:
        return Refusal(
            code=Code.NOT_APPROVED,
            message=f"Nobody had approved {version.id} by {case.on}. Have it approved first, or "
            "name the authority by which it is sent.",
            path="version",
        )
    return (PlanSubmitted(version=version.id, recipients=recipients, method=command.method),)


def set_baseline(command: SetBaseline, case: Case) -> tuple[Event, ...] | Refusal:
    """Make the plan as it stands a baseline; one that was set never changes."""
    known = case.known.baselines.get(command.baseline)
    if known is not None:
        if known.label == command.label:
            return already(case, command.baseline, known.on)
        return Refusal(
            code=Code.BASELINE_EXISTS,
            message=f"There is a baseline {command.baseline} from {known.on}, and a baseline never "
            "changes. Set another under a short name of its own.",
            path="baseline",
        )
    why = "What slippage is measured against is decided by a body that may."
    refusal = bad_name(command.baseline, "baseline") or need_authority(command, why)
    return refusal or (PlanBaselined(baseline=command.baseline, label=command.label),)


def close_plan(command: ClosePlan, case: Case) -> tuple[Event, ...] | Refusal:
    """End the plan, once, on a day after which nothing happens in it."""
    known = case.known.closed
    if known is not None:
        if (known.outcome, known.successor) == (command.outcome, command.successor):
            return already(case, f"The end of {case.plan.ref}", known.on)
        return is_closed(case.plan.ref, known)
    refusal = (
        bad_successor(command.successor, case.plan.ref)
        or need_authority(command, "A plan is closed by a body that may.")
        or goes_on(case)
    )
    return refusal or (PlanClosed(outcome=command.outcome, successor=command.successor),)


def bad_successor(successor: str | None, ref: str) -> Refusal | None:
    """Refuse a plan that no plan could be called, or that would follow itself."""
    if successor is None:
        return None
    if successor != ref:
        return bad_name(successor, "successor")
    return Refusal(
        code=Code.REPLACED_BY_ITSELF,
        message=f"{successor} cannot follow itself. Name another plan, or none.",
        path="successor",
    )


def goes_on(case: Case, closing: int | None = None) -> Refusal | None:
    """Refuse an end after which the plan goes on; `closing` is the position of the end itself."""
    others = (fact for fact in reversed(case.timeline.order) if fact.position != closing)
    last = next(others, None)
    if last is None or last.effective_on <= case.on:
        return None
    return Refusal(
        code=Code.EFFECTIVE_TOO_EARLY,
        message=f"The plan goes on after {case.on}, up to entry {last.position} of "
        f"{last.effective_on}. Close it from {last.effective_on} on, or void what did not happen "
        "or will not.",
        path="effectiveOn",
    )


def no_recipients(recipients: tuple[Personal, ...]) -> Refusal | None:
    """Refuse a version that was sent to nobody."""
    if recipients:
        return None
    return Refusal(
        code=Code.NOTHING_NAMED,
        message="A version is sent to somebody. Name one recipient at least.",
        path="recipients",
    )


def _version_of(case: Case, name: str) -> Version | Refusal:
    return case.plan.versions.get(name) or missing(
        case, "version", name, "version", case.known.versions
    )
