"""Keys of push sources: made and shown once, two live at most, revoked by whoever manages the source."""

import secrets

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock, ledger, sealing
from kpis import policies
from kpis.models import PushKey, Source
from kpis.rules import signing

SLOTS = (1, 2)


@transaction.atomic
def make_key(*, actor: User, source_id: int) -> tuple[PushKey, str]:
    """A new key and its secret, which nobody can read again: whoever loses it makes another one."""
    source = Source.objects.select_for_update().get(pk=source_id)
    policies.can_make_key(actor, source).or_raise()
    secret = signing.secret_text(secrets.token_bytes(signing.SECRET_BYTES))
    taken = set(source.keys.live().values_list("slot", flat=True))
    key = PushKey.objects.create(
        source=source,
        number=1 + (source.keys.aggregate(last=Max("number"))["last"] or 0),
        slot=min(set(SLOTS) - taken),
        sealed=sealing.seal(secret),
        made_by=actor.person,
        made_at=clock.now(),
    )
    ledger.record("push_key.made", actor=actor, subject=source, facts={"key": key.number})
    return key, secret


@transaction.atomic
def revoke_key(*, actor: User, source_id: int, number: int) -> PushKey:
    """From the next push on nothing signed with it is taken."""
    source = Source.objects.select_for_update().get(pk=source_id)
    key = policies.can_revoke_key(actor, source, number).or_raise()
    key.revoked_by = actor.person
    key.revoked_at = clock.now()
    key.save(update_fields=["revoked_by", "revoked_at"])
    ledger.record("push_key.revoked", actor=actor, subject=source, facts={"key": key.number})
    return key


@transaction.atomic
def reseal_keys() -> int:
    """Every secret anew under the installation's newest key; returns how many. Safe to run while readings come in."""
    keys = list(PushKey.objects.select_for_update().order_by("pk"))
    for key in keys:
        key.sealed = sealing.seal_anew(key.sealed)
    sources = list(Source.objects.select_for_update().exclude(sealed_secret="").order_by("pk"))
    for source in sources:
        source.sealed_secret = sealing.seal_anew(source.sealed_secret)
    Source.objects.bulk_update(sources, ["sealed_secret"], batch_size=500)
    return len(sources) + PushKey.objects.bulk_update(keys, ["sealed"], batch_size=500)
