"""What a refused act must look like: its code, and no trace."""

from django.db import transaction
import pytest

from core.models import LedgerEntry
from projects.models import Claim, ProcedureFact


def refused(error, code, work):
    """The act is refused with this code and leaves no trace."""
    before = (ProcedureFact.objects.count(), Claim.objects.count(), LedgerEntry.objects.count())
    with pytest.raises(error) as found, transaction.atomic():
        work()
    assert found.value.code == code
    assert (ProcedureFact.objects.count(), Claim.objects.count(), LedgerEntry.objects.count()) == before
    return found.value
