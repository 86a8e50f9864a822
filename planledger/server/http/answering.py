"""Questions are answered: as before where the answer cannot have changed, else afresh."""

from msgspec import Struct

from planledger.events.values import Author
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question
from planledger.ledger import Ledger
from planledger.server.http.kept import Answer, KeptAnswers, Key, final
from planledger.server.metrics import Kept, Metrics
from planledger.server.requests import Asked


class Answering(Struct, frozen=True):
    """What answers are made from."""

    execution: Execution
    ledger: Ledger
    author: Author
    """Who is named as the author of what is recorded."""
    metrics: Metrics
    kept: KeptAnswers

    def context(self, asked: Asked) -> Context:
        """Give what a question is carried out with."""
        return Context(
            ledger=self.ledger,
            author=self.author,
            request_id=asked.id,
            correlation_id=asked.stated,
        )

    def found(self, key: Key | None, asked: Asked) -> Answer | None:
        """Give the answer that is kept, at once: it waits for no thread and no store."""
        answer = self.kept.find(key)
        if answer is not None:
            self._note(asked, "found")
        return answer

    async def made(self, key: Key | None, question: Question, asked: Asked) -> Answer:
        """Carry the question out, and keep the answer where it is final."""
        response = await self.execution.answer_in_time(question, self.context(asked))
        if not response.final:
            self._note(asked, "no")
            return Answer(response.body, failure=response.failure)
        answer = final(response.body)
        self.keep(key, answer, asked)
        return answer

    def keep(self, key: Key | None, answer: Answer, asked: Asked) -> None:
        """Keep an answer that was made."""
        self._note(asked, "made" if self.kept.keep(key, answer) else "no")

    def _note(self, asked: Asked, kept: Kept) -> None:
        asked.kept = kept
        self.metrics.given(kept)
