"""Settings of the server in the storm: it keeps its connections to PostgreSQL, as the real one does."""

from tests.faults.settings import *  # noqa: F403 - settings are inherited whole
from tests.faults.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4}}
