"""What a plan refuses of progress, claims and sign-offs; see `refused_cases`."""

from datetime import date

from msgspec.structs import replace

from planledger.domain.refusals import Code
from planledger.events.dates import Day, Month, Quarter
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.milestone import MilestoneAgreed
from planledger.events.target_dates import Recurring
from planledger.events.values import Progress, ReopenTrigger, SignOffLevel
from tests.support.accepted_dates import recurring
from tests.support.accepted_delivery import (
    AGREED,
    CLAIMED,
    EVIDENCED,
    MAY,
    QUARTERLY,
    SHOWN,
    SIGNED,
    UNDATED,
    WAIVER,
    claim,
    complete,
    refuse,
    refused_for,
    registered,
    reopen,
    reopened_by,
    report,
    sign_off,
    signed,
)
from tests.support.domain_cases import BEGUN, CLERK, REASON
from tests.support.refused_cases import Refused

ADD_IT = "Check the name, or add it first."
CLAIM_FIRST = "Report it complete first, or name the occurrence or the day of a claim that stands."
NAME_BOTH = "name the party who reported and the one who signs."
SHOW_IT = "Register the evidence and name it, or say in a waiver why it is accepted without."
LATER = date(2025, 9, 1)
EARLIER = date(2025, 5, 1)
NO_MORE = AGREED.happened(registered(), EvidenceWithdrawn(evidence="minutes"))
UNTIL_MAY = Recurring(as_printed="", first=Month(2025, 2), every_months=3, until=Month(2025, 5))

PROGRESS = {
    "progress of what is not there": Refused(
        BEGUN, replace(report(Progress.ON_HOLD), milestone="9.9/1"),
        Code.UNKNOWN_ITEM, "milestone", ADD_IT,
    ),
    "progress of what is claimed to be complete": Refused(
        CLAIMED, report(Progress.IN_PROGRESS),
        Code.MILESTONE_DONE, "milestone",
        "1.1/1 is reported complete. Refuse the sign-off, or reopen it, before more is reported.",
    ),
    "progress of what is signed off": Refused(
        SIGNED, report(Progress.ON_HOLD),
        Code.MILESTONE_DONE, "milestone", "1.1/1 is signed off.",
    ),
    "progress of what is assured": Refused(
        SIGNED.happened(signed(SignOffLevel.ASSURED)), report(Progress.ON_HOLD),
        Code.MILESTONE_DONE, "milestone", "1.1/1 is assured.",
    ),
}  # fmt: skip

