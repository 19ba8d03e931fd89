"""A virus scanner in front of the store, where the installation names one (UP-08).

It speaks to clamd over its own protocol (INSTREAM). When the scanner is named and does not answer, files
are refused: an unscanned file is never kept.
"""

import socket
import struct
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.errors import Unavailable, Unprocessable

CHUNK = 1 << 16
SECONDS = 20
LONGEST_ANSWER = 4096


def scan(file: BinaryIO) -> None:
    """Refuse the file when the scanner names a threat. Without a scanner in the settings, nothing is asked."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _ask(file)
    except OSError as error:
        raise _away() from error
    if answer.endswith(b"FOUND"):
        raise Unprocessable("file.malware", _("The virus scanner refused this file. It was not kept."))
    if not answer.endswith(b"OK"):
        raise _away()


def _ask(file: BinaryIO) -> bytes:
    with _connected() as connection:
        connection.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(CHUNK):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        file.seek(0)
        answer = b""
        while len(answer) < LONGEST_ANSWER and (piece := connection.recv(LONGEST_ANSWER)):
            answer += piece
            if answer.endswith(b"\0"):
                break
    return answer.rstrip(b"\0")


def _connected() -> socket.socket:
    """A socket's path, or host:port."""
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _away() -> Unavailable:
    return Unavailable("scanner.away", _("The virus scanner does not answer. Nothing was stored; try again shortly."))
