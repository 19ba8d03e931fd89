"""Health for the operator, and what every program needs first: the schema, its pages and a token."""

from django.urls import path
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core import views
from core.api.tokens import TokenView

SCHEMA = SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer, OpenApiYamlRenderer])  # YAML takes seconds

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("api/schema/", SCHEMA, name="api-schema"),
    # The split view keeps its script in a file of its own, as our Content-Security-Policy wants (STACK 1.2).
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("api/v1/auth/token/", TokenView.as_view(), name="api-token"),
]
