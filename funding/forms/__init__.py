"""What people type about money: the request with its cost lines, and one small form for each act."""

from funding.forms.acts import (
    AbsentForm,
    CloseForm,
    CommitForm,
    DecideForm,
    DeclareForm,
    EndorseForm,
    LastCallForm,
    OpenRoundForm,
    PublishForm,
    ReclassifyForm,
    ScreenForm,
    SubmitForm,
    VoteForm,
    WithdrawForm,
    first_motion,
    hong_kong,
)
from funding.forms.request import RequestForm, ReviseForm

__all__ = [
    "AbsentForm",
    "CloseForm",
    "CommitForm",
    "DecideForm",
    "DeclareForm",
    "EndorseForm",
    "LastCallForm",
    "OpenRoundForm",
    "PublishForm",
    "ReclassifyForm",
    "RequestForm",
    "ReviseForm",
    "ScreenForm",
    "SubmitForm",
    "VoteForm",
    "WithdrawForm",
    "first_motion",
    "hong_kong",
]
