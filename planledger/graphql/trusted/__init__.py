"""Documents that are registered before anybody asks: each is known by the SHA-256 of its text.

Those of this room come with the program; whoever serves a ledger may add a folder of their own. A
client that asks by the id sends no document, its answers have an address of their own, and a
service may be told to carry out nothing else. They are measured like any other document.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from graphql import GraphQLError, OperationDefinitionNode
from msgspec import Struct

from planledger.graphql.execution import Execution
from planledger.graphql.execution.preparing import Unfit

SUFFIX = ".graphql"
OURS = Path(__file__).parent
"""The documents that come with the program."""


class UntrustworthyError(ValueError):
    """A file that should hold a document to be registered does not, or cannot be read."""


class TrustedDocument(Struct, frozen=True):
    """A document that may be asked for by its id."""

    id: str
    """The SHA-256 of the text as it lies in its file, in UTF-8: 64 digits of hexadecimal."""
    name: str
    """The file's name without its ending, for people."""
    operations: tuple[str, ...]
    """The names of its operations; empty where the only one has none."""
    text: str


class TrustedDocuments:
    """All that are registered, by id."""

    def __init__(self, documents: Iterable[TrustedDocument] = ()) -> None:
        """Register them."""
        self._documents = {document.id: document for document in documents}

    def __iter__(self) -> Iterator[TrustedDocument]:
        """Go through them in the order of registration."""
        return iter(self._documents.values())

    def find(self, id_: str) -> TrustedDocument | None:
        """Give the one of an id, which may begin with "sha256:"; None where there is none."""
        return self._documents.get(id_.removeprefix("sha256:"))


def registered(
    execution: Execution, folder: Path | None = None, *, ours: str = ""
) -> TrustedDocuments:
    """Read the documents that come with the program, and those of a folder.

    Of `ours`, only those whose names begin so: whoever needs few need not wait for all.

    Raises UntrustworthyError for a folder or file that cannot be read, and for a document that
    `execution` would not carry out, in one line that names the file.
    """
    documents = list(_documents(OURS, execution, ours))
    if folder is not None:
        own = list(_documents(folder, execution))
        if not own:
            raise UntrustworthyError(f"{folder} holds no document: no file ends in {SUFFIX}.")
        documents += own
    return TrustedDocuments(documents)


def _documents(
    folder: Path, execution: Execution, beginning: str = ""
) -> Iterator[TrustedDocument]:
    try:
        found = (path for path in folder.iterdir() if path.name.startswith(beginning))
        paths = [path for path in found if path.suffix == SUFFIX]
    except OSError as error:
        raise UntrustworthyError(f"{folder} cannot be read: {error.strerror}.") from None
    for path in sorted(paths, key=attrgetter("stem")):
        yield _document(path, execution)


def _document(path: Path, execution: Execution) -> TrustedDocument:
    try:
        data = path.read_bytes()
        text = data.decode()
    except OSError as error:
        raise UntrustworthyError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UntrustworthyError(f"{path} is not UTF-8.") from None
    prepared = execution.prepare(text)
    if isinstance(prepared, Unfit):
        raise UntrustworthyError(f"{path}{_place(prepared.errors[0])}")
    operations = tuple(
        node.name.value
        for node in prepared.document.definitions
        if isinstance(node, OperationDefinitionNode) and node.name is not None
    )
    return TrustedDocument(sha256(data).hexdigest(), path.stem, operations, text)


def _place(error: GraphQLError) -> str:
    """Give where something is wrong and what, in one line."""
    line = f":{error.locations[0].line}" if error.locations else ""
    return f"{line} cannot be carried out: {' '.join(error.message.split())}"
