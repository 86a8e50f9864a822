"""Documents sent to do harm, of up to 100 kB: each kind of excess that a document can have.

What is not valid besides is told apart by name only: whoever refuses them may do so for either.
"""

from collections.abc import Mapping

from graphql import get_introspection_query


def _many(count: int, part: str) -> str:
    """Repeat a part with the number of each for the `#` in it."""
    return " ".join(part.replace("#", str(number)) for number in range(count))


def _nested(count: int, opening: str, inside: str, closing: str = "}") -> str:
    return f"{opening * count}{inside}{closing * count}"


def _fragments(count: int, on: str, body: str) -> str:
    """Give fragments alike, all spread in one place."""
    spreads = _many(count, "...F#")
    return f"{{ ledger {{ {spreads} }} }} " + _many(count, f"fragment F# on {on} {{ {body} }}")


def _bomb(levels: int, body: str) -> str:
    """Give fragments of which each spreads the next as `body` says, with `@` for its number."""
    chain = " ".join(
        f"fragment F{level} on Ledger {{ {body.replace('@', str(level + 1))} }}"
        for level in range(levels)
    )
    last = f"fragment F{levels} on Ledger {{ basis {{ position }} }}"
    return f"{{ ledger {{ ...F0 }} }} {chain} {last}"


_LARGE: dict[str, str] = {
    # Fragments that open up to far more than is written, or go in circles.
    "fragment bomb of 20 levels": _bomb(20, "...F@ ...F@"),
    "fragment bomb of 60 levels": _bomb(60, "...F@ ...F@"),
    "fragment bomb by inline fragments": _bomb(28, "...F@ ... { ...F@ }"),
    "fragment bomb of lists": _bomb(
        28, "plans(first: 100) { nodes { reviews { asReported { ...F@ } } } }"
    ),
    "chain of 200 fragments": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(199)),
    "fragments that are compared in pairs": _fragments(200, "Ledger", "basis { position }"),
    "fragments nobody spreads": "{ __typename } "
    + _many(200, "fragment F# on Query { __typename }"),
    "fragments in circles": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{(n + 1) % 150} }}" for n in range(150)),
    # The same or another name for the same field, over and over.
    "1,000 fields alike": f"{{ ledger {{ basis {{ {'position ' * 1_000} }} }} }}",
    "280 objects alike": f"{{ {'ledger { basis { position } } ' * 280} }}",
    "500 aliases": f"{{ ledger {{ basis {{ {_many(500, 'a#: position')} }} }} }}",
    "100 points at once": f"{{ {_many(100, 'a#: ledger { basis { position } }')} }}",
    "1,900 times __typename": f"{{ {'__typename ' * 1_900} }}",
    "inline fragments alike": f"{{ {'... { ledger { basis { position } } } ' * 190} }}",
    "inline fragments of any type": f"{{ {_many(230, '... on T# { ledger { ref } }')} }}",
    # Directives.
    "directives nobody knows": f"{{ __typename {_many(980, '@a#')} }}",
    "directives alike": f"{{ __typename {'@skip(if: false) ' * 310} }}",
    "directives on the operation": f"query {_many(900, '@a#')} {{ __typename }}",
    "directives on variables": f"query($a: Int {_many(900, '@a#')}) {{ __typename }}",
    # Depth.
    "depth of 400": _nested(400, "{ ledger ", ""),
    "depth of 5,000": _nested(5_000, "{ a ", ""),
    "depth by inline fragments": _nested(450, "{ ... ", "{ __typename }"),
    "deep list literal": "{ events(first: 1, types: " + _nested(900, "[", "", "]") + ") }",
    "deep object literal": "{ ledger(knownAt: " + _nested(600, "{ a: ", "1") + ") }",
    "deep list type": "query($a: " + _nested(900, "[", "Int", "]") + ") { __typename }",
    # Sheer size.
    "100 kB of a name": f"{{ {'a' * 99_000} }}",
    "100 kB of a string": f'{{ ledger {{ plan(ref: "{"x" * 99_000}") {{ ref }} }} }}',
    "100 kB of escapes": f'{{ ledger {{ plan(ref: "{chr(92) + "n"}{"n" * 98_000}") {{ ref }} }} }}',
    "100 kB of a block string": f'{{ ledger {{ plan(ref: """{" x" * 49_000}""") {{ ref }} }} }}',
    "100 kB of an integer": f"{{ events(first: {'9' * 99_000}) {{ nodes {{ plan }} }} }}",
    "100 kB of comments": "#\n" * 49_000 + "{ __typename }",
    "2,400 comments": "#\n" * 2_400 + "{ __typename }",
    "100 kB of white space": " " * 99_000 + "{ __typename }",
    "100 kB of byte order marks": "\ufeff" * 33_000 + "{ __typename }" + " " * 50_000,
    "100 kB of names": f"{{ {_many(1_900, 'a' * 40 + '#')} }}",
    "1,900 fields at the root": f"{{ {_many(1_900, 'a#')} }}",
    # Many of everything else.
    "390 operations": _many(390, "query A# { __typename }"),
    "600 operations without a name": "{ __typename } " * 600,
    "operations that share variables": _many(80, "query A#($a: EventType!) { ...F }")
    + f" fragment F on Query {{ events(first: 1, types: [{'$a ' * 450}]) {{ nodes {{ plan }} }} }}",
    # The schema itself.
    "the whole schema twice": get_introspection_query().replace(
        "__schema", "a: __schema { types { ...FullType } } b: __schema"
    ),
    "deep introspection": "{ __schema { types { "
    + _nested(6, "fields { type { ", "name", "} } ")
    + " } } }",
    "wide introspection": f"{{ __schema {{ types {{ {'name ' * 1_000} }} }} }}",
    "wrappers of a type": '{ __type(name: "Int") { ' + _nested(150, "ofType { ", "name") + " } }",
    "introspection by ten roots": "{ "
    + _many(10, "a#: __schema { types { possibleTypes { fields { args { name } } } } }")
    + " }",
    # Long lists.
    "pages of pages": "{ ledger { plans(first: 100) { nodes { areas { actions { milestones "
    "{ text } } } } } } }",
}

