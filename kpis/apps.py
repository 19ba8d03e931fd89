from typing import ClassVar

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
    default_auto_field = "django.db.models.BigAutoField"
    known_then: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("Definition", "Kpi", "Baseline", "KpiTarget", "Breach"), "history"),
        **dict.fromkeys(("Reading", "ReadingVerdict"), "recorded_at"),
        **dict.fromkeys(("FollowUp", "PeriodLock"), "said_at"),
    }

    def ready(self) -> None:
        from accounts import duties, holdings
        from kpis import (
            checks,  # noqa: F401 - registers the deployment check
            exports,
            notifications,
        )
        from kpis.models import Kpi
        from projects import gates, panels, present
        from projects.rules.lifecycle import Need

        exports.register()
        notifications.register()
        gates.register(Need.BASELINE_NAMED, "kpis.gates.baseline_named", "kpis.gates.address")
        gates.register(Need.BASELINES_LOCKED, "kpis.gates.baselines_locked", "kpis.gates.address")
        duties.register("kpis.duties.waiting", order=30)
        duties.register("kpis.benefit_duties.waiting", order=35)
        holdings.register("kpis.holdings.OWNED", order=25)
        holdings.register("kpis.holdings.PROMISED", order=26)
        present.register("kpis", Kpi)
        panels.register("kpis", "kpis.panels.for_project", order=20)
        panels.register("benefits", "kpis.panels.benefits_of_project", order=21)
