"""Reports and the schedules that send them."""

from reports.models.reports import FORM_LENGTH, Report
from reports.models.schedules import Delivery, Pack, Schedule

__all__ = ["FORM_LENGTH", "Delivery", "Pack", "Report", "Schedule"]
