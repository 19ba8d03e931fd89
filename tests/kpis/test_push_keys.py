"""Keys of push sources: shown once, sealed at rest, two live at most, revoked by whoever manages the source."""

import json
import logging

from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
import pytest
from rest_framework.test import APIClient

from core import sealing
from core.checks import seal_keys_are_keys
from core.errors import Conflict, NotAllowed
from core.models import LedgerEntry
from kpis import services
from kpis.models import PushKey, PushReceipt, Source
from tests.factories.kpis import SECRET, KpiFactory, MeasuredProjectFactory, PushKeyFactory, SourceFactory
from tests.kpis.pushing import System, reading


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a))


@pytest.fixture
def source(world, kpi):
    return SourceFactory(push=True, department=world.a, kpis=[kpi])


@pytest.fixture
def api():
    def sign_in(user):
        client = APIClient()
        client.force_authenticate(user)
        return client

    return sign_in


def everything_stored():
    """Every row of every table, as text: what a thief of the database reads."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f'SELECT row_to_json(t)::text FROM "{model._meta.db_table}" t')
                yield from (text for (text,) in cursor.fetchall())


def test_a_system_is_connected_from_proposal_to_first_push(api, applicant, team, kpi, caplog):
    caplog.set_level(logging.DEBUG)
    sent = {"department": "A&A", "name": "Case system", "kpis": [{"kpi": kpi.reference}]}
    made = api(applicant).post("/api/v1/sources/propose-push/", sent, format="json")
    assert made.status_code == 201, made.json()
    assert (made.json()["kind"], made.json()["url"], made.json()["interval_minutes"]) == ("push", "", None)
    address = f"/api/v1/sources/{made.json()['reference']}"
    early = api(applicant).post(f"{address}/make-key/", {}, format="json")
    assert (early.status_code, early.json()["code"]) == (409, "source.state")
    assert api(applicant).post(f"{address}/approve/", {}, format="json").status_code == 403
    assert api(team).post(f"{address}/approve/", {}, format="json").status_code == 200

    key = api(applicant).post(f"{address}/make-key/", {}, format="json")

    assert (key.status_code, key.headers["Cache-Control"]) == (201, "no-store")
    secret = key.json()["secret"]
    answer = System(made.json()["reference"], secret).send(reading(kpi))
    assert answer.status_code == 201, answer.content
    listed = api(applicant).get(f"{address}/keys/").json()["results"]
    assert [(row["number"], row["last_used_on"] is not None) for row in listed] == [(1, True)]
    assert "secret" not in json.dumps(listed)
    assert not any(secret in text or secret[6:] in text for text in everything_stored())
    assert secret[6:] not in caplog.text
    assert {"push_key.made", "collection.push"} <= set(LedgerEntry.objects.values_list("action", flat=True))


def test_history_keeps_who_revoked_a_key_and_not_its_seal(applicant, source):
    key, _secret = services.make_key(actor=applicant, source_id=source.pk)

    services.revoke_key(actor=applicant, source_id=source.pk, number=key.number)

    event = apps.get_model("kpis", "PushKeyEvent")
    assert list(event.objects.order_by("pk").values_list("revoked_by", flat=True)) == [None, applicant.person_id]
    assert not {"sealed", "last_used_on"} & {column.name for column in event._meta.get_fields()}


def test_two_keys_live_at_most_and_numbers_are_never_reused(applicant, source):
    first, _secret = services.make_key(actor=applicant, source_id=source.pk)
    services.make_key(actor=applicant, source_id=source.pk)
    with pytest.raises(Conflict, match="Two keys"):
        services.make_key(actor=applicant, source_id=source.pk)

    services.revoke_key(actor=applicant, source_id=source.pk, number=first.number)
    third, _secret = services.make_key(actor=applicant, source_id=source.pk)

    assert (third.number, third.slot, source.keys.live().count()) == (3, first.slot, 2)
    with pytest.raises(Conflict, match="no such live key"):
        services.revoke_key(actor=applicant, source_id=source.pk, number=first.number)


def test_others_make_no_key_and_a_pull_source_has_none(b_applicant, auditor, applicant, source, world):
    for person in (b_applicant, auditor):
        with pytest.raises(NotAllowed):
            services.make_key(actor=person, source_id=source.pk)
    with pytest.raises(Conflict):
        services.make_key(actor=applicant, source_id=SourceFactory(department=world.a).pk)
    assert not PushKey.objects.exists()


def test_a_key_is_never_kept_under_an_idempotency_key(api, applicant, source):
    address = f"/api/v1/sources/{source.reference}/make-key/"

    answer = api(applicant).post(address, {}, format="json", headers={"Idempotency-Key": "once"})

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency.unsupported")
    assert not PushKey.objects.exists()


def test_the_database_refuses_what_no_source_and_no_key_can_be(source, world):
    PushKeyFactory(source=source)
    for attempt in (
        lambda: PushKeyFactory(source=source, number=2),
        lambda: PushKeyFactory(source=source, number=2, slot=3),
        lambda: Source.objects.filter(pk=source.pk).update(url="https://a.example/"),
        lambda: Source.objects.filter(pk=source.pk).update(hosts=["a.example:443"]),
        lambda: Source.objects.filter(pk=source.pk).update(kind="pull"),
        lambda: Source.objects.filter(pk=SourceFactory(department=world.a).pk).update(interval_minutes=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_a_receipt_is_never_changed(source, kpi):
    System(PushKeyFactory(source=source).source).send(reading(kpi))

    for change in (lambda: PushReceipt.objects.update(status=200), lambda: PushReceipt.objects.all().delete()):
        with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
            change()


def test_seal_keys_are_changed_without_refusing_a_push(source, kpi, settings, capsys):
    """F33: the new key first, everything sealed anew, then the old key goes."""
    system = System(PushKeyFactory(source=source).source)
    older, newer = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    call_and_send = [system.send(reading(kpi, "2026-01")).status_code]
    sealed = PushKey.objects.get().sealed

    settings.SEAL_KEYS = [older]
    away = system.send(reading(kpi, "2026-02"))
    settings.SEAL_KEYS = []
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-" + "1" * 50
    call_and_send.append(system.send(reading(kpi, "2026-02")).status_code)
    call_command("reseal_push_keys")
    settings.SECRET_KEY_FALLBACKS = []
    call_and_send.append(system.send(reading(kpi, "2026-03")).status_code)

    assert (away.status_code, away.json()["code"], "Retry-After" in away.headers) == (503, "key.sealed", True)
    assert call_and_send == [201, 201, 201]
    assert PushKey.objects.get().sealed != sealed
    assert "1 keys" in capsys.readouterr().out
    settings.SEAL_KEYS = [newer, older]
    assert sealing.unseal(sealing.seal_anew(Fernet(older).encrypt(SECRET.encode()).decode())) == SECRET


def test_a_text_that_is_no_seal_key_stops_the_start(settings):
    assert seal_keys_are_keys(None) == []
    settings.SEAL_KEYS = [Fernet.generate_key().decode()]
    assert seal_keys_are_keys(None) == []
    settings.SEAL_KEYS.append("not a key")
    assert [error.id for error in seal_keys_are_keys(None)] == ["govai.E005"]
