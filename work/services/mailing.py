"""Mails of notices, at once and once a day. What a reader sees is asked again at the moment of mailing (TRUST T22)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core import clock, mail, outbox
from core.addresses import absolute
from work.models import Digest, Notice
from work.notices import Mail
from work.selectors.notices import lines, notices_of, wanted_by
from work.services.notices import TOPIC

DIGEST = "digest_mail"
GATHERED = timedelta(days=7)  # what was unread for longer is not mailed any more


@outbox.handler(TOPIC, leaves_the_house=True)
def mail_notice(payload: dict[str, int]) -> None:
    """One notice, to one account, in its language; nothing if its reader does not see the record any more."""
    account = User.objects.get(pk=payload["account"])
    _send(account, Notice.objects.filter(pk=payload["notice"]), template="work/notice_mail.txt")


@outbox.handler(DIGEST, leaves_the_house=True)
def mail_digest(payload: dict[str, int]) -> None:
    """What a digest gathered and the reader has not read meanwhile, in one mail; nothing when nothing is left."""
    account = User.objects.get(pk=payload["account"])
    _send(account, Notice.objects.filter(digest=payload["digest"]).unread(), template="work/digest_mail.txt")


def send_digests() -> int:
    """Gather for everybody what they have not read and want once a day. Returns how many digests were made now.

    Run again on the same day it makes no second one. Without a mail server nothing is gathered.
    """
    if not mail.is_configured():
        return 0
    waiting = Notice.objects.unread().filter(digest__isnull=True, told_at__gt=clock.now() - GATHERED)
    people = sorted(set(waiting.order_by().values_list("person", flat=True)))
    return sum(_gather(person) for person in people)


@transaction.atomic
def _gather(person: int) -> bool:
    wanted = wanted_by([person])[person]
    kinds = [name for name, how in wanted.items() if how == Mail.DIGEST]
    rows = Notice.objects.filter(person=person, kind__in=kinds, told_at__gt=clock.now() - GATHERED)
    keys = list(rows.unread().filter(digest__isnull=True).values_list("pk", flat=True))
    if not keys:
        return False
    digest, created = Digest.objects.get_or_create(
        person_id=person, day=clock.today(), defaults={"made_at": clock.now()}
    )
    if not created:
        return False
    Notice.objects.filter(pk__in=keys).update(digest=digest)
    for account in User.objects.filter(person=person, is_active=True).exclude(email="").order_by("pk"):
        outbox.add(DIGEST, key=f"{digest.pk}:{account.pk}", digest=digest.pk, account=account.pk)
    return True


def _send(account: User, rows: "QuerySet[Notice]", *, template: str) -> None:
    if not (mail.is_configured() and account.is_active and account.email):
        return
    with translation.override(account.language):
        told = lines(account, notices_of(account).filter(pk__in=rows.values("pk")))
    if told:
        pages = {"all": reverse("my_work:notice-list"), "settings": reverse("my_work:notice-settings")}
        context = {
            "lines": [{"line": line, "link": absolute(line.address)} for line in told],
            **{name: absolute(page) for name, page in pages.items()},
        }
        mail.send(to=account.email, language=account.language, template=template, context=context)
