"""Questions to the applicant on the open paper, dated, only added to, before every reader (issue 4 point 4)."""

from django.db import DatabaseError, transaction
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from funding import services
from funding.models import PaperAnswer, PaperQuestion
from tests.funding.scene import make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    return make_scene(world)


@pytest.fixture
def round_(scene):
    return scene.round_open()


def ask(scene, round_, member=None, text="Who runs it after the first year?"):
    return services.ask_on_paper(actor=member or scene.members[2], round_id=round_.pk, text=text)


def answer(scene, round_, by="applicant", text="The department does."):
    return services.answer_on_paper(actor=scene.world[by], round_id=round_.pk, number=1, text=text)


def test_a_member_asks_the_applicant_answers_and_the_ledger_keeps_both(scene, round_):
    question = ask(scene, round_)

    given = answer(scene, round_)
    better = answer(scene, round_, text="The department does, with two officers.")

    kinds = list(LedgerEntry.objects.order_by("-position").values_list("action", flat=True)[:3])
    assert (question.number, given.revision, better.revision) == (1, 1, 2)
    assert kinds == ["paper.question_answered", "paper.question_answered", "paper.question_asked"]


def test_a_recused_member_and_who_has_no_seat_ask_nothing(scene, round_):
    """TRUST C5."""
    codes = []
    for who in (scene.recused, scene.world["applicant"], scene.world["secretary"]):
        with pytest.raises((NotAllowed, Conflict)) as refused:
            ask(scene, round_, who)
        codes.append(refused.value.code)

    assert codes == ["recusal.once", "seat.holder", "seat.holder"]
    assert not PaperQuestion.objects.exists()


@pytest.mark.parametrize("by", ["head", "colleague", "secretary", "outsider"])
def test_nobody_but_the_applicant_and_the_lead_answers(scene, round_, by):
    ask(scene, round_)

    with pytest.raises(NotAllowed) as refused:
        answer(scene, round_, by)

    assert refused.value.code == "applicant.only"
    assert not PaperAnswer.objects.exists()


def test_nothing_is_asked_or_answered_after_the_close(scene):
    """TRUST WF-03."""
    round_ = scene.round_closed()

    for act in (ask, answer):
        with pytest.raises(Conflict) as refused:
            act(scene, round_)
        assert refused.value.code == "round.closed"

    assert not PaperQuestion.objects.exists()


@pytest.mark.parametrize("text", ["", " \u3000 "])
def test_an_empty_question_is_refused(scene, round_, text):
    with pytest.raises(InvalidInput):
        ask(scene, round_, text=text)

    assert not PaperQuestion.objects.exists()


def test_what_was_asked_and_answered_is_never_changed(scene, round_):
    question = ask(scene, round_)
    given = answer(scene, round_)

    for row in (question, given):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(text="Something else.")
