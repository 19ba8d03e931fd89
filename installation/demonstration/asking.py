"""Who asks whom for what in the demonstration: tasks that are late, due, handed on and done, and comments that name.

People write in one language or the other, as officers do; what they write is shown as they wrote it.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from accounts.models import User
from core import clock
from installation.demonstration.people import username_stem
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from installation.demonstration.work import by_account, row
from work import services

Made = dict[str, int]


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    """On the first two projects; reminders as on every working morning. Each act tells those whom it concerns."""
    official, team = accounts["official"], accounts["team"]
    first, second = projects[:2]
    lead, head = _of(first, accounts, "lead"), _of(first, accounts, "head")
    other = _of(second, accounts, "lead")
    made: Made = {}

    def give(name: str, project: Undertaking, by: User, to: User, wording: str, days: int) -> Callable[[], object]:
        def act() -> None:
            given = services.give_task(
                actor=by,
                kind="project",
                subject_id=row(project).pk,
                wording=wording,
                owner=to.person,
                due_on=clock.today() + timedelta(days=days),
            )
            made[name] = given.pk

        return by_account(by, act)

    def hand_on() -> None:
        note = "Your unit holds the figures. Please reply to the Digital Policy Office directly."
        services.hand_on_task(actor=head, task_id=made["figures"], to=lead.person, note=note)

    def finish() -> None:
        services.finish_task(actor=other, task_id=made["training"], note="已於兩個上午培訓 12 名人員。")

    timeline.at(timeline.day(12), "10:20", give("training", second, team, other, "於試行前完成櫃位人員的培訓", 8))
    timeline.at(
        timeline.day(9), "09:50", give("wording", first, team, lead, "Agree the shorter notice with the counter", 6)
    )
    timeline.at(
        timeline.day(6), "15:40", give("figures", first, official, head, "Send the waiting times since the pilot", 8)
    )
    timeline.at(timeline.day(5), "09:30", by_account(head, hand_on))
    timeline.at(timeline.day(5), "16:00", by_account(other, finish))
    timeline.at(timeline.day(3), "11:10", give("visit", first, team, official, "確認督導小組的到訪安排", 4))
    timeline.at(
        timeline.day(2), "10:45", give("risks", second, other, other, "Update the risks before the monthly report", 2)
    )
    for day in (3, 2, 1, 0):
        timeline.at(timeline.day(day), "08:05", services.remind_of_tasks)

    def name(by: User, text: str, *to: User) -> Callable[[], object]:
        people = [account.person for account in to]
        return by_account(
            by, lambda: services.say(actor=by, kind="project", subject_id=row(first).pk, text=text, to=people)
        )

    timeline.at(
        timeline.day(4), "10:30", name(team, f"@{lead.username} the wording from the other department is here.")
    )
    timeline.at(timeline.day(2), "14:00", name(lead, "精簡告示正在兩個櫃位試用。", head, team))


def _of(project: Undertaking, accounts: dict[str, User], post: str) -> User:
    return accounts[f"{username_stem(project.department)}.{post}"]
