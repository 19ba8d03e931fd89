"""Settings of the floors' own web server: the same database and pool, no middleware at all."""

from govai_tracker import settings
from govai_tracker.settings import *  # noqa: F403 - the point is to differ in the lines below only

INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != "allauth.account"]  # it insists on middleware
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floors"
