"""Scopes and events as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Text

SCOPES: dict[str, Text] = {
    "read": _("read all that the account sees"),
    "write": _("act everywhere"),
    "write:projects": _("act on projects and procedures"),
    "write:funding": _("act on funding"),
    "write:kpis": _("act on KPIs and readings"),
    "write:work": _("act on documents, comments and tags"),
    "write:exports": _("ask for files of lists"),
}
EVENTS: dict[str, Text] = {
    "procedure.claimed": _("a procedure is claimed"),
    "procedure.verified": _("a claim is verified"),
    "procedure.attested": _("a procedure is attested again"),
    "procedure.retired": _("a procedure is retired"),
    "project.gate_passed": _("a project passes a gate"),
    "project.left": _("a project leaves the register"),
    "request.submitted": _("a request is submitted"),
    "request.endorsed": _("a request is endorsed"),
    "request.screened": _("a request is screened"),
    "request.withdrawn": _("a request is withdrawn"),
    "round.opened": _("a round opens"),
    "round.ended": _("a round ends"),
    "decision.published": _("a decision is published"),
    "ping": pgettext_lazy("webhook", "a try"),
}
