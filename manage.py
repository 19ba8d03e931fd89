#!/usr/bin/env python3
"""Django's command line. `./dev manage …` runs it with the private database and Redis of this checkout."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govai_tracker.settings")
    from core.history import told_by_command

    with told_by_command(sys.argv[1] if len(sys.argv) > 1 else "help"):
        execute_from_command_line(sys.argv)
