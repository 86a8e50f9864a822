"""What a plan refuses of versions, inspections, evidence and references; see `refused_cases`."""

from datetime import date

from msgspec.structs import replace

from planledger.domain.commands import SetBaseline, WithdrawEvidence
from planledger.domain.refusals import Code
from planledger.events.plan import PlanApproved
from planledger.events.values import ReferenceKind
from tests.support.accepted_governance import (
    APPROVED,
    BASELINED,
    CLOSED,
    ISSUE,
    ISSUED,
    REGISTERED,
    WITHDRAWN,
    approve,
    ask,
    asked,
    close,
    depend,
    depends,
    evidence,
    receive,
    received,
    register,
    sent,
    submit,
)
from tests.support.domain_cases import BEGUN, BOARD, FIRST_DAY, PLAN, REASON
from tests.support.refused_cases import Refused

ADD_IT = "Check the name, or add it first."
SHORT = "Use 1 to 64 lower-case letters, digits and inner hyphens"
EARLY, LATE = date(2025, 5, 19), date(2025, 5, 20)
NOT_BEFORE = "Give an effective day from 2025-05-20 on, or correct that entry"
DECIDED = "Name the forum and meeting, or the officer"
AT_ITS_END = "northbridge is closed, from 2025-05-20 on. Correct or void an entry that was wrong;"
BASELINE = SetBaseline(plan=PLAN, baseline="start", label="As approved", authority=BOARD)

