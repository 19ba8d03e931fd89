"""Vendors, AI models, data sets and systems: one entry each, however many projects use it."""

from datetime import date
from typing import TypedDict, Unpack
import unicodedata

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput, NotVisible, Stale, Unprocessable
from core.references import next_reference
from core.simplified import simplified
from core.text import is_blank
from projects import policies
from projects.models import Project, Resource, ResourceUse
from projects.services.recording import locked_project


class ResourceFields(TypedDict, total=False):
    name_en: str
    name_zh_hant: str
    details: str


def name_key(name: str) -> str:
    """Names that a reader takes for the same: width, case and spacing set aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@transaction.atomic
def register_resource(*, actor: User, kind: str, **fields: Unpack[ResourceFields]) -> Resource:
    """Enter it under its own reference. The same name of the same kind is the same entry, so it is refused."""
    policies.can_register_resource(actor).or_raise()
    resource = Resource(kind=kind, registered_by=actor.person)
    _write(resource, fields)
    _refuse_known(resource)
    resource.reference = next_reference("RES")
    return _stored(resource)


@transaction.atomic
def change_resource(
    *, actor: User, resource_id: int, expected_version: int, **fields: Unpack[ResourceFields]
) -> Resource:
    resource = locked_resource(actor, resource_id, expected_version)
    policies.can_edit_resource(actor, resource).or_raise()
    _write(resource, fields)
    _refuse_known(resource)
    resource.version += 1
    return _stored(resource)


@transaction.atomic
def withdraw_resource(*, actor: User, resource_id: int, expected_version: int, reason: str) -> Resource:
    """Take it out of use for good. Its page and its past uses stay."""
    resource = locked_resource(actor, resource_id, expected_version)
    policies.can_withdraw_resource(actor, resource).or_raise()
    if is_blank(reason):
        message = _("Say why it is withdrawn.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    resource.withdrawn_at, resource.withdrawn_because = clock.now(), reason
    resource.version += 1
    resource.save(update_fields=["withdrawn_at", "withdrawn_because", "version"])
    return resource


@transaction.atomic
def use_resource(
    *,
    actor: User,
    project_id: int,
    starts_on: date,
    resource_id: int | None = None,
    kind: str = "",
    name_en: str = "",
    name_zh_hant: str = "",
    purpose: str = "",
) -> ResourceUse:
    """Say that the project uses an entry, given by its key or by kind and name.

    A name of that kind that is registered already is that entry; a new one is registered with it.
    """
    project = locked_project(actor, project_id)
    policies.can_use_resource(actor, project).or_raise()
    if resource_id is None:
        resource = _named(actor, kind, name_en, name_zh_hant)
    else:
        resource = locked_resource(actor, resource_id)
    if resource.withdrawn_at:
        message = _("This entry was withdrawn.")
        raise Conflict("resource.withdrawn", message, fields={"name_en": [message]})
    _refuse_overlap(project, resource, starts_on)
    return ResourceUse.objects.create(project=project, resource=resource, purpose=purpose, starts_on=starts_on)


@transaction.atomic
def end_use(*, actor: User, use_id: int, ends_on: date) -> ResourceUse:
    """From this day on the project no longer uses it."""
    rows = ResourceUse.objects.visible_to(actor).select_related("project", "resource")
    use = rows.select_for_update(of=("self",)).filter(pk=use_id).first()
    if use is None:
        raise NotVisible("use.none", _("There is no such use for you."))
    policies.can_end_use(actor, use).or_raise()
    if ends_on < use.starts_on:
        message = _("The end lies before the beginning.")
        raise Unprocessable("date.order", message, fields={"ends_on": [message]})
    use.ends_on = ends_on
    use.save(update_fields=["ends_on"])
    return use


def locked_resource(actor: User, resource_id: int, expected_version: int | None = None) -> Resource:
    found = Resource.objects.visible_to(actor).select_for_update().filter(pk=resource_id).first()
    if found is None:
        raise NotVisible("resource.none", _("There is no such entry."))
    if expected_version is not None and found.version != expected_version:
        raise Stale("version.stale", _("Somebody changed this entry after you opened it."))
    return found


def _named(actor: User, kind: str, name_en: str, name_zh_hant: str) -> Resource:
    """The entry of this name, locked; registered now when there is none."""
    if kind not in Resource.Kind.values or is_blank(name_en):
        message = _("Name what the project uses, and its kind.")
        raise InvalidInput("resource.required", message, fields={"name_en": [message]})
    known = Resource.objects.select_for_update().filter(kind=kind, name_key=name_key(name_en)).first()
    return known or register_resource(actor=actor, kind=kind, name_en=name_en, name_zh_hant=name_zh_hant)


def _refuse_overlap(project: Project, resource: Resource, starts_on: date) -> None:
    """One use at a time of one entry by one project."""
    uses = ResourceUse.objects.filter(project=project, resource=resource)
    if uses.filter(ends_on__isnull=True).exists():
        message = _("The project uses this already.")
        raise Conflict("use.exists", message, fields={"name_en": [message]})
    if uses.filter(ends_on__gt=starts_on).exists():
        message = _("An earlier use had not ended by this day.")
        raise Conflict("use.overlap", message, fields={"starts_on": [message]})


def _write(resource: Resource, fields: ResourceFields) -> None:
    for name, value in fields.items():
        setattr(resource, name, value)
    if "name_zh_hant" in fields:
        resource.name_zh_hans = simplified(fields["name_zh_hant"])
    resource.name_key = name_key(resource.name_en)


def _refuse_known(resource: Resource) -> None:
    same = Resource.objects.filter(kind=resource.kind, name_key=resource.name_key).exclude(pk=resource.pk).first()
    if same is not None:
        raise _known(same.reference)


def _stored(resource: Resource) -> Resource:
    """Save it; of two people who register one name at once the second is refused like anybody later."""
    try:
        with transaction.atomic():
            resource.save()
    except IntegrityError as error:
        raise _known("") from error
    return resource


def _known(reference: str) -> Conflict:
    message = _("%(reference)s already has this name.") % {"reference": reference or _("Another entry")}
    return Conflict("resource.exists", message, fields={"name_en": [message]})
