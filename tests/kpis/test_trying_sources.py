"""A source is tried where two people stand behind its address, stores nothing, and is worked through pages and API."""

from decimal import Decimal

from django.core.cache import cache
from django.urls import reverse
import pytest
from rest_framework.test import APIClient

from core import sealing
from core.errors import NotAllowed, TooMany
from core.models import LedgerEntry
from kpis import services
from kpis.models import CollectionRun, Reading, Source
from kpis.services import Reported
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, SourceFactory
from tests.kpis.collecting import collected, item, propose
from tests.kpis.conftest import send


@pytest.fixture(autouse=True)
def nothing_was_tried():
    cache.clear()


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a))


class TestTrying:
    def test_the_second_person_tries_a_proposed_source_and_nothing_is_stored(self, applicant, team, department, kpi):
        department.sends(item(kpi, 1), {**item(kpi, 2), "value": "1,234"})
        source = propose(applicant, kpi, collected(department))
        before = LedgerEntry.objects.count()

        tried = services.try_source(actor=team, source_id=source.pk)

        assert (tried.pages, tried.count, tried.code) == (1, 2, "value.type")
        assert [(row.period, row.value, row.code) for row in tried.shown] == [
            ("", None, "value.type"),
            ("2026-01", Decimal(5), ""),
        ]
        assert (Reading.objects.count(), CollectionRun.objects.count()) == (0, 0)
        assert LedgerEntry.objects.count() == before

    def test_whoever_proposed_it_does_not_make_the_first_call(self, applicant, department, kpi):
        source = propose(applicant, kpi, collected(department))

        with pytest.raises(NotAllowed) as refused:
            services.try_source(actor=applicant, source_id=source.pk)

        assert (refused.value.code, department.requests) == ("duty.role", 0)

    def try_form(self, actor, kpi, how):
        return services.try_proposal(
            actor=actor, department_id=kpi.project.department_id, collected=how, kpis=[Reported(kpi.pk)]
        )

    def test_a_form_is_tried_only_where_two_people_approved_the_host(self, applicant, department, forbidden, kpi):
        department.sends(item(kpi, 1))
        how = collected(department)
        with pytest.raises(NotAllowed) as refused:
            self.try_form(applicant, kpi, how)
        assert (refused.value.code, department.requests) == ("source.new_host", 0)

        SourceFactory(port=department.port, department=kpi.project.department)
        tried = self.try_form(applicant, kpi, how)

        assert (tried.count, tried.code, department.requests) == (1, "", 1)
        assert Source.objects.count() == 1

    def test_a_form_is_tried_in_the_approved_networks_whatever_it_names(self, applicant, department, kpi):
        SourceFactory(port=department.port, department=kpi.project.department, networks=["10.0.0.0/8"])

        tried = self.try_form(applicant, kpi, collected(department, networks=["127.0.0.0/8"]))

        assert (tried.code, department.requests) == ("address.network", 0)

    def test_another_departments_approval_opens_no_host(self, applicant, department, kpi, world):
        SourceFactory(port=department.port, department=world.b)

        with pytest.raises(NotAllowed):
            self.try_form(applicant, kpi, collected(department))

    def test_tries_are_paced(self, applicant, department, kpi):
        SourceFactory(port=department.port, department=kpi.project.department)
        self.try_form(applicant, kpi, collected(department))

        with pytest.raises(TooMany):
            self.try_form(applicant, kpi, collected(department))

        assert department.requests == 1

    @pytest.mark.parametrize(
        ("status", "code"), [(302, "redirect"), (404, "http.status"), (500, "http.status"), (200, "content.type")]
    )
    def test_a_bad_answer_is_told_and_not_raised(self, team, applicant, department, kpi, status, code):
        department.answer = lambda handler: send(handler, b"<html>", status=status, Content_Type="text/html")
        source = propose(applicant, kpi, collected(department))

        assert services.try_source(actor=team, source_id=source.pk).code == code

    def test_two_values_for_one_period_are_found_by_trying(self, team, applicant, department, kpi):
        department.sends(item(kpi, 1, "5"), item(kpi, 1, "6"))
        source = propose(applicant, kpi, collected(department))

        assert services.try_source(actor=team, source_id=source.pk).code == "conflict"


