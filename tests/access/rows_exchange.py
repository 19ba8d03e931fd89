"""Tokens, calendar and webhooks of one's own; open data for everybody."""

from core.models import ApiToken
from exchange.services import webhooks
from tests.access.table import Row, api, page, post


def prepare(world):
    world.things["token"] = ApiToken.objects.create(
        user=world["official"], name="x", scopes=["read"], digest="0" * 64, expires_at="2030-01-01T00:00:00Z"
    )
    sent = {"url": "https://hooks.example.hk/x", "networks": ["10.20.0.0/24"], "events": ["request.submitted"]}
    world.things["webhook"], _secret = webhooks.propose(actor=world["official"], name="Hooks", **sent)


def token(world):
    return {"token": world.things["token"].pk}


def token_id(world):
    return {"id": world.things["token"].pk}


def hook(world):
    return {"reference": world.things["webhook"].reference}


def message(world):
    return hook(world) | {"message": 1}


NEW_TOKEN = {"name": "Reader", "scopes": ["read"], "days": 30}
NEW_HOOK = {
    "name": "Mine",
    "url": "https://hooks.example.hk/y",
    "networks": ["10.20.0.0/24"],
    "events": ["decision.published"],
}
ROWS: list[Row] = [
    page("exchange:programs"),
    post("exchange:token-new", 200, data=NEW_TOKEN),
    post("exchange:token-revoke", 404, at=token, official=302),
    post("exchange:calendar-renew", 200),
    post("exchange:calendar-revoke", 409),
    page("exchange:calendar", 404, at={"secret": "nothing"}, anonymous=404),
    post("exchange:webhook-new", 200, data=NEW_HOOK | {"networks": "10.20.0.0/24"}),
    page("exchange:webhook", 404, at=hook, official=200, administrator=200),
    post("exchange:webhook-approve", 404, at=hook, official=403, administrator=302),
    post("exchange:webhook-end", 404, at=hook, official=302, administrator=302),
    post("exchange:webhook-ping", 404, at=hook, official=409, administrator=403),
    post("exchange:webhook-renew", 404, at=hook, official=409, administrator=403),
    post("exchange:message-again", 404, at=message, official=409, administrator=403),
    page("open-data", 200, anonymous=200),
    page("open-data-catalogue", 200, anonymous=200),
    page("open-data-file", 200, at={"name": "projects.csv"}, anonymous=200),
    api("GET", "/api/v1/tokens/"),
    api("POST", "/api/v1/tokens/", 201, data=NEW_TOKEN),
    api("GET", "/api/v1/tokens/{id}/", 404, at=token_id, official=200),
    api("POST", "/api/v1/tokens/{id}/revoke/", 404, at=token_id, official=200),
    api("POST", "/api/v1/calendar/", 201),
    api("DELETE", "/api/v1/calendar/", 409),
    api("GET", "/api/v1/webhooks/"),
    api("POST", "/api/v1/webhooks/", 201, data=NEW_HOOK),
    api("GET", "/api/v1/webhooks/{reference}/", 404, at=hook, official=200, administrator=200),
    api("POST", "/api/v1/webhooks/{reference}/approve/", 404, at=hook, official=403, administrator=200),
    api("POST", "/api/v1/webhooks/{reference}/end/", 404, at=hook, official=200, administrator=200),
    api("POST", "/api/v1/webhooks/{reference}/ping/", 404, at=hook, official=409, administrator=403),
    api("POST", "/api/v1/webhooks/{reference}/renew-secret/", 404, at=hook, official=409, administrator=403),
    api("GET", "/api/v1/webhooks/{reference}/messages/", 404, at=hook, official=200, administrator=200),
    api(
        "POST",
        "/api/v1/webhooks/{reference}/send-again/",
        404,
        at=hook,
        data={"message": 1},
        official=409,
        administrator=403,
    ),
]
