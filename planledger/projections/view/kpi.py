"""KPIs as they are shown."""

from datetime import date, datetime
from decimal import Decimal

from planledger.events.values import Period, Polarity, ReadingStatus, RevisionCause
from planledger.projections.measuring import Direction, Standing
from planledger.projections.suppression import PublicFigureView
from planledger.projections.view.base import View


class KpiDefinitionView(View, frozen=True, kw_only=True, gc=False):
    """One version of what a KPI means."""

    version: int
    effective_on: date
    name: str
    formula: str
    unit: str
    polarity: Polarity
    frequency_months: int
    source_system: str
    suppression_rule: str
    statements: tuple[str, ...]


class PublicTargetView(View, frozen=True, kw_only=True, gc=False):
    """What a public paper may show of a target that is a figure: where it started from."""

    baseline: Decimal | None
    symbol: str | None
    """"c" for a baseline that is hidden; else None."""


class KpiTargetView(View, frozen=True, kw_only=True, gc=False):
    """What is aimed at in a period."""

    period: Period
    baseline: Decimal | None
    target: Decimal
    floor: Decimal | None
    tolerance: Decimal | None
    public: PublicTargetView


class VintageView(View, frozen=True, kw_only=True, gc=False):
    """One published figure."""

    position: int
    recorded_at: datetime
    effective_on: date
    definition_version: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: ReadingStatus
    extracted_on: date
    cause: RevisionCause | None
    public: PublicFigureView
    """What a public paper may show of it."""


class ReadingView(View, frozen=True, kw_only=True, gc=False):
    """A period's figure at this point, and every one published before it."""

    period: Period
    latest: VintageView
    vintages: tuple[VintageView, ...]


class SeriesPointView(View, frozen=True, kw_only=True, gc=False):
    """A period of a KPI's series: its latest figure, and how that stands. Calculated."""

    period: Period
    latest: VintageView
    target: KpiTargetView | None
    """The target set for this very period."""
    standing: Standing
    direction: Direction | None
    """Against the period before of the same length; None where there is none, where the
    definition changed between them, or where "close to the target" has no target to be close to."""
    definition_changed: bool
    """Whether the period before was read under another version of the definition."""
    public: PublicFigureView
    public_standing: Standing | None
    """What may be told of `standing`: None for a hidden figure, which it would narrow down."""
    public_direction: Direction | None
    """What may be told of `direction`: None where either figure is hidden."""


class KpiView(View, frozen=True, kw_only=True, gc=False):
    """A KPI with its definitions, targets and readings, each oldest first."""

    id: str
    ref: str
    definition: KpiDefinitionView
    definitions: tuple[KpiDefinitionView, ...]
    targets: tuple[KpiTargetView, ...]
    readings: tuple[ReadingView, ...]
    series: tuple[SeriesPointView, ...]
    """One point a period, the oldest first."""
