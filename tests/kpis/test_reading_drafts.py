"""A typed reading is kept as a draft, reported, and verified or sent back by another person (FEATURES E8)."""

from decimal import Decimal

import pytest

from core.errors import NotAllowed, Unprocessable
from kpis import selectors, services
from kpis.models import Kpi, LatestValue, Reading, ReadingDraft
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)


def address(kpi, act=""):
    return f"/kpis/{kpi.reference}/{act}"


def test_a_draft_is_kept_shown_again_reported_and_verified_by_another_person(client, world, kpi, applicant, head):
    client.force_login(applicant)
    kept = client.post(address(kpi, "readings/draft/"), {"period": "2026-01", "value": "412.5"})
    assert kept.status_code == 302
    assert not Reading.objects.exists() and not LatestValue.objects.exists()
    page = client.get(address(kpi)).text
    assert 'value="412.5"' in page and "nobody else sees it" in page
    assert "其他人不會看到" in client.get(address(kpi), headers={"Accept-Language": "zh-hant"}).text

    client.post(address(kpi, "readings/"), {"period": "2026-01", "value": "412.5"})
    assert not ReadingDraft.objects.exists()
    assert Reading.objects.with_state().get().state == "submitted"

    services.verify_reading(actor=head, kpi_id=kpi.pk, period="2026-01", revision=1)
    assert Reading.objects.with_state().get().state == "verified"


def test_a_draft_counts_nowhere_and_nobody_else_sees_it(client, world, kpi, applicant, head):
    services.save_draft(actor=applicant, kpi_id=kpi.pk, period="2026-01", value=Decimal("77712"))

    history = selectors.histories([Kpi.objects.select_related("definition", "project").get(pk=kpi.pk)])[0]
    assert history.points == ()
    for other in (head, world["team"], world["auditor"], world["outsider"]):
        assert selectors.draft_of(other, kpi) is None
        client.force_login(other)
        assert "77712" not in client.get(address(kpi)).text


def test_saving_again_replaces_it_and_saving_nothing_removes_it(kpi, applicant):
    services.save_draft(actor=applicant, kpi_id=kpi.pk, value=Decimal(1))
    services.save_draft(actor=applicant, kpi_id=kpi.pk, period="2026-02")
    kept = ReadingDraft.objects.get()
    assert (kept.period, kept.value) == ("2026-02", None)

    assert services.save_draft(actor=applicant, kpi_id=kpi.pk) is None
    assert not ReadingDraft.objects.exists()


def test_reporting_another_period_leaves_the_draft(kpi, applicant):
    services.save_draft(actor=applicant, kpi_id=kpi.pk, period="2026-02", value=Decimal(1))

    services.type_reading(actor=applicant, kpi_id=kpi.pk, period="2026-01", value=Decimal(1))

    assert ReadingDraft.objects.get().period == "2026-02"


def test_who_may_not_report_keeps_no_draft_and_an_unknown_group_is_refused(kpi, applicant, outsider):
    with pytest.raises(NotAllowed):
        services.save_draft(actor=outsider, kpi_id=kpi.pk, value=Decimal(1))
    with pytest.raises(Unprocessable):
        services.save_draft(actor=applicant, kpi_id=kpi.pk, value=Decimal(1), cell="channel:counter")


def test_the_api_keeps_and_shows_it_by_the_same_service(client, world, applicant, head):
    definition = DefinitionFactory(percentage=True)
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=applicant.person, definition=definition)
    at = f"/api/v1/kpis/{kpi.reference}/"
    client.force_login(applicant)
    sent = client.post(f"{at}save-draft/", {"numerator": "3"}, content_type="application/json")
    assert sent.status_code == 200, sent.content
    assert client.get(f"{at}draft/").json()["draft"]["numerator"] == "3"
    assert client.post(f"{at}save-draft/", {"state": "x"}, content_type="application/json").status_code in {400, 422}

    client.force_login(head)
    assert client.get(f"{at}draft/").json() == {"draft": None}


def test_what_is_no_number_is_refused_beside_its_field(client, kpi, applicant):
    client.force_login(applicant)

    answer = client.post(address(kpi, "readings/draft/"), {"value": "about ten"})

    assert answer.status_code == 422
    assert not ReadingDraft.objects.exists()
