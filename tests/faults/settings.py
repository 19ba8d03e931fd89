"""The real settings of the processes that these tests start and kill, with the hooks that kill them."""

from govai_tracker.settings.test import *  # noqa: F403 - settings are inherited whole
from govai_tracker.settings.test import MIDDLEWARE

MIDDLEWARE.insert(0, "tests.faults.hooks.DieBeforeAnswering")
CELERY_IMPORTS = ["tests.faults.hooks"]
