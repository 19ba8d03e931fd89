"""Accounts are made by an administrator's invitation; nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        return False
