"""What is being typed is kept for the person who types it, and an older window is told."""

import pytest

from core.errors import Conflict, NotAllowed, NotVisible, Stale, TooLarge
from funding import services
from funding.models import UnsentForm


def keep(actor, *, request=None, form=None, typed=(("title_en", "Half a ti"),), seen=0, based_on=1):
    return services.keep_form(
        actor=actor,
        form=form or ("edit" if request else "new"),
        request_id=request.pk if request else None,
        typed=typed,
        based_on=based_on,
        seen_revision=seen,
    )


def test_a_half_filled_form_is_kept_as_typed(office, applicant):
    kept = keep(applicant, typed=[("title_en", ""), ("lines-0-amount", "12,0")])

    kept.refresh_from_db()
    assert kept.typed == [["title_en", ""], ["lines-0-amount", "12,0"]]
    assert kept.revision == 1


def test_the_same_window_keeps_again_and_there_is_one_form(office, applicant):
    request = office.draft()
    keep(applicant, request=request)
    again = keep(applicant, request=request, seen=1, typed=[("title_en", "Half a title")])

    assert again.revision == 2
    assert UnsentForm.objects.count() == 1


def test_another_window_that_kept_later_is_not_overwritten(office, applicant):
    keep(applicant)
    keep(applicant, seen=1, typed=[("title_en", "Newer")])

    with pytest.raises(Stale) as refusal:
        keep(applicant, seen=1, typed=[("title_en", "Older")])

    assert refusal.value.code == "version.stale"
    assert UnsentForm.objects.get().typed == [["title_en", "Newer"]]


def test_two_people_keep_the_same_form_each_for_themselves(office, applicant, colleague):
    request = office.draft()
    keep(applicant, request=request)
    keep(colleague, request=request)

    assert UnsentForm.objects.visible_to(applicant).count() == 1
    assert UnsentForm.objects.count() == 2


def test_only_who_may_save_a_form_may_keep_it(office, applicant, outsider):
    draft, submitted = office.draft(), office.submitted()

    with pytest.raises(NotVisible):
        keep(outsider, request=draft)
    with pytest.raises(Conflict):
        keep(applicant, request=submitted)
    with pytest.raises(NotAllowed):
        keep(office.world["secretary"], request=submitted, form="revise")

    assert not UnsentForm.objects.exists()


def test_more_than_a_form_holds_is_not_kept(office, applicant):
    with pytest.raises(TooLarge):
        keep(applicant, typed=[("justification", "x" * 200_001)])

    assert not UnsentForm.objects.exists()


def test_a_form_that_was_saved_is_forgotten(office, applicant):
    keep(applicant)

    services.forget_form(actor=applicant, form="new", request_id=None)

    assert not UnsentForm.objects.exists()
