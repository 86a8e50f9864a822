"""What a plan accepts of progress, claims and sign-offs; see `accepted_cases`."""

from datetime import date

from msgspec.structs import replace

from planledger.domain.commands import (
    RefuseSignOff,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    SignOffMilestone,
)
from planledger.events.dates import Day, Month, PartialDate
from planledger.events.evidence import EvidenceRegistered
from planledger.events.milestone import (
    MilestoneAgreed,
    MilestoneProgressReported,
    MilestoneReopened,
    MilestoneReportedComplete,
    MilestoneSignedOff,
    MilestoneSignOffRefused,
)
from planledger.events.target_dates import Recurring
from planledger.events.values import (
    EvidenceKind,
    Personal,
    Progress,
    ReopenTrigger,
    SignOffLevel,
)
from tests.support.accepted_cases import Accepted
from tests.support.accepted_dates import recurring
from tests.support.domain_cases import BEGUN, BOARD, CLERK, PLAN, REASON

MISSING = Personal(words="The minutes do not say so.")
WAIVER = Personal(words="The panel saw it work.")
MARCH = Month(2025, 3)
OFTEN = Recurring(as_printed="Quarterly", first=Month(2025, 2), every_months=3, until=None)
UNDATED = Recurring(as_printed="Quarterly", first=None, every_months=3, until=None)


def claim(
    milestone: str = "review",
    *,
    occurrence: PartialDate | None = None,
    reporter: str | None = None,
    account: str = "deputy",
    evidence: tuple[str, ...] = (),
) -> MilestoneReportedComplete:
    """Give that a milestone was claimed to be reached in March, recorded by an account."""
    return MilestoneReportedComplete(
        milestone=milestone, occurrence=occurrence, achieved_on=MARCH, reporter=reporter,
        reporter_account=account, summary=None, evidence=evidence,
    )  # fmt: skip


def signed(
    level: SignOffLevel = SignOffLevel.ACCEPTED,
    *,
    signer: str | None = None,
    evidence: tuple[str, ...] = (),
    waiver: Personal | None = None,
) -> MilestoneSignedOff:
    """Give that the clerk's account recorded a sign-off of the milestone "review"."""
    return MilestoneSignedOff(
        milestone="review", occurrence=None, level=level, signer=signer,
        signer_account=CLERK.id, evidence=evidence, waiver=waiver,
    )  # fmt: skip


def refused_for(
    missing: Personal = MISSING, occurrence: PartialDate | None = None
) -> MilestoneSignOffRefused:
    """Give that a claim of the milestone "review" was declined."""
    return MilestoneSignOffRefused(milestone="review", occurrence=occurrence, missing=missing)


def reopened_by(trigger: ReopenTrigger = ReopenTrigger.AUDIT) -> MilestoneReopened:
    """Give that the milestone "review" was reopened."""
    return MilestoneReopened(milestone="review", occurrence=None, trigger=trigger)


def registered(name: str = "minutes", *items: str) -> EvidenceRegistered:
    """Give that a piece of evidence was registered; without items, for the other milestone."""
    return EvidenceRegistered(
        evidence=name, title=Personal(words="Minutes of 12 May"), kind=EvidenceKind.MINUTES,
        dated=Day(2025, 5, 12), uri="https://northbridge.example/minutes/12-may", sha256=None,
        items=items or ("sign",),
    )  # fmt: skip


def progress(
    state: Progress,
    narrative: Personal | None = None,
    forecast: PartialDate | None = None,
) -> MilestoneProgressReported:
    """Give that progress of the milestone "review" was reported."""
    return MilestoneProgressReported(
        milestone="review", state=state, narrative=narrative, forecast=forecast
    )


def report(
    state: Progress,
    narrative: Personal | None = None,
    forecast: PartialDate | None = None,
    on: date | None = None,
) -> ReportProgress:
    """Ask for what `progress` gives."""
    return ReportProgress(
        plan=PLAN, milestone="1.1/1", state=state, narrative=narrative, forecast=forecast,
        effective_on=on,
    )  # fmt: skip


