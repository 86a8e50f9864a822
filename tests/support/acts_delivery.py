"""Acts on how a milestone is delivered, and on what shows it."""

from tests.support.acts_base import AUTHORITY, REASON, Act

_CLAIM = {
    "milestone": "1.1/1", "occurrence": "2026-06", "achievedOn": "2026-02-10",
    "reporter": "$ann", "summary": "The board met",
}  # fmt: skip
_SHA256 = "0123456789abcdef" * 4

DELIVERY: tuple[Act, ...] = (
    Act(
        mutation="evidenceRegister",
        given={
            "title": "Minutes of February", "kind": "MINUTES", "dated": "2026-02",
            "uri": "https://northbridge.example/minutes/4", "sha256": _SHA256, "items": ["1.1/1"],
        },
        noun="evidence",
        shown="title kind dated uri sha256 items on withdrawnOn",
        then={
            "title": "Minutes of February", "kind": "MINUTES", "dated": "2026-02",
            "uri": "https://northbridge.example/minutes/4", "sha256": _SHA256, "items": ["1.1/1"],
            "on": "2026-02-12", "withdrawnOn": None,
        },
        events=({"__typename": "EvidenceRegistered", "title": "Minutes of February"},),
        payload="... on EvidenceRegistered { title }",
        refused=({"uri": "the blue folder"}, "LINK_UNUSABLE", "uri"),
        save="minutes",
    ),
    Act(
        mutation="milestoneProgressReport",
        given={
            "milestone": "1.1/1", "state": "IN_PROGRESS", "narrative": "Half of it is done",
            "forecast": "2026-05",
        },
        noun="milestone",
        shown="delivery forecast narrative progressOn dueBy",
        then={
            "delivery": "IN_PROGRESS", "forecast": "2026-05", "narrative": "Half of it is done",
            "progressOn": "2026-02-12", "dueBy": "2026-06-30",
        },
        events=({"__typename": "MilestoneProgressReported", "forecast": "2026-05"},),
        payload="... on MilestoneProgressReported { forecast }",
        refused=({"milestone": "1.1/9"}, "UNKNOWN_ITEM", "milestone"),
    ),
    Act(
        mutation="milestoneReportComplete",
        given=_CLAIM,
        noun="milestone",
        shown="delivery completions { reportedOn occurrence achievedOn reporter { name } summary "
        "evidence { title } signOffs { level } stands }",
        then={
            "delivery": "IN_PROGRESS",  # it goes on: one time of it is claimed
            "completions": [
                {
                    "reportedOn": "2026-02-12", "occurrence": "2026-06",
                    "achievedOn": "2026-02-10", "reporter": {"name": "Ann Other"},
                    "summary": "The board met", "evidence": [], "signOffs": [], "stands": True,
                },
            ],
        },
        events=({"__typename": "MilestoneReportedComplete", "achievedOn": "2026-02-10"},),
        payload="... on MilestoneReportedComplete { achievedOn }",
        refused=({"occurrence": None}, "OCCURRENCE_REQUIRED", "occurrence"),
    ),
    Act(
        mutation="milestoneSignOffRefuse",
        given={"milestone": "1.1/1", "occurrence": "2026-06", "missing": "The minutes"},
        noun="milestone",
        shown="delivery completions { stands refused { on missing } }",
        then={
            "delivery": "IN_PROGRESS",
            "completions": [
                {"stands": False, "refused": {"on": "2026-02-12", "missing": "The minutes"}},
            ],
        },
        events=({"__typename": "MilestoneSignOffRefused", "missing": "The minutes"},),
        payload="... on MilestoneSignOffRefused { missing }",
        refused=({"occurrence": "2026-09"}, "NOTHING_CLAIMED", "milestone"),
    ),
    Act(
        mutation="milestoneReportComplete",
        given={**_CLAIM, "evidence": ["$minutes"]},
        noun="milestone",
        shown="delivery completions { evidence { title } stands }",
        then={
            "delivery": "IN_PROGRESS",
            "completions": [
                {"evidence": [], "stands": False},
                {"evidence": [{"title": "Minutes of February"}], "stands": True},
            ],
        },
        events=({"__typename": "MilestoneReportedComplete", "occurrence": "2026-06"},),
        payload="... on MilestoneReportedComplete { occurrence }",
        refused=({"achievedOn": "2026-01"}, "CLAIM_STANDS", "milestone"),
    ),
    Act(
        mutation="milestoneSignOff",
        given={
            "milestone": "1.1/1", "occurrence": "2026-06", "level": "ACCEPTED",
            "signer": "$board", "evidence": ["$minutes"], "authority": AUTHORITY,
        },
        noun="milestone",
        shown="delivery completions { signOffs { level on signer { name } evidence { title } "
        "waiver } stands }",
        then={
            "delivery": "IN_PROGRESS",
            "completions": [
                {"signOffs": [], "stands": False},
                {
                    "signOffs": [
                        {
                            "level": "ACCEPTED", "on": "2026-02-12",
                            "signer": {"name": "Improvement Board"},
                            "evidence": [{"title": "Minutes of February"}], "waiver": None,
                        },
                    ],
                    "stands": True,
                },
            ],
        },
        events=({"__typename": "MilestoneSignedOff", "level": "ACCEPTED"},),
        payload="... on MilestoneSignedOff { level }",
        refused=({"level": "ASSURED", "signer": "$ann"}, "SAME_SIGNER", "signer"),
    ),
    Act(
        mutation="milestoneReopen",
        given={
            "milestone": "1.1/1", "occurrence": "2026-06", "trigger": "AUDIT", "reason": REASON,
        },
        noun="milestone",
        shown="delivery completions { reopened { on trigger } signOffs { level } stands }",
        then={
            "delivery": "IN_PROGRESS",
            "completions": [
                {"reopened": None, "signOffs": [], "stands": False},
                {
                    "reopened": {"on": "2026-02-12", "trigger": "AUDIT"},
                    "signOffs": [{"level": "ACCEPTED"}], "stands": False,
                },
            ],
        },
        events=({"__typename": "MilestoneReopened", "trigger": "AUDIT"},),
        payload="... on MilestoneReopened { trigger }",
        refused=({"trigger": "OFSTED"}, "NOT_SIGNED_OFF", "milestone"),
    ),
    Act(
        mutation="evidenceWithdraw",
        given={"evidence": "$minutes", "reason": REASON},
        noun="evidence",
        shown="title withdrawnOn",
        then={"title": "Minutes of February", "withdrawnOn": "2026-02-12"},
        events=({"__typename": "EvidenceWithdrawn", "reason": REASON},),
        payload="reason ... on EvidenceWithdrawn { evidence }",
        refused=({"evidence": "a-folder"}, "UNKNOWN_ITEM", "evidence"),
    ),
)  # fmt: skip
