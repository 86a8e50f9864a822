"""What can be found in a plan: overdue, undefined, moved, stalled, late, amended, in conflict.

Each finding is a pure fold over one plan as it stood at a point, one file an idea; `Findings`
gives them by name. Nothing in here decides anything.
"""

from planledger.projections.findings.completions import ClaimFinding, ReopenedChain
from planledger.projections.findings.conflicts import ConflictKind, DateConflict
from planledger.projections.findings.coverage import AreaCoverage
from planledger.projections.findings.dates import DateMove, FirstSetting, Slipped, TbcAge, TbcEnd
from planledger.projections.findings.due import DueItem
from planledger.projections.findings.entries import AmendmentFinding, AmendmentKind, LateEntry
from planledger.projections.findings.findings import Findings
from planledger.projections.findings.leads import LeadInterval, LeadLoad
from planledger.projections.findings.matter import (
    Amendment,
    Finding,
    Matter,
    NamedItem,
    amendments_by,
)
from planledger.projections.findings.percentages import Completeness, Denominator, Share
from planledger.projections.findings.questions import (
    ChallengeFinding,
    OpenQuery,
    RatingChange,
    RatingTrail,
)
from planledger.projections.findings.stalled import Stalled
from planledger.projections.findings.undefined import Unconfirmed, Undefined

__all__ = [
    "Amendment",
    "AmendmentFinding",
    "AmendmentKind",
    "AreaCoverage",
    "ChallengeFinding",
    "ClaimFinding",
    "Completeness",
    "ConflictKind",
    "DateConflict",
    "DateMove",
    "Denominator",
    "DueItem",
    "Finding",
    "Findings",
    "FirstSetting",
    "LateEntry",
    "LeadInterval",
    "LeadLoad",
    "Matter",
    "NamedItem",
    "OpenQuery",
    "RatingChange",
    "RatingTrail",
    "ReopenedChain",
    "Share",
    "Slipped",
    "Stalled",
    "TbcAge",
    "TbcEnd",
    "Unconfirmed",
    "Undefined",
    "amendments_by",
]
