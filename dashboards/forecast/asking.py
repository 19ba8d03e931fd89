"""The what-if of an address: `?slipping=PROC-0042,PROC-0043&slip_months=2&sooner=10`, for page and API alike."""

from dataclasses import dataclass
import re

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import as_at, params
from core.errors import InvalidInput
from dashboards.rules.forecast import DAYS_A_MONTH, Changes
from projects.models import Procedure

SLIPPING, MONTHS, SOONER = "slipping", "slip_months", "sooner"
KNOWN = frozenset({as_at.PARAMETER, SLIPPING, MONTHS, SOONER})
MOST_SLIPPING, MOST_MONTHS, MOST_SOONER = 50, 12, 60
SLIP_MONTHS, DAYS_SOONER = 2, 10  # what the form offers first


@dataclass(frozen=True, slots=True)
class Asked:
    """What was written, to be shown again, and what it means; `changes` is None where nothing is asked."""

    slipping: str
    slip_months: int
    sooner: int
    changes: Changes | None


def asked(query: QueryDict, user: User) -> Asked:
    """Raises `param.unknown`, `param.repeated`, `param.format`, `param.max` and `procedure.none`."""
    params.refuse_unknown(query, KNOWN)
    params.refuse_repeated(query)
    written = [one for one in re.split(r"[\s,;]+", query.get(SLIPPING, "").upper()) if one]
    months = _whole(query, MONTHS, default=SLIP_MONTHS, most=MOST_MONTHS)
    sooner = _whole(query, SOONER, default=0, most=MOST_SOONER)
    keys = _keys(written, user)
    is_asked = bool(keys and months) or bool(sooner)
    changes = Changes(frozenset(keys), round(months * DAYS_A_MONTH), sooner) if is_asked else None
    return Asked(", ".join(written), months, sooner, changes)


def _whole(query: QueryDict, name: str, *, default: int, most: int) -> int:
    written = query.get(name, "").strip()
    if not written:
        return default
    return 0 if written == "0" else params.whole(written, name, most=most)


def _keys(references: list[str], user: User) -> list[int]:
    if len(references) > MOST_SLIPPING:
        message = _("At most %(most)s can be asked for at once.") % {"most": MOST_SLIPPING}
        raise InvalidInput("param.max", message, fields={SLIPPING: [message]})
    found = dict(Procedure.objects.visible_to(user).filter(reference__in=references).values_list("reference", "pk"))
    missing = [one for one in references if one not in found]
    if missing:
        message = _("There is no procedure %(reference)s.") % {"reference": missing[0][:40]}
        raise InvalidInput("procedure.none", message, fields={SLIPPING: [message]})
    return sorted(found.values())
