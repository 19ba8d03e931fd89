from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import checks, known_then  # noqa: F401 - importing registers the checks

        pre_migrate.connect(known_then.before_migrations, sender=self)
        post_migrate.connect(known_then.after_migrations, sender=self)
