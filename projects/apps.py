from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"
    known_then = dict.fromkeys(
        (
            "Claim",
            "Concern",
            "CountingRule",
            "Dependency",
            "HeadApproval",
            "HelpRequest",
            "IndependentRating",
            "Milestone",
            "PilotDecision",
            "Procedure",
            "ProcessStep",
            "Project",
            "ProjectExit",
            "Resource",
            "ResourceUse",
            "StatusReport",
            "TargetShare",
        ),
        "history",
    ) | {"ProcedureFact": "position", "ProcessMap": "drawn_at", "ProjectProcedure": "linked_at"}

    def ready(self) -> None:
        from accounts import access, duties, holdings, sharing
        from projects import exports, panels, subjects
        from projects.importing import jobs  # noqa: F401 - its outbox handlers

        subjects.register()
        exports.register()
        duties.register("projects.duties.waiting", order=10)
        holdings.register("projects.holdings.LEADS", order=10)
        holdings.register("projects.holdings.CONCERNS", order=20)
        access.register("projects.access.reach_of", order=10)
        sharing.register(
            "project",
            model="projects.Project",
            may_share="projects.policies.access.can_share",
            page="projects:project-access",
        )
        panels.register("records", "projects.records.panel.for_project", order=5)
