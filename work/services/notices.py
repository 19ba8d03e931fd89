"""Telling people: one row for each event and person, and a mail where they want one (FEATURES M2, TRUST C8, F34).

`tell` is called from outbox handlers, so it may run twice for one event and tells of it once. The mail is a message
of the outbox of its own: a mail server that is away delays mails and nothing else.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, mail, outbox
from core.errors import InvalidInput, Unprocessable
from work import notices
from work.models import Notice, NoticeSetting
from work.notices import Mail, Message
from work.selectors.notices import wanted_by
from work.subjects import not_there

TOPIC = "notice_mail"


@transaction.atomic
def tell(message: Message, *, event: str) -> int:
    """Tell each of these people of one event, once. Returns how many are told now."""
    notices.get(message.kind)
    people = sorted({person for person in message.people if person is not None})
    had = set(Notice.objects.filter(event=event, person__in=people).values_list("person", flat=True))
    now = clock.now()
    new = [
        Notice(
            person_id=person,
            event=event,
            kind=message.kind,
            about=message.about,
            about_id=message.about_id,
            facts=dict(message.facts),
            told_at=now,
        )
        for person in people
        if person not in had
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    if new and mail.is_configured():
        _ask_for_mail(message.kind, event, [notice.person_id for notice in new])
    return len(new)


@transaction.atomic
def mark_read(*, actor: User, notice_id: int, is_read: bool = True) -> Notice:
    """Say that a notice was read, or is to be seen as unread again."""
    notice = Notice.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=notice_id).first()
    if notice is None:
        raise not_there()
    notice.read_at = (notice.read_at or clock.now()) if is_read else None
    notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, actor: User) -> int:
    """Every notice of this person counts as read. Returns how many were unread."""
    return Notice.objects.filter(person=actor.person_id).unread().update(read_at=clock.now())


@transaction.atomic
def choose_mail(*, actor: User, chosen: Mapping[str, str]) -> None:
    """How each of these kinds is mailed from now on. All of it or nothing; a pressing kind cannot be switched off."""
    known = notices.kinds()
    for name, how in chosen.items():
        if name not in known or how not in Mail:
            message = _("Choose one of the entries offered.")
            raise InvalidInput("choice.invalid", message, fields={name[:30]: [message]})
        if how not in known[name].choices:
            message = _("This kind is pressing and is always mailed: at once or once a day.")
            raise Unprocessable("notice.pressing", message, fields={name: [message]})
    for name, how in sorted(chosen.items()):
        NoticeSetting.objects.update_or_create(person=actor.person, kind=name, defaults={"mail": how})


def _ask_for_mail(kind: str, event: str, people: list[int]) -> None:
    """A message for each open account with an address of those who want this kind at once."""
    wanted = wanted_by(people)
    at_once = {person for person in people if wanted[person][kind] == Mail.AT_ONCE}
    told = dict(Notice.objects.filter(event=event, person__in=at_once).values_list("person", "pk"))
    accounts = User.objects.filter(person__in=told, is_active=True).exclude(email="")
    for account in accounts.order_by("pk"):
        notice = told[account.person_id]
        outbox.add(TOPIC, key=f"{notice}:{account.pk}", notice=notice, account=account.pk)
