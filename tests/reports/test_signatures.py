"""A signature holds for exactly the bytes that were signed (TRUST T36, EX-12), whichever of our keys made it."""

import base64
import random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
import pytest

from core import signing
from reports.render import downloads
from reports.selectors.checking import checked


def a_key() -> tuple[str, str]:
    private = Ed25519PrivateKey.generate()
    raw = (private.private_bytes_raw(), private.public_key().public_bytes_raw())
    return tuple(base64.b64encode(one).decode() for one in raw)


def test_each_of_a_thousand_changed_bytes_is_seen(issued):
    document, signature = issued.document.encode(), issued.signature
    chance = random.Random(36)

    assert signing.signer_of(document, signature) == issued.signed_with
    for _time in range(1000):
        place = chance.randrange(len(document))
        changed = bytearray(document)
        changed[place] ^= 1 << chance.randrange(8)
        assert signing.signer_of(bytes(changed), signature) is None


@pytest.mark.parametrize("signature", ["", "AAAA", "é", "A" * 88, "{", '{"algorithm": "none", "signature": "AAAA"}'])
def test_what_is_no_signature_is_invalid(issued, signature):
    assert not checked(issued.document.encode(), signature.encode()).is_valid


def test_an_old_key_still_verifies_after_rotation(settings):
    (old_private, old_public), (new_private, _new_public) = a_key(), a_key()
    settings.REPORT_SIGNING_KEYS = [old_private]
    made = signing.sign(b"figures")

    settings.REPORT_SIGNING_KEYS = [new_private, old_private]
    assert signing.signer_of(b"figures", made.text) == made.key
    settings.REPORT_SIGNING_KEYS, settings.REPORT_PUBLIC_KEYS = [new_private], [old_public]
    assert signing.signer_of(b"figures", made.text) == made.key
    settings.REPORT_PUBLIC_KEYS = []
    assert signing.signer_of(b"figures", made.text) is None


def test_the_page_says_valid_and_after_one_byte_invalid(issued, applicant, client):
    client.force_login(applicant)
    data, signature = issued.document.encode(), downloads.signature_file(issued)

    def answer(document: bytes) -> str:
        files = {
            "document": SimpleUploadedFile("report.json", document),
            "signature": SimpleUploadedFile("report.sig", signature),
        }
        return client.post(reverse("reports:verify"), files).content.decode()

    assert f"This is {issued.reference}" in answer(data)
    assert "No key of this system" in answer(data.replace(b"2", b"3", 1))


def test_what_is_downloaded_is_what_was_signed(issued, applicant, client):
    client.force_login(applicant)

    document, signature = (
        client.get(reverse("reports:report-file", args=[issued.reference, kind])).content for kind in ("json", "sig")
    )

    assert checked(document, signature).report == issued
