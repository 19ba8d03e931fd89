"""What people of the demonstration keep beside the register: papers, a discussion, tags, what they follow."""

from collections.abc import Callable, Sequence
import io

from accounts.models import Department, User
from core import uploads
from core.history import told
from core.uploads import StoredFile
from installation.demonstration.people import username_stem
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from projects.models import Project
from work import services
from work.models import Document

PLAN = "Pilot plan\n\nScope: applications of one counter. Weeks 1 to 2: shadow run. Weeks 3 to 8: side by side.\n"
PLAN_2 = PLAN + "Weeks 9 to 10: review with the counter staff, added after the first meeting.\n"
ASSESSMENT = "Risk assessment\n\nPersonal data: read only. A person decides every case; the tool sorts and suggests.\n"
MINUTES = "Minutes of the weekly meeting\n\n1. Backlog. 2. Training of counter staff. 3. Wording of the notices.\n"
TAGS = (("pilot lessons", "試行經驗"), ("counter service", "櫃位服務"), ("personal data", "個人資料"))


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    """Three projects with papers, the first with a discussion too; a few people follow them."""
    for order, project in enumerate(projects[:3]):
        _tell_papers(timeline, project, order, accounts)
    _tell_discussion(timeline, projects[0], accounts)
    _tell_own(timeline, projects, accounts)


def _tell_papers(timeline: Timeline, project: Undertaking, order: int, accounts: dict[str, User]) -> None:
    lead = accounts[f"{username_stem(project.department)}.lead"]
    made: list[Document] = []

    def add(title: str, zh: str, kind: str, classification: str, text: str) -> None:
        made.append(
            services.add_document(
                actor=lead,
                kind="project",
                subject_id=row(project).pk,
                title_en=title,
                title_zh_hant=zh,
                document_kind=kind,
                classification=classification,
                stored=_stored(text, f"{kind}.txt"),
            )
        )

    def again() -> None:
        services.add_version(
            actor=lead, document_id=made[0].pk, stored=_stored(PLAN_2, "plan.txt"), note="Review added."
        )

    def tag() -> None:
        for name_en, name_zh in TAGS[: order + 1]:
            services.tag_by_name(
                actor=lead, kind="project", subject_id=row(project).pk, name_en=name_en, name_zh_hant=name_zh
            )

    day = timeline.day(20 - order)
    timeline.at(day, "09:40", by_account(lead, lambda: add("Pilot plan", "試行計劃", "plan", "open", PLAN)))
    timeline.at(
        day,
        "09:55",
        by_account(lead, lambda: add("Risk assessment", "風險評估", "assessment", "restricted", ASSESSMENT)),
    )
    timeline.at(day, "10:05", by_account(lead, tag))
    timeline.at(timeline.day(9), "16:10", by_account(lead, again))
    if order == 0:
        timeline.at(
            day, "10:15", by_account(lead, lambda: add("Weekly meeting", "每周會議", "minutes", "open", MINUTES))
        )
        timeline.at(
            timeline.day(8),
            "11:30",
            by_account(lead, lambda: _withdraw(lead, made[-1], "Filed under the wrong project.")),
        )


def _tell_discussion(timeline: Timeline, project: Undertaking, accounts: dict[str, User]) -> None:
    stem = username_stem(project.department)
    lead, head, team = accounts[f"{stem}.lead"], accounts[f"{stem}.head"], accounts["team"]

    def say(actor: User, text: str) -> Callable[[], object]:
        return by_account(
            actor, lambda: services.say(actor=actor, kind="project", subject_id=row(project).pk, text=text)
        )

    timeline.at(timeline.day(7), "10:00", say(lead, "The counter staff ask for a shorter notice on the screen."))
    timeline.at(timeline.day(7), "14:30", say(team, "另一部門有行之有效的字句，稍後送上參考。"))
    timeline.at(timeline.day(6), "09:15", say(head, "Please settle this before the next monthly report."))


def _tell_own(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    followers = (accounts["chair"], accounts["official"], accounts[f"{username_stem(projects[0].department)}.lead"])
    keeper = followers[-1]

    def follow(actor: User) -> Callable[[], object]:
        def act() -> None:
            keys = [row(project).pk for project in projects[:3]]
            services.follow(actor=actor, kind="project", subject_ids=keys)

        return by_account(actor, act)

    def save() -> None:
        services.save_view(
            actor=keeper,
            list_name="projects",
            name="In pilot",
            query="stage=pilot&ordering=title",
            shared_with=Department.objects.get(code=projects[0].department),
        )

    for number, actor in enumerate(followers):
        timeline.at(timeline.day(5), f"11:0{number}", follow(actor))
    timeline.at(timeline.day(5), "11:20", by_account(keeper, save))


def by_account(actor: User, act: Callable[[], object]) -> Callable[[], object]:
    """The act, told by this account, as a request of theirs would be."""

    def tell_it() -> object:
        with told(user=actor.pk):
            return act()

    return tell_it


def _withdraw(actor: User, document: Document, reason: str) -> None:
    services.withdraw_document(actor=actor, document_id=document.pk, reason=reason)


def _stored(text: str, name: str) -> StoredFile:
    return uploads.store(io.BytesIO(text.encode()), shown_name=name, quota_used=0)


def row(project: Undertaking) -> Project:
    if project.row is None:
        raise RuntimeError("The project is not registered yet.")
    return project.row
