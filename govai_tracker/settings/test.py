"""The few differences tests need."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 50)

from govai_tracker.settings import *  # noqa: F403 - settings are inherited whole
from govai_tracker.settings import BASE_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
CELERY_TASK_ALWAYS_EAGER = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES["default"]["OPTIONS"] = {}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files are served from where they are written
# One for each process: a test that counts what was kept must not see the files of its neighbour.
MEDIA_ROOT = BASE_DIR / "build" / "test-media" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
