"""A project or a risk gets a new holder because the present one leaves (FEATURES N7).

Run inside the leaving's transaction, which an administrator confirms whether or not they may see the
project; it writes what these return into the ledger after every row is locked.
"""

from accounts.holdings import Told
from accounts.models import Person
from projects.models import Concern, Project


def hand_over_lead(reference: str, *, to: Person) -> Told:
    """The project's new lead."""
    project = Project.objects.select_for_update(of=("self",)).select_related("lead").get(reference=reference)
    facts = {"from": project.lead.ledger_ref if project.lead else "", "to": to.ledger_ref}
    project.lead = to
    project.version += 1
    project.save(update_fields=["lead", "version"])
    return Told("project.lead_changed", project, facts)


def hand_over_concern(concern_id: int, *, to: Person) -> None:
    """A risk or issue that is still open gets a new owner; its row history tells of it."""
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    concern.owner = to
    concern.version += 1
    concern.save(update_fields=["owner", "version"])
