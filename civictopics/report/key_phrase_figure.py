"""Key phrases of the guided themes, one column per language."""

from matplotlib.figure import Figure

from civictopics.languages import load_language
from civictopics.languages.loading import available_languages
from civictopics.report.data import ReportData
from civictopics.report.style import THEME_COLOURS, label
from civictopics.report.tag_figures import shown_languages

_LINES = 5
_WIDTH = 34


def draw_key_phrases(data: ReportData, figure: Figure) -> str:
    """Draw a grid: themes by languages, with the strongest phrases in each cell."""
    themes = [theme for theme in data.themes if theme.kind == "guided"]
    languages = [code for code in shown_languages(data) if code][:6]
    axes = figure.add_subplot()
    axes.set_xlim(0, max(1, len(languages)))
    axes.set_ylim(len(themes), -0.15)
    axes.set_axis_off()
    axes.set_title("Key phrases")
    for column, code in enumerate(languages):
        known = code in available_languages()
        right = known and load_language(code).direction == "rtl"
        side, place = ("right", 0.95) if right else ("left", 0.05)
        axes.text(column + place, -0.08, load_language(code).name if known else code, weight="bold", ha=side)
        for row, theme in enumerate(themes):
            phrases = [_short(phrase) for phrase in theme.key_phrases.get(code, [])[:_LINES]] or ["–"]
            for line, phrase in enumerate(phrases):
                axes.text(column + place, row + 0.28 + line * 0.145, phrase, ha=side, fontsize=8)
    for row, theme in enumerate(themes):
        axes.axhline(row + 0.02, color=THEME_COLOURS[theme.name], linewidth=1.5)
        axes.text(0.0, row + 0.13, label(theme.name), color=THEME_COLOURS[theme.name], weight="bold", fontsize=9)
    return "Strongest phrases of each theme in each language; the page lists them as text."


def _short(phrase: str) -> str:
    return phrase if len(phrase) <= _WIDTH else phrase[: _WIDTH - 1] + "…"
