"""`manage.py reseal_push_keys`: every secret of a push source anew under the newest of `SEAL_KEYS`."""

from typing import Any

from django.core.management.base import BaseCommand

from kpis import services


class Command(BaseCommand):
    help = "Encrypts the keys of push sources anew with the newest seal key, so that older ones can be dropped."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services.reseal_keys()} keys are sealed with the newest key.")