def complete(
    milestone: str = "1.1/1",
    *,
    achieved_on: PartialDate = MARCH,
    occurrence: PartialDate | None = None,
    reporter: str | None = None,
    evidence: tuple[str, ...] = (),
) -> ReportComplete:
    """Ask for what `claim` gives, recorded by the clerk."""
    return ReportComplete(
        plan=PLAN, milestone=milestone, achieved_on=achieved_on, occurrence=occurrence,
        reporter=reporter, evidence=evidence,
    )  # fmt: skip


def sign_off(
    level: SignOffLevel = SignOffLevel.ACCEPTED,
    *,
    signer: str | None = None,
    evidence: tuple[str, ...] = (),
    waiver: Personal | None = None,
    on: date | None = None,
) -> SignOffMilestone:
    """Ask for what `signed` gives, by the board's authority."""
    return SignOffMilestone(
        plan=PLAN, milestone="1.1/1", level=level, signer=signer, evidence=evidence,
        waiver=waiver, authority=BOARD, effective_on=on,
    )  # fmt: skip


def refuse(
    missing: Personal = MISSING, occurrence: PartialDate | None = None, on: date | None = None
) -> RefuseSignOff:
    """Ask for what `refused_for` gives."""
    return RefuseSignOff(
        plan=PLAN, milestone="1.1/1", missing=missing, occurrence=occurrence, effective_on=on
    )


def reopen(trigger: ReopenTrigger = ReopenTrigger.AUDIT, on: date | None = None) -> ReopenMilestone:
    """Ask for what `reopened_by` gives."""
    return ReopenMilestone(
        plan=PLAN, milestone="1.1/1", trigger=trigger, reason=REASON, effective_on=on
    )


AGREED = BEGUN.happened(MilestoneAgreed(milestone="review"), MilestoneAgreed(milestone="sign"))
EVIDENCED = AGREED.happened(registered())
CLAIMED = EVIDENCED.happened(claim())
SHOWN = EVIDENCED.happened(claim(evidence=("minutes",)))
SIGNED = SHOWN.happened(signed())
QUARTERLY = EVIDENCED.happened(recurring(OFTEN, "sign"))
MAY = Month(2025, 5)

PROGRESS = {
    "work has begun though nobody agreed it": Accepted(
        BEGUN, report(Progress.IN_PROGRESS), (progress(Progress.IN_PROGRESS),)
    ),
    "it is said that nothing has begun": Accepted(
        BEGUN, report(Progress.NOT_STARTED), (progress(Progress.NOT_STARTED),)
    ),
    "work is on hold, with a forecast that moves no date": Accepted(
        BEGUN.happened(progress(Progress.IN_PROGRESS)),
        report(Progress.ON_HOLD, REASON, Month(2025, 9)),
        (progress(Progress.ON_HOLD, REASON, Month(2025, 9)),),
    ),
    "the same progress is expected to take longer": Accepted(
        BEGUN.happened(progress(Progress.IN_PROGRESS, forecast=MAY)),
        report(Progress.IN_PROGRESS, forecast=Month(2025, 6)),
        (progress(Progress.IN_PROGRESS, forecast=Month(2025, 6)),),
    ),
    "a forecast is taken back": Accepted(
        BEGUN.happened(progress(Progress.IN_PROGRESS, forecast=MAY)),
        report(Progress.IN_PROGRESS),
        (progress(Progress.IN_PROGRESS),),
    ),
    "work goes on after a sign-off was refused": Accepted(
        CLAIMED.happened(refused_for()),
        report(Progress.IN_PROGRESS, REASON),
        (progress(Progress.IN_PROGRESS, REASON),),
    ),
    "work goes on while one time of a recurring milestone is claimed": Accepted(
        QUARTERLY.happened(claim("sign", occurrence=MAY)),
        ReportProgress(plan=PLAN, milestone="2.1/1", state=Progress.ON_HOLD),
        (
            MilestoneProgressReported(
                milestone="sign", state=Progress.ON_HOLD, narrative=None, forecast=None
            ),
        ),
    ),
}  # fmt: skip

