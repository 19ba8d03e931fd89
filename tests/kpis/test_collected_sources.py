"""Sources that are collected: CSV and pages as one answer, secrets kept, proposals tried, changes approved anew."""

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from core import ledger, sealing
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from kpis import services
from kpis.collector.pages import MOST_PAGES
from kpis.models import CollectionRun, Reading, Source
from kpis.services import Answering, Paths, Secret
from kpis.services.runs import run_source
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory
from tests.kpis.collecting import collected, item, propose
from tests.kpis.conftest import send, send_json

TABLE = {"format": "csv", "items_path": ""}


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a))


def collect(department, kpi, **columns):
    """A run of a source on the department's server, carried out; its state and reason."""
    run = RunFactory(source=SourceFactory(port=department.port, kpis=[kpi], **columns))
    run_source(run_id=run.pk)
    run.refresh_from_db()
    return run.state, run.reason


def values():
    return list(Reading.objects.order_by("period_start").values_list("value", flat=True))


def page_of(handler):
    return int(parse_qs(urlsplit(handler.path).query).get("page", ["1"])[0])


def sends_table(department, text):
    department.answer = lambda handler: send(handler, text.encode(), Content_Type="text/csv; charset=utf-8")


class TestTables:
    def test_a_table_is_read_by_its_columns_in_any_order(self, department, kpi):
        sends_table(
            department, f"\ufeffvalue,kpi,period\r\n12.5,{kpi.reference},2026-01\r\n7,{kpi.reference},2026-02\r\n"
        )

        assert collect(department, kpi, **TABLE) == ("done", "")
        assert values() == [Decimal("12.5"), Decimal(7)]

    def test_a_ratio_comes_in_its_two_columns(self, department, world):
        kpi = KpiFactory(definition=DefinitionFactory(percentage=True))
        sends_table(department, "period,late,all\n2026-01,5,40\n")
        columns = {"kpi_path": "", "value_path": "", "numerator_path": "late", "denominator_path": "all"}

        assert collect(department, kpi, **TABLE, **columns, columns=["all", "late", "period"]) == ("done", "")
        assert values() == [Decimal("12.5")]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("kpi,period,amount\nK,2026-01,5\n", "schema"),
            ("kpi,period,value,channel\nK,2026-01,5,online\n", "schema"),
            ("kpi,period,value,value\nK,2026-01,5,6\n", "schema"),
            ("kpi,period,value\nK,2026-01\n", "csv.malformed"),
            ('kpi,period,value\nK,2026-01,"5\n', "csv.malformed"),
            ("kpi;period;value\nK;2026-01;5\n", "csv.malformed"),
            ('kpi,period,value\nK,2026-01,"1,234"\n', "value.type"),
            ("kpi,period,value\nK,January,5\n", "period.format"),
            ("kpi,period,value\nKPI-0000,2026-01,5\n", "scope"),
            ("kpi,period,value\nK,2026-01,5\nK,2026-01,6\n", "conflict"),
            ("kpi,period,value\nK,2026-01,=1+1\n", "value.type"),
        ],
    )
    def test_a_table_that_breaks_a_rule_stores_nothing_and_says_which(self, department, kpi, text, reason):
        sends_table(department, text.replace("K,", f"{kpi.reference},").replace("K;", f"{kpi.reference};"))

        assert collect(department, kpi, **TABLE) == ("rejected", reason)
        assert not Reading.objects.exists()

    def test_a_table_in_another_encoding_is_refused_and_not_guessed(self, department, kpi):
        body = "kpi,period,value,note\nx,2026-01,5,香港\n".encode("big5-hkscs")
        department.answer = lambda handler: send(handler, body, Content_Type="text/csv")

        assert collect(department, kpi, **TABLE) == ("rejected", "csv.malformed")

    def test_a_json_answer_where_a_table_was_agreed_is_refused(self, department, kpi):
        department.sends(item(kpi, 1))

        assert collect(department, kpi, **TABLE) == ("rejected", "content.type")

    def test_further_columns_are_read_over_only_when_they_were_named(self, department, kpi):
        sends_table(department, f"kpi,period,value,note\n{kpi.reference},2026-01,5,fine\n")

        assert collect(department, kpi, **TABLE, columns=["kpi", "note", "period", "value"]) == ("done", "")


