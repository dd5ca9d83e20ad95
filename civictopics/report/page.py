"""``report.html``: one file that holds all it shows and asks nothing of the network."""

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from civictopics.languages.loading import available_languages, load_language
from civictopics.report.data import ReportData
from civictopics.report.figures import DRAWINGS
from civictopics.report.style import THEME_COLOURS, label

_SHOWN_FIELDS = (
    "id", "source", "group", "lang", "published", "title", "main_theme", "themes", "discovered_theme", "meeting_type",
    "meeting_type_probability", "period_kind", "period_kind_probability", "period_start", "period_end",
    "period_evidence", "plan_start", "plan_end", "check",
)  # fmt: skip


def write_report(path: Path, data: ReportData, described: dict[str, str]) -> None:
    """Write the page.

    Parameters
    ----------
    path : Path
        The file.
    data : ReportData
    described : dict of str to str
        The figures' names and what each shows; their files lie in ``figures`` beside the page.
    """
    script, style = _template("report.js"), _template("report.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["label"] = label
    page = environment.from_string(_template("report.html")).render(
        summary=data.summary,
        themes=data.themes,
        colours=THEME_COLOURS,
        record=data.record,
        dropped=data.dropped,
        figures=[(name, _picture(path.parent / "figures" / f"{name}.svg"), described[name]) for name in DRAWINGS],
        direction=_direction,
        articles=Markup(_script_json(article_rows(data))),
        n_shown=len(data.shown),
        script=Markup(script),
        style=Markup(style),
        policy=_policy(script),
    )
    path.write_text(page, encoding="utf-8")


def article_rows(data: ReportData) -> list[dict[str, str]]:
    """Return what the page lists of each article: those to be checked first, then in input order."""
    rows = [
        {
            **{name: shown.row[name] for name in _SHOWN_FIELDS},
            "excerpt": shown.excerpt,
            "dir": _direction(shown.row["lang"]),
        }
        for shown in data.shown
    ]
    return sorted(rows, key=lambda row: -row["check"].count(";") - bool(row["check"]))


def _direction(code: str) -> str:
    return load_language(code).direction if code in available_languages() else "auto"


def _script_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Nothing in the data can close the element that holds it, or open a comment in it.
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _picture(path: Path) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _template(name: str) -> str:
    return (files("civictopics.report") / "templates" / name).read_text(encoding="utf-8")
