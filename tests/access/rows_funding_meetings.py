"""Meetings and questions on the open paper: the body and the offices read, the secretary acts, members ask."""

from datetime import timedelta

from core import clock
from funding import services
from tests.access.table import Row, api, page, post
from tests.funding import meetings
from tests.funding.scene import make_scene

READ = ("secretary", "auditor", "finance", "member", "chair")
SITTING = ("member", "chair")
OWN = ("applicant", "head", "colleague")


def each(people: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


def prepare(world):
    scene = world.things.get("scene") or make_scene(world)
    world.things["scene"] = scene
    world.things["meeting_waits"] = scene.screened("710000.00")
    world.things["meeting_planned"] = meetings.with_items(scene, scene.screened("720000.00"))
    held = meetings.published(scene, scene.screened("730000.00"))
    world.things["meeting_held"] = meetings.attend(scene, held)
    world.things["meeting_coming"] = meetings.published(scene, scene.screened("740000.00"))
    asked = scene.round_open("750000.00")
    services.ask_on_paper(actor=scene.chair, round_id=asked.pk, text="Who runs it?")
    world.things["asked_round"] = asked


def at(name, key="pk"):
    return lambda world: {key: world.things[name].pk}


def seats(world):
    return {f"seat_{number}": "present" for number in range(1, 10)} | {"presiding_seat": ""}


def sent_seats(world):
    return {"seats": [{"seat": number, "state": "present"} for number in range(1, 10)]}


def later():
    return clock.now() + timedelta(days=30)


def typed_time(world):
    return {"starts_at": later().strftime("%Y-%m-%dT%H:%M"), "minutes": 90, "place_en": "Room 2"}


def sent_time(world):
    return {"starts_at": later().isoformat(), "minutes": 90, "place_en": "Room 2"}


def added(world):
    return {"request": world.things["meeting_waits"].pk, "minutes": 10}


def sent_added(world):
    return {"request": world.things["meeting_waits"].reference, "minutes": 10}


ITEM = {"number": 1}
ARRANGED = {"number": 1, "to": 1, "minutes": 15}
NOTED = {"number": 1, "note": "Welcomed."}
WHY = {"reason": "Typhoon."}
ANSWERED = {"number": 1, "text": "We do."}
SEEN = {"default": 404, **each(READ, 403)}
SEEN_BY_DEPARTMENT = {**SEEN, **each(OWN, 403)}

ROWS: list[Row] = [
    page("funding:meeting-list"),
    page("funding:meeting-detail", 404, at=at("meeting_planned"), **each(READ, 200)),
    page("funding:meeting-detail", 404, at=at("meeting_held"), **each(READ + OWN, 200)),
    page("funding:meeting-pack", 404, at=at("meeting_planned")),
    page("funding:meeting-pack", 404, at=at("meeting_held"), **each(READ + OWN, 200)),
    api("GET", "/api/v1/meetings/{id}/pack/", 404, at=at("meeting_held", "id"), **each(READ + OWN, 200)),
    post("funding:body-plan-meeting", 403, at={"code": "dwg"}, data=typed_time, secretary=302),
    *[
        post(f"funding:meeting-{name}", at=at(on), data=data, **{**seen, **but})
        for name, on, data, seen, but in (
            ("add-item", "meeting_planned", added, SEEN, {"secretary": 302}),
            ("arrange-item", "meeting_planned", ARRANGED, SEEN, {"secretary": 302}),
            ("take-off-item", "meeting_planned", ITEM, SEEN, {"secretary": 302}),
            ("publish-agenda", "meeting_planned", {}, SEEN, {"secretary": 302}),
            ("change", "meeting_planned", typed_time, SEEN, {"secretary": 302}),
            ("attendance", "meeting_coming", seats, SEEN_BY_DEPARTMENT, {"secretary": 302}),
            ("open-item", "meeting_held", ITEM, SEEN_BY_DEPARTMENT, {"secretary": 302}),
            ("note-item", "meeting_held", NOTED, SEEN_BY_DEPARTMENT, {"secretary": 302}),
            ("close", "meeting_held", {}, SEEN_BY_DEPARTMENT, {"secretary": 302, "chair": 302}),
            ("cancel", "meeting_coming", WHY, SEEN_BY_DEPARTMENT, {"secretary": 302}),
        )
    ],
    post(
        "funding:round-ask", at=at("asked_round"), data={"text": "Why?"}, **{**SEEN_BY_DEPARTMENT, **each(SITTING, 302)}
    ),
    post("funding:round-answer", at=at("asked_round"), data=ANSWERED, **{**SEEN_BY_DEPARTMENT, "applicant": 302}),
    api("GET", "/api/v1/meetings/"),
    api("GET", "/api/v1/meetings/{id}/", 404, at=at("meeting_planned", "id"), **each(READ, 200)),
    api(
        "POST",
        "/api/v1/meetings/",
        403,
        data=lambda world: {**sent_time(world), "body": "dwg"},
        secretary=201,
    ),
    *[
        api("POST", f"/api/v1/meetings/{{id}}/{name}/", at=at(on, "id"), data=data, **{**seen, **but})
        for name, on, data, seen, but in (
            ("add-item", "meeting_planned", sent_added, SEEN, {"secretary": 201}),
            ("arrange-item", "meeting_planned", ARRANGED, SEEN, {"secretary": 200}),
            ("take-off-item", "meeting_planned", ITEM, SEEN, {"secretary": 200}),
            ("publish-agenda", "meeting_planned", {}, SEEN, {"secretary": 200}),
            ("change", "meeting_planned", sent_time, SEEN, {"secretary": 200}),
            ("attendance", "meeting_coming", sent_seats, SEEN_BY_DEPARTMENT, {"secretary": 200}),
            ("open-item", "meeting_held", ITEM, SEEN_BY_DEPARTMENT, {"secretary": 201}),
            ("note-item", "meeting_held", NOTED, SEEN_BY_DEPARTMENT, {"secretary": 200}),
            ("close", "meeting_held", {}, SEEN_BY_DEPARTMENT, {"secretary": 200, "chair": 200}),
            ("cancel", "meeting_coming", WHY, SEEN_BY_DEPARTMENT, {"secretary": 200}),
        )
    ],
    *[
        api(
            "POST",
            f"/api/v1/rounds/{{id}}/{name}/",
            at=at("asked_round", "id"),
            data=data,
            **{**SEEN_BY_DEPARTMENT, **but},
        )
        for name, data, but in (
            ("ask", {"text": "Why?"}, {"member": 201, "chair": 201}),
            ("answer", ANSWERED, {"applicant": 201}),
        )
    ],
]