class TestPages:
    NEXT = {"paging": "next", "page_key": "links.next"}
    NUMBER = {"paging": "number", "page_key": "page"}

    def test_pages_that_name_the_next_are_one_run(self, department, kpi):
        def answer(handler):
            here = page_of(handler)
            following = f"?page={here + 1}" if here < 4 else None
            send_json(handler, {"readings": [item(kpi, here)], "links": {"next": following}})

        department.answer = answer

        assert collect(department, kpi, **self.NEXT) == ("done", "")
        assert (len(values()), department.requests) == (4, 4)
        assert LedgerEntry.objects.filter(action="collection.run").count() == 1

    @pytest.mark.parametrize("is_table", [False, True])
    def test_numbered_pages_are_read_until_one_is_empty(self, department, kpi, is_table):
        def answer(handler):
            here = page_of(handler)
            rows = [item(kpi, here)] if here <= 3 else []
            lines = [f"{row['kpi']},{row['period']},{row['value']}" for row in rows]
            table = "\n".join(["kpi,period,value", *lines]).encode()
            if is_table:
                send(handler, table, Content_Type="text/csv")
            else:
                send_json(handler, {"readings": rows})

        department.answer = answer

        assert collect(department, kpi, **self.NUMBER, **(TABLE if is_table else {})) == ("done", "")
        assert (len(values()), department.requests) == (3, 4)

    def test_the_same_page_twice_ends_the_run(self, department, kpi):
        following = {"next": "/readings.json"}
        department.answer = lambda handler: send_json(handler, {"readings": [item(kpi, 1)], "links": following})

        assert collect(department, kpi, **self.NEXT) == ("rejected", "page.loop")
        assert (values(), department.requests) == ([], 1)

    def test_pages_without_end_are_cut(self, department, kpi):
        def answer(handler):
            send_json(handler, {"readings": [], "links": {"next": f"?page={page_of(handler) + 1}"}})

        department.answer = answer

        assert collect(department, kpi, **self.NEXT) == ("rejected", "page.many")
        assert department.requests == MOST_PAGES

    def test_a_page_elsewhere_is_never_called_and_gets_no_secret(self, department, forbidden, kpi):
        department.answer = lambda handler: send_json(
            handler, {"readings": [], "links": {"next": f"http://127.0.0.1:{forbidden.port}/more"}}
        )

        secret = {"secret_header": "X-Key", "sealed_secret": sealing.seal("s3cret")}
        assert collect(department, kpi, **self.NEXT, **secret) == ("rejected", "page.elsewhere")

    @pytest.mark.parametrize("next_address", ["//127.0.0.1:1/x", "https://127.0.0.1/x", "file:///etc/passwd", 7])
    def test_other_spellings_of_elsewhere_are_refused_too(self, department, kpi, next_address):
        department.answer = lambda handler: send_json(handler, {"readings": [], "links": {"next": next_address}})

        state, reason = collect(department, kpi, **self.NEXT)

        assert (state, department.requests) == ("rejected", 1)
        assert reason in {"page.elsewhere", "schema"}

    def test_a_page_that_is_away_leaves_nothing_of_those_before_it_until_all_are_read(self, department, kpi):
        away = {3}

        def answer(handler):
            here = page_of(handler)
            if here in away:
                away.remove(here)
                send(handler, b"", status=503)
            else:
                send_json(handler, {"readings": [item(kpi, here)] if here <= 4 else []})

        department.answer = answer
        run = RunFactory(source=SourceFactory(port=department.port, kpis=[kpi], **self.NUMBER))

        assert run_source(run_id=run.pk) == "failed"
        assert values() == []
        CollectionRun.objects.filter(pk=run.pk).update(lease_until="2026-01-01T00:00Z")
        assert run_source(run_id=run.pk) == "done"
        assert len(values()) == 4

    def test_one_value_a_period_holds_over_all_pages(self, department, kpi):
        department.answer = lambda handler: send_json(
            handler, {"readings": [item(kpi, 1, str(page_of(handler)))] if page_of(handler) < 3 else []}
        )

        assert collect(department, kpi, **self.NUMBER) == ("rejected", "conflict")

    def test_all_pages_together_stay_under_the_cap_of_bytes(self, department, kpi, monkeypatch):
        monkeypatch.setattr("kpis.collector.client.MOST_BYTES", 2_000)
        department.answer = lambda handler: send_json(
            handler, {"pad": "x" * 900, "readings": [item(kpi, page_of(handler))]}
        )

        assert collect(department, kpi, **self.NUMBER) == ("rejected", "size")
        assert department.requests == 3
        assert values() == []


class TestSecrets:
    def test_a_secret_is_sent_in_its_header_and_lies_sealed(self, department, kpi):
        seen = []

        def answer(handler):
            seen.append(handler.headers.get("X-API-Key"))
            send_json(handler, {"readings": [item(kpi, 1)]})

        department.answer = answer

        state, _reason = collect(
            department, kpi, secret_header="X-API-Key", sealed_secret=sealing.seal("planted-5e11"), paging="none"
        )

        assert (state, seen) == ("done", ["planted-5e11"])
        assert "planted-5e11" not in Source.objects.get().sealed_secret

    def test_a_secret_that_no_key_opens_fails_the_run_and_says_so(self, department, kpi):
        sealed = "sealed with a key that was dropped"

        assert collect(department, kpi, secret_header="X-API-Key", sealed_secret=sealed) == ("failed", "secret.sealed")
        assert department.requests == 0

    def test_secrets_are_sealed_anew_with_the_keys_of_pushes(self, kpi):
        source = SourceFactory(kpis=[kpi], secret_header="X-API-Key", sealed_secret=sealing.seal("planted-5e11"))
        before = source.sealed_secret

        assert services.reseal_keys() == 1

        source.refresh_from_db()
        assert source.sealed_secret != before
        assert sealing.unseal(source.sealed_secret) == "planted-5e11"


