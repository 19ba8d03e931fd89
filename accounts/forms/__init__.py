"""What a person types: to sign in, and about people."""

from accounts.forms.invitations import AcceptForm, InviteForm, InvitePersonForm
from accounts.forms.own import PasswordForm, SignInForm
from accounts.forms.people import EditPersonForm, PersonForm, ReasonForm
from accounts.forms.postings import EndPostingForm, HeadForm, PostingForm
from accounts.forms.rights import EndRoleForm, LeavingDayForm, LeavingForm, RoleForm, ShareForm

__all__ = [
    "AcceptForm",
    "EditPersonForm",
    "EndPostingForm",
    "EndRoleForm",
    "HeadForm",
    "InviteForm",
    "InvitePersonForm",
    "LeavingDayForm",
    "LeavingForm",
    "PasswordForm",
    "PersonForm",
    "PostingForm",
    "ReasonForm",
    "RoleForm",
    "ShareForm",
    "SignInForm",
]
