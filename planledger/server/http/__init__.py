"""GraphQL over HTTP: a request becomes a question, and what came of it an answer.

    request -> media: which form of answer is wanted
            -> reading: a question, or a refusal that says what is wrong with the request
            -> answering: as before where the answer is kept, else carried out
            -> statuses, tags: what HTTP says of the answer

`endpoint.py` puts the steps together. Other ways to be answered (a stream of events, a page for
people) are `Alternative`s of it: they read questions by the same `Reader`.
"""

from planledger.server.http.answering import Answering
from planledger.server.http.endpoint import SAFE, Alternative, Endpoint
from planledger.server.http.kept import KeptAnswers
from planledger.server.http.reading import Reader
from planledger.server.http.refusals import Refusal

__all__ = [
    "SAFE",
    "Alternative",
    "Answering",
    "Endpoint",
    "KeptAnswers",
    "Reader",
    "Refusal",
]
