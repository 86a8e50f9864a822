"""Which figures of KPIs a public paper may show that tells of more than one state of a plan.

Each state has its public figures (`projections.suppression`). What differs between two of them is
read beside both, so every state has its say about every figure, and the strictest counts: a rule
that came or went between them hides what was before it, and what came after.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from planledger.domain.plan import Kpi, Plan, Span
from planledger.events.envelope import Fact
from planledger.events.values import SuppressionRule
from planledger.projections.changes.net import At
from planledger.projections.suppression import public_figures, shows_baseline
from planledger.projections.view.building.kpis import figure_of


class Shows(Protocol):
    """Tells which figures of KPIs may be shown."""

    def figure(self, kpi: str, span: Span, fact: Fact, /) -> bool:
        """Tell whether a figure may be: of which KPI, for which period, and the figure's fact."""
        ...

    def baseline(self, kpi: str, number: Decimal, /) -> bool:
        """Tell whether it may be said that a KPI started from this number."""
        ...


class Everything:
    """Shows every figure, small ones too."""

    def figure(self, _: str, __: Span, ___: Fact, /) -> bool:
        """Show it."""
        return True

    def baseline(self, _: str, __: Decimal, /) -> bool:
        """Show it."""
        return True


EVERYTHING = Everything()


class State(NamedTuple):
    """A plan at a point."""

    at: At
    plan: Plan | None


class PublicOnly:
    """Shows what a paper for the public may that tells of some states of one plan."""

    def __init__(self, states: Sequence[State]) -> None:
        """Let each of `states` have its say."""
        self._states = states
        self._known: dict[str, tuple[_Figures, ...]] = {}

    def figure(self, kpi: str, span: Span, fact: Fact, /) -> bool:
        """Tell whether a figure may be shown; when in doubt it may not.

        In a state that could know of it and does not have it, it was put right or taken back: there
        it is hidden as an earlier figure is. One that is in none of the states is only shown where
        the KPI was never under a rule that hides anything.
        """
        figures = self._figures(kpi)
        said = [state.shows(span, fact) for state in figures]
        if False in said:
            return False
        return True in said or (bool(figures) and not any(state.has_rule for state in figures))

    def baseline(self, kpi: str, number: Decimal, /) -> bool:
        """Tell whether a baseline may be shown: not where one of the states hides it."""
        figures = self._figures(kpi)
        return bool(figures) and all(state.shows_baseline(number) for state in figures)

    def _figures(self, name: str) -> "tuple[_Figures, ...]":
        known = self._known.get(name)
        if known is None:
            held = [(at, plan.kpis.get(name)) for at, plan in self._states if plan is not None]
            known = tuple(_Figures(at, kpi) for at, kpi in held if kpi is not None)
            self._known[name] = known
        return known


class _Figures:
    """The figures of a KPI in one state."""

    def __init__(self, at: At, kpi: Kpi) -> None:
        public = public_figures(
            {
                span: [figure_of(fact, kpi) for fact in vintages]
                for span, vintages in kpi.readings.items()
            }
        )
        self._at = at
        self._shown = {
            (span, fact.position, fact.learned_at): view.symbol is None
            for span, vintages in kpi.readings.items()
            for fact, view in zip(vintages, public[span], strict=True)
        }
        self._definitions = kpi.definitions
        self._public = tuple(view for views in public.values() for view in views)
        rules = {definition.suppression_rule for definition in kpi.definitions}
        self.has_rule = rules != {SuppressionRule.NONE.value}

    def shows_baseline(self, number: Decimal) -> bool:
        """Tell whether this state shows a baseline."""
        return shows_baseline(number, self._definitions, self._public)

    def shows(self, span: Span, fact: Fact) -> bool | None:
        """Tell whether this state shows a figure; None where that is not for it to say."""
        shown = self._shown.get((span, fact.position, fact.learned_at))
        if shown is not None:
            return shown
        learned = fact.learned_at <= self._at.position
        could_know = learned and fact.effective_on <= self._at.day
        return False if could_know and not all(self._shown.values()) else None
