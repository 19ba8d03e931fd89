"""What is refused about a whole file, before anything in it is judged."""

from django.utils.translation import gettext_lazy as _

from core.errors import Text, TooLarge, Unprocessable


class FileRefused(Unprocessable):
    """The file cannot be read as a table at all, or only up to `row` (counted from 1 below the heading)."""

    def __init__(self, code: str, message: Text, *, row: int | None = None) -> None:
        super().__init__(code, message)
        self.row = row


class TooManyRows(TooLarge):
    def __init__(self, most: int) -> None:
        super().__init__("csv.rows", _("The file has more than %(most)s rows.") % {"most": f"{most:,}"})


def too_long(row: int, most: int) -> FileRefused:
    message = _("A cell in row %(row)s is longer than %(most)s characters.") % {"row": row, "most": f"{most:,}"}
    return FileRefused("csv.field_too_long", message, row=row)
