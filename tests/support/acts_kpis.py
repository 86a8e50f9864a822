"""Acts on KPIs."""

from tests.support.acts_base import Act

_PERIOD = {"first": "2025-10-01", "last": "2025-12-31", "label": "Q3 2025-26"}
_BACKWARDS = {"first": "2025-12-31", "last": "2025-10-01", "label": "Q3 2025-26"}
_FIGURE = {"status": "PROVISIONAL", "extractedOn": "2026-01-20", "value": "31.20"}
_BETTER = {"status": "FINAL", "extractedOn": "2026-02-01", "numerator": "25", "denominator": "80"}

KPIS: tuple[Act, ...] = (
    Act(
        mutation="kpiDefine",
        given={
            "kpi": "re-referrals", "name": "Re-referrals", "formula": "a / b", "unit": "%",
            "polarity": "LOW", "frequencyMonths": 3, "sourceSystem": "Carefirst",
            "suppressionRule": "SMALL_NUMBERS", "statements": ["1/outcome/1"],
        },
        noun="kpi",
        shown="ref definition { version name statements polarity } definitions { version } "
        "targets { target } readings { latest { value } }",
        then={
            "ref": "re-referrals",
            "definition": {
                "version": 1, "name": "Re-referrals", "statements": ["1/outcome/1"],
                "polarity": "LOW",
            },
            "definitions": [{"version": 1}], "targets": [], "readings": [],
        },
        events=({"__typename": "KpiDefined", "polarity": "LOW", "definitionVersion": 1},),
        payload="... on KpiDefined { polarity definitionVersion }",
        refused=({"unit": "children"}, "REASON_REQUIRED", "reason"),
    ),
    Act(
        mutation="kpiTargetSet",
        given={"kpi": "re-referrals", "period": _PERIOD, "target": "20.0", "floor": "25"},
        noun="kpi",
        shown="targets { period { first last label } target floor baseline tolerance }",
        then={
            "targets": [
                {
                    "period": _PERIOD, "target": "20.0", "floor": "25", "baseline": None,
                    "tolerance": None,
                },
            ],
        },
        events=({"__typename": "KpiTargetSet", "target": "20.0", "period": _PERIOD},),
        payload="... on KpiTargetSet { target period { first last label } }",
        refused=({"period": _BACKWARDS}, "DATE_IMPOSSIBLE", "period"),
    ),
    Act(
        mutation="kpiReadingRecord",
        given={"kpi": "re-referrals", "period": _PERIOD, "figure": _FIGURE},
        noun="kpi",
        shown="readings { period { label } latest { value status cause definitionVersion } }",
        then={
            "readings": [
                {
                    "period": {"label": "Q3 2025-26"},
                    "latest": {
                        "value": "31.20", "status": "PROVISIONAL", "cause": None,
                        "definitionVersion": 1,
                    },
                },
            ],
        },
        events=({"__typename": "KpiReadingRecorded", "value": "31.20", "numerator": None},),
        payload="... on KpiReadingRecorded { value numerator }",
        refused=({"period": _BACKWARDS}, "DATE_IMPOSSIBLE", "period"),
        save_position="reading",
    ),
    Act(
        mutation="kpiReadingRevise",
        given={
            "kpi": "re-referrals", "period": _PERIOD, "figure": _BETTER, "cause": "FINALISED",
            "note": "The year's return",
        },
        noun="kpi",
        shown="readings { latest { value numerator } vintages { value numerator denominator "
        "status cause extractedOn effectiveOn } }",
        then={
            "readings": [
                {
                    "latest": {"value": None, "numerator": "25"},
                    "vintages": [
                        {
                            "value": "31.20", "numerator": None, "denominator": None,
                            "status": "PROVISIONAL", "cause": None,
                            "extractedOn": "2026-01-20", "effectiveOn": "2026-02-12",
                        },
                        {
                            "value": None, "numerator": "25", "denominator": "80",
                            "status": "FINAL", "cause": "FINALISED",
                            "extractedOn": "2026-02-01", "effectiveOn": "2026-02-12",
                        },
                    ],
                },
            ],
        },
        events=(
            {
                "__typename": "KpiReadingRevised", "cause": "FINALISED",
                "note": "The year's return",
            },
        ),
        payload="... on KpiReadingRevised { cause note }",
        refused=({"period": _BACKWARDS}, "DATE_IMPOSSIBLE", "period"),
    ),
)  # fmt: skip
