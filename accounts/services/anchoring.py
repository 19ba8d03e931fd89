"""Where the ledger stood, mailed to the auditors each day: a checkpoint in hands other than ours (TRUST C6, T27)."""

from accounts.models import Person, User
from accounts.roles import Role
from core import checkpoints, clock, mail, outbox

TOPIC = "checkpoint_mail"


def mail_checkpoint() -> int:
    """Ask for one mail to each auditor for this Hong Kong day; asked again it changes nothing. Returns how many.

    Without a mail server nobody is written to: the checkpoint file is then all there is outside.
    """
    if not mail.is_configured():
        return 0
    point = checkpoints.write()
    auditors = Person.objects.holding(Role.AUDITOR, at=clock.now())
    accounts = User.objects.filter(person__in=auditors, is_active=True).exclude(email="")
    for account in accounts:
        outbox.add(
            TOPIC,
            key=f"{clock.today()}:{account.pk}",
            account_id=account.pk,
            number=point.number,
            entry_hash=point.entry_hash,
            written_at=point.written_at,
        )
    return len(accounts)


@outbox.handler(TOPIC)
def _send(payload: dict[str, str | int]) -> None:
    account = User.objects.get(pk=payload["account_id"])
    mail.send(to=account.email, language=account.language, template="accounts/checkpoint_mail.txt", context=payload)
