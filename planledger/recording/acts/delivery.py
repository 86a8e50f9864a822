"""Acts about how milestones are delivered: reported by one, accepted by another, on evidence."""

from typing import Final

from planledger.domain.commands import (
    RefuseSignOff,
    RegisterEvidence,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    SignOffMilestone,
)
from planledger.events.values import EvidenceKind, Progress, ReopenTrigger, SignOffLevel
from planledger.recording.act import Act, Field, Kind
from planledger.recording.acts.making import EVIDENCE, MILESTONE, OCCURRENCE, plainly

_PROGRESS = Act(
    name="progress",
    title="Report progress",
    about="Say how far the work on a milestone has come. A forecast moves no target date.",
    fields=(
        MILESTONE,
        Field(name="state", label="State", kind=Kind.CHOICE, among=Progress, required=True),
        Field(
            name="narrative",
            label="What was done",
            kind=Kind.WORDS,
            hint="Never anything about a child or family.",
        ),
        Field(
            name="forecast",
            label="Expected to be reached by",
            kind=Kind.PARTIAL_DATE,
            hint="When its lead expects it, for instance “March 2025”; blank where nothing is "
            "expected.",
        ),
    ),
    command=plainly(ReportProgress),
)
_COMPLETE = Act(
    name="complete",
    title="Report a milestone complete",
    about="Claim that an agreed milestone is reached. It counts as complete once another has "
    "signed it off.",
    fields=(
        MILESTONE,
        Field(
            name="achieved_on",
            label="Reached on",
            kind=Kind.PARTIAL_DATE,
            hint="As exact as is known, for instance “March 2025” or “14 March 2025”.",
            required=True,
        ),
        OCCURRENCE,
        Field(
            name="reporter",
            label="Who reports it",
            kind=Kind.PARTY,
            hint="Blank where it is whoever records this.",
        ),
        Field(
            name="summary",
            label="What was reached",
            kind=Kind.WORDS,
            hint="Never anything about a child or family.",
        ),
        EVIDENCE,
    ),
    command=plainly(ReportComplete),
)
_SIGN_OFF = Act(
    name="sign-off",
    title="Sign off a milestone",
    about="Accept the claim that a milestone is reached: by authority, by another than who "
    "claims it, and on evidence.",
    fields=(
        MILESTONE,
        Field(name="level", label="Level", kind=Kind.CHOICE, among=SignOffLevel, required=True),
        OCCURRENCE,
        Field(
            name="signer",
            label="Who signs it off",
            kind=Kind.PARTY,
            hint="Blank where it is whoever records this.",
        ),
        EVIDENCE,
        Field(
            name="waiver",
            label="Why it is accepted without evidence",
            kind=Kind.WORDS,
            hint="Only where nothing shows that it is reached.",
        ),
    ),
    command=plainly(SignOffMilestone),
    needs=frozenset({"authority"}),
)
_REFUSE_SIGN_OFF = Act(
    name="refuse-sign-off",
    title="Refuse a sign-off",
    about="Decline the claim that a milestone is reached, and say what is missing. The work goes "
    "on.",
    fields=(
        MILESTONE,
        Field(name="missing", label="What is missing", kind=Kind.WORDS, required=True),
        OCCURRENCE,
    ),
    command=plainly(RefuseSignOff),
)
_REOPEN = Act(
    name="reopen",
    title="Reopen a milestone",
    about="Take back a sign-off, for a reason. The sign-off stays visible.",
    fields=(
        MILESTONE,
        Field(
            name="trigger",
            label="What showed it",
            kind=Kind.CHOICE,
            among=ReopenTrigger,
            required=True,
        ),
        OCCURRENCE,
    ),
    command=plainly(ReopenMilestone),
    needs=frozenset({"reason"}),
)
_REGISTER_EVIDENCE = Act(
    name="evidence",
    title="Register evidence",
    about="Link to what shows that something was done. Never anything about a child or family.",
    fields=(
        Field(name="title", label="Title", kind=Kind.NAME, required=True),
        Field(name="kind", label="Kind", kind=Kind.CHOICE, among=EvidenceKind, required=True),
        Field(
            name="uri",
            label="Link",
            kind=Kind.TEXT,
            hint="Where it is kept, for instance https://council.example/minutes/14.",
            required=True,
        ),
        Field(
            name="items",
            label="What it is evidence for",
            kind=Kind.ITEMS,
            hint="Refs of milestones, actions or areas, with ; between several: 1.4/2; 1.5.",
            required=True,
        ),
        Field(name="dated", label="Dated", kind=Kind.PARTIAL_DATE),
    ),
    command=plainly(RegisterEvidence),
)

ACTS: Final = (_PROGRESS, _COMPLETE, _SIGN_OFF, _REFUSE_SIGN_OFF, _REOPEN, _REGISTER_EVIDENCE)
