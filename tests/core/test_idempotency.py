"""Sending the same thing twice does it once."""

import pytest

from core.errors import Conflict, InvalidInput, Unprocessable
from core.idempotency import run_once
from core.models import Submission


def send(user, work, *, key="k1", body=b"{}", purpose="POST /x"):
    return run_once(sender=user, key=key, purpose=purpose, body=body, work=work)


def test_a_repeat_gets_the_first_answer_and_does_no_work(applicant):
    calls = []

    first = send(applicant, lambda: {"n": calls.append(1) or len(calls)})
    second = send(applicant, lambda: {"n": calls.append(1) or len(calls)})

    assert first == ({"n": 1}, False)
    assert second == ({"n": 1}, True)
    assert calls == [1]


@pytest.mark.parametrize("change", [{"body": b"other"}, {"purpose": "POST /y"}])
def test_a_key_cannot_change_its_meaning(applicant, change):
    send(applicant, dict)

    with pytest.raises(Unprocessable, match="other content"):
        send(applicant, dict, **change)


def test_two_people_may_use_the_same_key(applicant, colleague):
    assert send(applicant, lambda: {"who": 1})[0] == {"who": 1}
    assert send(colleague, lambda: {"who": 2})[0] == {"who": 2}


def test_a_refused_sending_leaves_nothing_and_may_be_tried_again(applicant):
    def refuse():
        raise Conflict("test.refused", "no")

    with pytest.raises(Conflict):
        send(applicant, refuse)

    assert not Submission.objects.exists()
    assert send(applicant, lambda: {"ok": True}) == ({"ok": True}, False)


@pytest.mark.parametrize("key", ["", "x" * 101, "two words", "é", "tab\t"])
def test_an_unreadable_key_is_refused(applicant, key):
    with pytest.raises(InvalidInput, match="Idempotency-Key"):
        send(applicant, dict, key=key)

    assert not Submission.objects.exists()
