"""Run the sample department service on the loopback until stopped (`./dev up` does, for the demonstration)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kpis.sample_service import serve


class Command(BaseCommand):
    help = "A small reporting service on 127.0.0.1 that the demonstration's KPIs are collected from."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        with serve(options["port"]) as server:
            self.stdout.write(f"Sample department service on http://127.0.0.1:{server.server_port}/readings.json")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("Stopped.")
