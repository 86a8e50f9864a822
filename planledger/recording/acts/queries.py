"""Acts about questions that wait for a person."""

from typing import Final

from planledger.domain.commands import RaiseQuery, ResolveQuery
from planledger.recording.act import Act, Field, Kind
from planledger.recording.acts.making import plainly

ACTS: Final = (
    Act(
        name="raise-query",
        title="Raise a query",
        about="Leave a question about the plan for a person, with the two ways to read it.",
        fields=(
            Field(name="question", label="Question", kind=Kind.WORDS, required=True),
            Field(name="taken", label="How the plan reads it", kind=Kind.WORDS, required=True),
            Field(name="instead", label="How else it may be read", kind=Kind.WORDS, required=True),
            Field(
                name="item",
                label="What it is about",
                kind=Kind.ITEM,
                hint="The ref of an area, action or milestone; blank for the plan as a whole.",
            ),
        ),
        command=plainly(RaiseQuery),
    ),
    Act(
        name="resolve-query",
        title="Settle a query",
        about="Say how a question was decided. A change that it calls for is recorded by itself.",
        fields=(
            Field(name="query", label="Query", kind=Kind.QUERY, required=True),
            Field(name="resolution", label="How it was decided", kind=Kind.WORDS, required=True),
        ),
        command=plainly(ResolveQuery),
    ),
)
