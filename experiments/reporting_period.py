"""How well reporting periods are read: trained ranker, rules and ``dateparser``; writes ``results/reporting-period/``.

The trained ranker is measured on the passages written for this stage, which it never sees, and on the corpus by
cross-validation over groups. ``dateparser`` gives points in time rather than spans: a result counts as the month, year
or day that it names, and it is also given the benefit of the best of all its results. It reads only the first fold of
the corpus, since it is slow. Where it is not installed it is left out, and so are real articles where they are not at
hand.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from civictopics.evaluation.bootstrap import bootstrap_interval
from civictopics.evaluation.calibration import calibration_bins, expected_calibration_error
from civictopics.evaluation.classification import accuracy
from civictopics.evaluation.splits import grouped_splits
from civictopics.periods import ArticlePeriods, PeriodExtractor
from civictopics.periods.calendar import last_day, parse_published
from civictopics.periods.training import read_corpus, train
from civictopics.report.style import figure_style, save

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "results" / "reporting-period"
LANGUAGES = ("vi", "en", "sv", "ru", "ar")
N_FOLDS = 5
N_RESAMPLES = 2000
KINDS_FROM = 5
"""Kinds with as many cases enter the mean F1 of real articles."""

Record = dict[str, Any]
Answer = tuple[str, str, str]
Rows = list[dict[str, Any]]
METHODS = ("trained", "rules", "dateparser, first result", "dateparser, best of all results")
_COLOURS = ("#0072B2", "#E69F00", "#999999", "#CC79A7")


def answer(record: Mapping[str, Any]) -> Answer:
    """Return the label of a record."""
    return str(record["period_kind"]), str(record["period_start"]), str(record["period_end"])


def judged(record: Record, found: ArticlePeriods) -> dict[str, Any]:
    """Return whether the periods found are right, and how sure the extractor was."""
    return {
        "group": record.get("group") or record["id"],
        "lang": record["lang"],
        "right": (found.kind, found.start, found.end) == answer(record),
        "kind": found.kind == record["period_kind"],
        "plan": (found.plan_start, found.plan_end) == (record["plan_start"], record["plan_end"]),
        "sure": found.kind_probability,
    }


def read(records: Sequence[Record], ranker: str) -> Rows:
    """Return what a shipped ranker makes of the records."""
    return [judged(r, f) for r, f in zip(records, PeriodExtractor(ranker).predict(records), strict=True)]


def read_out_of_fold(records: Sequence[Record], splits: Sequence[tuple[Any, Any]]) -> Rows:
    """Return what rankers trained on the other folds make of the records."""
    rows: dict[int, dict[str, Any]] = {}
    for train_rows, test_rows in splits:
        extractor = PeriodExtractor()
        extractor.ranker_ = train([records[row] for row in train_rows])
        tested = [records[row] for row in test_rows]
        for row, record, found in zip(test_rows, tested, extractor.predict(tested), strict=True):
            rows[int(row)] = judged(record, found)
    return [rows[row] for row in sorted(rows)]


def date_search() -> Callable[[Record], list[Answer]] | None:
    """Return a reader that makes periods of the results of ``dateparser.search``, None where it is not installed."""
    try:
        from dateparser.date import DateDataParser
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed, so it is left out: pip install dateparser")
        return None

    def answers(record: Record) -> list[Answer]:
        day = parse_published(record["published"])
        settings = {"RELATIVE_BASE": datetime(day.year, day.month or 1, day.day or 1)} if day.year else {}
        text = f"{record['title']}\n{record['text']}"
        parser = DateDataParser(languages=[record["lang"]], settings=settings)
        found = search_dates(text, languages=[record["lang"]], settings=settings) or []
        return [as_period(moment, parser.get_date_data(re.sub(r"\s+", " ", words)).period) for words, moment in found]

    return answers


def as_period(moment: datetime, precision: str | None) -> Answer:
    """Return the period that a point in time stands for, by its precision."""
    year, month = moment.year, moment.month
    if precision == "year":
        return "year", f"{year:04d}-01-01", f"{year:04d}-12-31"
    if precision == "month":
        return "month", f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last_day(year, month):02d}"
    day = moment.date().isoformat()
    return "other", day, day


def read_by_search(records: Sequence[Record], search: Callable[[Record], list[Answer]]) -> dict[str, Rows]:
    """Return how ``dateparser`` fares by its first result, and by the best of all."""
    rows: dict[str, Rows] = {METHODS[2]: [], METHODS[3]: []}
    for record in records:
        found = search(record) or [("none", "", "")]
        about = {"group": record.get("group") or record["id"], "lang": record["lang"]}
        rows[METHODS[2]].append({**about, "right": found[0] == answer(record)})
        rows[METHODS[3]].append({**about, "right": answer(record) in found})
    return rows


def share(rows: Rows, name: str = "right") -> dict[str, float | int]:
    """Return a share with its bootstrap interval over groups."""
    values = [int(row[name]) for row in rows]
    groups = [row["group"] for row in rows]
    interval = bootstrap_interval(accuracy([1] * len(values), values), groups, n_resamples=N_RESAMPLES)
    return {
        "articles": len(rows),
        "groups": interval.n_groups,
        "value": round(interval.value, 4),
        "low": round(interval.low, 4),
        "high": round(interval.high, 4),
    }


def by_language(rows: Rows) -> dict[str, Any]:
    """Return the scores of a method in each language and in all."""
    record: dict[str, Any] = {}
    for language in (*LANGUAGES, "all"):
        chosen = [row for row in rows if language in ("all", row["lang"])]
        record[language] = {"period": share(chosen)}
        if "plan" in chosen[0]:
            record[language]["plan"] = share(chosen, "plan")
            sure, right = [row["sure"] for row in chosen], [row["right"] for row in chosen]
            record[language]["calibration error"] = round(expected_calibration_error(sure, right), 4)
    return record


def on_real_articles() -> dict[str, Any]:
    """Return the scores on the real Vietnamese articles and the seeds, empty where they are not at hand."""
    path = SHARED / "real_vi" / "dev.jsonl"
    if not path.is_file():
        print("the real articles are not at hand, so they are left out")
        return {}
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [{"lang": "vi", "id": str(place), **article} for place, article in enumerate(articles)]
    gold = [json.loads(line) for line in (SHARED / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    seeds = [{**g, "text": (SHARED / "seeds" / f"{g['id']}.txt").read_text(encoding="utf-8")} for g in gold]
    scores: dict[str, Any] = {}
    for ranker in METHODS[:2]:
        rows = read(articles, ranker)
        scores[ranker] = {
            "period": share(rows),
            "plan": share(rows, "plan"),
            "mean F1 of kinds": kind_score(articles, ranker),
            "calibration error": round(
                expected_calibration_error([r["sure"] for r in rows], [r["right"] for r in rows]), 4
            ),
            "seeds right": sum(row["right"] for row in read(seeds, ranker)),
            "seeds": len(seeds),
        }
    return scores


def kind_score(articles: Sequence[Record], ranker: str) -> float:
    """Return the mean F1 of the kinds that are common enough."""
    truth = np.array([article["period_kind"] for article in articles])
    said = np.array([found.kind for found in PeriodExtractor(ranker).predict(articles)])
    names, counts = np.unique(truth, return_counts=True)
    scores = []
    for name in names[counts >= KINDS_FROM]:
        both = int(((truth == name) & (said == name)).sum())
        scores.append(2 * both / (int((truth == name).sum()) + int((said == name).sum())))
    return round(float(np.mean(scores)), 4)


def measure() -> tuple[dict[str, Any], Rows]:
    """Return all scores, and the out-of-fold rows."""
    lines = (ROOT / "data" / "periods" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    passages = [json.loads(line) for line in lines]
    corpus = read_corpus(ROOT / "data" / "corpus")
    splits = list(grouped_splits([r["group"] for r in corpus], [r["period_kind"] for r in corpus], N_FOLDS))
    out_of_fold = read_out_of_fold(corpus, splits)
    rows: dict[str, dict[str, Rows]] = {
        "passages": {ranker: read(passages, ranker) for ranker in METHODS[:2]},
        "corpus": {"trained": out_of_fold, "rules": read(corpus, "rules")},
    }
    search = date_search()
    if search is not None:
        rows["passages"] |= read_by_search(passages, search)
        rows["corpus"] |= read_by_search([corpus[row] for row in splits[0][1]], search)
    scores: dict[str, Any] = {
        data: {method: by_language(found) for method, found in methods.items()} for data, methods in rows.items()
    }
    return scores | {"real articles": on_real_articles()}, out_of_fold


def as_table(scores: Mapping[str, Any]) -> str:
    """Return the scores as Markdown."""
    lines = ["# Reporting periods: share of articles with kind and interval both right", ""]
    for data in ("passages", "corpus"):
        lines += [f"## {data.capitalize()}", "", "| method | articles | " + " | ".join((*LANGUAGES, "all")) + " |"]
        lines.append("|---" * (len(LANGUAGES) + 3) + "|")
        for method, found in scores[data].items():
            cells = [_cell(found[language]["period"]) for language in (*LANGUAGES, "all")]
            lines.append(f"| {method} | {found['all']['period']['articles']} | " + " | ".join(cells) + " |")
        lines.append("")
    error = {name: scores["corpus"]["trained"][name]["calibration error"] for name in (*LANGUAGES, "all")}
    lines += ["Expected calibration error, out of fold: " + ", ".join(f"{k} {v:.3f}" for k, v in error.items()) + "."]
    if scores["real articles"]:
        lines += ["", "## Real Vietnamese articles", "", "| method | articles | period | plan | mean F1 | seeds |"]
        lines.append("|---" * 6 + "|")
        for method, found in scores["real articles"].items():
            period, plan = _cell(found["period"]), _cell(found["plan"])
            seeds = f"{found['seeds right']} of {found['seeds']}"
            mean = found["mean F1 of kinds"]
            lines.append(f"| {method} | {found['period']['articles']} | {period} | {plan} | {mean:.3f} | {seeds} |")
    return "\n".join([*lines, ""])


def _cell(found: Mapping[str, float]) -> str:
    return f"{found['value']:.3f} ({found['low']:.3f} to {found['high']:.3f})"


def draw(scores: Mapping[str, Any], rows: Rows) -> Figure:
    """Draw the share of right articles by language and method, and how sure the ranker was."""
    figure = Figure(figsize=(10, 3.4))
    axes = figure.subplots(1, 3, width_ratios=(1.3, 1.3, 1))
    for place, data in enumerate(("passages", "corpus")):
        for index, (method, found) in enumerate(scores[data].items()):
            values = [found[language]["period"] for language in LANGUAGES]
            at = np.arange(len(LANGUAGES)) + 0.2 * (index - (len(scores[data]) - 1) / 2)
            height = np.array([value["value"] for value in values])
            spread = np.array([[v["value"] - v["low"] for v in values], [v["high"] - v["value"] for v in values]])
            axes[place].bar(at, height, 0.19, color=_COLOURS[METHODS.index(method)], label=method)
            axes[place].errorbar(at, height, np.maximum(spread, 0), fmt="none", ecolor="black", linewidth=0.8)
        axes[place].set_xticks(np.arange(len(LANGUAGES)), LANGUAGES)
        axes[place].set_ylim(0, 1)
        axes[place].set_title("Passages" if data == "passages" else "Corpus, out of fold")
    axes[0].set_ylabel("kind and interval right")
    bins = calibration_bins([row["sure"] for row in rows], [row["right"] for row in rows])
    axes[2].plot([0, 1], [0, 1], color="#B3B3B3", linewidth=1)
    axes[2].plot([b.confidence for b in bins], [b.accuracy for b in bins], "o-", color=_COLOURS[0], markersize=4)
    axes[2].set_xlabel("probability given")
    axes[2].set_ylabel("share right")
    axes[2].set_title("Calibration")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    return figure


def main() -> None:
    """Measure, and write the results."""
    scores, rows = measure()
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "results.json").write_text(json.dumps(scores, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "table.md").write_text(as_table(scores), encoding="utf-8")
    with figure_style():
        save(draw(scores, rows), RESULTS, "reporting-period")


if __name__ == "__main__":
    main()
