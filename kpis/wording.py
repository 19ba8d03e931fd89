"""Why a document, an address or a value was not taken, as one sentence."""

from django.utils.translation import gettext_lazy as _

from core.errors import Text

SENTENCES: dict[str, Text] = {
    "address.scheme": _("Only addresses that begin with https:// are collected."),
    "address.userinfo": _("The address must not carry a user name or password."),
    "address.host": _("The address must name a registered host and port, in plain letters."),
    "address.port": _("The port is not a number."),
    "address.literal": _("This spelling of a numeric address is not taken."),
    "address.forbidden": _("This address is never called."),
    "address.network": _("The address does not lie in the registered networks."),
    "redirect": _("The source answered with a redirect, which is never followed."),
    "http.status": _("The source answered with an error."),
    "content.type": _("The source did not answer with JSON."),
    "content.encoding": _("The answer's encoding cannot be read."),
    "size": _("The answer is larger than is read."),
    "tls": _("The source's certificate is not trusted."),
    "timeout": _("The source did not finish in time."),
    "unreachable": _("The source could not be reached."),
    "unresolved": _("The source's host name was not found."),
    "broken_off": _("The source broke off before the end."),
    "killed": _("The worker was stopped three times during this run."),
    "json.malformed": _("The answer is not well-formed JSON."),
    "json.depth": _("The answer is nested too deeply."),
    "json.duplicate_key": _("The answer uses one name twice in the same object."),
    "schema": _("The answer's columns are not those that were approved."),
    "scope": _("The answer names a KPI that is not this source's."),
    "conflict": _("The answer gives two values for one period."),
    "period.format": _("The period is not the first day of one of this KPI's periods."),
    "observed.before_start": _("The period lies before the first one that is measured."),
    "observed.future": _("The period has not ended yet."),
    "value.type": _("The value is not a plain number such as 1234.5."),
    "value.precision": _("At most six decimals are taken."),
    "value.parts": _("This KPI takes either a value, or a numerator and a denominator."),
    "value.denominator": _("The denominator cannot be this number."),
    "value.range": _("The value lies outside what this KPI can be."),
    "path.format": _("This is not a path into a JSON document."),
}


def refusal_sentence(code: str) -> Text:
    return SENTENCES.get(code, _("The source's answer was not taken."))
