"""Documents that cost about as much as one may ask for, for whatever a plan has most of."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_introspection_query,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

POINTS = 10


def dearest(schema: GraphQLSchema, plan: str, last: date, head: int) -> Mapping[str, str]:
    """Give documents by name, for a plan that goes on to a day and a ledger to a position.

    Some may ask for more than one may; they are for trying what is let through.
    """
    whole = f'plan(ref: "{plan}")'
    by_day = [
        f'ledger(effectiveOn: "{last - timedelta(days=30 * back)}")' for back in range(POINTS)
    ]
    by_position = [
        f'ledger(knownAt: {{ position: "{head * (tenth + 1) // POINTS}" }})'
        for tenth in range(POINTS)
    ]
    milestones = f"{{ {whole} {{ milestones {{ id ref text }} }} }}"
    areas = "areas { actions { milestones { id ref text dueBy } } }"
    in_full = {name: everything(schema, name, 1) for name in ("Plan", "PlanEvent")}
    page = f"nodes {{ {in_full['PlanEvent']} }}"
    return {
        "ten past points": aliased(f"{at} {milestones}" for at in by_position),
        "ten days": aliased(f"{at} {milestones}" for at in by_day),
        "the register on ten days": aliased(
            f"{at} {{ milestones(first: 100) {{ nodes {{ ref text }} }} }}" for at in by_day
        ),
        "every review as reported": _reviews(whole, "asReported", milestones),
        "every review as now known": _reviews(whole, "asNowKnown", milestones),
        "a plan in full": f"{{ ledger {{ {whole} {{ {in_full['Plan']} }} }} }}",
        "15 times its milestones": f"{{ ledger {{ {whole} {aliased([areas] * 15)} }} }}",
        "ten pages of events": aliased(
            f'events(after: "{head * tenth // POINTS}", first: 100) {{ {page} }}'
            for tenth in range(POINTS)
        ),
        "the whole schema": get_introspection_query(),
        "possible types": "{ __schema { types { possibleTypes { fields { args { name } } } } } }",
        **_changes(schema, plan, head),
        **_findings(schema, plan, by_day),
    }


def _reviews(whole: str, point: str, milestones: str) -> str:
    return f"{{ ledger {{ {whole} {{ reviews {{ {point} {milestones} }} }} }} }}"


def _changes(schema: GraphQLSchema, plan: str, head: int) -> Mapping[str, str]:
    found = {}
    for detail in ("NET", "STEPS"):
        asked = [
            f'changes(plan: "{plan}", from: {{ position: "{head // 4 + n}" }}, '
            f"detail: {detail}, first: 100)"
            for n in range(2)
        ]
        found[f"changes {detail}, in full"] = (
            f"{{ {asked[0]} {{ nodes {{ {everything(schema, 'Change', 2)} }} }} }}"
        )
        found[f"changes {detail}, twice"] = aliased(
            f"{one} {{ nodes {{ title }} }}" for one in asked
        )
    return found


def _findings(schema: GraphQLSchema, plan: str, at: Sequence[str]) -> Mapping[str, str]:
    """Give each list of findings in full, and a little of it on many days."""
    found = {}
    for name, asked, inside in _fields(schema, "Findings", 3, ()):
        if not inside:
            continue
        of = f'findings(plan: "{plan}")'
        found[f"{name}, in full"] = f"{{ {at[0]} {{ {of} {{ {asked}{inside} }} }} }}"
        for days in (3, 9):
            little = f"{{ {of} {{ {asked} {{ __typename }} }} }}"
            found[f"{name} on {days} days"] = aliased(f"{day} {little}" for day in at[:days])
    return found


def aliased(fields: Iterable[str]) -> str:
    """Give a selection set of fields, each with an alias of its own."""
    return "{ " + " ".join(f"a{number}: {field}" for number, field in enumerate(fields)) + " }"


def everything(schema: GraphQLSchema, name: str, depth: int) -> str:
    """Ask for every field of a type that needs no argument but `first`, and of what is below it."""
    return " ".join(asked + inside for _, asked, inside in _fields(schema, name, depth, (name,)))


def _fields(
    schema: GraphQLSchema, name: str, depth: int, above: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Give the name of each field, how it is asked for, and what is asked for below it."""
    of = schema.type_map[name]
    if not isinstance(of, GraphQLObjectType | GraphQLInterfaceType):
        yield "__typename", "__typename", ""
        return
    for field_name, field in of.fields.items():
        needed = {key for key, one in field.args.items() if is_required_argument(one)}
        below = get_named_type(field.type)
        if needed - {"first"} or below.name in above:
            continue
        asked = f"{field_name}(first: 100)" if "first" in field.args else field_name
        if is_leaf_type(below):
            yield field_name, asked, ""
        elif depth:
            fields = _fields(schema, below.name, depth - 1, (*above, below.name))
            inside = " ".join(part + rest for _, part, rest in fields)
            if inside:
                yield field_name, asked, f" {{ {inside} }}"
