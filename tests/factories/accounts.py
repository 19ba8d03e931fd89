"""Departments, people, accounts, postings and roles."""

from datetime import date

from django.contrib.auth.models import Group
from django.utils import timezone
import factory
from factory.django import DjangoModelFactory

from accounts.models import Department, Person, Posting, RoleGrant, User

LONG_AGO = date(2020, 1, 1)
PASSWORD = "a long passphrase for tests"


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"D{n}")
    safe_code = factory.LazyAttribute(lambda o: "".join(c for c in o.code if c.isalnum()).upper())
    name_en = factory.LazyAttribute(lambda o: f"Department {o.code}")
    name_zh_hant = factory.LazyAttribute(lambda o: f"{o.code} 部門")
    kind = "department"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name_en = factory.Sequence(lambda n: f"Person {n}")
    name_zh_hant = factory.Sequence(lambda n: f"人員{n}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.test")
    person = factory.SubFactory(PersonFactory)
    password = factory.django.Password(PASSWORD)


class PostingFactory(DjangoModelFactory):
    class Meta:
        model = Posting

    person = factory.SubFactory(PersonFactory)
    department = factory.SubFactory(DepartmentFactory)
    starts_on = LONG_AGO


def give_role(person: Person, role: str) -> RoleGrant:
    """The role, held since long before any test."""
    group = Group.objects.get(name=role)
    return RoleGrant.objects.create(
        person=person, group=group, effective_at=timezone.make_aware(timezone.datetime(2020, 1, 1))
    )
