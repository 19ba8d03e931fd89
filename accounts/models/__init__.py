"""People, the accounts they sign in with, departments, and the dated facts that join them."""

from accounts.models.dated import Posting, RoleGrant
from accounts.models.invitations import Invitation
from accounts.models.leaving import Departure
from accounts.models.people import Department, Person, Trilingual, User
from accounts.models.sharing import ObjectGrant

__all__ = [
    "Department",
    "Departure",
    "Invitation",
    "ObjectGrant",
    "Person",
    "Posting",
    "RoleGrant",
    "Trilingual",
    "User",
]
