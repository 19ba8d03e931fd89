"""People and departments for reading. Grants and postings change through services, which keep the ledger."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Department, Person, Posting, RoleGrant, User


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
