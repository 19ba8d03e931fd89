"""Log lines: one event, one line, whatever a client managed to put into a text (TRUST T37)."""

import logging

from core.middleware.request_id import current


class OneLineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name} [{current.get()}] {record.getMessage()}"
        extra = " ".join(
            f"{name}={value}" for name, value in record.__dict__.items() if name in {"topic", "attempts", "message_id"}
        )
        text = f"{line} {extra}".rstrip()
        if record.exc_info:
            text += " " + self.formatException(record.exc_info)
        return text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
