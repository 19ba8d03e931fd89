"""People and departments for reading. Grants and postings change through services, which keep the ledger."""

from typing import Any

from django.contrib import admin
import django.contrib.auth.admin  # noqa: F401 - registers what is taken out again below
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import Department, Departure, Invitation, ObjectGrant, Person, Posting, RoleGrant, User


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# Django's own lets a superuser put permissions into a role, past the ledger and the second administrator.
admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ReadOnly):
    list_display = ("name",)


@admin.register(Department)
class DepartmentAdmin(ReadOnly):
    list_display = ("code", "name_en", "name_zh_hant", "kind", "parent")
    list_filter = ("kind",)
    search_fields = ("code", "name_en", "name_zh_hant")
    list_select_related = ("parent",)


@admin.register(Person)
class PersonAdmin(ReadOnly):
    list_display = ("name_en", "name_zh_hant", "title_en", "email")
    search_fields = ("name_en", "name_zh_hant", "email")


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ("username", "person", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "person__name_en", "person__name_zh_hant")
    list_select_related = ("person",)
    exclude = ("password",)


@admin.register(Posting)
class PostingAdmin(ReadOnly):
    list_display = ("person", "department", "duty", "starts_on", "ends_on")
    list_filter = ("duty", "department")
    list_select_related = ("person", "department")


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnly):
    list_display = ("person", "group", "effective_at", "ends_at", "granted_by")
    list_filter = ("group",)
    list_select_related = ("person", "group", "granted_by")


@admin.register(ObjectGrant)
class ObjectGrantAdmin(ReadOnly):
    list_display = ("reference", "person", "ends_at", "granted_by")
    list_filter = ("kind",)
    list_select_related = ("person", "granted_by")


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("name_en", "email", "department", "expires_at", "accepted_at")
    list_select_related = ("department",)
    exclude = ("digest",)


@admin.register(Departure)
class DepartureAdmin(ReadOnly):
    list_display = ("person", "last_day", "confirmed_by", "closed_at")
    list_select_related = ("person", "confirmed_by")
