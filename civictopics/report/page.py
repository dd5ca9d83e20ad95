"""``report.html``: one file that holds all it shows and asks nothing of the network."""

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from civictopics.evaluation.shares import FEWEST_GROUPS
from civictopics.languages.loading import available_languages, load_language
from civictopics.report.article_data import FIELD_NAMES, article_json, language_names
from civictopics.report.charts import (
    PANEL_HEIGHT,
    PANEL_WIDTH,
    articles_over_time,
    bars,
    per_cent,
    share_panels,
    table_of_themes,
)
from civictopics.report.data import ReportData
from civictopics.report.style import COLOURS_ON_DARK, NO_MEETING, NO_PERIOD, THEME_COLOURS, label
from civictopics.report.theme_shares import N_RESAMPLES
from civictopics.themes.guided import GUIDED_THEMES

_SCRIPTS = ("page.js", "map.js", "articles.js", "start.js")
_LONGEST_REASON = 300


def write_report(path: Path, data: ReportData, described: dict[str, str]) -> None:
    """Write the page; the same bytes for the same data.

    Parameters
    ----------
    path : Path
        The file.
    data : ReportData
    described : dict of str to str
        The figures' names and what each shows; their files lie in ``figures`` beside the page.
    """
    summary = data.summary
    script = "".join(_template(name) for name in _SCRIPTS)
    style = _colours() + _template("report.css")
    languages = language_names(summary)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            summary=summary,
            data=data,
            record=data.record,
            languages=languages,
            by_language=bars(summary.languages, summary.n_articles, list(languages)),
            by_type=bars(summary.meeting_types, summary.n_articles),
            by_period=bars(summary.period_kinds, summary.n_articles),
            by_theme=bars(summary.main_themes, summary.n_articles, list(THEME_COLOURS)),
            theme_table=table_of_themes(summary, list(languages)),
            over_time=articles_over_time(summary, list(languages)),
            panels=share_panels(data.shares),
            panel_size=(PANEL_WIDTH, PANEL_HEIGHT),
            guided=GUIDED_THEMES,
            fewest_groups=FEWEST_GROUPS,
            n_resamples=N_RESAMPLES,
            field_names=FIELD_NAMES,
            theme_numbers={name: number for number, name in enumerate(THEME_COLOURS)},
            dropped=[(source, id, _short(reason)) for source, id, reason in data.dropped],
            figures=described,
            direction=_direction,
            language_name=lambda code: languages[code][0],
            type_name=lambda name: NO_MEETING if name == "none" else label(name),
            period_name=lambda name: NO_PERIOD if name == "none" else label(name),
            articles=Markup(article_json(data)),
            script=Markup(script),
            style=Markup(style),
            policy=_policy(script, style),
        )
    )
    path.write_text(page, encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("civictopics.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"label": label, "number": _number, "per_cent": per_cent}
    return environment


def _colours() -> str:
    """Return the palette as a style sheet: a class for each place in it."""

    def rules(palette: dict[str, str]) -> str:
        return "".join(f".s{number}{{--c:{colour}}}" for number, colour in enumerate(palette.values()))

    return f"{rules(THEME_COLOURS)}\n@media (prefers-color-scheme: dark) {{{rules(COLOURS_ON_DARK)}}}\n"


def _direction(code: str) -> str:
    return load_language(code).direction if code in available_languages() else "auto"


def _number(value: int) -> str:
    return f"{value:,}"


def _short(reason: str) -> str:
    return reason if len(reason) <= _LONGEST_REASON else reason[: _LONGEST_REASON - 1] + "…"


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _template(name: str) -> str:
    return (files("civictopics.report") / "templates" / name).read_text(encoding="utf-8")
