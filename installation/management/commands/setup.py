"""`manage.py setup`: the real first run. Two administrators, the departments, the first policies."""

from argparse import ArgumentParser
import getpass
import secrets
import sys
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.models import User
from core.errors import DomainError
from core.text import clean_line, is_blank
from installation import foundations

ASKED = (("name", "name"), ("username", "username"), ("email", "e-mail address"))
PLACES = ("first", "second")


class Command(BaseCommand):
    help = "First run: make two administrators, load the departments and the first policies. Empty databases only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for place in PLACES:
            for field, words in ASKED:
                parser.add_argument(f"--{place}-{field}", default="", help=f"{words} of the {place} administrator")
        parser.add_argument(
            "--generate-passwords", action="store_true", help="make the passwords up and print them once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not foundations.is_empty():
            raise CommandError(
                "This database is already in use: setup runs once, in an empty one. Nothing was changed."
            )
        people = [self._administrator(place, options) for place in PLACES]
        _refuse_twins(people)
        passwords = [self._password(person, options["generate_passwords"]) for person in people]
        accounts = [
            foundations.NewAccount(**person, name_en=name, password_hash=make_password(password))
            for person, password in zip(people, passwords, strict=True)
            for name in [person.pop("name")]
        ]
        departments = foundations.install(accounts)
        self.stdout.write(f"Loaded {departments} departments, the roles and the first policies.")
        for account, password in zip(accounts, passwords, strict=True):
            shown = f", password {password}" if options["generate_passwords"] else ""
            self.stdout.write(f"Administrator {account.name_en}: username {account.username}{shown}")
        if options["generate_passwords"]:
            self.stdout.write("Keep these passwords now: they are not shown again.")

    def _administrator(self, place: str, options: dict[str, Any]) -> dict[str, str]:
        """What was given for one of the two, asked for where it was left out."""
        return {
            field: _checked(field, words, options[f"{place}_{field}"] or _ask(f"{place} administrator, {words}: "))
            for field, words in ASKED
        }

    def _password(self, person: dict[str, str], generate: bool) -> str:
        if generate:
            return secrets.token_urlsafe(15)
        _needs_terminal("Passwords are typed: run setup in a terminal, or give --generate-passwords.")
        password = getpass.getpass(f"Password of {person['username']}: ")
        if getpass.getpass("Once more: ") != password:
            raise CommandError("The two passwords differ: run setup again. Nothing was changed.")
        try:
            validate_password(password, User(username=person["username"], email=person["email"]))
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Nothing was changed.") from error
        return password


def _ask(question: str) -> str:
    _needs_terminal("Two administrators are needed: give --first-name, --first-username, --first-email and --second-….")
    return input(question)


def _needs_terminal(message: str) -> None:
    if not sys.stdin.isatty():
        raise CommandError(message)


def _checked(field: str, words: str, value: str) -> str:
    """One line that says something; an e-mail address that is one; a username that Django takes."""
    try:
        text = clean_line(value.strip())
        if is_blank(text):
            raise CommandError(f"The {words} of an administrator is empty. Nothing was changed.")
        if field == "email":
            validate_email(text)
        if field == "username":
            User.username_validator(text)
    except (ValidationError, DomainError) as error:
        said = error.messages[0] if isinstance(error, ValidationError) else str(error)
        raise CommandError(f"“{value}” cannot be the {words}: {said} Nothing was changed.") from error
    return text


def _refuse_twins(people: list[dict[str, str]]) -> None:
    """Two people, not one twice: approvals need a second person."""
    first, second = people
    for field, words in ASKED:
        if first[field].casefold() == second[field].casefold():
            raise CommandError(f"The two administrators have the same {words}: two people are needed.")
