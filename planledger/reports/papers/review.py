"""A closed review: what it was told, what is known of that day now, and what was restated since."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from planledger.reports import figures, wording
from planledger.reports.desk import Answered, Data, DeclinedError
from planledger.reports.forums import Forums
from planledger.reports.papers.change_rows import Change
from planledger.reports.papers.paper import Column, Paper, Section, Table, Value
from planledger.reports.papers.parts import DAY, NUMBER, REF, made_on, read_from, standing, there
from planledger.reports.papers.report import Report
from planledger.reports.points import review_name
from planledger.reports.settled import Settled, fixed
from planledger.reports.wording import count

_RATINGS: Final = ("BLUE", "GREEN", "AMBER", "RED")


def _variables(settled: Settled) -> Mapping[str, Any]:
    review = settled.start["review"]["ref"]
    return {
        "plan": settled.plan,
        "review": {"review": review},
        "name": review,
        "now": fixed(settled.end),
        "asAt": settled.start["effectiveOn"],
    }


def _paper(answered: Answered) -> Paper:
    data, variables = answered.data, answered.variables
    plan = there(data["now"]["plan"], variables["plan"])
    review = plan["review"]
    if review is None or review["closedOn"] is None:
        raise DeclinedError(
            "NOT_THERE",
            f"{variables['name']} was not closed yet at that point. Look for a later one.",
        )
    reported, known = data["reported"], data["known"]
    forums = Forums((plan,))
    changes = [Change(variables["plan"], node, forums, {}) for node in data["changes"]["nodes"]]
    stood = standing(
        "standing",
        f"The plan on {wording.day(review['asAt'])}",
        [("As reported", reported["plan"]), ("As now known", known["plan"])],
    )
    return Paper(
        kind="review",
        title=f"{review_name(review)}: as reported, and as now known",
        plan=known["plan"]["ref"],
        plan_title=known["plan"]["title"],
        read_from=(
            f"As reported: {read_from(reported['basis'])}",
            f"As now known: {read_from(known['basis'])}",
        ),
        made_on=made_on(known["basis"]),
        sections=(
            _in_short(review, data, stood),
            _ratings(review, known["plan"]["ratingKeys"]),
            _challenges(review),
            _kpis(reported["plan"]["kpis"], known["plan"]["kpis"], data["changes"]["nodes"]),
            _restatements(changes),
        ),
        answered=answered,
        sheet=stood,
    )


def _in_short(review: Data, data: Data, stood: Table) -> Section:
    totals = data["changes"]["totals"]
    given = [one["rating"] for one in review["ratings"]]
    told = [
        f"{given.count(one):,} {wording.sentence(one).lower()}" for one in _RATINGS if one in given
    ]
    unanswered = sum(one["disposition"] is None for one in review["challenges"])
    asked = len(review["challenges"])
    return Section(
        heading="In short",
        sentences=(
            (
                f"{review['forum']['name']} looked at the plan as at "
                f"{wording.day(review['asAt'])}. The review was opened on "
                f"{wording.day(review['openedOn'])} and closed on "
                f"{wording.day(review['closedOn'])}; what it was told is settled as the ledger "
                f"stood then, at entry {review['closedAt']}."
            ),
            (
                f"It gave {count(len(given), 'rating')}"
                f"{f': {wording.listed(told)}' if told else ''}. It raised "
                f"{count(asked, 'challenge')}, of which {unanswered:,} await an answer."
            ),
            (
                f"Since then {count(totals['corrections'], 'correction')} of the record and "
                f"{count(totals['changes'], 'late entry', 'late entries')} changed what is known "
                "of that day. All of it is below, under what was restated since."
            ),
        ),
        tables=(stood,),
    )


def _ratings(review: Data, keys: Sequence[Data]) -> Section:
    used = {(one["key"], one["keyVersion"]) for one in review["ratings"]}
    return Section(
        heading="Ratings",
        sentences=("A rating is the forum's judgement. What each means is in the key below.",),
        tables=(
            _given(review["ratings"]),
            _keys([key for key in keys if (key["ref"], key["version"]) in used]),
        ),
    )


def _given(ratings: Sequence[Data]) -> Table:
    return Table(
        key="ratings",
        title="Ratings given",
        columns=(
            Column("item", "Item", REF),
            Column("rating", "Rating"),
            Column("meaning", "What it means", weight=4),
            Column("rationale", "Why", weight=5),
            Column("given_on", "Given on", DAY, weight=2),
        ),
        rows=tuple(
            (
                one["item"],
                wording.sentence(one["rating"]),
                one["meaning"],
                one["rationale"],
                one["on"],
            )
            for one in ratings
        ),
        empty="No rating was given at this review.",
    )


def _keys(keys: Sequence[Data]) -> Table:
    return Table(
        key="rating_keys",
        title="Keys to the ratings",
        columns=(
            Column("key", "Key", weight=3),
            Column("rating", "Rating"),
            Column("meaning", "What it means", weight=6),
        ),
        rows=tuple(
            (
                f"{key['name']}, version {key['version']}",
                wording.sentence(one["rating"]),
                one["meaning"],
            )
            for key in keys
            for one in key["meanings"]
        ),
        empty="No key was used.",
    )


def _challenges(review: Data) -> Section:
    return Section(
        heading="Challenges",
        tables=(
            Table(
                key="challenges",
                title="What the forum challenged",
                columns=(
                    Column("item", "About", REF),
                    Column("challenge", "Challenge", weight=4),
                    Column("raised_on", "Raised on", DAY, weight=2),
                    Column("response_due", "Answer due", DAY, weight=2),
                    Column("disposition", "Answer", weight=2),
                    Column("answer", "In words", weight=4),
                    Column("answered_on", "Answered on", DAY, weight=2),
                ),
                rows=tuple(
                    (
                        one["item"],
                        one["text"],
                        one["raisedOn"],
                        one["responseDue"],
                        wording.sentence(one["disposition"]) or "Awaits an answer",
                        one["answer"],
                        one["answeredOn"],
                    )
                    for one in review["challenges"]
                ),
                empty="No challenge was raised at this review.",
            ),
        ),
    )


def _kpis(reported: Sequence[Data], known: Sequence[Data], restated: Sequence[Data]) -> Section:
    return Section(
        heading="KPIs as the review saw them",
        tables=(
            Table(
                key="kpis",
                title="Figures by period",
                columns=(
                    Column("name", "KPI", weight=4),
                    Column("period", "Period", weight=2),
                    Column("reported", "As reported", weight=2),
                    Column("status", "Status"),
                    Column("target", "Target", NUMBER),
                    Column("standing", "Against the target", weight=2),
                    Column("known", "As now known", weight=2),
                ),
                rows=tuple(_read(reported, known, restated)),
                empty="The review saw no figure.",
            ),
        ),
    )


def _read(
    reported: Sequence[Data], known: Sequence[Data], restated: Sequence[Data]
) -> Iterator[tuple[Value, ...]]:
    """Give every figure that the review read, beside what is known of the same period now."""
    now = {
        (kpi["ref"], figures.span_of(one.point["period"])): one
        for kpi in known
        for one in figures.measured(kpi["series"], kpi["definitions"])
    }
    hidden = figures.hidden_since(known, restated)
    for kpi in reported:
        for one in figures.measured(kpi["series"], kpi["definitions"]):
            key = (kpi["ref"], figures.span_of(one.point["period"]))
            after, target = now.get(key), one.point["target"]
            tells = key not in hidden
            yield (
                kpi["definition"]["name"],
                one.point["period"]["label"],
                (one.figure or None) if tells else figures.HIDDEN,
                wording.sentence(one.point["latest"]["status"]),
                Decimal(target["target"]) if target else None,
                one.stands if tells else figures.NOT_SHOWN,
                (after.figure or None) if after else None,
            )


def _restatements(changes: Sequence[Change]) -> Section:
    return Section(
        heading="What was restated since",
        sentences=(
            (
                "The review was told one thing, and of the same day another is known now: since "
                "the record was put right, or something was recorded late."
            ),
        ),
        tables=(
            _restated("corrections", "Put right in the record", changes, corrected=True),
            _restated("late", "Recorded late", changes, corrected=False),
        ),
    )


def _restated(key: str, title: str, changes: Sequence[Change], *, corrected: bool) -> Table:
    return Table(
        key=key,
        title=title,
        columns=(
            Column("item", "What", weight=4),
            Column("change", "Change", weight=2),
            Column("before", "As reported", weight=3),
            Column("after", "As now known", weight=3),
            Column("why", "Why, and by whose authority", weight=5),
        ),
        rows=tuple(
            (one.name, one.what, one.before, one.after, one.why)
            for one in changes
            if one.node["isCorrection"] is corrected
        ),
        empty="Nothing.",
    )


REPORT = Report(
    kind="review",
    about="a closed review: as reported, as now known, and what was restated since",
    takes=("review", "at"),
    needs="review",
    variables=_variables,
    paper=_paper,
    follows={"after": ("changes",)},
)
