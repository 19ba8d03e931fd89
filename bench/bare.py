"""Settings of the floors' own web server: the same database and pool, and what `startproject` gives of middleware."""

from govai_tracker import settings
from govai_tracker.settings import *  # noqa: F403 - the point is to differ in the lines below only

INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != "allauth.account"]  # it insists on middleware
MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith("django.") and "locale" not in name]
ROOT_URLCONF = "bench.floors"