CLAIMS = {
    "a claim of what is not there": Refused(
        AGREED, complete("9.9/1"), Code.UNKNOWN_ITEM, "milestone", ADD_IT
    ),
    "a claim of what nobody agreed": Refused(
        BEGUN, complete(), Code.NOT_AGREED, "milestone", "Agree it first"
    ),
    "a claim of what was agreed later only": Refused(
        BEGUN.happened(MilestoneAgreed(milestone="review"), on=date(2025, 5, 2)),
        replace(complete(), effective_on=EARLIER),
        Code.NOT_AGREED, "milestone", "was not agreed by 2025-05-01.",
    ),
    "a claim that it will be reached tomorrow": Refused(
        AGREED, complete(achieved_on=Day(2025, 6, 3)),
        Code.DATE_IMPOSSIBLE, "achievedOn", "3 June 2025 had not come on 2025-06-02.",
    ),
    "a claim that it was reached after the day it is effective on": Refused(
        AGREED, replace(complete(achieved_on=Month(2025, 6)), effective_on=date(2025, 5, 31)),
        Code.DATE_IMPOSSIBLE, "achievedOn", "June 2025 had not come on 2025-05-31.",
    ),
    "a claim effective on a day to come that it was reached by then": Refused(
        AGREED, replace(complete(achieved_on=Month(2025, 8)), effective_on=LATER),
        Code.DATE_IMPOSSIBLE, "achievedOn", "August 2025 had not come on 2025-06-02.",
    ),
    "a claim by an unknown party": Refused(
        AGREED, complete(reporter="zoe"), Code.UNKNOWN_ITEM, "reporter", ADD_IT
    ),
    "a claim on unknown evidence": Refused(
        AGREED, complete(evidence=("minutes",)), Code.UNKNOWN_ITEM, "evidence", ADD_IT
    ),
    "a claim on evidence that was withdrawn": Refused(
        NO_MORE, complete(evidence=("minutes",)),
        Code.EVIDENCE_WITHDRAWN, "evidence",
        "minutes was withdrawn on 2025-01-06 and counts no longer. Leave it out, or register",
    ),
    "another claim while one stands": Refused(
        CLAIMED, complete(achieved_on=Month(2025, 4)),
        Code.CLAIM_STANDS, "milestone", "Sign that off or refuse it, or correct its entry",
    ),
    "another claim of what is signed off": Refused(
        SIGNED, complete(achieved_on=Month(2025, 4)),
        Code.CLAIM_STANDS, "milestone", "Sign that off or refuse it, or correct its entry",
    ),
    "a claim before another that is known": Refused(
        AGREED.happened(claim(), on=date(2025, 5, 20)),
        replace(complete(achieved_on=Month(2025, 4)), effective_on=date(2025, 5, 19)),
        Code.CLAIM_STANDS, "milestone", "from 2025-05-20 on.",
    ),
    "the same claim before the day it was made": Refused(
        AGREED.happened(claim(), on=date(2025, 5, 20)),
        replace(complete(), effective_on=date(2025, 5, 19)),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", "Give an effective day from 2025-05-20 on",
    ),
    "a claim before another that was refused": Refused(
        AGREED.happened(claim(), refused_for(), on=date(2025, 5, 20)),
        replace(complete(achieved_on=Month(2025, 4)), effective_on=date(2025, 5, 19)),
        Code.CLAIM_STANDS, "milestone", "from 2025-05-20 on.",
    ),
    "a claim of no time of what recurs": Refused(
        QUARTERLY, complete("2.1/1"),
        Code.OCCURRENCE_REQUIRED, "occurrence",
        "from February 2025 every 3 months. Name which of these times is reached.",
    ),
    "a claim of a time at which it does not fall due": Refused(
        QUARTERLY, complete("2.1/1", occurrence=Month(2025, 4)),
        Code.OCCURRENCE_REQUIRED, "occurrence", "Name which of these times is reached.",
    ),
    "a claim of a time before the first": Refused(
        QUARTERLY, complete("2.1/1", occurrence=Month(2024, 11)),
        Code.OCCURRENCE_REQUIRED, "occurrence", "Name which of these times is reached.",
    ),
    "a claim of a time after the last": Refused(
        AGREED.happened(recurring(UNTIL_MAY, "sign")),
        complete("2.1/1", occurrence=Month(2025, 8)),
        Code.OCCURRENCE_REQUIRED, "occurrence", "every 3 months until May 2025.",
    ),
    "a claim of a time stated otherwise than the first": Refused(
        QUARTERLY, complete("2.1/1", occurrence=Day(2025, 5, 31)),
        Code.OCCURRENCE_REQUIRED, "occurrence", "Name which of these times is reached.",
    ),
    "a claim of no time of what recurs from no known date": Refused(
        AGREED.happened(recurring(UNDATED, "sign")), complete("2.1/1"),
        Code.OCCURRENCE_REQUIRED, "occurrence", "from a date to be confirmed every 3 months.",
    ),
    "a claim of one time of what is due once": Refused(
        AGREED, complete(occurrence=Quarter(2025, 1)),
        Code.OCCURRENCE_UNEXPECTED, "occurrence",
        "Leave the occurrence out, or set its recurrence first.",
    ),
}  # fmt: skip

