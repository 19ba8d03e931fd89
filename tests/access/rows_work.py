"""Documents, discussion, history, following, tags, saved views and acts on many, of a project and a procedure of A."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from tests.access.table import Row, api, page, post
from tests.factories.work import (
    CommentFactory,
    DocumentFactory,
    FollowFactory,
    SavedViewFactory,
    TagFactory,
    TaggingFactory,
    TaskFactory,
)

OWN = ("applicant", "head", "colleague")
INSIDE = (*OWN, "auditor")
OF_B = ("b_applicant", "outsider")


def each(names, status):
    return dict.fromkeys(names, status)


def prepare(world):
    world.things["tag"] = tag = TagFactory()
    world.things["view"] = SavedViewFactory(owner=world["applicant"].person)
    world.things["shared view"] = SavedViewFactory(owner=world["b_applicant"].person, shared_with=world.b)
    subjects = {"project": world.things["register"], "procedure": world.things["procedures"]["plain"]}
    for word, thing in subjects.items():
        TaggingFactory(subject=thing, tag=tag)
        world.things[word, "subject"] = thing
        world.things[word, "open"] = DocumentFactory(subject=thing)
        world.things[word, "restricted"] = DocumentFactory(subject=thing, classification="restricted")
        world.things[word, "comment"] = CommentFactory(subject=thing, author=world["applicant"].person)
        people = {"given_by": world["applicant"].person, "owner": world["b_applicant"].person}
        world.things[word, "task"] = TaskFactory(subject=thing, **people)
        world.things[word, "follow"] = FollowFactory(subject=thing, person=world["applicant"].person)


def reference(word):
    return lambda world: {"reference": world.things[word, "subject"].reference}


def document(word, name="open", **more):
    return lambda world: reference(word)(world) | {"document": world.things[word, name].reference} | more


def comment(word):
    return lambda world: reference(word)(world) | {"comment": world.things[word, "comment"].pk}


def new_document(world):
    file = SimpleUploadedFile("note.txt", b"A note.\n")
    return {"title_en": "Note", "kind": "minutes", "classification": "open", "file": file}


def new_version(world):
    return {"file": SimpleUploadedFile("note.txt", b"Another note.\n"), "note": "Corrected."}


def new_task(world):
    return {"wording": "Send it", "owner": world["applicant"].person_id, "due_on": later()}


def later():
    return (clock.today() + timedelta(days=3)).isoformat()


def one_task(world):
    return {"task": world.things["project", "task"].pk}


def handed_on(world):
    return {"to": world["colleague"].person_id}


def changed(world):
    return {"wording": "Send it all", "due_on": later(), "expected_version": 1}


def task_said(world):
    return about("project")(world) | {"wording": "Send it", "owner": world["head"].person_id, "due_on": later()}


def edited(world):
    return {"title_en": "Note", "kind": "minutes", "classification": "open", "expected_version": 1}


def ticked(word, act):
    def data(world):
        chosen = {"act": act, "references": world.things[word, "subject"].reference, "confirmed": "True"}
        return chosen | {"tag": world.things["tag"].reference}

    return data


def in_bulk(word, act):
    def data(world):
        return {
            "act": act,
            "references": [world.things[word, "subject"].reference],
            "tag": world.things["tag"].reference,
        }

    return data


def about(word):
    return lambda world: {"subject_kind": word, "subject": world.things[word, "subject"].reference}


def said(word):
    return lambda world: about(word)(world) | {"text": "We wait for the data."}


def thing(name):
    return lambda world: {"id": world.things[name].pk}


def tag_at(world):
    return {"reference": world.things["tag"].reference}


def view_at(name):
    return lambda world: {"view": world.things[name].pk}


REASON = {"reason": "Said by mistake."}
NEW_TAG = {"name_en": "chat", "name_zh_hant": "對話"}


def pages_of(word):
    here = reference(word)
    return [
        page(f"projects:{word}-documents", at=here),
        post(f"projects:{word}-document-new", 403, at=here, data=new_document, **each(OWN, 302)),
        page(f"projects:{word}-document", at=document(word)),
        page(f"projects:{word}-document", 404, at=document(word, "restricted"), **each(INSIDE, 200)),
        post(f"projects:{word}-document-version", 403, at=document(word), data=new_version, **each(OWN, 302)),
        post(
            f"projects:{word}-document-version",
            404,
            at=document(word, "restricted"),
            data=new_version,
            **each(OWN, 302),
            auditor=403,
        ),
        post(f"projects:{word}-document-edit", 403, at=document(word), data=edited, **each(OWN, 302)),
        post(f"projects:{word}-document-withdraw", 403, at=document(word), data=REASON, **each(OWN, 302)),
        page(f"projects:{word}-document-file", at=document(word, number=1)),
        page(f"projects:{word}-document-file", 404, at=document(word, "restricted", number=1), **each(INSIDE, 200)),
        page(f"projects:{word}-discussion", 404, at=here, **each(INSIDE, 200)),
        page(f"projects:{word}-discussion-comment", 404, at=comment(word), **each(INSIDE, 302)),
        post(f"projects:{word}-discussion-say", 404, at=here, data={"text": "Hm."}, **each(OWN, 302), auditor=403),
        post(
            f"projects:{word}-discussion-withdraw",
            404,
            at=comment(word),
            data=REASON,
            **each(INSIDE, 403) | {"applicant": 302},
        ),
        page(f"projects:{word}-tasks", at=here),
        post(f"projects:{word}-task-new", 302, at=here, data=new_task, auditor=403),
        page(f"projects:{word}-history", at=here),
        post(f"projects:{word}-follow", 302, at=here),
        post(f"projects:{word}-unfollow", 302, at=here),
        post(f"projects:{word}-tag", 403, at=here, data=NEW_TAG, **each(OWN, 302)),
        post(
            f"projects:{word}-untag", 403, at=here, data=lambda w: {"tag": w.things["tag"].reference}, **each(OWN, 302)
        ),
        post(f"projects:{word}-bulk", 302, data=ticked(word, "follow")),
        post(f"projects:{word}-bulk", 403, data=ticked(word, "tag"), **each(OWN, 302)),
    ]


def operations_of(word):
    here = reference(word)
    path = f"/api/v1/{word}s"
    return [
        api("GET", f"{path}/{{reference}}/history/", at=here),
        api("POST", f"{path}/bulk/", 200, data=in_bulk(word, "follow")),
        api("POST", f"{path}/bulk/", 403, data=in_bulk(word, "tag"), **each(OWN, 200)),
    ]


def own_document(world):
    return {"reference": world.things["project", "open"].reference}


def inner_document(world):
    return {"reference": world.things["project", "restricted"].reference}


MATCH = {"If-Match": '"1"'}

# A task of the applicant's that somebody of the other department has: insiders see it too.
WITH_TASK = each((*INSIDE, "b_applicant"), 200)
ONLY_OWNER = each(INSIDE, 403) | {"b_applicant": 302}
ONLY_GIVER = each((*INSIDE, "b_applicant"), 403) | {"applicant": 302}

ROWS: list[Row] = [
    *pages_of("project"),
    *pages_of("procedure"),
    page("work:view-list"),
    post("work:view-new", 302, data={"list_name": "projects", "name": "Live", "query": "stage=live"}),
    page("work:view-open", 404, at=view_at("view"), applicant=302),
    page("work:view-open", 404, at=view_at("shared view"), **each(OF_B, 302)),
    page("work:view-edit", 404, at=view_at("view"), applicant=200),
    page("work:view-edit", 404, at=view_at("shared view"), b_applicant=200, outsider=403),
    post("work:view-delete", 404, at=view_at("shared view"), b_applicant=302, outsider=403),
    *operations_of("project"),
    *operations_of("procedure"),
    api("GET", "/api/v1/documents/"),
    # A file travels as a multipart form; sent as JSON it is refused, and the permission is judged after the body.
    api("POST", "/api/v1/documents/", 400, data=about("project")),
    api("GET", "/api/v1/documents/{reference}/", at=own_document),
    api("GET", "/api/v1/documents/{reference}/", 404, at=inner_document, **each(INSIDE, 200)),
    api(
        "PATCH",
        "/api/v1/documents/{reference}/",
        403,
        at=own_document,
        data={"title_en": "Note"},
        headers=MATCH,
        **each(OWN, 200),
    ),
    api("POST", "/api/v1/documents/{reference}/add-version/", 400, at=own_document, data={"note": "Corrected."}),
    api("POST", "/api/v1/documents/{reference}/withdraw/", 403, at=own_document, data=REASON, **each(OWN, 200)),
    api(
        "POST",
        "/api/v1/documents/{reference}/withdraw/",
        404,
        at=inner_document,
        data=REASON,
        **each(OWN, 200),
        auditor=403,
    ),
    api(
        "GET",
        "/api/v1/documents/{reference}/versions/{number}/",
        at=lambda w: own_document(w) | {"number": 1},
    ),
    api(
        "GET",
        "/api/v1/documents/{reference}/versions/{number}/",
        404,
        at=lambda w: inner_document(w) | {"number": 1},
        **each(INSIDE, 200),
    ),
    api("GET", "/api/v1/comments/"),
    api("POST", "/api/v1/comments/", 403, data=said("project"), **each(OWN, 201)),
    api("GET", "/api/v1/comments/{id}/", 404, at=thing(("project", "comment")), **each(INSIDE, 200)),
    api(
        "POST",
        "/api/v1/comments/{id}/withdraw/",
        404,
        at=thing(("project", "comment")),
        data=REASON,
        **each(INSIDE, 403) | {"applicant": 200},
    ),
    api("GET", "/api/v1/follows/"),
    api("POST", "/api/v1/follows/", 201, data=about("procedure")),
    api("GET", "/api/v1/follows/{id}/", 404, at=thing(("project", "follow")), applicant=200),
    api("DELETE", "/api/v1/follows/{id}/", 404, at=thing(("project", "follow")), applicant=204),
    api("GET", "/api/v1/saved-views/"),
    api("POST", "/api/v1/saved-views/", 201, data={"list_name": "projects", "name": "Live", "query": "stage=live"}),
    api("GET", "/api/v1/saved-views/{id}/", 404, at=thing("shared view"), **each(OF_B, 200)),
    api(
        "PATCH",
        "/api/v1/saved-views/{id}/",
        404,
        at=thing("shared view"),
        data={"name": "Ours"},
        b_applicant=200,
        outsider=403,
    ),
    api("DELETE", "/api/v1/saved-views/{id}/", 404, at=thing("shared view"), b_applicant=204, outsider=403),
    api("GET", "/api/v1/tags/"),
    api("POST", "/api/v1/tags/", 201, data=NEW_TAG),
    api("GET", "/api/v1/tags/{reference}/", at=tag_at),
    api("POST", "/api/v1/tags/{reference}/put-on/", 403, at=tag_at, data=about("procedure"), **each(OWN, 200)),
    api("POST", "/api/v1/tags/{reference}/take-off/", 403, at=tag_at, data=about("project"), **each(OWN, 200)),
    page("my_work:task-list"),
    page("my_work:task", 404, at=one_task, **WITH_TASK),
    post("my_work:task-finish", 404, at=one_task, data={"note": "Sent."}, **ONLY_OWNER),
    post("my_work:task-hand-on", 404, at=one_task, data=handed_on, **ONLY_OWNER | {"applicant": 302}),
    post("my_work:task-change", 404, at=one_task, data=changed, **ONLY_GIVER),
    post("my_work:task-withdraw", 404, at=one_task, data=REASON, **ONLY_GIVER),
    api("GET", "/api/v1/tasks/"),
    api("POST", "/api/v1/tasks/", 201, data=task_said, auditor=403),
    api("GET", "/api/v1/tasks/{id}/", 404, at=thing(("project", "task")), **WITH_TASK),
    api(
        "PATCH",
        "/api/v1/tasks/{id}/",
        404,
        at=thing(("project", "task")),
        data={"wording": "Send it all"},
        headers=MATCH,
        **ONLY_GIVER | {"applicant": 200},
    ),
    api(
        "POST",
        "/api/v1/tasks/{id}/finish/",
        404,
        at=thing(("project", "task")),
        data={"note": "Sent."},
        **ONLY_OWNER | {"b_applicant": 200},
    ),
    api(
        "POST",
        "/api/v1/tasks/{id}/hand-on/",
        404,
        at=thing(("project", "task")),
        data=handed_on,
        **ONLY_OWNER | {"applicant": 200, "b_applicant": 200},
    ),
    api(
        "POST",
        "/api/v1/tasks/{id}/withdraw/",
        404,
        at=thing(("project", "task")),
        data=REASON,
        **ONLY_GIVER | {"applicant": 200},
    ),
    page("my_work:my-work"),
    page("my_work:my-work-count"),
    api("GET", "/api/v1/my-work/"),
]
