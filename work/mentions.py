"""Who is named in a comment: by user name in its text, or picked beside it (FEATURES M1, decision 21)."""

from collections.abc import Iterable
import re

from django.db.models.functions import Lower

from accounts.models import Person, User

# ASCII alone, since a Chinese sentence goes on without a space. An e-mail address names nobody.
NAMED = re.compile(r"(?<![A-Za-z0-9_.+@-])@([A-Za-z0-9_][A-Za-z0-9_.@+-]{0,149})", re.ASCII)
MOST = 20


def names_in(text: str) -> list[str]:
    """The user names that a text names with @, each once, as typed; a full stop at the end is the sentence's."""
    return list(dict.fromkeys(found.rstrip(".@+-") for found in NAMED.findall(text)))


def people_named(names: Iterable[str]) -> dict[str, Person]:
    """The person behind each user name in lower case; accounts that are closed name nobody."""
    wanted = {name.lower() for name in names}
    if not wanted:
        return {}
    accounts = User.objects.filter(is_active=True).alias(low=Lower("username")).filter(low__in=wanted)
    return {account.username.lower(): account.person for account in accounts.select_related("person")}
