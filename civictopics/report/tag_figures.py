"""Bars: articles by theme and language, and by meeting type."""

import numpy as np
from matplotlib.figure import Figure

from civictopics.languages import LANGUAGES
from civictopics.report.data import ReportData
from civictopics.report.style import NO_MEETING, label
from civictopics.themes.guided import GUIDED_THEMES

_HATCHES = ("", "//", "..", "xx", "--", "++", "oo")
_GREYS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#999999", "#4B4B4B")


def draw_theme_counts(data: ReportData, figure: Figure) -> str:
    """Draw how many articles treat each theme, by language."""
    summary = data.summary
    languages = shown_languages(data)
    axes = figure.add_subplot()
    left = np.zeros(len(GUIDED_THEMES))
    for index, language in enumerate(languages):
        counts = np.array([summary.themes_by_language[theme, language] for theme in GUIDED_THEMES])
        style = index % len(_GREYS)
        axes.barh(
            range(len(GUIDED_THEMES)),
            counts,
            left=left,
            color=_GREYS[style],
            hatch=_HATCHES[style],
            edgecolor="white",
            linewidth=0.5,
            label=language or "unknown",
        )
        left += counts
    axes.set_yticks(range(len(GUIDED_THEMES)), [label(theme) for theme in GUIDED_THEMES])
    axes.invert_yaxis()
    axes.set_xlim(0, max(1.0, left.max() * 1.08))
    for row, total in enumerate(left):
        axes.text(total, row, f" {int(total):,}", va="center")
    axes.set_xlabel("articles that treat the theme (an article may treat several)")
    axes.set_title("Themes, by language")
    axes.legend(title="language", frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return "Articles that treat each theme: " + ", ".join(
        f"{label(theme)} {int(total):,}" for theme, total in zip(GUIDED_THEMES, left, strict=True)
    )


def draw_meeting_types(data: ReportData, figure: Figure) -> str:
    """Draw how many articles report each type of meeting."""
    counts = data.summary.meeting_types.most_common()
    counts.sort(key=lambda pair: (-pair[1], pair[0]))
    axes = figure.add_subplot()
    axes.barh(range(len(counts)), [count for _, count in counts], color="#0072B2")
    axes.set_yticks(range(len(counts)), [_type_name(name) for name, _ in counts])
    axes.invert_yaxis()
    for row, (_, count) in enumerate(counts):
        axes.text(count, row, f" {count:,}", va="center")
    axes.set_xlabel("articles")
    axes.set_title("What the articles report")
    return "Articles by meeting type: " + ", ".join(f"{_type_name(name)} {count:,}" for name, count in counts)


def shown_languages(data: ReportData) -> list[str]:
    """Return the languages of the run: the five in their order, then others by name."""
    found = data.summary.languages
    return [code for code in LANGUAGES if found[code]] + sorted(code for code in found if code not in LANGUAGES)


def _type_name(name: str) -> str:
    return NO_MEETING if name == "none" else label(name)
