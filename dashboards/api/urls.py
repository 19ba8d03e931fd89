from django.urls import path

from dashboards.api import board_views as boards
from dashboards.api.forecast import ForecastView
from dashboards.api.views import OverviewView

urlpatterns = [
    path("overview/", OverviewView.as_view(), name="api-overview"),
    path("boards/departments/", boards.DepartmentBoardView.as_view(), name="api-board-departments"),
    path("boards/departments/<slug:safe_code>/", boards.ScorecardView.as_view(), name="api-board-scorecard"),
    path("boards/money/", boards.MoneyBoardView.as_view(), name="api-board-money"),
    path("boards/kpis/", boards.KpiBoardView.as_view(), name="api-board-kpis"),
    path("boards/decisions/", boards.DecisionBoardView.as_view(), name="api-board-decisions"),
    path("forecast/", ForecastView.as_view(), name="api-forecast"),
]
