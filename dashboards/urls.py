from django.urls import path

from dashboards import views
from dashboards.boards import views as boards
from dashboards.forecast.views import forecast

app_name = "dashboards"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("boards/departments/", boards.department_board, name="department-board"),
    path("boards/departments/<slug:safe_code>/", boards.department_scorecard, name="scorecard"),
    path("boards/money/", boards.money_board, name="money-board"),
    path("boards/kpis/", boards.kpi_board, name="kpi-board"),
    path("boards/decisions/", boards.decision_board, name="decision-board"),
    path("forecast/", forecast, name="forecast"),
]
