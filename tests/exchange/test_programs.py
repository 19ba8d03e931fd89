"""Tokens with scopes, the limit of requests, cursors, the calendar and open data."""

import json

from django.core.cache import cache
import pytest

from core.api import authentication
from core.api.scopes import allows
from core.models import ApiToken
from exchange import services
from exchange.open_data import FILES
from exchange.rules.icalendar import Event, escaped, folded
from exchange.rules.public import ATRS_COLUMNS, DECISIONS, OMB_COLUMNS, REGISTER
from tests.factories.projects import ProjectFactory


@pytest.mark.parametrize(
    ("scopes", "method", "area", "allowed"),
    [
        ([], "POST", "accounts", True),
        (["read"], "GET", "projects", True),
        (["read"], "POST", "projects", False),
        (["write:kpis"], "POST", "kpis", True),
        (["write:kpis"], "POST", "funding", False),
        (["write:kpis"], "GET", "kpis", False),
        (["write"], "DELETE", "work", True),
        (["read", "write"], "POST", "accounts", False),
        (["read", "write"], "POST", "exchange", False),
    ],
)
def test_a_scope_opens_what_it_names_and_nothing_else(scopes, method, area, allowed):
    assert allows(scopes, method=method, area=area) is allowed


def test_a_token_is_shown_once_used_within_its_scope_and_revoked(world, client, official):
    client.force_login(official)
    body = {"name": "Power Query", "scopes": ["read"], "days": 30}
    made = client.post("/api/v1/tokens/", body, content_type="application/json")
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    client.logout()

    listed = client.get("/api/v1/tokens/", headers=bearer)
    refused = client.post("/api/v1/tokens/", body, content_type="application/json", headers=bearer)

    assert made.status_code == 201
    assert made.json()["token"] not in listed.content.decode()
    assert (refused.status_code, refused.json()["code"]) == (403, "token.scope")
    assert ApiToken.objects.get(name="Power Query").last_used_on is not None
    services.revoke_token(actor=official, token_id=made.json()["id"])
    assert client.get("/api/v1/tokens/", headers=bearer).status_code == 401


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"scopes": ["all"]}, {"days": 0}, {"days": 366}, {"name": ""}])
def test_a_token_for_nothing_or_for_ever_is_refused(world, client, official, wrong):
    client.force_login(official)
    body = {"name": "x", "scopes": ["read"], "days": 30} | wrong

    assert client.post("/api/v1/tokens/", body, content_type="application/json").status_code == 400
    assert client.post("/exchange/tokens/", body).status_code == 422
    assert not ApiToken.objects.exists()


def test_too_many_requests_are_told_when_to_come_again(world, client, official, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    token, _until = authentication.issue(official)
    answers = [client.get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < float(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()["code"] == "too_many"


def test_a_cursor_goes_through_a_large_set_without_counting(world, client, official):
    expected = [ProjectFactory().reference for _ in range(5)]
    client.force_login(official)
    found, address = [], "/api/v1/projects/?cursor=&page_size=2"
    while address:
        page = client.get(address).json()
        assert page["count"] is None
        found += [row["reference"] for row in page["results"]]
        address = page["next"]

    assert found == expected
    assert client.get("/api/v1/projects/?cursor=&page=2").status_code == 400
    for wrong in ("abc", "cD14", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):  # no Base64; p=x; p=99…
        assert client.get(f"/api/v1/projects/?cursor={wrong}").status_code == 404


def test_a_calendar_opens_by_its_secret_keeps_names_and_counts_changes(world, client, official, monkeypatch):
    said = ["Vote"]
    events = "exchange.services.calendars._days"
    import datetime

    day = datetime.date(2026, 12, 1)
    monkeypatch.setattr(events, lambda user: iter([Event(uid="a@x", summary=said[0], starts=day)]))
    secret = services.renew_feed(actor=official)
    address = f"/exchange/calendar/{secret}.ics"

    first, again = (client.get(address).content.decode() for _ in range(2))
    said[0] = "Vote, now; 衞生署"
    changed = client.get(address).content.decode()
    services.renew_feed(actor=official)

    assert "UID:a@x" in first and "SEQUENCE:0" in first and "TZID:Asia/Hong_Kong" in first
    assert first == again
    assert "SEQUENCE:1" in changed and "SUMMARY:Vote\\, now\\; 衞生署" in changed
    assert client.get(address).status_code == 404


def test_lines_of_a_calendar_are_folded_between_characters():
    line = folded("SUMMARY:" + "衞" * 60).decode()

    assert all(len(piece.encode()) <= 75 for piece in line.split("\r\n"))
    assert line.replace("\r\n ", "").strip() == "SUMMARY:" + "衞" * 60
    assert escaped("a\r\nb\x00") == "a\\nb"


def test_open_data_has_these_fields_and_never_a_hidden_project(world, client):
    shown, hidden = ProjectFactory(title_en="=Shown"), ProjectFactory(draft=True, title_en="Hidden draft")
    allowed = {*REGISTER, *DECISIONS, *OMB_COLUMNS, *ATRS_COLUMNS, "licence", "as_at", "rows"}
    assert len(OMB_COLUMNS) == 36

    for file in FILES.values():
        cache.clear()
        answer = client.get(f"/open-data/{file.name}")
        text = answer.content.decode("utf-8-sig")
        assert answer.status_code == 200
        assert "max-age=600" in answer["Cache-Control"]
        assert 'rel="license"' in answer["Link"]
        assert hidden.reference not in text and "Hidden draft" not in text
        if file.name.endswith(".csv"):
            assert set(text.splitlines()[0].split(",")) <= allowed
        else:
            assert {name for row in json.loads(text)["rows"] for name in row} <= allowed
    assert shown.reference in client.get("/open-data/projects.csv").content.decode()
    assert len(client.get("/open-data/catalog.jsonld").json()["dcat:dataset"][0]["dcat:distribution"]) == len(FILES)
    assert client.get("/open-data/people.csv").status_code == 404
