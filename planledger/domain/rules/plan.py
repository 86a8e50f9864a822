"""Rules for beginning a plan: empty, or with everything that a document states."""

from collections.abc import Iterator

from planledger.domain.commands import DraftPlan, ImportPlan
from planledger.domain.decided import Decided
from planledger.domain.draft import (
    Draft,
    DraftAction,
    DraftArea,
    DraftMilestone,
    DraftStatement,
)
from planledger.domain.finding import new_id
from planledger.domain.plan import Plan
from planledger.domain.refusals import Code, Refusal
from planledger.events.milestone import MilestoneProposed
from planledger.events.party import LeadAssigned, PartyAliased, PartyRegistered
from planledger.events.plan import DocumentImported, PlanDrafted
from planledger.events.query import QueryRaised
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.structure import ActionAdded, AreaAdded, StatementAdded
from planledger.events.target_date import RecurrenceSet, TargetDateDeferred, TargetDateSet
from planledger.events.target_dates import NotStated, OneOff, Ongoing, Recurring, ToBeConfirmed
from planledger.events.values import Personal, Source


def draft_plan(command: DraftPlan, known: Plan | None) -> tuple[Decided, ...] | Refusal:
    """Begin an empty plan under a ref that no other plan has."""
    if known is None:
        return (Decided(event=PlanDrafted(title=command.title)),)
    if known.title == command.title and not known.documents:
        return ()
    return Refusal(
        code=Code.PLAN_EXISTS,
        message=f"There is a plan {command.plan} already. Choose another ref.",
        path="plan",
    )


def import_plan(command: ImportPlan, known: Plan | None) -> tuple[Decided, ...] | Refusal:
    """Begin a plan with a document; the same document again is already so.

    A document proposes and agrees nothing (design page 2.1).
    """
    draft = command.draft
    if known is not None:
        if draft.sha256 in known.documents:
            return ()
        return Refusal(
            code=Code.PLAN_EXISTS,
            message=f"There is a plan {command.plan} already, and this is not the document it "
            "was imported from. Import it under another ref.",
            path="plan",
        )
    if not any(area.actions for area in draft.areas):
        return Refusal(
            code=Code.NOTHING_TO_IMPORT,
            message="The document has no action to import. Check that it is an improvement plan.",
            path="draft",
        )
    return tuple(_Importing(draft, command.plan).everything())


