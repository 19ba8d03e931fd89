"""The form that drafts a report asks for what its house form is about, and for nothing else."""

import pytest

from reports import services
from reports.models import Report


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("legco_answer", {"question_number", "question_en", "question_zh_hant"}),
        ("department_quarter", {"department"}),
        ("minister_brief", set()),
    ],
)
def test_what_a_form_is_about_must_be_named(client, world, report_staff, form, asked):
    client.force_login(report_staff)
    fields = client.get(f"/reports/new/{form}/").context["form"].fields

    refused = client.post(f"/reports/new/{form}/", {"period": "2026-11-22"})

    assert {name for name, field in fields.items() if field.required} - {"form_token"} == {"period", *asked}
    assert set(fields) - {"form_token"} == {"period", "as_at", *asked}
    if asked:
        assert set(refused.context["form"].errors) == asked
        assert not Report.objects.exists()
    else:
        assert Report.objects.count() == 1


def test_readers_are_named_with_the_comma_of_the_language(client, report_staff, official, finance):
    services.add_schedule(
        actor=report_staff,
        form="programme_month",
        day=3,
        least_coverage=80,
        readers=[official.person, finance.person],
    )
    client.force_login(report_staff)

    page = client.get("/reports/schedules/", headers={"accept-language": "zh-hant"}).content.decode()

    assert "、" in page.split('data-label="讀者">')[1].split("</td>")[0]


def test_clearing_and_reports_are_named_in_chinese_as_officials_say(client, drafted, team):
    client.force_login(team)
    chinese = {"accept-language": "zh-hant"}

    page = client.get(f"/reports/{drafted.reference}/", headers=chinese).content.decode()
    listed = client.get("/reports/", headers=chinese).content.decode()

    assert "審核" in page
    assert "清除" not in page
    assert 'data-label="報告"' in listed
