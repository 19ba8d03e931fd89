"""The real settings of the processes that these tests start and kill, with the hooks that kill them."""

import os

from govai_tracker.settings.test import *  # noqa: F403 - settings are inherited whole
from govai_tracker.settings.test import MIDDLEWARE

MIDDLEWARE.insert(0, "tests.faults.hooks.DieBeforeAnswering")
CELERY_IMPORTS = ["tests.faults.hooks"]
COLLECTOR_LOOPBACK_PORTS = [int(port) for port in os.environ.get("FAULT_PORTS", "").split()]
