"""People of the demonstration who come and go, share a project, and ask the Team for help."""

from collections.abc import Sequence
from datetime import timedelta

from accounts import holdings, services
from accounts.models import Department, User
from core import clock
from installation.demonstration.people import PASSWORD, username_stem
from installation.demonstration.procedures import Undertaking
from installation.demonstration.timeline import Timeline
from projects.models import Project
from projects.services import edit_project
from projects.services.help import answer_help, ask_help

COMES, LEADS, GOES = 60, 45, 12  # days before the story ends
REVIEW = "Peer review of the evidence before the next round."


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    """One officer who came by invitation and left, two shared projects, a role half given, two questions."""
    first, other = projects[0], next(one for one in projects if one.department != projects[0].department)
    _tell_coming_and_going(timeline, first, accounts)
    _tell_sharing(timeline, first, accounts)
    _tell_help(timeline, first, other, accounts)
    day = timeline.day(1)
    timeline.at(day, "10:20", lambda: _propose(accounts))


def _tell_coming_and_going(timeline: Timeline, project: Undertaking, accounts: dict[str, User]) -> None:
    """Invited, leads a project for a month, and hands it over on leaving."""
    lead = accounts[f"{username_stem(project.department)}.lead"]
    links: list[str] = []

    def invite() -> None:
        _invitation, link = services.invite(
            actor=accounts["admin"],
            email="newcomer@demonstration.invalid",
            department_id=Department.objects.get(code=project.department).pk,
            name_en="Hilda Cheuk Man-yi",
            name_zh_hant="卓敏儀",
            title_en="Analyst Programmer",
            title_zh_hant="程序分析員",
        )
        links.append(link.rstrip("/").rpartition("/")[2])

    def come() -> None:
        accounts["newcomer"] = services.accept_invitation(secret=links[0], username="newcomer", password=PASSWORD)

    def take_over() -> None:
        row = Project.objects.get(reference=_row(project).reference)
        edit_project(actor=lead, project_id=row.pk, expected_version=row.version, lead=accounts["newcomer"].person)

    def go() -> None:
        person, last_day = accounts["newcomer"].person, clock.today()
        held = holdings.held_by(person, last_day + timedelta(days=1))
        services.record_leaving(
            actor=accounts["admin2"],
            person_id=person.pk,
            last_day=last_day,
            reason="Posted to the Civil Service College.",
            holders={one.name: lead.person for one in held},
        )

    timeline.at(timeline.day(COMES), "09:40", invite)
    timeline.at(timeline.day(COMES - 1), "11:05", come)
    timeline.at(timeline.day(LEADS), "15:10", take_over)
    timeline.at(timeline.day(GOES), "16:30", go)
    timeline.at(timeline.day(GOES - 1), "00:05", services.close_accounts_due)


def _tell_sharing(timeline: Timeline, project: Undertaking, accounts: dict[str, User]) -> None:
    """One project, shared by its head of department with a reviewer who is done and with one who still looks."""
    head = accounts[f"{username_stem(project.department)}.head"]

    def share(reviewer: str, days: int) -> None:
        services.share(
            actor=head,
            kind="project",
            reference=_row(project).reference,
            person_id=accounts[reviewer].person_id,
            last_day=clock.today() + timedelta(days=days),
            reason=REVIEW,
        )

    timeline.at(timeline.day(30), "14:20", lambda: share("member3", 14))
    timeline.at(timeline.day(6), "14:25", lambda: share("outsider", 60))


def _tell_help(timeline: Timeline, project: Undertaking, other: Undertaking, accounts: dict[str, User]) -> None:
    """One question that the Team answered, and one that waits for it."""
    lead = accounts[f"{username_stem(project.department)}.lead"]
    waiting = accounts[f"{username_stem(other.department)}.lead"]
    asked: list[int] = []

    def ask() -> None:
        made = ask_help(
            actor=lead,
            project_id=_row(project).pk,
            kind="data",
            question="Our handling times come from two systems that count working days differently. "
            "Which one should the baseline use, and how do we say so in the evidence?",
        )
        asked.append(made.pk)

    def answer() -> None:
        answer_help(
            actor=accounts["team"],
            help_id=asked[0],
            outcome="advised",
            answer="Use the one that the public pledge is measured by, for baseline and readings alike, and name it in "
            "the evidence. Keep the other as a note; it is not a second baseline.",
        )

    def ask_more() -> None:
        ask_help(
            actor=waiting,
            project_id=_row(other).pk,
            kind="legal",
            question="The supplier wants to keep transcripts for tuning. What does the Team advise on consent?",
        )

    timeline.at(timeline.day(20), "11:30", ask)
    timeline.at(timeline.day(17), "16:00", answer)
    timeline.at(timeline.day(3), "10:10", ask_more)


def _propose(accounts: dict[str, User]) -> None:
    """A deciding role that a second administrator has still to confirm."""
    services.give_role(
        actor=accounts["admin"],
        person_id=accounts["reports"].person_id,
        role="verifier",
        reason="A third verifier for the year's end.",
    )


def _row(project: Undertaking) -> Project:
    """The registered project of an undertaking that the story has registered by now."""
    if project.row is None:
        raise RuntimeError(f"{project.title_en} is not registered yet.")
    return project.row
