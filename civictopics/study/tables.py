"""Tables of a study: CSV with all numbers, Markdown and LaTeX (booktabs) to be read."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from civictopics.study.assembling import Study
from civictopics.study.cells import ALL
from civictopics.study.question import Metric
from civictopics.study.summary import Row

_COLUMNS = {
    "scores": "data_set language method metric value low high units groups seeds lowest_seed highest_seed",
    "comparisons": "data_set metric first second difference low high groups p p_holm better verdict",
    "languages": "data_set method metric language reference difference low high margin verdict",
    "agreement": "data_set method first second value low high groups",
    "runs": "data_set method seed seconds peak_megabytes",
}
_LATEX = str.maketrans(
    {"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}"}
)


def csv_tables(study: Study) -> dict[str, str]:
    """Return the content of each CSV table, by file name."""
    found = {f"{name}.csv": as_csv(getattr(study, name), columns.split()) for name, columns in _COLUMNS.items()}
    return found | {f"{name}.csv": as_csv(rows, []) for name, rows in study.further.items()}


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return rows as CSV: the given columns first, then any others in the order they come."""
    further = [name for row in rows for name in row if name not in columns]
    names = [*columns, *dict.fromkeys(further)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(["" if row.get(name) is None else row[name] for name in names] for row in rows)
    return text.getvalue()


def markdown(study: Study, metrics: Mapping[str, Metric], further: str = "") -> str:
    """Return the study as a page of Markdown: scores, what the data can tell, languages, cost; and `further` text."""
    declaration = study.declaration
    parts = [f"# {declaration.title}", declaration.description]
    for data_set in _data_sets(study):
        parts.append(f"## Data set `{data_set}`")
        head, body = _score_table(study, metrics, data_set)
        parts.append(as_markdown(head, body))
        by_language = _language_table(study, data_set)
        if by_language:
            parts.append(f"{metrics[main_metric(study, data_set)].label} by language:")
            parts.append(as_markdown(*by_language))
        parts.extend(_sentences(study, metrics, data_set))
    parts.append(further)
    parts.append("## How to read this")
    parts.append(_note(study))
    parts.extend(study.notes)
    return "\n\n".join(part for part in parts if part) + "\n"


def latex(study: Study, metrics: Mapping[str, Metric]) -> str:
    """Return one booktabs table per data set."""
    tables = []
    for data_set in _data_sets(study):
        head, body = _score_table(study, metrics, data_set)
        lines = [
            r"\begin{table}",
            rf"\caption{{{study.declaration.title.translate(_LATEX)}: {data_set.translate(_LATEX)}, "
            rf"with {study.declaration.level * 100:g}\% intervals over groups.}}",
            rf"\begin{{tabular}}{{l{'r' * (len(head) - 1)}}}",
            r"\toprule",
            " & ".join(cell.translate(_LATEX) for cell in head) + r" \\",
            r"\midrule",
            *(" & ".join(cell.translate(_LATEX) for cell in row) + r" \\" for row in body),
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
        ]
        tables.append("\n".join(lines))
    return "% needs \\usepackage{booktabs}\n" + "\n\n".join(tables) + "\n"


def with_interval(row: Row) -> str:
    """Return a number with its interval: ``0.812 [0.790, 0.833]``."""
    if row["value"] is None:
        return "undefined"
    if row["low"] is None:
        return f"{row['value']:.3f} (too few groups for an interval)"
    if row["low"] == row["high"]:
        return f"{row['value']:.3f} (all resamples alike)"
    return f"{row['value']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"


def main_metric(study: Study, data_set: str) -> str:
    """Return the first metric of the declaration that applies to a data set."""
    return _metrics(study, data_set)[0]


def _metrics(study: Study, data_set: str) -> list[str]:
    there = {row["metric"] for row in study.scores if row["data_set"] == data_set}
    return [name for name in study.declaration.metrics if name in there]


def _data_sets(study: Study) -> list[str]:
    return list(dict.fromkeys(row["data_set"] for row in study.scores))


def _score_table(study: Study, metrics: Mapping[str, Metric], data_set: str) -> tuple[list[str], list[list[str]]]:
    names = _metrics(study, data_set)
    head = ["method", *(metrics[name].label for name in names), "seconds", "MB"]
    body = []
    for method in _methods(study, data_set):
        found = {row["metric"]: row for row in study.scores if _is(row, data_set, method, ALL)}
        runs = [row for row in study.runs if (row["data_set"], row["method"]) == (data_set, method)]
        seconds = sum(row["seconds"] for row in runs) / len(runs)
        memory = max(row["peak_megabytes"] for row in runs)
        cells = [with_interval(found[name]) for name in names]
        body.append([study.declaration.label(method), *cells, f"{seconds:.1f}", f"{memory:.0f}"])
    return head, body


def _language_table(study: Study, data_set: str) -> tuple[list[str], list[list[str]]] | None:
    metric = main_metric(study, data_set)
    rows = [row for row in study.scores if row["data_set"] == data_set and row["metric"] == metric]
    languages = [code for code in dict.fromkeys(row["language"] for row in rows) if code != ALL]
    if not languages:
        return None
    cell = {(row["method"], row["language"]): with_interval(row) for row in rows}
    body = [
        [study.declaration.label(method), *(cell[method, code] for code in languages)]
        for method in _methods(study, data_set)
    ]
    return ["method", *languages], body


def _sentences(study: Study, metrics: Mapping[str, Metric], data_set: str) -> list[str]:
    found = []
    for name in study.declaration.metrics:
        rows = [row for row in study.comparisons if (row["data_set"], row["metric"]) == (data_set, name)]
        if rows:
            lower = "" if metrics[name].higher_is_better else " (lower is better)"
            found.append(f"By {metrics[name].label}{lower}:\n\n" + "\n".join(f"- {row['verdict']}" for row in rows))
    verdicts: dict[str, list[str]] = {}
    for row in study.languages:
        if row["data_set"] == data_set:
            verdicts.setdefault(row["method"], []).append(
                f"{row['language']} {row['verdict']} ({row['difference']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}])"
            )
    if verdicts:
        declaration = study.declaration
        lines = [f"- “{declaration.label(method)}”: {', '.join(parts)}" for method, parts in verdicts.items()]
        found.append(
            f"Against {declaration.reference_language}, on the same groups, with a margin of {declaration.margin:g} "
            f"in {metrics[main_metric(study, data_set)].label}:\n\n" + "\n".join(lines)
        )
    return found


def _note(study: Study) -> str:
    declaration = study.declaration
    slow = min(declaration.slow_resamples, declaration.resamples)
    return (
        f"Intervals are {declaration.level:.0%} BCa bootstrap intervals over groups (an article and its translations "
        f"are one group), of {declaration.resamples:,} resamples, {slow:,} "
        "for scores that are not made of counts. P-values are of approximate randomisation by group, corrected by Holm "
        "over all pairs and data sets of a metric; a method is called better only where that p-value is below "
        f"{1 - declaration.level:.2g} and the interval of the difference excludes zero. A score that is not made of "
        "counts has no p-value: its verdict rests on the interval alone. A language holds where the whole interval of "
        "its difference is above minus the margin, is degraded where it is below, and is undecided else. Seeds are "
        "repetitions, whose mean is taken; they are not further data. A calibration error is biased upwards, the more "
        "the fewer articles there are, and has percentile intervals. Seconds and memory are of one process "
        "with one thread."
    )


def _methods(study: Study, data_set: str) -> list[str]:
    return list(dict.fromkeys(row["method"] for row in study.scores if row["data_set"] == data_set))


def _is(row: Row, data_set: str, method: str, language: str) -> bool:
    return bool((row["data_set"], row["method"], row["language"]) == (data_set, method, language))


def as_markdown(head: Sequence[str], body: Sequence[Sequence[Any]]) -> str:
    """Return a table of Markdown; all columns but the first stand right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: Any) -> str:  # noqa: ANN401 - anything that has a text
    return str(text).replace("|", r"\|").replace("\n", " ")
