"""What a person was told, how they want it mailed, and what they follow: one's own alone."""

from tests.access.table import Row, api, page, post
from work import notices, services
from work.models import Notice
from work.notices import Message


def prepare(world):
    facts = {"parts": ["project"], "subject": "project"}
    project = world.things["register"]
    services.tell(Message("followed", "project", project.pk, [world["applicant"].person_id], facts), event="access")
    world.things["notice"] = Notice.objects.get(event="access")


def one(world):
    return {"notice": world.things["notice"].pk}


def by_id(world):
    return {"id": world.things["notice"].pk}


CHOSEN = {"settings": [{"kind": "followed", "mail": "none"}]}


def typed(world):
    return {name.replace(".", "_"): "digest" for name in notices.kinds()}


ROWS: list[Row] = [
    page("my_work:notice-list"),
    post("my_work:notice-open", 404, at=one, applicant=302),
    post("my_work:notice-read", 404, at=one, applicant=302),
    post("my_work:notice-unread", 404, at=one, applicant=302),
    post("my_work:notice-read-all", 302),
    page("my_work:notice-settings"),
    post("my_work:notice-settings", 302, data=typed),
    page("my_work:following"),
    api("GET", "/api/v1/notices/"),
    api("GET", "/api/v1/notices/{id}/", 404, at=by_id, applicant=200),
    api("POST", "/api/v1/notices/{id}/read/", 404, at=by_id, applicant=200),
    api("POST", "/api/v1/notices/{id}/unread/", 404, at=by_id, applicant=200),
    api("POST", "/api/v1/notices/read-all/", 200),
    api("GET", "/api/v1/notice-settings/"),
    api("PATCH", "/api/v1/notice-settings/", 200, data=CHOSEN),
]
