"""Signing in and out, one's own password and language, and the link of an invitation. Nobody signs up."""

from allauth.account.views import account_inactive, logout
from django.urls import path

from accounts.views import invited
from accounts.views import own as views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
    path("password/", views.change_password, name="account_change_password"),
    path("language/", views.choose_language, name="set_language"),
    path("invitation/<str:secret>/", invited.accept, name="invitation"),
]
