"""The GraphQL face: one file a noun; `schema.py` puts them together."""

# First of all: strawberry takes an enum as it is when a type first uses it, described or not.
import planledger.graphql.change_enums
import planledger.graphql.enums
import planledger.graphql.findings.enums  # noqa: F401
