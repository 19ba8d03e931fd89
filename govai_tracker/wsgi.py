"""The WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govai_tracker.settings")
application = get_wsgi_application()

gc.collect()
gc.freeze()  # what is loaded now stays for good: collections, and forked workers, need not look at it again