VERSIONS = {
    "another version of the same short name": Refused(
        ISSUED, replace(ISSUE, label="Version 2"),
        Code.REF_IN_USE, "version", "another version called 'v1'. Choose another short name.",
    ),
    "a version under no short name": Refused(
        BEGUN, replace(ISSUE, version="Version 1"), Code.NAME_UNUSABLE, "version", SHORT
    ),
    "the same version before it was issued": Refused(
        BEGUN.happened(ISSUED.entries[-1].event, on=LATE), replace(ISSUE, effective_on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
    "an approval of an unknown version": Refused(
        BEGUN, approve(), Code.UNKNOWN_ITEM, "version", ADD_IT
    ),
    "an approval before the version": Refused(
        BEGUN.happened(ISSUED.entries[-1].event, on=LATE), approve(on=EARLY),
        Code.UNKNOWN_ITEM, "version", "there was no such version. Give a later effective day.",
    ),
    "an approval without authority": Refused(
        ISSUED, replace(approve(), authority=None),
        Code.AUTHORITY_REQUIRED, "authority", DECIDED,
    ),
    "the same approval before it was given": Refused(
        ISSUED.happened(PlanApproved(version="v1", body="Cabinet"), on=LATE), approve(on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
    "an unknown version sent": Refused(
        BEGUN, submit("Ofsted"), Code.UNKNOWN_ITEM, "version", ADD_IT
    ),
    "a version sent to nobody": Refused(
        APPROVED, submit(), Code.NOTHING_NAMED, "recipients", "Name one recipient at least."
    ),
    "a version sent that nobody approved": Refused(
        ISSUED, submit("Ofsted"),
        Code.NOT_APPROVED, "version", "Have it approved first, or name the authority by which",
    ),
    "a version sent before it was approved": Refused(
        ISSUED.happened(PlanApproved(version="v1", body="Cabinet"), on=LATE),
        submit("Ofsted", on=EARLY),
        Code.NOT_APPROVED, "version", "Nobody had approved v1 by 2025-05-19.",
    ),
    "a version sent before it was sent": Refused(
        APPROVED.happened(sent("Ofsted"), on=LATE), submit("Ofsted", on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
    "a baseline set anew": Refused(
        BASELINED, replace(BASELINE, label="As refreshed"),
        Code.BASELINE_EXISTS, "baseline", "Set another under a short name of its own.",
    ),
    "a baseline under no short name": Refused(
        BEGUN, replace(BASELINE, baseline="-"), Code.NAME_UNUSABLE, "baseline", SHORT
    ),
    "a baseline without authority": Refused(
        BEGUN, replace(BASELINE, authority=None), Code.AUTHORITY_REQUIRED, "authority", DECIDED
    ),
}  # fmt: skip

CLOSING = {
    "a plan closed without authority": Refused(
        BEGUN, replace(close(), authority=None), Code.AUTHORITY_REQUIRED, "authority", DECIDED
    ),
    "a plan closed for itself": Refused(
        BEGUN, close(PLAN), Code.REPLACED_BY_ITSELF, "successor", "Name another plan, or none."
    ),
    "a plan closed for what cannot be a plan": Refused(
        BEGUN, close("Next year"), Code.NAME_UNUSABLE, "successor", SHORT
    ),
    "a plan closed in two ways": Refused(
        CLOSED, close("northbridge-2016"), Code.PLAN_CLOSED, "plan", AT_ITS_END
    ),
    "a plan closed before the day it was closed on": Refused(
        CLOSED, close(on=EARLY), Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE
    ),
    "an end after which the plan goes on": Refused(
        BEGUN.happened(asked(), on=LATE),
        close(on=EARLY),
        Code.EFFECTIVE_TOO_EARLY,
        "effectiveOn",
        "The plan goes on after 2025-05-19, up to entry 20 of 2025-05-20. Close it from 2025-05-20 "
        "on, or void what did not happen or will not.",
    ),
    "a version of a closed plan": Refused(CLOSED, ISSUE, Code.PLAN_CLOSED, "plan", AT_ITS_END),
    "a query about a closed plan": Refused(
        CLOSED, ask(), Code.PLAN_CLOSED, "plan", "before takes an earlier effective day."
    ),
}

INSPECTIONS = {
    "another report of the same short name": Refused(
        BEGUN.happened(received(FIRST_DAY, 70, date(2025, 4, 14))), receive(working_days=20),
        Code.REF_IN_USE, "inspection", "Choose another short name.",
    ),
    "the same report before it was received": Refused(
        BEGUN.happened(received(FIRST_DAY, 70, date(2025, 4, 14)), on=LATE),
        replace(receive(), effective_on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
    "a report under no short name": Refused(
        BEGUN, replace(receive(), inspection="SIF 2015"), Code.NAME_UNUSABLE, "inspection", SHORT
    ),
    "a report received tomorrow": Refused(
        BEGUN, receive(date(2025, 6, 3)),
        Code.DATE_IMPOSSIBLE, "receivedOn", "Check the date and the effective day.",
    ),
    "a report received after the day that is effective on": Refused(
        BEGUN, replace(receive(LATE), effective_on=EARLY),
        Code.DATE_IMPOSSIBLE, "receivedOn", "20 May 2025 had not come on 2025-05-19.",
    ),
    "a report published before it was received": Refused(
        BEGUN, receive(published_on=date(2025, 1, 5)),
        Code.DATE_IMPOSSIBLE, "publishedOn", "Check the two dates.",
    ),
    "a report published tomorrow": Refused(
        BEGUN, receive(published_on=date(2025, 6, 3)),
        Code.DATE_IMPOSSIBLE, "publishedOn", "today (2025-06-02), not on 2025-06-03.",
    ),
    "a report to be answered at once": Refused(
        BEGUN, receive(working_days=0),
        Code.WORKING_DAYS_IMPOSSIBLE, "workingDays", "Check the number.",
    ),
    "a report to be answered in more than a year": Refused(
        BEGUN, receive(working_days=261),
        Code.WORKING_DAYS_IMPOSSIBLE, "workingDays", "within 1 to 260 working days",
    ),
}  # fmt: skip

EVIDENCE = {
    "evidence for what is not there": Refused(
        BEGUN, register(evidence().uri, "1.1", "9.9"), Code.UNKNOWN_ITEM, "items", ADD_IT
    ),
    "evidence for nothing": Refused(
        BEGUN, replace(register(), items=()),
        Code.NOTHING_NAMED, "items", "Name one item of the plan at least.",
    ),
    "the same evidence before it was registered": Refused(
        BEGUN.happened(evidence(), on=LATE), register(on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
    "evidence with a hash of something else": Refused(
        BEGUN, register(sha256="ab" * 20),
        Code.LINK_UNUSABLE, "sha256", "A SHA-256 is 64 hexadecimal digits.",
    ),
    "unknown evidence withdrawn": Refused(
        BEGUN, WithdrawEvidence(plan=PLAN, evidence="audit", reason=REASON),
        Code.UNKNOWN_ITEM, "evidence", ADD_IT,
    ),
    "evidence withdrawn without a reason": Refused(
        REGISTERED, WithdrawEvidence(plan=PLAN, evidence="audit"),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "evidence withdrawn before it was withdrawn": Refused(
        WITHDRAWN,
        WithdrawEvidence(plan=PLAN, evidence="audit", reason=REASON, effective_on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
}  # fmt: skip

for _uri in (
    "minutes of 12 May",
    "northbridge.example/minutes",
    "/minutes/12-may",
    "C:\\Minutes\\12-may.docx",
    "file:///home/clerk/minutes.pdf",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,minutes",
    "https://",
    "https:minutes",
    "https:///minutes",
    "https://@northbridge.example",
    "https://northbridge.example/12 may",
    "https://northbridge.example/<script>",
    "urn:",
    ":minutes",
):
    EVIDENCE[f"evidence at {_uri!r}"] = Refused(
        BEGUN, register(_uri),
        Code.LINK_UNUSABLE, "uri", "is no link that others can follow. Give a whole address,",
    )  # fmt: skip

QUERIES = {
    "a query about what is not there": Refused(
        BEGUN, ask("9.9"), Code.UNKNOWN_ITEM, "item", ADD_IT
    ),
    "the same query before it was raised": Refused(
        BEGUN.happened(asked(), on=LATE), ask(on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
}  # fmt: skip

LEAVE_OUT = "Leave it out, or void one of the others."

REFERENCES = {
    "a pointer of what is not there": Refused(
        BEGUN, depend("9.9", "1.1"), Code.UNKNOWN_ITEM, "item", ADD_IT
    ),
    "a pointer at what is not there": Refused(
        BEGUN, depend("1.1", "9.9"), Code.UNKNOWN_ITEM, "target", ADD_IT
    ),
    "a pointer at itself": Refused(
        BEGUN, depend("1.1", "front-door", ReferenceKind.REFERENCE),
        Code.REFERS_TO_ITSELF, "target", "Name another item.",
    ),
    "a dependency on itself": Refused(
        BEGUN, depend("1.1", "front-door"), Code.REFERS_TO_ITSELF, "target", "Name another item."
    ),
    "a milestone that depends on its own area": Refused(
        BEGUN, depend("1.1/1", "1"),
        Code.DEPENDENCY_CYCLE, "target", f"1.1/1 would depend on 1. {LEAVE_OUT}",
    ),
    "an action that depends on its own milestone": Refused(
        BEGUN, depend("1.1", "1.1/1"),
        Code.DEPENDENCY_CYCLE, "target", f"1.1 would depend on 1.1/1. {LEAVE_OUT}",
    ),
    "two items that depend on each other": Refused(
        BEGUN.happened(depends("pledge", "undefined")), depend("1.2", "2.1"),
        Code.DEPENDENCY_CYCLE, "target",
        f"could be done first: 1.2 would depend on 2.1; 2.1 depends on 1.2. {LEAVE_OUT}",
    ),
    "two items that depend on each other from a later day on": Refused(
        BEGUN.happened(depends("pledge", "undefined"), on=LATE), depend("1.2", "2.1", on=EARLY),
        Code.DEPENDENCY_CYCLE, "target", "1.2 would depend on 2.1; 2.1 depends on 1.2.",
    ),
    "a circle of three": Refused(
        BEGUN.happened(depends("pledge", "undefined"), depends("undefined", "review")),
        depend("1.1/1", "2.1"),
        Code.DEPENDENCY_CYCLE, "target",
        "1.1/1 would depend on 2.1; 2.1 depends on 1.2; 1.2 depends on 1.1/1.",
    ),
    "a circle through what an action depends on as a whole": Refused(
        BEGUN.happened(depends("front-door", "pledge")), depend("2.1/1", "1.1/2"),
        Code.DEPENDENCY_CYCLE, "target",
        "2.1/1 would depend on 1.1/2; 1.1 depends on 2.1.",
    ),
    "a circle through one milestone of an action that is depended on": Refused(
        BEGUN.happened(depends("review", "undefined")), depend("1.2", "1.1"),
        Code.DEPENDENCY_CYCLE, "target", "1.2 would depend on 1.1; 1.1/1 depends on 1.2.",
    ),
    "a circle through areas": Refused(
        BEGUN.happened(depends("help", "care")), depend("2.1/1", "1.1/1"),
        Code.DEPENDENCY_CYCLE, "target", "2.1/1 would depend on 1.1/1; 1 depends on 2.",
    ),
}  # fmt: skip

GOVERNANCE = {**VERSIONS, **CLOSING, **INSPECTIONS, **EVIDENCE, **QUERIES, **REFERENCES}