SIGN_OFFS = {
    "a sign-off of what is not there": Refused(
        CLAIMED, replace(sign_off(), milestone="9.9/1"), Code.UNKNOWN_ITEM, "milestone", ADD_IT
    ),
    "a sign-off of what nobody claimed": Refused(
        AGREED, sign_off(), Code.NOTHING_CLAIMED, "milestone", CLAIM_FIRST
    ),
    "a sign-off of another time than the one claimed": Refused(
        QUARTERLY.happened(claim("sign", occurrence=MAY)),
        replace(sign_off(), milestone="2.1/1", occurrence=Month(2025, 2)),
        Code.NOTHING_CLAIMED, "milestone", "is reached for February 2025 stands on 2025-06-02.",
    ),
    "a sign-off before the claim": Refused(
        AGREED.happened(claim(), on=date(2025, 5, 20)),
        sign_off(on=date(2025, 5, 19), waiver=WAIVER),
        Code.NOTHING_CLAIMED, "milestone", "stands on 2025-05-19.",
    ),
    "a sign-off of a claim that was refused": Refused(
        CLAIMED.happened(refused_for()), sign_off(waiver=WAIVER),
        Code.NOTHING_CLAIMED, "milestone",
        f"The claim that 1.1/1 is reached was refused on 2025-01-06. {CLAIM_FIRST}",
    ),
    "a sign-off before its claim is known to be refused": Refused(
        CLAIMED.happened(refused_for(), on=date(2025, 5, 20)),
        sign_off(waiver=WAIVER, on=date(2025, 5, 19)),
        Code.NOTHING_CLAIMED, "milestone", "was refused on 2025-05-20.",
    ),
    "a sign-off of what was reopened": Refused(
        SIGNED.happened(reopened_by()), sign_off(), Code.NOTHING_CLAIMED, "milestone", CLAIM_FIRST
    ),
    "the same sign-off before the day it was given": Refused(
        SHOWN.happened(signed(), on=date(2025, 5, 20)), sign_off(on=date(2025, 5, 19)),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", "Give an effective day from 2025-05-20 on",
    ),
    "a sign-off by the account that claimed it": Refused(
        EVIDENCED.happened(claim(account=CLERK.id)), sign_off(waiver=WAIVER),
        Code.SAME_SIGNER, "signer", NAME_BOTH,
    ),
    "a sign-off by a party, the reporter not being named": Refused(
        EVIDENCED.happened(claim(account=CLERK.id)), sign_off(signer="ben", waiver=WAIVER),
        Code.SAME_SIGNER, "signer", NAME_BOTH,
    ),
    "a sign-off by nobody named, one party having reported": Refused(
        EVIDENCED.happened(claim(account=CLERK.id, reporter="ada")), sign_off(waiver=WAIVER),
        Code.SAME_SIGNER, "signer", NAME_BOTH,
    ),
    "a sign-off by the party that claimed it, from another account": Refused(
        EVIDENCED.happened(claim(reporter="ada")), sign_off(signer="ada", waiver=WAIVER),
        Code.SAME_SIGNER, "signer", NAME_BOTH,
    ),
    "a sign-off by an unknown party": Refused(
        CLAIMED, sign_off(signer="zoe", waiver=WAIVER), Code.UNKNOWN_ITEM, "signer", ADD_IT
    ),
    "a sign-off on nothing": Refused(
        CLAIMED, sign_off(), Code.EVIDENCE_REQUIRED, "evidence", SHOW_IT
    ),
    "a sign-off on evidence for another milestone": Refused(
        CLAIMED.happened(registered("audit", "to-come", "help")), sign_off(),
        Code.EVIDENCE_REQUIRED, "evidence", SHOW_IT,
    ),
    "a sign-off on evidence that was withdrawn since the claim": Refused(
        SHOWN.happened(EvidenceWithdrawn(evidence="minutes")), sign_off(),
        Code.EVIDENCE_REQUIRED, "evidence", SHOW_IT,
    ),
    "a sign-off on evidence registered later only": Refused(
        CLAIMED.happened(registered("audit", "review"), on=date(2025, 5, 2)),
        sign_off(on=EARLIER),
        Code.EVIDENCE_REQUIRED, "evidence", SHOW_IT,
    ),
    "a sign-off that names evidence that was withdrawn": Refused(
        NO_MORE.happened(claim()), sign_off(evidence=("minutes",)),
        Code.EVIDENCE_WITHDRAWN, "evidence", "counts no longer.",
    ),
    "a sign-off that names unknown evidence": Refused(
        CLAIMED, sign_off(evidence=("photo",)), Code.UNKNOWN_ITEM, "evidence", ADD_IT
    ),
    "a sign-off without authority": Refused(
        SHOWN, replace(sign_off(), authority=None),
        Code.AUTHORITY_REQUIRED, "authority", "Name the forum and meeting, or the officer",
    ),
    "a refusal of what is not there": Refused(
        CLAIMED, replace(refuse(), milestone="9.9/1"), Code.UNKNOWN_ITEM, "milestone", ADD_IT
    ),
    "a refusal of what nobody claimed": Refused(
        AGREED, refuse(), Code.NOTHING_CLAIMED, "milestone", CLAIM_FIRST
    ),
    "a refusal of what was refused for something else": Refused(
        CLAIMED.happened(refused_for()), refuse(REASON),
        Code.NOTHING_CLAIMED, "milestone", "was refused on 2025-01-06.",
    ),
    "a refusal of what is signed off": Refused(
        SIGNED, refuse(), Code.NOTHING_CLAIMED, "milestone", "Reopen it instead."
    ),
    "a refusal before it is known to be signed off": Refused(
        SHOWN.happened(signed(), on=date(2025, 5, 20)), refuse(on=date(2025, 5, 19)),
        Code.NOTHING_CLAIMED, "milestone", "signed off, from 2025-05-20 on. Reopen it instead.",
    ),
    "a reopening of what is not there": Refused(
        SIGNED, replace(reopen(), milestone="9.9/1"), Code.UNKNOWN_ITEM, "milestone", ADD_IT
    ),
    "a reopening of what was never claimed": Refused(
        AGREED, reopen(), Code.NOT_SIGNED_OFF, "milestone", "else there is nothing to reopen."
    ),
    "a reopening of what is claimed only": Refused(
        CLAIMED, reopen(),
        Code.NOT_SIGNED_OFF, "milestone", "Refuse the sign-off of a claim that stands",
    ),
    "a reopening of what was reopened by something else": Refused(
        SIGNED.happened(reopened_by()), reopen(ReopenTrigger.OFSTED),
        Code.NOT_SIGNED_OFF, "milestone", "or reopened already.",
    ),
    "a reopening before the sign-off": Refused(
        SHOWN.happened(signed(), on=date(2025, 5, 20)), reopen(on=date(2025, 5, 19)),
        Code.NOT_SIGNED_OFF, "milestone", "is not signed off on 2025-05-19",
    ),
    "a reopening before another sign-off, which would have nothing to accept": Refused(
        SIGNED.happened(signed(SignOffLevel.ASSURED), on=date(2025, 5, 20)),
        reopen(on=date(2025, 5, 19)),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", "Give an effective day from 2025-05-20 on",
    ),
    "a reopening without a reason": Refused(
        SIGNED, replace(reopen(), reason=None),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
}  # fmt: skip

DELIVERY = {**PROGRESS, **CLAIMS, **SIGN_OFFS}
