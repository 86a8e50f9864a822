"""Which figures of KPIs a public paper may show that tells of more than one state of a plan.

Each state has its public figures (`projections.suppression`). What differs between two of them is
read beside both, so every state has its say about every figure, and the strictest counts: a rule
that came or went between them hides what was before it, and what came after.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from planledger.domain.plan import Kpi, Plan, Span
from planledger.events.envelope import Fact
from planledger.events.values import SuppressionRule
from planledger.projections.changes.net import At
from planledger.projections.suppression import public_figures
from planledger.projections.view.building.kpis import figure_of

Shows = Callable[[str, Span, Fact], bool]
"""Tells whether a figure may be shown: of which KPI, for which period, and the figure's fact."""


def everything(_: str, __: Span, ___: Fact) -> bool:
    """Show every figure, small ones too."""
    return True


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

    def __call__(self, kpi: str, span: Span, fact: Fact) -> bool:
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
        rules = {definition.suppression_rule for definition in kpi.definitions}
        self.has_rule = rules != {SuppressionRule.NONE.value}

    def shows(self, span: Span, fact: Fact) -> bool | None:
        """Tell whether this state shows a figure; None where that is not for it to say."""
        shown = self._shown.get((span, fact.position, fact.learned_at))
        if shown is not None:
            return shown
        learned = fact.learned_at <= self._at.position
        could_know = learned and fact.effective_on <= self._at.day
        return False if could_know and not all(self._shown.values()) else None
