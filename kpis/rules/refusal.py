"""A refusal inside the rules: a stable code and, for a person, what exactly was found."""


class Refused(Exception):
    """Why a document, an address or a value is not taken. `detail` never repeats more than 40 characters of it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def quoted(text: object) -> str:
    """At most 40 characters of what was sent, so that a refusal is no way to store or echo a document."""
    shown = "".join(character if character.isprintable() else "?" for character in str(text))
    return shown if len(shown) <= 40 else shown[:39] + "…"