class TestProposals:
    def test_what_is_proposed_is_what_is_stored_and_told(self, applicant, department, kpi):
        how = collected(
            department,
            paths=Paths(items="", period="month", value="count"),
            answering=Answering("csv", "number", "page", ("note",)),
            secret=Secret("X-API-Key", "planted-5e11"),
        )

        source = propose(applicant, kpi, how)

        source.refresh_from_db()
        assert (source.status, source.format, source.paging, source.page_key) == ("proposed", "csv", "number", "page")
        assert source.columns == ["count", "month", "note"]
        assert sealing.unseal(source.sealed_secret) == "planted-5e11"
        entry = bytes(LedgerEntry.objects.get(action="source.proposed").payload).decode()
        assert "X-API-Key" in entry and "planted-5e11" not in entry

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"answering": Answering("csv")}, "path.required"),
            ({"paths": Paths(items="", period="p", value="v", kpi="k")}, "path.required"),
            ({"paths": Paths(items="r", period="p")}, "path.required"),
            ({"paths": Paths(items="r[", period="p", value="v")}, "path.format"),
            ({"paths": Paths(items="r", period="`1`", value="v")}, "path.format"),
            ({"answering": Answering(paging="next")}, "paging.key"),
            ({"answering": Answering(page_key="next")}, "paging.key"),
            ({"answering": Answering(paging="number", page_key="a b")}, "paging.key"),
            ({"answering": Answering(paging="next", page_key="a[")}, "path.format"),
            (
                {
                    "answering": Answering("csv", "next", "next"),
                    "paths": Paths(items="", period="p", value="v"),
                },
                "paging.table",
            ),
            ({"answering": Answering("xml")}, "choice"),
            ({"secret": Secret("Host", "x")}, "secret.header"),
            ({"secret": Secret("X Key", "x")}, "secret.header"),
            ({"secret": Secret("X-Key", "a\nHost: b")}, "secret.value"),
            ({"secret": Secret("X-Key", "密")}, "secret.value"),
            ({"interval_minutes": 0}, "interval.range"),
            ({"url": "file:///etc/passwd"}, "address.scheme"),
            ({"url": "https://good.example@10.0.0.1/"}, "address.userinfo"),
        ],
    )
    def test_a_proposal_that_nobody_could_collect_is_refused_and_nothing_stored(
        self, applicant, department, kpi, given, code
    ):
        with pytest.raises(InvalidInput) as refused:
            propose(applicant, kpi, collected(department, **given))

        assert refused.value.code == code
        assert not Source.objects.exists()
        assert not LedgerEntry.objects.filter(action="source.proposed").exists()

    def test_a_change_waits_for_a_second_person_and_keeps_the_secret(self, applicant, team, department, kpi):
        source = SourceFactory(
            port=department.port,
            department=kpi.project.department,
            kpis=[kpi],
            secret_header="X-API-Key",
            sealed_secret=sealing.seal("planted-5e11"),
        )

        services.change_source(
            actor=applicant,
            source_id=source.pk,
            name="Cases anew",
            collected=collected(department, answering=Answering(paging="number", page_key="p")),
        )

        source.refresh_from_db()
        assert (source.status, source.approved_by, source.paging, source.name) == (
            *("proposed", None, "number", "Cases anew"),
        )
        assert sealing.unseal(source.sealed_secret) == "planted-5e11"
        assert not Source.objects.collected().exists()
        assert LedgerEntry.objects.filter(action="source.changed").count() == 1
        with pytest.raises(NotAllowed):
            services.approve_source(actor=applicant, source_id=source.pk)
        services.approve_source(actor=team, source_id=source.pk)
        assert Source.objects.collected().count() == 1
        assert ledger.verify(ledger.stored_chain()) == ledger.head()

    def test_only_those_who_manage_it_change_a_source_that_is_collected(self, outsider, applicant, department, world):
        source = SourceFactory(department=world.a)
        with pytest.raises(NotAllowed):
            services.change_source(actor=outsider, source_id=source.pk, name="x", collected=collected(department))
        pushing = SourceFactory(department=world.a, push=True)
        with pytest.raises(Conflict):
            services.change_source(actor=applicant, source_id=pushing.pk, name="x", collected=collected(department))
