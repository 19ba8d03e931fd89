"""From what happens to what people are told (FEATURES M2, M4).

The ledger is the stream of named acts: positions are given under its head lock, so whoever has read up to one has
missed none. Each act that tells somebody something becomes one outbox message, keyed by its position. Changes of
followed records are read from row history, whose keys are given before commit: the last minutes are read again each
time, and a notice that was told is not told twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock, ledger, outbox
from core.models import LedgerEntry
from work import listening, subjects
from work.models import Document, Follow, Heard
from work.notices import Message
from work.services.notices import tell
from work.subjects import Kind, Part
from work.things import INSIDE

TOPIC = "act_told"
LEDGER = "ledger"
AT_ONCE = 500
AGAIN = timedelta(minutes=5)  # longer than any transaction that changes a record


@transaction.atomic
def listen() -> int:
    """Ask for the notices of every act since the last time. Returns how many acts tell somebody something."""
    Heard.objects.get_or_create(stream=LEDGER, defaults={"position": ledger.head().number})
    heard = Heard.objects.select_for_update(skip_locked=True).filter(stream=LEDGER).first()
    if heard is None:  # somebody else is at it
        return 0
    new = LedgerEntry.objects.filter(position__gt=heard.position, position__lte=ledger.head().number)
    upto = new.order_by("position").values_list("position", flat=True)
    last = list(upto[AT_ONCE - 1 : AT_ONCE]) or list(upto.reverse()[:1])
    if not last:
        return 0
    telling = list(new.filter(position__lte=last[0], action__in=listening.actions()).values_list("position", flat=True))
    for position in sorted(telling):
        outbox.add(TOPIC, key=str(position), position=position)
    heard.position = last[0]
    heard.save(update_fields=["position"])
    return len(telling)


@transaction.atomic
def listen_from_now() -> None:
    """Leave out what happened so far: nobody is told of years at once."""
    Heard.objects.update_or_create(stream=LEDGER, defaults={"position": ledger.head().number})
    for model in {part.model for kind in subjects.kinds() for part in kind.parts()}:
        _heard_to(_events(model))


@outbox.handler(TOPIC)
def tell_of_act(payload: Mapping[str, int]) -> None:
    """The notices of one act, to everybody but the person who acted."""
    entry = LedgerEntry.objects.get(position=payload["position"])
    for path, teller in listening.tellers(entry.action):
        for number, message in enumerate(teller(entry)):
            people = {person for person in message.people if person and f"person:{person}" != entry.actor}
            told = Message(message.kind, message.about, message.about_id, people, message.facts)
            tell(told, event=f"{entry.position}:{path.rpartition('.')[2]}:{number}")


@dataclass
class _Change:
    """What one act changed of one subject: the parts that everybody who sees it reads, and the others."""

    at: datetime
    person: int | None
    public: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)


def tell_of_changes() -> int:
    """Tell followers what changed of what they follow, once for each act. Returns how many notices are new."""
    changes: dict[tuple[str, int, str], _Change] = {}
    for kind in subjects.kinds():
        for part in kind.parts():
            _read(kind, part, changes)
    told = sum(_tell_followers(word, key, act, change) for (word, key, act), change in sorted(changes.items()))
    for model in {part.model for kind in subjects.kinds() for part in kind.parts()}:
        _move_on(_events(model))
    return told


def _read(kind: Kind, part: Part, changes: dict[tuple[str, int, str], _Change]) -> None:
    """Gather the new events of one part that belong to followed subjects and changed something a reader is shown."""
    events = _events(part.model)
    new = list(events.filter(pgh_id__gt=_heard_to(events)).select_related("pgh_context").order_by("pgh_id"))
    owners = _owners(kind, part, new)
    followed = set(
        Follow.objects.filter(subject_kind=kind.word, subject_id__in=set(owners.values()))
        .order_by()
        .values_list("subject_id", flat=True)
    )
    wanted = [event for event in new if owners.get(event.pgh_id) in followed and _is_shown(events, part, event)]
    if not wanted:
        return
    keys = [event.pgh_id for event in wanted]
    is_public = part.public is not None
    public = set(events.filter(part.public, pgh_id__in=keys).values_list("pgh_id", flat=True)) if is_public else set()
    people = _people(wanted)
    for event in wanted:
        act = str(event.pgh_context_id or f"{part.name}-{event.pgh_id}")
        told = changes.setdefault(
            (kind.word, owners[event.pgh_id], act), _Change(event.pgh_created_at, people.get(event.pgh_id))
        )
        (told.public if event.pgh_id in public else told.inner).add(part.name)


def _tell_followers(word: str, key: int, act: str, change: _Change) -> int:
    """Followers since before the change, but whoever made it. What insiders alone read is told to insiders alone."""
    rows = Follow.objects.of(word, key).filter(since__lt=change.at).exclude(person=change.person)
    people = list(rows.values_list("person", flat=True))
    about = word if change.public else word + INSIDE
    facts = {"parts": sorted(change.public or change.inner), "subject": word}
    return tell(Message("followed", about, key, people, facts), event=f"changed:{word}:{key}:{act}")


def _owners(kind: Kind, part: Part, new: Iterable[Any]) -> dict[int, int]:
    """The subject of this kind that each event belongs to, by the event's key."""
    found: dict[int, int] = {}
    of_documents: dict[int, list[int]] = defaultdict(list)
    for event in new:
        if part.model is kind.model:
            found[event.pgh_id] = event.pgh_obj_id
        elif hasattr(event, "subject_kind"):
            if event.subject_kind == kind.word:
                found[event.pgh_id] = event.subject_id
        elif hasattr(event, "document_id"):
            of_documents[event.document_id].append(event.pgh_id)
        elif (owner := getattr(event, f"{kind.word}_id", None)) is not None:
            found[event.pgh_id] = owner
    documents = Document.objects.filter(pk__in=of_documents, subject_kind=kind.word) if of_documents else ()
    for document in documents:
        found |= dict.fromkeys(of_documents[document.pk], document.subject_id)
    return found


def _is_shown(events: Any, part: Part, event: Any) -> bool:
    """Whether the history of the record shows anything of this event: counters and keys are nobody's news."""
    if event.pgh_label != "update":
        return True
    before = events.filter(pgh_obj_id=event.pgh_obj_id, pgh_id__lt=event.pgh_id).order_by("-pgh_id").first()
    columns = [event._meta.get_field(name).attname for name in part.labels]
    return before is None or any(getattr(before, name) != getattr(event, name) for name in columns)


def _people(events: Iterable[Any]) -> dict[int, int]:
    """The person behind the account that each event names, by the event's key."""
    accounts = {
        event.pgh_id: event.pgh_context.metadata.get("user") for event in events if event.pgh_context is not None
    }
    known = dict(User.objects.filter(pk__in=set(accounts.values()) - {None}).values_list("pk", "person"))
    return {key: known[account] for key, account in accounts.items() if account in known}


def _events(model: Any) -> Any:
    return model.pgh_event_model.objects


def _heard_to(events: Any) -> int:
    """The last event of this table that needs no second look; a table listened to for the first time begins now."""
    newest = events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0
    heard, _created = Heard.objects.get_or_create(
        stream=events.model._meta.db_table[:60], defaults={"position": newest}
    )
    return heard.position


def _move_on(events: Any) -> None:
    old = events.filter(pgh_id__gt=_heard_to(events), pgh_created_at__lt=clock.now() - AGAIN)
    last = old.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    if last is not None:
        Heard.objects.filter(stream=events.model._meta.db_table[:60]).update(position=last)
