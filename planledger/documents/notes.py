"""What a reader leaves behind beside the draft: problems by line, and queries for a person."""

from planledger.documents.reading import Problem
from planledger.domain.draft import DraftQuery


class Notes:
    """Collects problems and queries while a document is read."""

    def __init__(self) -> None:
        """Begin with none."""
        self._problems: list[Problem] = []
        self._queries: list[DraftQuery] = []

    def problem(self, line: int, message: str) -> None:
        """Note what could not be read on a line, and what to do about it."""
        self._problems.append(Problem(line, message))

    def query(self, item: str | None, line: int, question: str, taken: str, instead: str) -> None:
        """Note a choice that was made: the reading taken, and the other one."""
        self._queries.append(
            DraftQuery(item=item, line=line, question=question, taken=taken, instead=instead)
        )

    def problems(self) -> tuple[Problem, ...]:
        """Give the problems in the order of their lines."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line))

    def queries(self) -> tuple[DraftQuery, ...]:
        """Give the queries in the order of their lines."""
        return tuple(sorted(self._queries, key=lambda query: query.line))
