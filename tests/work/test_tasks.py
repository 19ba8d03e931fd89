"""Tasks: given to who sees the record too, handed on, done, withdrawn, reminded; nothing leaks (FEATURES M3)."""

from datetime import date, timedelta

from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
import pytest
import time_machine

from accounts.duties import duties_of
from accounts.holdings import held_by
from core import clock, outbox
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Stale, Unprocessable
from core.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.funding import make_office
from tests.factories.projects import ProjectFactory
from tests.factories.work import TaskFactory
from work import services
from work.duties import waiting
from work.models import Notice, Task, TaskStep
from work.selectors.notices import lines, notices_of

DAY = timedelta(days=1)


def give(actor, thing, to, kind="project", wording="Send the figures", due_on=None):
    due_on = due_on or clock.today() + 5 * DAY
    return services.give_task(
        actor=actor, kind=kind, subject_id=thing.pk, wording=wording, owner=to.person, due_on=due_on
    )


def hide(project):
    type(project).objects.filter(pk=project.pk).update(status="draft")


def said(user):
    return sorted(line.says for line in lines(user, notices_of(user)))


def due(user):
    return [(duty.code, str(duty.what), duty.due_on) for duty in duties_of(user) if duty.code.startswith("task.")]


def test_a_task_waits_for_its_owner_by_its_day_until_it_is_done(project, applicant, outsider, as_person):
    task = give(applicant, project, outsider)

    assert due(outsider) == [("task.do", "Send the figures", task.due_on)]
    assert due(applicant) == []
    page = as_person(outsider).get(reverse("my_work:my-work")).content.decode()
    assert "Send the figures" in page and reverse("my_work:task", args=[task.pk]) in page
    assert ">1<" in as_person(outsider).get(reverse("my_work:my-work-count")).content.decode()

    services.finish_task(actor=outsider, task_id=task.pk, note="Sent by post.")

    task.refresh_from_db()
    assert (task.state, task.version, due(outsider)) == ("done", 2, [])
    assert [(step.what, step.note) for step in task.steps.all()] == [("given", ""), ("done", "Sent by post.")]
    assert said(applicant) == ["Done: Send the figures"]


@pytest.mark.parametrize("who", ["auditor", "stranger", "closed"])
def test_who_may_not_see_or_write_is_refused_in_one_sentence(world, project, applicant, who):
    hide(project)
    UserFactory(username="stranger", person=world["outsider"].person)
    closed = UserFactory(username="closed", is_active=False)
    to = {"auditor": world["auditor"], "stranger": world["outsider"], "closed": closed}[who]

    with pytest.raises(Unprocessable) as refused:
        give(applicant, project, to)

    assert str(refused.value.message) == "This person cannot be given a task on this record."
    assert not Task.objects.exists()


def test_who_does_not_see_a_record_gives_no_task_on_it_and_an_auditor_none_at_all(project, world, applicant):
    with pytest.raises(NotAllowed, match="auditor"):
        give(world["auditor"], project, applicant)
    hide(project)
    with pytest.raises(NotVisible):
        give(world["outsider"], project, applicant)


def test_a_day_that_is_past_is_refused_and_today_is_not(project, applicant, head):
    with pytest.raises(Unprocessable, match="past"):
        give(applicant, project, head, due_on=clock.today() - DAY)
    assert give(applicant, project, head, due_on=clock.today()).pk


def test_handed_on_the_way_is_kept_and_everybody_on_it_goes_on_seeing_it(project, applicant, outsider, world):
    b_applicant = world["b_applicant"]
    task = give(applicant, project, outsider)

    services.hand_on_task(actor=outsider, task_id=task.pk, to=b_applicant.person, note="She knows.")

    assert [code for code, _what, _day in due(b_applicant)] == ["task.do"]
    assert due(outsider) == []
    assert [(step.by, step.to) for step in task.steps.all()] == [
        (applicant.person, outsider.person),
        (outsider.person, b_applicant.person),
    ]
    for person in (applicant, outsider, b_applicant):
        assert Task.objects.visible_to(person).filter(pk=task.pk).exists()
    assert not Task.objects.visible_to(world["official"]).exists()  # sees the project, has nothing to do with it
    assert said(applicant) == ["Handed on: Send the figures"]
    with pytest.raises(NotAllowed):
        services.finish_task(actor=outsider, task_id=task.pk, note="Me.")
    with pytest.raises(InvalidInput):
        services.hand_on_task(actor=applicant, task_id=task.pk, to=b_applicant.person)