class TestOnPages:
    def typed(self, department, kpi):
        return {
            "name": "Case system",
            "url": department.url,
            "networks": "127.0.0.0/8",
            "format": "json",
            "items": "readings",
            "period": "period",
            "value": "value",
            "kpi": "kpi",
            "paging": "none",
            "interval_minutes": "60",
            "secret_header": "X-API-Key",
            "secret": "planted-5e11",
            f"kpi_{kpi.pk}": "on",
            f"highest_{kpi.pk}": "500",
        }

    def test_a_source_is_proposed_tried_approved_and_changed_by_its_people(
        self, signed_in, applicant, team, department, kpi
    ):
        department.sends(item(kpi, 1))
        mine, theirs = signed_in(applicant), signed_in(team)
        assert mine.post(reverse("kpis:pull-source-new"), self.typed(department, kpi)).status_code == 302
        source = Source.objects.get()
        address = {
            name: reverse(f"kpis:source-{name}", args=[source.reference]) for name in ("detail", "try", "change")
        }
        assert "Try it now" in theirs.get(address["detail"]).content.decode()
        assert "Try it now" not in mine.get(address["detail"]).content.decode()

        tried = theirs.post(address["try"]).content.decode()
        assert "A run would read 1 reading. Pages: 1." in tried
        chinese = theirs.get(address["detail"], headers={"Accept-Language": "zh-hant"}).content.decode()
        assert "立即試行" in chinese and "加密保存，不會顯示" in chinese
        approve = reverse("kpis:source-approve", args=[source.reference])
        assert theirs.post(approve).status_code == 302

        form = mine.get(address["change"])
        shown = form.content.decode()
        assert department.url in shown and "planted-5e11" not in shown
        changed = self.typed(department, kpi) | {"secret": "", "secret_header": "", "interval_minutes": "1440"}
        assert mine.post(address["change"], changed).status_code == 302
        source.refresh_from_db()
        assert (source.status, source.interval_minutes) == ("proposed", 1440)
        assert sealing.unseal(source.sealed_secret) == "planted-5e11"

    def test_trying_the_form_keeps_what_was_typed_and_shows_what_would_be_read(
        self, signed_in, applicant, department, kpi
    ):
        department.sends(item(kpi, 1), item(kpi, 2, "x"))
        SourceFactory(port=department.port, department=kpi.project.department)

        answer = signed_in(applicant).post(reverse("kpis:pull-source-try"), self.typed(department, kpi))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "A run would store nothing." in page and "2026-01" in page
        assert f'value="{department.url}"' in page and "planted-5e11" not in page
        assert f'action="{reverse("kpis:pull-source-new")}"' in page  # the next button proposes, it does not try again
        assert Source.objects.count() == 1

    def test_a_new_host_is_answered_on_the_form(self, signed_in, applicant, department, kpi):
        answer = signed_in(applicant).post(reverse("kpis:pull-source-try"), self.typed(department, kpi))

        assert (answer.status_code, department.requests) == (403, 0)
        assert "Nobody has approved this host" in answer.content.decode()

    def test_what_is_wrong_is_said_beside_its_field(self, signed_in, applicant, department, kpi):
        typed = self.typed(department, kpi) | {"paging": "next", "secret": ""}

        answer = signed_in(applicant).post(reverse("kpis:pull-source-new"), typed)
        assert answer.status_code == 422 and "given together" in answer.content.decode()
        answer = signed_in(applicant).post(reverse("kpis:pull-source-new"), typed | {"secret": "x"})
        assert answer.status_code == 422 and "Say how pages are named" in answer.content.decode()
        assert not Source.objects.exists()

    def test_the_api_proposes_tries_and_changes_the_same(self, applicant, team, department, kpi, world):
        department.sends(item(kpi, 1))
        mine, theirs = APIClient(), APIClient()
        mine.force_authenticate(applicant)
        theirs.force_authenticate(team)
        sent = {
            "department": world.a.code,
            "name": "Cases",
            "url": department.url,
            "hosts": [f"127.0.0.1:{department.port}"],
            "networks": ["127.0.0.0/8"],
            "paths": {"items": "readings", "kpi": "kpi", "period": "period", "value": "value"},
            "answering": {"paging": "none", "columns": []},
            "secret": {"header": "X-API-Key", "value": "planted-5e11"},
            "kpis": [{"kpi": kpi.reference}],
            "interval_minutes": 60,
        }
        refused = mine.post("/api/v1/sources/try-proposal/", sent, format="json")
        assert (refused.status_code, refused.json()["code"]) == (403, "source.new_host")
        made = mine.post("/api/v1/sources/", sent, format="json")
        assert made.status_code == 201
        assert made.json()["secret_header"] == "X-API-Key" and "planted" not in made.content.decode()
        here = f"/api/v1/sources/{made.json()['reference']}/"

        tried = theirs.post(f"{here}try/", {}, format="json")
        changed = mine.post(
            f"{here}change/",
            {name: value for name, value in sent.items() if name not in {"department", "kpis"}} | {"name": "Anew"},
            format="json",
        )

        assert (tried.status_code, tried.json()["code"], tried.json()["count"]) == (200, "", 1)
        assert (changed.status_code, changed.json()["name"]) == (200, "Anew")