class _Importing:
    """Turns a draft into entries; what it keeps is which id each key of the draft got."""

    def __init__(self, draft: Draft, plan: str) -> None:
        self._draft = draft
        # From the plan and the document: the same import names the same items everywhere.
        self._seed = f"{plan}/{draft.sha256}"
        self._ids: dict[str, str] = {}

    def everything(self) -> Iterator[Decided]:
        draft = self._draft
        yield Decided(event=PlanDrafted(title=draft.title))
        yield Decided(event=self._imported())
        yield from self._parties()
        for area in draft.areas:
            yield from self._area(area)
        yield from self._references()
        for number, query in enumerate(draft.queries):
            yield Decided(
                event=QueryRaised(
                    query=new_id("query", self._seed, number),
                    item=self._ids.get(query.item) if query.item else None,
                    line=query.line,
                    question=Personal(words=query.question),
                    taken=Personal(words=query.taken),
                    instead=Personal(words=query.instead),
                )
            )

    def _id(self, kind: str, key: str) -> str:
        made = new_id(kind, self._seed, len(self._ids))
        self._ids[key] = made
        return made

    def _source(self, line: int, as_printed: str) -> Source:
        return Source(document=self._draft.sha256, line=line, as_printed=Personal(words=as_printed))

    def _imported(self) -> DocumentImported:
        draft = self._draft
        actions = [action for area in draft.areas for action in area.actions]
        return DocumentImported(
            sha256=draft.sha256,
            filename=draft.filename,
            reader=draft.reader,
            areas=len(draft.areas),
            statements=sum(_count(area.statements) for area in draft.areas),
            actions=len(actions),
            milestones=sum(len(action.milestones) for action in actions),
            queries=len(draft.queries),
            introduction=tuple(Personal(words=text) for text in draft.introduction),
        )

    def _parties(self) -> Iterator[Decided]:
        for party in self._draft.parties:
            source = self._source(party.line, party.as_printed)
            party_id = self._id("party", party.key)
            name = Personal(words=party.name)
            yield Decided(
                event=PartyRegistered(party=party_id, kind=party.kind, name=name), source=source
            )
            for alias in party.aliases:
                event = PartyAliased(party=party_id, alias=Personal(words=alias))
                yield Decided(event=event, source=source)

    def _area(self, area: DraftArea) -> Iterator[Decided]:
        area_id = self._id("area", area.key)
        added = AreaAdded(area=area_id, number=area.number, ordinal=area.ordinal, title=area.title)
        yield Decided(event=added, source=self._source(area.line, area.as_printed))
        yield from self._statements(area_id, None, area.statements)
        for action in area.actions:
            yield from self._action(area_id, action)

    def _statements(
        self, area_id: str, parent: str | None, statements: tuple[DraftStatement, ...]
    ) -> Iterator[Decided]:
        placed: dict[object, int] = {}
        for statement in statements:
            ordinal = placed[statement.kind] = placed.get(statement.kind, 0) + 1
            statement_id = self._id("statement", statement.key)
            added = StatementAdded(
                statement=statement_id,
                area=area_id,
                parent=parent,
                kind=statement.kind,
                ordinal=ordinal,
                text=statement.text,
            )
            yield Decided(event=added, source=self._source(statement.line, statement.as_printed))
            yield from self._statements(area_id, statement_id, statement.children)

    def _action(self, area_id: str, action: DraftAction) -> Iterator[Decided]:
        action_id = self._id("action", action.key)
        source = self._source(action.line, action.as_printed)
        added = ActionAdded(
            action=action_id,
            area=area_id,
            ref=action.ref,
            text=action.text,
            placeholder=action.placeholder,
            lead_to_be_confirmed=action.lead_to_be_confirmed,
        )
        yield Decided(event=added, source=source)
        yield from self._leads(action_id, action.leads, source)
        # Named before any is recorded, since milestones that share a date name each other.
        for milestone in action.milestones:
            self._id("milestone", milestone.key)
        for ordinal, milestone in enumerate(action.milestones, start=1):
            yield from self._milestone(action_id, ordinal, milestone)

    def _leads(self, item: str, leads: tuple[str, ...], source: Source) -> Iterator[Decided]:
        for lead in leads:
            yield Decided(event=LeadAssigned(item=item, party=self._ids[lead]), source=source)

    def _milestone(
        self, action_id: str, ordinal: int, milestone: DraftMilestone
    ) -> Iterator[Decided]:
        milestone_id = self._ids[milestone.key]
        source = self._source(milestone.line, milestone.as_printed)
        proposed = MilestoneProposed(
            milestone=milestone_id,
            action=action_id,
            ordinal=ordinal,
            text=milestone.text,
            definition=milestone.definition,
        )
        yield Decided(event=proposed, source=source)
        dated = self._target_date(milestone_id, milestone)
        if dated is not None:
            yield Decided(event=dated, source=source)
        yield from self._leads(milestone_id, milestone.leads or (), source)

    def _target_date(
        self, of: str, milestone: DraftMilestone
    ) -> TargetDateSet | TargetDateDeferred | RecurrenceSet | None:
        shared = tuple(self._ids[key] for key in milestone.shared_with)
        match milestone.target_date:
            case NotStated():
                return None
            case OneOff() | Ongoing() as dated:
                return TargetDateSet(milestone=of, target_date=dated, shared_with=shared)
            case ToBeConfirmed() as deferred:
                return TargetDateDeferred(milestone=of, target_date=deferred, shared_with=shared)
            case Recurring() as recurring:
                return RecurrenceSet(milestone=of, target_date=recurring, shared_with=shared)

    def _references(self) -> Iterator[Decided]:
        for number, reference in enumerate(self._draft.references):
            printed, resolved = reference.printed_target, reference.resolved_target
            recorded = CrossReferenceRecorded(
                reference=new_id("reference", self._seed, number),
                item=self._ids[reference.item],
                kind=reference.kind,
                as_printed=reference.as_printed,
                printed_target=self._ids[printed] if printed else None,
                resolved_target=self._ids[resolved] if resolved else None,
                confidence=reference.confidence,
            )
            source = self._source(reference.line, reference.as_printed)
            yield Decided(event=recorded, source=source)


def _count(statements: tuple[DraftStatement, ...]) -> int:
    return sum(1 + _count(statement.children) for statement in statements)