def test_only_the_giver_changes_and_withdraws_and_a_stale_change_is_refused(project, applicant, head):
    task = give(applicant, project, head)
    changed = {"task_id": task.pk, "expected_version": 1, "wording": "Send them all", "due_on": task.due_on + DAY}

    with pytest.raises(NotAllowed):
        services.change_task(actor=head, **changed)
    with pytest.raises(NotAllowed):
        services.withdraw_task(actor=head, task_id=task.pk, reason="No.")
    services.change_task(actor=applicant, **changed)
    with pytest.raises(Stale):
        services.change_task(actor=applicant, **changed | {"wording": "Send none"})
    services.withdraw_task(actor=applicant, task_id=task.pk, reason="Not needed.")

    assert [step.what for step in task.steps.all()] == ["given", "changed", "withdrawn"]
    assert due(head) == []
    for act in (
        lambda: services.finish_task(actor=head, task_id=task.pk, note="Done."),
        lambda: services.withdraw_task(actor=applicant, task_id=task.pk, reason="Again."),
        lambda: services.hand_on_task(actor=head, task_id=task.pk, to=applicant.person),
    ):
        with pytest.raises(Conflict):
            act()


def test_what_is_no_longer_seen_says_nothing_anywhere(project, applicant, outsider, as_person, api, settings):
    settings.EMAIL_HOST = "mail.example"
    services.choose_mail(actor=outsider, chosen={"task.given": "at_once"})
    task = give(applicant, project, outsider)
    hide(project)
    browser = as_person(outsider)

    for message in OutboxMessage.objects.filter(delivered_at=None):
        outbox.deliver(message.pk)

    assert mail.outbox == []
    assert (due(outsider), said(outsider)) == ([], [])
    assert browser.get(reverse("my_work:task", args=[task.pk])).status_code == 404
    assert browser.post(reverse("my_work:task-finish", args=[task.pk]), {"note": "Done."}).status_code == 404
    assert "Send the figures" not in browser.get(reverse("my_work:task-list")).content.decode()
    assert api(outsider).get("/api/v1/tasks/").json()["count"] == 0
    assert api(outsider).get(f"/api/v1/tasks/{task.pk}/").status_code == 404
    with pytest.raises(NotVisible):
        services.finish_task(actor=outsider, task_id=task.pk, note="Done.")


def test_a_recused_member_loses_the_task_with_the_paper(world):
    office = make_office(world)
    request = office.screened()
    round_ = office.open(request)
    voter, other = office.members[3], office.members[4]
    give(voter, request, other, kind="request", wording="Read annex B")
    assert [code for code, _what, _day in due(other)] == ["task.do"]

    from funding import services as funding_services

    funding_services.declare_interest(actor=other, round_id=round_.pk, note="A relative bids.")

    assert due(other) == [] and said(other) == []


def test_reminded_once_on_the_working_day_before_and_once_when_late_with_the_giver(project, applicant, outsider):
    with time_machine.travel(date(2026, 11, 26), tick=False):  # a Thursday
        give(applicant, project, outsider, due_on=date(2026, 11, 30))
        Notice.objects.all().delete()
        assert services.remind_of_tasks() == 0
    for friday in (date(2026, 11, 27), date(2026, 11, 28)):
        with time_machine.travel(friday, tick=False):
            services.remind_of_tasks()
    assert (said(outsider), said(applicant)) == (["Due by 30 Nov 2026: Send the figures"], [])
    for day in (date(2026, 12, 1), date(2026, 12, 2)):
        with time_machine.travel(day, tick=False):
            services.remind_of_tasks()
    late = "Late since 30 Nov 2026: Send the figures"
    assert (said(outsider), said(applicant)) == (["Due by 30 Nov 2026: Send the figures", late], [late])


def test_a_task_whose_owner_sees_it_no_more_comes_back_to_whoever_gave_it(project, applicant, outsider):
    give(applicant, project, outsider)
    hide(project)

    assert (services.remind_of_tasks(), services.remind_of_tasks()) == (1, 0)
    assert said(applicant) == ["Nobody can do it any more; hand it on or withdraw it: Send the figures"]


def test_a_task_of_somebody_whose_account_is_closed_waits_for_whoever_gave_it(project, applicant, outsider):
    task = give(applicant, project, outsider)
    assert [one.name for one in held_by(outsider.person, clock.today())] == [f"task:{task.pk}"]
    outsider.is_active = False
    outsider.save()

    assert [code for code, _what, _day in due(applicant)] == ["task.left"]


