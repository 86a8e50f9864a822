"""What entries need of each other: whatever is recorded, nothing ever lacks what it rests on."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planledger.domain.dependence import flaws
from planledger.domain.record import Record
from planledger.domain.refusals import Refusal
from tests.support.anything import any_command, COMMANDS
from tests.support.domain_cases import BEGUN, opened, reading
from tests.support.accepted_delivery import SIGNED, AGREED, EVIDENCED, QUARTERLY
from tests.support.accepted_reviews import adopted, THREE, rated, challenged, answered
FULL = SIGNED.happened(adopted(1,*THREE), opened(), rated(), challenged(), answered(), reading())
from planledger.domain.commands import *
DEL=(ReportComplete,SignOffMilestone,RefuseSignOff,ReopenMilestone,ReportProgress,WithdrawEvidence, SetRecurrence)
GOV=(OpenReview,CloseReview,GiveRating,AdoptRatingKey,RaiseChallenge,AnswerChallenge,WithdrawEvidence,ReviseKpiReading,RecordKpiReading,DefineKpi,MoveTargetDate,SetTargetDate,ApproveVersion,SubmitVersion,IssueVersion,RecordReference)
HITS=Counter(); REF=Counter()

@settings(max_examples=700, deadline=None)
@pytest.mark.parametrize("kinds",[COMMANDS,DEL,GOV])
@given(data=st.data())
def test_law(data: st.DataObject, kinds) -> None:
    past = start = data.draw(st.sampled_from([BEGUN,AGREED,EVIDENCED,QUARTERLY,FULL]))
    for number in range(14):
        command = any_command(data.draw, past, kinds)
        outcome = past.when(command, command_id=f"command-{number}")
        if isinstance(outcome, Refusal):
            REF[type(command).__name__,outcome.code.name]+=1
            continue
        HITS[type(command).__name__,bool(outcome)]+=1
        if outcome:
            past = past.did(command, command_id=f"command-{number}")
            left = flaws(Record(past.entries).live())
            assert not left.unmet and not left.twice, (command, left, past.entries[len(start.entries):])

def test_zz():
    for k,v in sorted(HITS.items()): print(k,v)
    print()
    for k,v in sorted(REF.items()): 
        if k[0] in ("CorrectEntry","VoidEntry"): print(k,v)
