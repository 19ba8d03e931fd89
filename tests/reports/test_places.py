"""Each place of a report's data is said in words, in both languages; no name of a field reaches a reader."""

import re

from django.utils.translation import override
import pytest

from core import clock
from projects.models import ProcedureFact
from reports import places
from reports.rules.differences import Difference, differences
from reports.selectors.asking import stored_content
from tests.factories.projects import record_fact

DECISION = {
    "reference": "FR-2026-0001",
    "title": {"en": "Sorting", "zh_hant": "分揀", "zh_hans": ""},
    "department": "IMMD",
    "tier": "working_group",
    "outcome": "approved",
    "amount": "1234567.50",
}
MONEY = dict.fromkeys(("opening", "committed", "spent", "carried", "closing"), "1.00")
POSITION = {
    "financial_year": 2025,
    "rows": [{"envelope": "E1", "department": "IMMD", "request": f"FR-2026-000{one}"} | MONEY for one in (1, 2)],
    "by_department": [{"envelope": "", "department": "IMMD", "request": ""} | MONEY],
    "total": {"envelope": "", "department": "", "request": ""} | MONEY,
    "issued_return": "",
}
KPI = {"reference": "KPI-0001", "name": DECISION["title"], "project": "P-1", "department": "IMMD"}
PROCEDURE = {"reference": "PR-1", "name": DECISION["title"], "department": "IMMD"}
OTHERS = {
    "pipeline": [{"stage": "live", "count": 3}, {"stage": "", "count": 1}],
    "movement": {name: [PROCEDURE] for name in ("begun", "ended", "verified", "claimed")}
    | {"opening": 1, "closing": 2},
    "overdue": [PROCEDURE | {"planned_on": "2026-01-01", "days": 9}],
    "decisions": [DECISION],
    "position": POSITION,
    "kpis": {"total": 1, "due": 1, "have": 0, "stale": [KPI], "missing": [KPI]},
}


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_every_place_and_value_of_every_kind_of_data_is_said_in_words(issued, language):
    data = stored_content(issued)["data"] | OTHERS
    leaves = list(every_leaf(data))
    assert {place[0] for place, _value in leaves} == set(places.SECTIONS)

    with override(language):
        said = [
            (places.place_words(place), places.value_words(Difference(place, value, None), value))
            for place, value in leaves
        ]

    bare = [one for one in said if re.search(r"_|\.[a-z]|None|\{", " ".join(one))]
    assert bare == []
    if language == "zh-hant":
        assert [one for one, _value in said if re.search("[a-z]{3}", one)] == []


def every_leaf(data):
    """Each place as a difference would name it: the whole against nothing, taken apart down to its figures."""

    def walk(place, value):
        if isinstance(value, dict) and value:
            for name, one in value.items():
                yield from walk((*place, name), one)
        elif isinstance(value, list):
            yield from walk(place, {one.place[-1]: one.after for one in differences({"x": []}, {"x": value})})
        else:
            yield place, value

    yield from walk((), data)


def test_a_late_fact_is_told_as_a_sentence_on_the_page(issued, programme, client, official):
    record_fact(programme.in_use, ProcedureFact.Kind.RETIRED, on=issued.day, recorded_on=clock.today())
    client.force_login(official)
    here = f"/reports/{issued.reference}/restatement/"

    english = client.get(here).content.decode()
    client.cookies["django_language"] = "zh-hant"
    chinese = client.get(here).content.decode()
    told = client.get(f"/api/v1{here}", headers={"Accept-Language": "en"}).json()["changes"]

    assert "Where the programme stands: procedures in use of A&amp;A" in english
    assert "計劃進度：A&amp;A的使用中的政務環節" in chinese
    assert "standing.in_use" not in english + chinese
    assert {"place": "standing.in_use", "before": 3, "after": 2}.items() <= next(
        one for one in told if one["place"] == "standing.in_use"
    ).items()
    assert next(one for one in told if one["place"] == "standing.in_use")["words"]


def test_two_rows_of_one_name_are_two_differences():
    rows = POSITION["rows"]
    changed = [rows[0], rows[1] | {"spent": "2.00"}]

    [one] = differences({"position": {"rows": rows}}, {"position": {"rows": changed}})

    assert (one.place, one.before, one.after) == (("position", "rows", "E1/IMMD/FR-2026-0002", "spent"), "1.00", "2.00")
    with override("en"):
        assert places.place_words(one.place) == "Position at 31 March: money spent of E1 · IMMD · FR-2026-0002"
        assert places.value_words(one, one.after) == "HK$2"
    same_name = [{"code": "A", "n": 1}, {"code": "A", "n": 2}]
    assert len(differences({"x": []}, {"x": same_name})) == 2
