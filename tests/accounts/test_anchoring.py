"""The checkpoint that auditors get by mail (issue 4 point 8, TRUST T27)."""

from django.core import mail
import pytest

from accounts.services import mail_checkpoint
from core import checkpoints, clock, ledger, outbox
from core.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchored(settings, tmp_path, world):
    settings.LEDGER_CHECKPOINT_DIR = tmp_path
    settings.EMAIL_HOST = "mail.example.test"
    return ledger.record("test.act", actor=ledger.SYSTEM, subject="test", facts={"n": 1})


def delivered():
    for message in OutboxMessage.objects.filter(topic="checkpoint_mail"):
        outbox.deliver(message.pk)
    return mail.outbox


def test_each_auditor_gets_the_number_and_the_hash_once_a_day(anchored, world):
    assert mail_checkpoint() == mail_checkpoint() == 1

    (sent,) = delivered()
    assert sent.to == [world["auditor"].email]
    assert f"{anchored.position}:{anchored.entry_hash.hex()}" in sent.body
    assert [point.number for point in checkpoints.read()] == [anchored.position]
    assert clock.today().isoformat() in OutboxMessage.objects.get(topic="checkpoint_mail").key


def test_the_mail_is_in_the_language_of_its_reader(anchored, world):
    auditor = world["auditor"]
    auditor.language = "zh-hant"
    auditor.save()
    mail_checkpoint()

    (sent,) = delivered()
    assert sent.subject == "人工智能效能追蹤系統帳本的最新位置"


def test_without_a_mail_server_nothing_is_asked_for(anchored, settings):
    settings.EMAIL_HOST = ""

    assert mail_checkpoint() == 0
    assert not OutboxMessage.objects.filter(topic="checkpoint_mail").exists()
