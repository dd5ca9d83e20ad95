"""The rows of ``tags.csv``: one per article, safe to open in a spreadsheet."""

import csv
from typing import TextIO

from civictopics.corpus.defusing import defuse
from civictopics.tagging.analysis import ReadArticle
from civictopics.themes.guided import GUIDED_THEMES

TAG_COLUMNS = (
    "id",
    "source",
    "group",
    "lang",
    "published",
    "title",
    "main_theme",
    *GUIDED_THEMES,
    "themes",
    "discovered_theme",
    "meeting_type",
    "meeting_type_probability",
    "period_kind",
    "period_kind_probability",
    "period_start",
    "period_end",
    "period_evidence",
    "plan_start",
    "plan_end",
    "check",
)
CHECKED_FIELDS = ("lang", "main_theme", "meeting_type", "period_kind")
"""The fields that the column `check` may name, in its order."""
DEFAULT_RISK = 0.3
"""Fields whose probability of being wrong is above this are to be checked by a person."""


def tag_row(read: ReadArticle, discovered: str, risk: float = DEFAULT_RISK) -> dict[str, str]:
    """Return one article's row, all values as text, none of them a formula."""
    article, periods = read.article, read.periods
    weights = {theme: f"{weight:.3f}" for theme, weight in zip(GUIDED_THEMES, read.theme_weights, strict=True)}
    row = {
        "id": article.id,
        "source": article.source,
        "group": article.group,
        "lang": article.lang,
        "published": article.published,
        "title": article.title,
        "main_theme": read.main_theme,
        **weights,
        "themes": ";".join(read.themes),
        "discovered_theme": discovered,
        "meeting_type": read.meeting_type,
        "meeting_type_probability": f"{read.meeting_type_probability:.3f}",
        "period_kind": periods.kind,
        "period_kind_probability": f"{periods.kind_probability:.3f}",
        "period_start": periods.start,
        "period_end": periods.end,
        "period_evidence": periods.evidence,
        "plan_start": periods.plan_start,
        "plan_end": periods.plan_end,
        "check": ";".join(doubtful_fields(read, risk)),
    }
    return {name: defuse(value) for name, value in row.items()}


def doubtful_fields(read: ReadArticle, risk: float) -> list[str]:
    """Return the fields whose probability of being wrong exceeds `risk`."""
    doubts = {
        "lang": 1.0 - read.article.lang_probability,
        "main_theme": 1.0 - read.main_theme_probability,
        "meeting_type": 1.0 - read.meeting_type_probability,
        "period_kind": 1.0 - read.periods.kind_probability,
    }
    return [name for name, doubt in doubts.items() if doubt > risk]


def tag_writer(file: TextIO) -> "csv.DictWriter[str]":
    """Return a writer of rows, its header written."""
    writer = csv.DictWriter(file, TAG_COLUMNS, lineterminator="\n")
    writer.writeheader()
    return writer
