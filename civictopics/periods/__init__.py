"""Text to intervals: every span of time that an article names, its reporting period and its plan period."""

from civictopics.periods.extractor import PeriodExtractor, extract_periods
from civictopics.periods.spans import KINDS, ROLES, ArticlePeriods, PeriodSpan

__all__ = ["KINDS", "ROLES", "ArticlePeriods", "PeriodExtractor", "PeriodSpan", "extract_periods"]
