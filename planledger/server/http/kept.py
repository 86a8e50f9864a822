"""Answers that cannot change any more, kept as they were sent."""

from base64 import urlsafe_b64encode
from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from msgspec import Struct
from msgspec.json import encode

from planledger.graphql.execution import Failure, Question

MOST_ANSWERS = 2_000
MOST_BYTES = 64_000_000
"""How much a process keeps, documents and variables counted; what was not asked for longest goes
first."""
LARGEST_PART = 8
"""An answer that would take more than this part of all the room is not kept."""
PROFILE = "everyone"
"""What whoever asks may see. There is one such profile, as long as nobody signs in."""


class Key(Struct, frozen=True):
    """What an answer depends on, and which erasures it has seen."""

    document: str
    operation: str | None
    variables: bytes
    """As JSON, by name in alphabetical order; empty where there are none."""
    profile: str
    generation: int

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return len(self.document) + len(self.variables)


class Answer(Struct, frozen=True):
    """The body of an answer, and what a transport must know of it."""

    body: bytes
    digest: str | None = None
    """Of these very bytes, where the answer is final; None where it may be another next time."""
    failure: Failure | None = None


def final(body: bytes) -> Answer:
    """Give an answer that cannot change; its digest is the same in every process and release."""
    return Answer(body, urlsafe_b64encode(sha256(body).digest()[:18]).decode())


class KeptAnswers:
    """A bounded store of them in this process; safe to use from many threads.

    Neither the release nor the schema is part of a key: both are the same for as long as a process
    lives.
    """

    def __init__(self, most_answers: int = MOST_ANSWERS, most_bytes: int = MOST_BYTES) -> None:
        """Keep nothing yet, and so much at most."""
        self._most_answers = most_answers
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0
        self._generation = 0

    def key(self, question: Question) -> Key | None:
        """Give what to find the answer by; to be asked for before the question is carried out.

        None where its variables cannot be told apart as JSON; its answer is not kept.
        """
        try:
            variables = encode(question.variables, order="sorted") if question.variables else b""
        except (OverflowError, RecursionError):  # an integer of more than 64 bits, or too deep
            return None
        return self.key_of(question.document, question.operation, variables)

    def key_of(self, document: str, operation: str | None, variables: bytes) -> Key:
        """Give what to find an answer by that is more than a document's; see `key`."""
        return Key(document, operation, variables, PROFILE, self._generation)

    def find(self, key: Key | None) -> Answer | None:
        """Give the answer that is kept, and keep it longer."""
        if key is None:
            return None
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def keep(self, key: Key | None, answer: Answer) -> bool:
        """Keep the answer of a question, and let go of others; tell whether it was.

        Not kept is one that is larger than others should make room for, or that was read before
        something was erased.
        """
        if key is None:
            return False
        size = key.size + len(answer.body)
        with self._lock:
            if key.generation != self._generation or size * LARGEST_PART > self._most_bytes:
                return False
            self._let_go(key)
            self._answers[key] = answer
            self._bytes += size
            while self._bytes > self._most_bytes or len(self._answers) > self._most_answers:
                self._let_go(next(iter(self._answers)))
        return True

    def forget(self) -> None:
        """Let go of everything, and of what is being carried out now once it comes.

        For whoever erases something: to be called in every process that serves, after the erasure
        is in the store and before it is said to be done. Nothing calls it yet, since nothing can
        be erased yet; how the other processes hear of an erasure is for that to settle.
        """
        with self._lock:
            self._generation += 1
            self._answers.clear()
            self._bytes = 0

    @property
    def size(self) -> tuple[int, int]:
        """How many are kept, and how many bytes they take."""
        with self._lock:
            return len(self._answers), self._bytes

    def _let_go(self, key: Key) -> None:
        gone = self._answers.pop(key, None)
        if gone is not None:
            self._bytes -= key.size + len(gone.body)
