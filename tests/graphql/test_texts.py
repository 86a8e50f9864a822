"""Texts come back as they were stated, whatever a reader might take them for."""

import pytest

from tests.support.face import Face

TEXTS = {
    "html": "<b onmouseover=alert(1)>Agreed</b> & <script>alert('x')</script>",
    "template": "{{ 7 * 7 }} ${7*7} %s %(x)s {0} [bold]red[/bold]",
    "formula": '=HYPERLINK("http://example.org","click")',
    "direction": "\u202eesrever\u202c עברית العربية",
    "joined": "e\u0301 is not é; 👩‍👩‍👧 ﬁ \u200b|\ufeff|",
    "lines": "first\nsecond\ttabbed",
    "quotes": "'\"`´‘’“”«» \\ \\n \\u0041 /",
    "spaces": "  kept at both ends  ",
    "json": '{"type": "plan-drafted.v1"}, null]',
    "long": "x" * 9_999 + "é",
    "astral": "𝕎𝕙𝕪 " * 100,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_comes_back_unchanged_from_the_plan_and_from_its_entries(
    face: Face, text: str
) -> None:
    """What was said is evidence; making it safe to show is for whoever shows it."""
    face.begin()
    proposed = {"plan": "alpha", "action": "1.1", "text": text, "reason": text}
    face.done("milestonePropose", proposed)
    face.done("partyRegister", {"plan": "alpha", "kind": "PERSON", "name": text})
    seen = face.ask(
        """{ ledger { plan(ref: "alpha") { milestones { text } parties { name } } }
             events(after: "4") { nodes { reason ... on MilestoneProposed { text }
               ... on PartyRegistered { name } } } }"""
    )
    plan = seen["ledger"]["plan"]
    assert [each["text"] for each in plan["milestones"]] == ["A board meets", text]
    assert [each["name"] for each in plan["parties"]] == [text]
    nodes = seen["events"]["nodes"]
    assert nodes == [{"reason": text, "text": text}, {"reason": None, "name": text}]


def test_a_literal_in_a_document_is_read_as_a_variable_is(face: Face) -> None:
    """Some clients write the text into the document, escapes and all."""
    document = """mutation { planDraft(input: {plan: "alpha", title: "a \\"b\\" \\u00e9 \\\\n"}) {
      ... on PlanRecorded { plan { title } } } }"""
    assert face.ask(document)["planDraft"] == {"plan": {"title": 'a "b" é \\n'}}


@pytest.mark.parametrize(
    "text", ["", " \n\t", "x" * 10_001, "nul \0 in it", "half \ud800 a character"]
)
def test_a_text_that_cannot_be_kept_is_refused_with_its_field(face: Face, text: str) -> None:
    """It could not come back unchanged, so it is not taken."""
    face.begin()
    answer = face.do("milestonePropose", {"plan": "alpha", "action": "1.1", "text": text})
    assert (answer["code"], answer["path"]) == ("TEXT_UNUSABLE", "text")
    assert face.head() == 4
