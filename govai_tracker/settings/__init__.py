"""The one real configuration, read from the environment (`.env.example` lists every name)."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
import dj_database_url

from govai_tracker.settings import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
SEAL_KEYS = env.words("SEAL_KEYS")  # Fernet keys, newest first; without any they are worked out from SECRET_KEY
# Ed25519 keys in Base64: the private ones that sign reports, newest first, and public ones that are no longer used.
REPORT_SIGNING_KEYS = env.words("REPORT_SIGNING_KEYS")
REPORT_PUBLIC_KEYS = env.words("REPORT_PUBLIC_KEYS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")
HTTPS = env.flag("HTTPS")
BEHIND_TRUSTED_PROXY = env.flag("BEHIND_TRUSTED_PROXY")

INSTALLED_APPS = [
    "installation",
    "reports",
    "exchange",
    "dashboards",
    "funding",
    "kpis",
    "projects",
    "exports",
    "work",
    "accounts",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "guardian",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_filters",
    "django_celery_beat",
    "django_celery_results",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]

MIDDLEWARE = [
    "core.middleware.request_id.RequestIds",
    "core.middleware.limits.RequestLimits",
    "core.middleware.database.DatabaseAway",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.readings.KeptAnswers",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.history.RequestHistory",
    "core.middleware.refusals.DomainErrors",
    "core.middleware.pictures.ChartPictures",
]

ROOT_URLCONF = "govai_tracker.urls"
WSGI_APPLICATION = "govai_tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.installation",
            ],
        },
    }
]

# Two roles (DESIGN 5): `default` is the app's, which owns nothing; `owner` runs migrations and nothing else.
DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL"), conn_health_checks=True)}
DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": env.whole("DATABASE_POOL", 8), "timeout": 10}}
if owner_url := env.text("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = dj_database_url.parse(owner_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": env.text("CACHE_URL", REDIS_URL),
        "KEY_PREFIX": "govai",
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = "django-db"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 2, "max_retries": 1}
CELERY_TASK_PUBLISH_RETRY = False  # the outbox sweeper is the retry (TRUST C8)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE = "Asia/Hong_Kong"
CELERY_BEAT_SCHEDULER = "core.schedule:SyncedDatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "core.tasks.sweep_outbox", "schedule": 15.0},
    "ledger-checkpoint": {"task": "core.tasks.write_checkpoint", "schedule": 900.0},
    "collect-due": {"task": "kpis.tasks.collect_due", "schedule": 15.0},
    "keep-states": {"task": "kpis.tasks.keep_states", "schedule": 15.0},
    "tell-webhooks": {"task": "exchange.tasks.tell_webhooks", "schedule": 15.0},
    "learn-likely": {"task": "kpis.tasks.learn_likely", "schedule": crontab(hour=6, minute=30)},
    "plan-partitions": {"task": "kpis.tasks.plan_partitions", "schedule": crontab(hour=5, minute=45)},
    "remind-owners-of-kpis": {"task": "kpis.tasks.remind_owners", "schedule": crontab(hour=7, minute=15)},
    "watch-breaches": {"task": "kpis.tasks.watch_breaches", "schedule": crontab(hour=7, minute=0)},
    "watch-stale-sources": {"task": "kpis.tasks.watch_stale", "schedule": crontab(hour=7, minute=5)},
    "close-due-rounds": {"task": "funding.tasks.close_due_rounds", "schedule": 15.0},
    "bring-back-deferred": {"task": "funding.tasks.bring_back_deferred", "schedule": 300.0},
    "send-reminders": {"task": "funding.tasks.send_reminders", "schedule": 900.0},
    "tell-chairs-of-late-answers": {"task": "funding.tasks.tell_chairs_of_late_answers", "schedule": 900.0},
    "tell-of-conditions": {"task": "funding.tasks.tell_of_conditions", "schedule": crontab(hour=7, minute=10)},
    "listen": {"task": "work.tasks.listen", "schedule": 15.0},
    "tell-of-changes": {"task": "work.tasks.tell_of_changes", "schedule": 60.0},
    "tell-of-due": {"task": "work.tasks.tell_of_due", "schedule": crontab(hour=7, minute=30)},
    "remind-of-tasks": {"task": "work.tasks.remind_of_tasks", "schedule": crontab(hour=7, minute=20)},
    "send-digests": {"task": "work.tasks.send_digests", "schedule": crontab(hour=8, minute=0)},
    "refresh-standings": {"task": "projects.tasks.refresh_standings", "schedule": 900.0},
    "take-up-exports": {"task": "exports.tasks.take_up", "schedule": 15.0},
    "sweep-exports": {"task": "exports.tasks.sweep", "schedule": 900.0},
    "check-invariants": {"task": "funding.tasks.check_invariants", "schedule": crontab(hour=3, minute=30)},
    "fold-changes": {"task": "dashboards.tasks.fold_changes", "schedule": 900.0},
    "send-packs": {"task": "reports.tasks.send_packs", "schedule": 900.0},
    "mail-checkpoint": {"task": "accounts.tasks.mail_daily_checkpoint", "schedule": crontab(hour=18, minute=0)},
    "end-what-is-over": {"task": "accounts.tasks.end_what_is_over", "schedule": 60.0},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.DatedRolesBackend",
    "guardian.backends.ObjectPermissionBackend",
    "accounts.backends.SignIn",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
PGHISTORY_CREATED_AT_FUNCTION = "core_recorded_now()"  # the database's clock at the statement, not NOW()
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # reading changes nothing that has a history
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Five wrong passwords a quarter of an hour for one name from one place (accounts.adapter makes that key), and a
# bound on all names from one place, which may be a whole office behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "50/15m/ip,5/15m/key",
    "invitation": "60/15m/ip",
    "push": env.text("PUSH_LIMIT", "600/m") + "/key",  # signed pushes of one source
    "push_refused": "60/m/ip",  # pushes that nobody signed
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TRUSTED_PROXY else 0

# Without EMAIL_HOST nothing is mailed: an invitation's link is shown once to the administrator who makes it.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "govai-tracker@localhost")

SESSION_ENGINE = "django.contrib.sessions.backends.db"  # people go on working while Redis is away (TRUST F7)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
if BEHIND_TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Plotly adds one empty <style>; its hash is the only exception (STACK 3.3).
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, EMPTY_STYLE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = "govai_tracker.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", BASE_DIR / "build" / "vendor")]
WHITENOISE_USE_FINDERS = env.flag("STATIC_FROM_SOURCE")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
PAPER_FONTS = BASE_DIR / "build" / "fonts"
MEDIA_ROOT = env.folder("MEDIA_ROOT", BASE_DIR / "build" / "media")
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS", "")  # a socket's path or host:port; empty for no virus scanner
LEDGER_CHECKPOINT_DIR = env.folder("LEDGER_CHECKPOINT_DIR", BASE_DIR / "build" / "checkpoints")


# The collector never calls loopback. The demonstration's own sample service and tests name their ports here;
# `check --deploy` refuses the setting (DESIGN 9, TRUST 2).
COLLECTOR_LOOPBACK_PORTS = env.ports("COLLECTOR_LOOPBACK_PORTS")
SAMPLE_SERVICE_URL = env.text("SAMPLE_SERVICE_URL", "")

API_REQUESTS_A_MINUTE = env.whole("API_REQUESTS_A_MINUTE", 6000)  # of one account, from all its programs

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.ExpiringToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "core.api.filters.AskedFilters",
        "core.api.filters.StrictOrdering",
    ],
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": 1 if BEHIND_TRUSTED_PROXY else 0,
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.TrackerSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttling.PerAccount"],
    "EXCEPTION_HANDLER": "core.api.errors.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "DEFAULT_GENERATOR_CLASS": "core.api.schema.TrackerGenerator",
    "TITLE": "govai_tracker",
    "DESCRIPTION": "Hong Kong government AI projects, procedures, funding decisions and KPIs.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # Names for choices that several records have under one field name.
    "ENUM_NAME_OVERRIDES": {
        "DocumentKind": "work.models.DocumentKind",
        "FinanceCommitteeOutcome": "funding.models.FinanceCommitteeEntry.Outcome",
        "CountingRuleStatus": "projects.models.CountingRule.Status",
        "ExportFormat": "exports.models.FORMAT_CHOICES",
        "ExportState": "exports.models.State",
        "WebhookState": "exchange.models.Webhook.State",
        "EvidenceKind": "projects.models.EvidenceKind",
        "FactKind": "projects.models.ProcedureFact.Kind",
        "HelpKind": "projects.models.HelpRequest.Kind",
        "ImportKind": "projects.models.ImportBatch.Kind",
        "ImportStatus": "projects.models.ImportBatch.Status",
        "ProjectCategory": "projects.models.Category",
        "ProjectStage": "projects.models.Stage",
        "ProjectStageToSend": "projects.api.serializers.NEW_STAGES",
        "ExitKind": "projects.api.life_serializers.EXIT_KINDS",
        "ConcernKind": "projects.models.Concern.Kind",
        "ResourceKind": "projects.models.Resource.Kind",
        "PlannedState": "projects.api.record_shapes.PLANNED_STATES",
        "BenefitKind": "projects.models.BenefitKind",
        "BenefitFormula": "kpis.models.benefits.FORMULAS",
        "MeasureFormula": "kpis.models.Formula",
        "CostCategory": "funding.models.CostCategory",
        "DifferenceKind": "funding.api.request_shapes.KINDS",
        "FieldChangeKind": "funding.api.request_shapes.KINDS_OF_CHANGE",
        "MeetingStatus": "funding.models.MeetingStatus",
        "AttendanceState": "funding.models.Attendance.State",
        "RequestStatus": "funding.models.RequestStatus",
        "ReviewKind": "funding.models.ReviewKind",
        "ReviewVerdict": "funding.models.ReviewAnswer.Verdict",
        "SpendingImportStatus": "funding.models.SpendingImport.Status",
        "RoundStatus": "funding.models.RoundStatus",
        "ReadingFileStatus": "kpis.models.ReadingFile.Status",
        "ReadingVerdict": "kpis.models.readings.Verdict",
        "RunState": "kpis.models.sources.RunState",
        "SourceStatus": "kpis.models.Source.Status",
        "SourceFormat": "kpis.models.Source.Format",
        "BreakdownDimension": "kpis.api.serializers.DIMENSION_CHOICES",
        "IssuedReportStatus": "reports.models.Report.STATUSES",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "core.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