def test_the_database_keeps_the_way_a_task_took_and_its_end(project):
    task = TaskFactory(subject=project)
    with pytest.raises(DatabaseError), transaction.atomic():
        TaskStep.objects.update(note="Never.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(state="done")


def test_the_pages_give_show_hand_on_change_and_finish(project, applicant, outsider, as_person):
    browser = as_person(applicant)
    here = reverse("projects:project-tasks", args=[project.reference])
    day = (clock.today() + 3 * DAY).isoformat()
    typed = {"wording": "Check <b>it</b>", "owner": outsider.person_id, "due_on": day}

    assert "Give a task" in browser.get(here).content.decode()
    assert browser.post(f"{here}new/", typed).status_code == 302
    task = Task.objects.get()
    assert "Check &lt;b&gt;it&lt;/b&gt;" in browser.get(here).content.decode()
    assert "Open tasks" in browser.get(reverse("projects:project-detail", args=[project.reference])).content.decode()
    one = reverse("my_work:task", args=[task.pk])
    shown = browser.get(one).content.decode()
    assert "Withdraw the task" in shown and "Hand it on" in shown and "Report it done" not in shown
    edited = {"wording": "Check it", "due_on": day, "expected_version": 1}
    assert browser.post(f"{one}change/", edited).status_code == 302
    assert browser.post(f"{one}change/", edited | {"wording": "Check"}).status_code == 422
    browser = as_person(outsider)
    assert browser.post(f"{one}finish/", {"note": ""}).status_code == 422
    assert browser.post(f"{one}finish/", {"note": "Checked."}).status_code == 302
    chinese = browser.get(one, headers={"Accept-Language": "zh-hant"}).content.decode()
    assert "已完成" in chinese and "Checked." in chinese


@pytest.mark.parametrize(
    "bad",
    [
        {"wording": ""},
        {"wording": "x" * 301},
        {"wording": "turn \u202e around"},
        {"owner": ""},
        {"owner": "999999999999"},
        {"owner": "x\x00"},
        {"due_on": "2026-02-30"},
        {"due_on": ""},
        {"due_on": "2020-01-01"},
    ],
)
def test_what_cannot_be_is_refused_with_its_field_and_nothing_is_kept(project, applicant, head, as_person, bad):
    here = reverse("projects:project-task-new", args=[project.reference])
    typed = {"wording": "Do it", "owner": head.person_id, "due_on": (clock.today() + DAY).isoformat()}

    assert as_person(applicant).post(here, typed | bad).status_code == 422
    assert not Task.objects.exists()


def test_the_api_gives_changes_hands_on_and_ends_by_the_same_rules(project, api, applicant, outsider, world):
    giver = api(applicant)
    day = (clock.today() + 3 * DAY).isoformat()
    sent = {"subject_kind": "project", "subject": project.reference, "wording": "Do it", "due_on": day}
    made = giver.post("/api/v1/tasks/", sent | {"owner": outsider.person_id}, format="json")
    here = f"/api/v1/tasks/{made.json()['id']}/"

    assert (made.status_code, made["ETag"], made.json()["subject"]) == (201, '"1"', project.reference)
    for wrong in ({"owner": True}, {"owner": -1}, {"owner": outsider.person_id, "state": "done"}, {"nonsense": 1}):
        assert giver.post("/api/v1/tasks/", sent | wrong, format="json").status_code == 400
    assert giver.patch(here, {"wording": "Do"}, format="json").status_code == 428
    assert giver.patch(here, {"wording": "Do"}, format="json", headers={"If-Match": '"1"'}).status_code == 200
    assert giver.patch(here, {"wording": "No"}, format="json", headers={"If-Match": '"1"'}).status_code == 412
    assert giver.post(here + "finish/", {"note": "Me."}, format="json").status_code == 403
    handed = api(outsider).post(here + "hand-on/", {"to": world["b_applicant"].person_id}, format="json")
    assert [step["what"] for step in handed.json()["steps"]] == ["given", "changed", "handed_on"]
    done = api(world["b_applicant"]).post(here + "finish/", {"note": "Done."}, format="json").json()
    assert (done["state"], done["version"]) == ("done", 4)
    assert giver.post(here + "withdraw/", {"reason": "Late."}, format="json").status_code == 409
    assert giver.get("/api/v1/tasks/", {"state": "done", "subject": project.reference}).json()["count"] == 1


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_and_the_badge_cost_the_same_queries_however_long(
    world, applicant, as_person, count, django_assert_num_queries, project
):
    for _number in range(count):
        TaskFactory(subject=ProjectFactory(department=world.a), owner=applicant.person)
    browser = as_person(applicant)
    browser.get(reverse("my_work:task-list"))

    with django_assert_num_queries(5):
        browser.get(reverse("my_work:task-list"))
    with django_assert_num_queries(3):
        assert len(list(waiting(applicant))) == count
