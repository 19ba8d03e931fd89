"""Every write about people, one function per thing a person can do."""

from accounts.services.anchoring import mail_checkpoint
from accounts.services.invitations import accept_invitation, invite, resend_invitation, withdraw_invitation
from accounts.services.leaving import close_accounts_due, record_leaving
from accounts.services.own import remember_language
from accounts.services.people import disable_account, edit_person, register_person
from accounts.services.postings import appoint_head, end_posting, start_posting
from accounts.services.roles import confirm_role, end_role, give_role, withdraw_role
from accounts.services.sharing import revoke_grant, share

__all__ = [
    "accept_invitation",
    "appoint_head",
    "close_accounts_due",
    "confirm_role",
    "disable_account",
    "edit_person",
    "end_posting",
    "end_role",
    "give_role",
    "invite",
    "mail_checkpoint",
    "record_leaving",
    "register_person",
    "remember_language",
    "resend_invitation",
    "revoke_grant",
    "share",
    "start_posting",
    "withdraw_invitation",
    "withdraw_role",
]
