"""How documents are carried out.

    Question -> prepare: parse, measure, validate; once for a document -> Prepared | errors
             -> carry out: compiled where it can be, else by graphql-core -> data, errors
             -> tell: codes, masks, the log -> Outcome, and its bytes

`execution.py` puts the steps together. Nothing here knows HTTP; what a transport makes of an
outcome is the server's.
"""

from planledger.graphql.execution.execution import Execution
from planledger.graphql.execution.outcome import Failure, Outcome
from planledger.graphql.execution.question import Question

__all__ = ["Execution", "Failure", "Outcome", "Question"]