_WRONG: dict[str, str] = {
    "29 kB of a name": f"{{ {'a' * 29_000} }}",
    "29 kB of a string": f'{{ ledger {{ plan(ref: "{"x" * 29_000}") {{ ref }} }} }}',
    "29 kB of escapes": '{ ledger { plan(ref: "' + chr(92) + "n" * 29_000 + '") { ref } } }',
    "29 kB of a block string": '{ ledger { plan(ref: """' + " x\n" * 9_600 + '""") { ref } } }',
    "29 kB of an integer": f"{{ events(first: {'9' * 29_000}) {{ nodes {{ plan }} }} }}",
    "29 kB of a position": f'{{ events(after: "{"9" * 29_000}") {{ nodes {{ plan }} }} }}',
    "29 kB of what is no document": "x " * 14_500,
    "a string that does not end": '{ ledger { plan(ref: "' + "x" * 29_000,
    "names in another script": "{ " + "é" * 24_000 + " }",
    "fragments in a small circle": "{ ...A } fragment A on Query { ...B } "
    "fragment B on Query { ...A }",
    "400 variables nobody uses": f"query({_many(400, '$a#: Int')}) {{ __typename }}",
    "280 variables of a wrong type": f"query({_many(280, '$a#: Int')}) {{ events(first: 1, "
    f"types: [{_many(280, '$a#')}]) {{ nodes {{ plan }} }} }}",
    "1,500 values of an enum": f"{{ events(first: 1, types: [{'MILESTONE_AGREEDX ' * 1_500}]) "
    "{ nodes { plan } } }",
    "600 fields of an input": f"mutation {{ planDraft(input: {{ {_many(600, 'titl#: 1')} }}) "
    "{ __typename } }",
    "600 arguments": f"{{ events({_many(600, 'first#: 1')}) {{ nodes {{ plan }} }} }}",
    "600 arguments alike": f"{{ events({'first: 1 ' * 600}) {{ nodes {{ plan }} }} }}",
    "1,900 fields nobody knows": f"{{ ledger {{ {_many(1_900, 'a#')} }} }}",
    "29 types nobody knows": "{ __typename } "
    + _many(29, "fragment F# on MilestoneReportedCompleteX# { ref }"),
    "29 fields nobody knows, with long names": f"{{ ledger {{ {_many(29, 'b' * 900 + '#')} }} }}",
    "29 fragments compared in pairs": _fragments(
        29,
        "Ledger",
        'plan(ref: "a") { title totals { actions milestones } nothing } '
        "basis { position final effectiveOn recordedAt }",
    ),
    "600 arguments alike, and 24,000 lines": "\n" * 24_000
    + f"{{ events({'first: 1 ' * 600}) {{ nodes {{ plan }} }} }}",
    "600 fields of an input alike, and 24,000 lines": "\n" * 24_000
    + f"mutation {{ planDraft(input: {{ {'plan: 1 ' * 600} }}) {{ __typename }} }}",
    "a variable nobody defines, and 24,000 lines": "\n" * 24_000
    + f"query A {{ events(first: 1, types: [{'$a ' * 900}]) {{ nodes {{ plan }} }} }}",
    "20 operations with nothing in them": _many(20, "query A# { nothing }"),
}

TOO_LARGE: Mapping[str, str] = _LARGE
"""Refused for their size, by what is wrong with them."""

WRONG: Mapping[str, str] = _WRONG
"""Of a size that is let through, and refused for what they say."""
