"""Fill in the model card of the shipped encoder, and ``docs/encoders.md``, from ``results``; no number is typed.

``train_encoder.py`` calls it, and with ``--card`` does nothing else.
"""

import csv
import json
from pathlib import Path
from string import Template
from typing import Any

from civictopics.languages import LANGUAGES
from civictopics.study.declaration import Declaration, load_declaration
from civictopics.study.tables import as_markdown, with_interval

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results" / "encoder"
SPEED = ROOT / "results" / "speed" / "runs" / "encoding--shipped_encoder--0.json"
PAGE = ROOT / "docs" / "encoders.md"
CARD_TEMPLATE, PAGE_TEMPLATE = (ROOT / "experiments" / f"encoder_{name}.md" for name in ("card", "page"))
_COMPARED = ("retrieval", "worst_pair", "theme_f1", "language_told")
Row = dict[str, Any]


def card() -> str:
    """Return the card."""
    return Template(CARD_TEMPLATE.read_text(encoding="utf-8")).substitute(values())


def page() -> str:
    """Return the page of the documents."""
    return Template(PAGE_TEMPLATE.read_text(encoding="utf-8")).substitute(values())


def values() -> dict[str, str]:
    """Return what the templates leave open."""
    build, speed = read(RESULTS / "build.json"), read(SPEED)
    declaration = load_declaration(ROOT / "experiments" / "encoder.toml")
    scores, folds = table("scores"), [row for row in table("folds") if row["data_set"] == "held-out"]
    own = {row["metric"]: row for row in chosen(scores, "held-out", "recipe")}
    themes = {row["language"]: row for row in table("themes") if row["data_set"] == "held-out"}
    return {
        "megabytes": f"{build['megabytes']:.1f}",
        "build_seconds": str(build["seconds"]),
        "build_megabytes": str(build["peak_megabytes"]),
        "tokens": f"{build['n_tokens']:,}",
        "dimensions": str(build["n_dimensions"]),
        "events": str(build["events"]),
        **{kind: f"{count:,}" for kind, count in build["units"].items()},
        "folds": str(len(folds)),
        "groups": str(int(own["retrieval"]["groups"])),
        "fewest": str(int(min(row["passages"] for row in folds))),
        "most": str(int(max(row["passages"] for row in folds))),
        **{name: with_interval(row) for name, row in own.items()},
        "worst_fold": f"{min(row['worst_pair'] for row in folds):.3f}",
        "few": f"{sum(row['retrieval_among_140'] for row in folds) / len(folds):.3f}",
        "few_worst": f"{min(row['worst_pair_among_140'] for row in folds):.3f}",
        "theme_english": with_interval(themes["en"]),
        "theme_shares": ", ".join(f"{code} {_share(themes[code])}" for code in LANGUAGES if code != "en"),
        "rivals": _rivals(declaration, scores),
        "topics": _by_language(declaration, scores, "sib200"),
        "sentences": _by_language(declaration, scores, "ntrex"),
        "load": f"{speed['measured']['load_seconds']:.2f}",
        "rate": f"{speed['scores']['rate']['all']:,.0f}",
        "ratio": f"{speed['scores']['ratio']['all']:.0f}",
        "memory": f"{speed['measured']['megabytes_at_10000_articles']:.0f}",
    }


def table(name: str) -> list[Row]:
    """Return the rows of a table of the results; numbers as numbers."""
    with (RESULTS / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: _number(value) for key, value in row.items()} for row in csv.DictReader(file)]


def chosen(scores: list[Row], data_set: str, method: str, language: str = "all") -> list[Row]:
    """Return the scores of one method on one data set."""
    wanted = (data_set, method, language)
    return [row for row in scores if (row["data_set"], row["method"], row["language"]) == wanted]


def read(path: Path) -> Any:  # noqa: ANN401 - any JSON value
    """Return a result file."""
    return json.loads(path.read_text(encoding="utf-8"))


def _rivals(declaration: Declaration, scores: list[Row]) -> str:
    rows = []
    for method in methods(scores, "held-out-two-folds"):
        own = {row["metric"]: row for row in chosen(scores, "held-out-two-folds", method)}
        rows.append([declaration.label(method), *(with_interval(own[name]) for name in _COMPARED)])
    return as_markdown(["encoder", "found first", "worst pair", "theme macro-F1", "language told"], rows)


def _by_language(declaration: Declaration, scores: list[Row], data_set: str) -> str:
    metric = {"sib200": "topic_accuracy", "ntrex": "retrieval"}[data_set]
    rows = []
    for method in methods(scores, data_set):
        found = [
            next(row for row in chosen(scores, data_set, method, code) if row["metric"] == metric) for code in LANGUAGES
        ]
        rows.append([declaration.label(method), *(f"{row['value']:.3f}" for row in found)])
    return as_markdown(["encoder", *LANGUAGES], rows)


def methods(scores: list[Row], data_set: str) -> list[str]:
    """Return the methods that were run on a data set."""
    return list(dict.fromkeys(row["method"] for row in scores if row["data_set"] == data_set))


def _share(row: Row) -> str:
    return f"{row['share_of_english']:.3f} [{row['share_of_english_low']:.3f}, {row['share_of_english_high']:.3f}]"


def _number(text: str) -> Any:  # noqa: ANN401 - a number where it is one
    try:
        return float(text)
    except ValueError:
        return text or None
