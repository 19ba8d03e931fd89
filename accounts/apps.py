from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import duties, holdings
        from accounts.roles_seed import renew_roles

        holdings.register("accounts.heads.HEADS", order=0)
        duties.register("accounts.own_duties.waiting", order=60)
        post_migrate.connect(renew_roles, sender=apps.get_app_config("auth"))  # told after all of ours
