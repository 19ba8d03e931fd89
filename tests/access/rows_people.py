"""People, invitations, postings, roles, shared records and priority help."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from accounts import grants
from accounts.models import Invitation, ObjectGrant, Posting, RoleGrant
from core import clock
from core.api.authentication import digest_of
from projects.models import HelpRequest
from tests.access.table import Row, api, page, post
from tests.factories.accounts import PersonFactory, give_role
from tests.factories.projects import ProjectFactory

SECRET = "the-secret-of-a-link"
PASSWORD = "a long passphrase for tests"
PROJECT = "AA-2026-801"
OWN = ("applicant", "head", "colleague")
# The outsider is shared the project with; the auditor reads every record.
INSIDERS = (*OWN, "auditor", "outsider")
SHARERS = ("applicant", "head", "administrator")
READERS = ("administrator", "auditor")


def each(people: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


def prepare(world):
    now, applicant, outsider = clock.now(), world["applicant"].person, world["outsider"].person
    other = PersonFactory(name_en="Other Administrator")
    give_role(other, "administrator")
    project = ProjectFactory(reference=PROJECT, department=world.a, lead=applicant)
    grant = ObjectGrant.objects.create(
        person=outsider,
        permission="projects.view_project",
        content_type=ContentType.objects.get_for_model(project),
        object_id=project.pk,
        kind="project",
        reference=PROJECT,
        reason="Outside review.",
        granted_by=applicant,
        granted_at=now,
        ends_at=now + timedelta(days=30),
    )
    grants.allow(grant, project)
    invitation = Invitation.objects.create(
        name_en="Wong Siu-ming",
        email="wong@example.test",
        department=world.a,
        invited_by=other,
        invited_at=now,
        digest=digest_of(SECRET),
        link_made_at=now - timedelta(hours=1),
        expires_at=now + timedelta(days=1),
    )
    proposal = RoleGrant.objects.create(
        person=outsider, group=Group.objects.get(name="verifier"), granted_by=other, given_at=now
    )
    asked = HelpRequest.objects.create(
        reference="HELP-2026-0801",
        project=project,
        kind="data",
        question="Which readings count?",
        asked_by=applicant,
        asked_at=now,
    )
    world.things |= {
        "shared project": project,
        "object grant": grant,
        "invitation": invitation,
        "proposal": proposal,
        "asked": asked,
        "given role": RoleGrant.objects.get(person=world["finance"].person),
        "posting": Posting.objects.get(person=world["colleague"].person),
    }


def number(name, key="pk"):
    return lambda world: {key: world.things[name].pk}


def who(persona, key="pk"):
    return lambda world: {key: world[persona].person_id}


def person_of(persona, **more):
    return lambda world: {"person": world[persona].person_id} | more


def invited(**more):
    return lambda world: (
        {
            "name_en": "Chan Tai-man",
            "email": "chan@example.test",
            "department": world.a.pk,
            "duty": "staff",
            "language": "en",
        }
        | more
    )


def shared(world):
    return {"person": world["b_applicant"].person_id, "last_day": day(30), "reason": "Review."}


def day(ahead):
    return (clock.today() + timedelta(days=ahead)).isoformat()


def ending(world):
    return {"last_day": day(1)} | REASON


def version(world):
    return {"If-Match": f'"{world["outsider"].person.version}"'}


ASKS = {"kind": "data", "question": "Which readings count?"}
ANSWERS = {"outcome": "advised", "answer": "Only verified ones."}
REASON = {"reason": "No longer needed."}
HELP = {"reference": "HELP-2026-0801"}
OF_PROJECT = {"reference": PROJECT}
SHARE_AT = {"kind": "project", "reference": PROJECT}
ACCEPTS = {"username": "wong.sm", "password": PASSWORD}

ROWS: list[Row] = [
    page("people:people"),
    page("people:person", at=who("outsider")),
    page("people:person-new", 403, administrator=200),
    post("people:person-new", 403, data={"name_en": "Chan Tai-man"}, administrator=302),
    page("people:person-edit", 403, at=who("outsider"), administrator=200),
    post(
        "people:person-edit",
        403,
        at=who("outsider"),
        data={"name_en": "Outsider Lee", "expected_version": "1"},
        administrator=302,
    ),
    page("people:person-access", 403, at=who("outsider"), outsider=200, **each(READERS, 200)),
    page("people:review", 403, **each(READERS, 200)),
    page("people:invitation-list", 403, **each(READERS, 200)),
    page("people:invitation-new", 403, administrator=200),
    post("people:invitation-new", 403, data=invited(), administrator=200),
    page("people:invitation-for", 403, at=who("outsider"), administrator=200),
    page("people:invitation-detail", 404, at=number("invitation"), **each(READERS, 200)),
    post("people:invitation-resend", 404, at=number("invitation"), auditor=403, administrator=200),
    post("people:invitation-withdraw", 404, at=number("invitation"), auditor=403, administrator=302),
    page("people:posting-new", 403, at=who("outsider"), administrator=200),
    post(
        "people:posting-new",
        403,
        at=who("outsider"),
        data=lambda world: {"department": world.a.pk, "starts_on": day(1)},
        administrator=302,
    ),
    page("people:posting-end", 403, at=number("posting"), administrator=200),
    post("people:posting-end", 403, at=number("posting"), data=ending, administrator=302),
    page("people:head-new", 403, administrator=200),
    post(
        "people:head-new",
        403,
        data=lambda world: {
            "department": world.a.pk,
            "person": world["colleague"].person_id,
            "starts_on": day(1),
            "reason": "R",
        },
        administrator=302,
    ),
    page("people:role-new", 403, at=who("outsider"), administrator=200),
    post("people:role-new", 403, at=who("outsider"), data={"role": "auditor"} | REASON, administrator=302),
    post("people:role-confirm", 404, at=number("proposal"), auditor=403, outsider=403, administrator=302),
    page("people:role-withdraw", 404, at=number("proposal"), auditor=403, outsider=403, administrator=200),
    post("people:role-withdraw", 404, at=number("proposal"), data=REASON, auditor=403, outsider=403, administrator=302),
    page("people:role-end", 404, at=number("given role"), auditor=403, finance=403, administrator=200),
    post("people:role-end", 404, at=number("given role"), data=REASON, auditor=403, finance=403, administrator=302),
    page("people:account-disable", 403, at=lambda world: {"pk": world["colleague"].pk}, administrator=200),
    post("people:account-disable", 403, at=lambda world: {"pk": world["colleague"].pk}, data=REASON, administrator=302),
    page("people:leaving", 403, at=who("outsider"), administrator=200),
    post(
        "people:leaving",
        403,
        at=who("outsider"),
        data=lambda world: {"last_day": day(30)} | REASON,
        administrator=302,
    ),
    page("people:grant-new", 403, at=SHARE_AT, **each(SHARERS, 200)),
    post("people:grant-new", 403, at=SHARE_AT, data=shared, **each(SHARERS, 302)),
    page("people:grant-revoke", 404, at=number("object grant"), auditor=403, outsider=403, **each(SHARERS, 200)),
    post(
        "people:grant-revoke",
        404,
        at=number("object grant"),
        data=REASON,
        auditor=403,
        outsider=403,
        **each(SHARERS, 302),
    ),
    page("invitation", 200, at={"secret": SECRET}, anonymous=200),
    page("invitation", 404, at={"secret": "another"}, anonymous=404),
    post("invitation", 302, at={"secret": SECRET}, data=ACCEPTS | {"password_again": PASSWORD}, anonymous=302),
    page("projects:help-list"),
    page("projects:help-detail", 404, at=HELP, **each(INSIDERS, 200)),
    post("projects:help-answer", 404, at=HELP, data=ANSWERS, **each(INSIDERS, 403)),
    post("projects:help-withdraw", 404, at=HELP, data=REASON, auditor=403, outsider=403, **each(OWN, 302)),
    page("projects:project-help", at=OF_PROJECT),
    post("projects:project-help", 403, at=OF_PROJECT, data=ASKS, **each(OWN, 302)),
    page("projects:project-access", at=OF_PROJECT),
    api("GET", "/api/v1/people/"),
    api("GET", "/api/v1/people/{id}/", at=who("outsider", "id")),
    api("POST", "/api/v1/people/", 403, data={"name_en": "Chan Tai-man"}, administrator=201),
    api(
        "PATCH",
        "/api/v1/people/{id}/",
        403,
        at=who("outsider", "id"),
        data={"title_en": "Analyst"},
        headers=version,
        administrator=200,
    ),
    api("GET", "/api/v1/people/{id}/access/", 403, at=who("outsider", "id"), outsider=200, **each(READERS, 200)),
    api("GET", "/api/v1/people/{id}/holdings/", 403, at=who("outsider", "id"), outsider=200, **each(READERS, 200)),
    api(
        "POST",
        "/api/v1/people/{id}/leave/",
        403,
        at=who("outsider", "id"),
        data=lambda world: {"last_day": day(30), "hand_over": []} | REASON,
        administrator=201,
    ),
    api(
        "POST",
        "/api/v1/people/{id}/disable-account/",
        404,
        at=who("colleague", "id"),
        data={"username": "colleague"} | REASON,
        colleague=403,
        auditor=403,
        administrator=200,
    ),
    api("GET", "/api/v1/invitations/"),
    api("GET", "/api/v1/invitations/{id}/", 404, at=number("invitation", "id"), **each(READERS, 200)),
    api(
        "POST",
        "/api/v1/invitations/",
        403,
        data={"name_en": "Chan Tai-man", "email": "chan@example.test", "department": "AA"},
        administrator=201,
    ),
    api("POST", "/api/v1/invitations/{id}/resend/", 404, at=number("invitation", "id"), auditor=403, administrator=200),
    api(
        "POST", "/api/v1/invitations/{id}/withdraw/", 404, at=number("invitation", "id"), auditor=403, administrator=200
    ),
    api("POST", "/api/v1/invitations/accept/", 201, data=ACCEPTS | {"secret": SECRET}, anonymous=201),
    api("GET", "/api/v1/postings/"),
    api("GET", "/api/v1/postings/{id}/", at=number("posting", "id")),
    api(
        "POST",
        "/api/v1/postings/",
        403,
        data=lambda world: {"person": world["outsider"].person_id, "department": "AA", "starts_on": day(1)},
        administrator=201,
    ),
    api(
        "POST",
        "/api/v1/postings/{id}/end/",
        403,
        at=number("posting", "id"),
        data=lambda world: {"last_day": day(1)} | REASON,
        administrator=200,
    ),
    api(
        "POST",
        "/api/v1/postings/appoint-head/",
        403,
        data=lambda world: {"person": world["colleague"].person_id, "department": "AA", "starts_on": day(1)} | REASON,
        administrator=201,
    ),
    api("GET", "/api/v1/role-grants/"),
    api("GET", "/api/v1/role-grants/{id}/", 404, at=number("proposal", "id"), outsider=200, **each(READERS, 200)),
    api(
        "POST",
        "/api/v1/role-grants/",
        403,
        data=person_of("outsider", role="auditor", **REASON),
        administrator=201,
    ),
    api(
        "POST",
        "/api/v1/role-grants/{id}/confirm/",
        404,
        at=number("proposal", "id"),
        outsider=403,
        auditor=403,
        administrator=200,
    ),
    api(
        "POST",
        "/api/v1/role-grants/{id}/withdraw/",
        404,
        at=number("proposal", "id"),
        data=REASON,
        outsider=403,
        auditor=403,
        administrator=200,
    ),
    api(
        "POST",
        "/api/v1/role-grants/{id}/end/",
        404,
        at=number("given role", "id"),
        data=REASON,
        finance=403,
        auditor=403,
        administrator=200,
    ),
    api("GET", "/api/v1/object-grants/"),
    api(
        "GET",
        "/api/v1/object-grants/{id}/",
        404,
        at=number("object grant", "id"),
        outsider=200,
        auditor=200,
        **each(SHARERS, 200),
    ),
    api(
        "POST",
        "/api/v1/object-grants/",
        403,
        data=lambda world: shared(world) | SHARE_AT,
        **each(SHARERS, 201),
    ),
    api(
        "POST",
        "/api/v1/object-grants/{id}/revoke/",
        404,
        at=number("object grant", "id"),
        data=REASON,
        outsider=403,
        auditor=403,
        **each(SHARERS, 200),
    ),
    api("GET", "/api/v1/help-requests/"),
    api("GET", "/api/v1/help-requests/{reference}/", 404, at=HELP, **each(INSIDERS, 200)),
    api("POST", "/api/v1/help-requests/", 403, data=ASKS | {"project": PROJECT}, **each(OWN, 201)),
    api("POST", "/api/v1/help-requests/{reference}/answer/", 404, at=HELP, data=ANSWERS, **each(INSIDERS, 403)),
    api(
        "POST",
        "/api/v1/help-requests/{reference}/withdraw/",
        404,
        at=HELP,
        data=REASON,
        outsider=403,
        auditor=403,
        **each(OWN, 200),
    ),
]