CLAIMS = {
    "a milestone is claimed to be reached": Accepted(
        AGREED, complete(), (claim(account=CLERK.id),)
    ),
    "a claim names who makes it and its evidence": Accepted(
        EVIDENCED,
        complete(reporter="ada", evidence=("minutes", "minutes")),
        (claim(account=CLERK.id, reporter="ada", evidence=("minutes",)),),
    ),
    "a milestone reached in this month is claimed": Accepted(
        AGREED.happened(),
        complete(achieved_on=Month(2025, 6)),
        (
            MilestoneReportedComplete(
                milestone="review", occurrence=None, achieved_on=Month(2025, 6), reporter=None,
                reporter_account=CLERK.id, summary=None, evidence=(),
            ),
        ),
    ),
    "a milestone is claimed again after a refusal": Accepted(
        CLAIMED.happened(refused_for()), complete(), (claim(account=CLERK.id),)
    ),
    "a milestone is claimed again after it was reopened": Accepted(
        SIGNED.happened(reopened_by()), complete(), (claim(account=CLERK.id),)
    ),
    "the second time of a recurring milestone is claimed": Accepted(
        QUARTERLY.happened(claim("sign", occurrence=Month(2025, 2))),
        complete("2.1/1", occurrence=MAY),
        (claim("sign", occurrence=MAY, account=CLERK.id),),
    ),
    "any time of what recurs from no known date is claimed": Accepted(
        AGREED.happened(recurring(UNDATED, "sign")),
        complete("2.1/1", occurrence=Day(2025, 4, 3)),
        (claim("sign", occurrence=Day(2025, 4, 3), account=CLERK.id),),
    ),
}  # fmt: skip

SIGN_OFFS = {
    "a claim with evidence is signed off": Accepted(SHOWN, sign_off(), (signed(),)),
    "a claim is signed off on evidence named with the sign-off": Accepted(
        CLAIMED, sign_off(evidence=("minutes",)), (signed(evidence=("minutes",)),)
    ),
    "a claim is signed off on evidence for the milestone": Accepted(
        CLAIMED.happened(registered("audit", "review")), sign_off(), (signed(),)
    ),
    "a claim is signed off on evidence for its action": Accepted(
        CLAIMED.happened(registered("audit", "front-door")), sign_off(), (signed(),)
    ),
    "a claim is signed off with a waiver": Accepted(
        CLAIMED, sign_off(waiver=WAIVER), (signed(waiver=WAIVER),)
    ),
    "one clerk records the claim of one and the sign-off of another": Accepted(
        EVIDENCED.happened(claim(reporter="ada", account=CLERK.id, evidence=("minutes",))),
        sign_off(signer="ben"),
        (signed(signer="ben"),),
    ),
    "what was accepted is assured": Accepted(
        SIGNED, sign_off(SignOffLevel.ASSURED), (signed(SignOffLevel.ASSURED),)
    ),
    "one time of a recurring milestone is signed off": Accepted(
        QUARTERLY.happened(claim("sign", occurrence=MAY)),
        replace(sign_off(), milestone="2.1/1", occurrence=MAY),
        (replace(signed(), milestone="sign", occurrence=MAY),),
    ),
    "a sign-off is refused": Accepted(CLAIMED, refuse(), (refused_for(),)),
    "a second claim is refused in the same words": Accepted(
        CLAIMED.happened(refused_for(), claim()), refuse(), (refused_for(),)
    ),
    "what was signed off is reopened": Accepted(SIGNED, reopen(), (reopened_by(),)),
    "what was assured is reopened": Accepted(
        SIGNED.happened(signed(SignOffLevel.ASSURED)),
        reopen(ReopenTrigger.OFSTED),
        (reopened_by(ReopenTrigger.OFSTED),),
    ),
}

DELIVERY = {**PROGRESS, **CLAIMS, **SIGN_OFFS}
