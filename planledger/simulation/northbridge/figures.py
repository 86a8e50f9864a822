"""The KPIs of Northbridge in figures. All made up."""

from typing import NamedTuple

from planledger.events.values import Polarity, SuppressionRule

HIGH, LOW, ON_TARGET = Polarity.HIGH, Polarity.LOW, Polarity.TARGET
SMALL, NONE = SuppressionRule.SMALL_NUMBERS, SuppressionRule.NONE


class Definition(NamedTuple):
    """What a KPI means; the fields are those of the command that defines it."""

    kpi: str
    name: str
    formula: str
    unit: str
    polarity: Polarity
    suppression_rule: SuppressionRule
    statements: tuple[str, ...]
    source_system: str = "Social care record system"
    frequency_months: int = 3


DEFINITIONS = (
    Definition("caseload-average", "Average caseload of a social worker",
               "Open cases on the last day divided by social workers in post", "cases", LOW, NONE,
               ("1/measure/1",)),
    Definition("agency-rate", "Posts held by agency staff",
               "Agency staff divided by all posts on the last day", "%", LOW, NONE,
               ("1/measure/2",), "Staff register"),
    Definition("supervision-on-time", "Supervision held on time",
               "Supervision held within four weeks divided by supervision due", "%", HIGH, NONE,
               ("2/measure/1",)),
    Definition("audits-good", "Audits judged good or better",
               "Audits judged good or better divided by audits done", "%", HIGH, SMALL,
               ("2/measure/2",), "Audit programme"),
    Definition("re-referrals", "Re-referrals within twelve months",
               "Referrals within twelve months of an earlier one divided by referrals", "%", LOW,
               SMALL, ("3/measure/1", "3/outcome/1")),
    Definition("referrals-assessed", "Referrals that lead to an assessment",
               "Referrals with an assessment divided by referrals", "%", ON_TARGET, SMALL,
               ("3/measure/2",)),
    Definition("assessments-on-time", "Assessments completed on time",
               "Assessments within 45 working days divided by assessments", "%", HIGH, SMALL,
               ("4/measure/1",)),
    Definition("conferences-on-time", "Child protection conferences held on time",
               "Conferences within 15 working days divided by conferences", "%", HIGH, SMALL,
               ("4/measure/2",)),
    Definition("placement-moves", "Children in care with three or more moves in a year",
               "Children with three or more placements divided by children in care", "%", LOW,
               SMALL, ("5/measure/1",)),
    Definition("health-assessments", "Health assessments completed on time",
               "Health assessments on time divided by those due", "%", HIGH, SMALL,
               ("5/measure/2",), "Vale Health Trust's return"),
    Definition("eet", "Care leavers in education, employment or training",
               "Care leavers of 19 to 21 in education, employment or training divided by all", "%",
               HIGH, SMALL, ("6/measure/1",)),
    Definition("emergency-accommodation", "Care leavers who moved into emergency accommodation",
               "Moves into emergency accommodation in the period", "care leavers", LOW, SMALL,
               ("6/measure/2",), "Housing register"),
)  # fmt: skip

EET = DEFINITIONS[10]._replace(
    formula="Care leavers of 17 to 21 in education, employment or training divided by all"
)
"""The second definition, from April 2025."""

TARGETS = {
    "caseload-average": ("22.4", ("18", "1", "21"), ("16", "1", "19")),
    "agency-rate": ("21.5", ("15", "2", "20"), ("10", "2", "15")),
    "supervision-on-time": ("64.2", ("85", "3", "70"), ("90", "3", "80")),
    "audits-good": ("41.7", ("60", "5", "45"), ("70", "5", "55")),
    "re-referrals": ("27.5", ("22", "2", "28"), ("20", "2", "25")),
    "referrals-assessed": ("58.0", ("75", "5", None), ("75", "5", None)),
    "assessments-on-time": ("74.8", ("85", "3", "75"), ("90", "3", "80")),
    "conferences-on-time": ("71.4", ("90", "5", "75"), ("90", "5", "80")),
    "placement-moves": ("13.3", ("10", "1", "13"), ("9", "1", "12")),
    "health-assessments": ("55.6", ("80", "5", "60"), ("90", "5", "75")),
    "eet": ("51.2", ("60", "4", "50"), ("62", "4", "52")),
    "emergency-accommodation": ("9", ("4", "1", "8"), ("2", "1", "5")),
}
"""Baseline, then target, tolerance and floor for 2024-25 and for 2025-26."""

READINGS = {
    "caseload-average": "22.4 21.0 19.6>19.8 18.9 18.1 17.7 17.2>17.3 16.9",
    "agency-rate": "43/200 41/200 38/202 36/204 33/204 29/205 26/206 -",
    "supervision-on-time":
        "163/254 181/258 241/268>214/268 223/270 231/271>233/271 236/272 240/274 246/275",
    "audits-good": "10/24 12/24 13/25 5/9 15/26 16/26 15/24>16/24 17/25",
    "re-referrals":
        "112/407 109/412>113/418 115/431 118/440>141/452 131/447 117/452>119/452 104/449 99/444",
    "referrals-assessed":
        "236/407 261/412>268/418 289/431 303/440>312/452 318/447 341/452 352/449 381/444",
    "assessments-on-time":
        "243/325 258/331 270/334>272/335 281/336 285/333 292/338 297/339 301/337",
    "conferences-on-time": "45/63 49/64 54/66 58/68 50/67>50/68 53/66 57/67 60/67",
    "placement-moves": "42/316 41/318 39/321 37/322 36/324 35/325>36/325 34/327 32/326",
    "health-assessments": "35/63 41/66 44/65>46/66 49/67 51/66 55/68 57/67 58/66",
    "eet": "64/125 66/126 70/128 71/127>72/127 73/129 96/168 99/170>101/170 104/171",
    "emergency-accommodation": "9 7 6 4 8 6 4 1",
}  # fmt: skip
"""By quarter; what stands after ">" is the final figure, where it is not the first one;
"-" is a figure that nobody has given."""

YEARS = {
    "emergency-accommodation": ("2024-04-01", "2025-03-31", "2024-25", "2025-04-11", "25"),
}
"""Whole years: beside a total, one hidden quarter could be worked out from the other three."""
