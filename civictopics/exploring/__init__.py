"""For notebooks: finished runs as tables, shares with intervals, and the figures drawn from them."""

from civictopics.exploring.calendar import PeriodBar, draw_calendar, draw_periods, period_bars
from civictopics.exploring.counting import count_table
from civictopics.exploring.runs import FinishedRun, open_run
from civictopics.exploring.shares import Share, draw_shares, shares_by

__all__ = [
    "FinishedRun",
    "PeriodBar",
    "Share",
    "count_table",
    "draw_calendar",
    "draw_periods",
    "draw_shares",
    "open_run",
    "period_bars",
    "shares_by",
]
