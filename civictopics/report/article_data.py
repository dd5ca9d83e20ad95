"""The articles as the page's script reads them: short, without their texts, within a bound."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from civictopics.languages import load_language
from civictopics.languages.loading import available_languages
from civictopics.periods import KINDS
from civictopics.report.data import ReportData
from civictopics.report.style import NO_MEETING, NO_PERIOD, THEME_COLOURS, label
from civictopics.tagging.evidence import TypeEvidence
from civictopics.tagging.fragments import Fragment, Mark
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.summary import RunSummary, ShownArticle
from civictopics.tagging.table import CHECKED_FIELDS
from civictopics.themes.guided import GUIDED_THEMES

MOST_BYTES = 4_300_000
"""What the articles may take of the page's five megabytes."""
_WIDTHS = (400, 320, 260, 200, 150, 110, 80, 50)
_LONGEST_NAME = 120
_MARKS = {"period": "p", "plan": "n", "cue": "c"}

Json = dict[str, Any]


def article_json(data: ReportData, most_bytes: int = MOST_BYTES) -> str:
    """Return the articles and the names that they refer to by number, as JSON.

    Evidence is cut to the widest of some widths at which all articles fit into `most_bytes`.
    """
    text = ""
    for width in _WIDTHS:
        text = _script_json(_content(data, width))
        if len(text.encode("utf-8")) <= most_bytes:
            break
    return text


def language_names(summary: RunSummary) -> dict[str, tuple[str, str]]:
    """Return name and direction of the run's languages: those with a language file first, in its order."""
    known = [code for code in available_languages() if summary.languages[code]]
    others = sorted(code for code in summary.languages if code not in known)
    names = {code: (load_language(code).name, load_language(code).direction) for code in known}
    return names | {code: (code or "unknown", "auto") for code in others}


def article_rows(data: ReportData, width: int = _WIDTHS[0]) -> list[Json]:
    """Return what the page says of each article: those with the most doubtful fields first."""
    numbers = _numbers(data)
    rows = [
        _row(article, kind, point, numbers, width)
        for article, kind, point in zip(data.shown, data.types, data.points.tolist(), strict=True)
    ]
    return sorted(rows, key=lambda row: (-row["check"].bit_count(), min(row["p"])))


def _content(data: ReportData, width: int) -> Json:
    numbers = _numbers(data)
    languages = language_names(data.summary)
    rows = article_rows(data, width)
    return {
        "languages": [[code, *languages[code]] for code in numbers["lang"]],
        "themes": [[name, label(name)] for name in numbers["theme"]],
        "types": [[name, NO_MEETING if name == "none" else label(name)] for name in numbers["type"]],
        "kinds": [[name, NO_PERIOD if name == "none" else label(name)] for name in numbers["kind"]],
        "found": [[name, name] for name in numbers["found"]],
        "fields": [[name, FIELD_NAMES[name]] for name in CHECKED_FIELDS],
        "cues": [[name, _cue_label(name)] for name in numbers["cue"]],
        "guided": len(GUIDED_THEMES),
        "columns": list(rows[0]) if rows else [],
        "articles": [list(row.values()) for row in rows],
    }


FIELD_NAMES = {
    "lang": "language",
    "main_theme": "main theme",
    "meeting_type": "meeting type",
    "period_kind": "reporting period",
}
"""How people read the fields that may have to be checked."""


def _numbers(data: ReportData) -> dict[str, dict[str, int]]:
    """Return for each kind of name the number that stands for it."""
    found = {article.row["discovered_theme"] for article in data.shown}
    cues = {cue.name for kind in data.types for cue in kind.cues}
    types = [*(article.row["meeting_type"] for article in data.shown), *(kind.runner_up for kind in data.types)]
    return {
        "lang": _numbered(language_names(data.summary)),
        "theme": _numbered(THEME_COLOURS),
        "type": _numbered([*MEETING_TYPES, *sorted(set(types) - set(MEETING_TYPES))]),
        "kind": _numbered(KINDS),
        "found": _numbered(sorted(found, key=lambda name: (len(name), name))),
        "cue": _numbered(sorted(cues)),
    }


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _row(
    article: ShownArticle, kind: TypeEvidence, point: Sequence[float], numbers: dict[str, dict[str, int]], width: int
) -> Json:
    row = article.row
    themes, doubtful = row["themes"].split(";"), row["check"].split(";")
    identifier = row["id"][:_LONGEST_NAME]
    title = Fragment(article.title, _apart([*article.periods.title, *kind.title])).clipped(2 * width)
    return {
        "id": identifier,
        "source": "" if row["source"] == row["id"] else row["source"][-_LONGEST_NAME:],
        "group": "" if row["group"] == row["id"] else row["group"][:_LONGEST_NAME],
        "lang": numbers["lang"][row["lang"]],
        "date": row["published"],
        "title": _segments(title),
        "main": numbers["theme"][row["main_theme"]],
        "themes": sum(1 << place for place, name in enumerate(GUIDED_THEMES) if name in themes),
        "weights": [round(1000 * float(row[name])) for name in GUIDED_THEMES],
        "found": numbers["found"][row["discovered_theme"]],
        "type": numbers["type"][row["meeting_type"]],
        "next": numbers["type"][kind.runner_up],
        "kind": numbers["kind"][row["period_kind"]],
        "period": [row["period_start"], row["period_end"]],
        "plan": [row["plan_start"], row["plan_end"]],
        # probabilities in thousandths, in the order of the checked fields; that of the plan apart
        "p": [
            round(1000 * article.lang_probability),
            _thousandths(article.main_theme_probability),
            _thousandths(float(row["meeting_type_probability"])),
            _thousandths(float(row["period_kind_probability"])),
        ],
        "planp": _thousandths(article.plan_probability),
        "check": sum(1 << place for place, name in enumerate(CHECKED_FIELDS) if name in doubtful),
        "x": round(point[0], 4),
        "y": round(point[1], 4),
        "words": row["period_evidence"][:_LONGEST_NAME],
        "said": _segments(article.periods.period, width),
        "planned": _segments(article.periods.plan, width),
        "passages": [
            [
                numbers["theme"][passage.theme],
                round(1000 * passage.weight),
                passage.position + 1,
                *_segments(Fragment(passage.text, ends=len(passage.text) < _WIDTHS[0]), max(50, width // 2)),
            ]
            for passage in article.passages
        ],
        "event": _segments(kind.event, width),
        "cues": [[numbers["cue"][cue.name], cue.words[:_LONGEST_NAME], cue.weight] for cue in kind.cues],
    }


def _thousandths(probability: float) -> int:
    """Return a model's probability in thousandths, which is never certain."""
    return min(999, max(1, round(1000 * probability)))


def _apart(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks in order, those left out that overlap an earlier one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _segments(fragment: Fragment | None, width: int | None = None) -> list[Any]:
    if fragment is None:
        return []
    cut = fragment if width is None else fragment.clipped(width)
    return [part if isinstance(part, str) else [_MARKS[part[0]], part[1]] for part in cut.segments()]


def _cue_label(name: str) -> str:
    if name.startswith("~"):
        return f"phrase: {name[1:]}"
    return f"term: {label(name[1:])}" if name.startswith("=") else label(name.removeprefix("any_"))


def _script_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Nothing in the data can close the element that holds it, or open a comment in it.
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
