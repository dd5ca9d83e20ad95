"""Sentences and the figure of the question of speed."""

from pathlib import Path

from matplotlib.figure import Figure

from civictopics.report.style import figure_style, save
from civictopics.study.assembling import Study
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv, as_markdown

_MEASURED = (
    ("load_seconds", "seconds to load the model in a fresh process", 3),
    ("import_seconds", "seconds to import what it needs", 3),
    ("megabytes_on_disk", "MB on disk", 2),
    ("megabytes_at_10000_articles", "MB of memory at the end of 10,000 articles", 0),
    ("megabytes_before_them", "of these before the first article", 0),
)
_OWN, _RIVAL = "#0072B2", "#D55E00"


def say(study: Study) -> str:
    """Return what else was measured, and how to read times."""
    parts = []
    for run in study.runs:
        rows = [(label, f"{run[name]:.{digits}f}") for name, label, digits in _MEASURED if name in run]
        if rows:
            parts.append(f"## {study.declaration.label(run['method'])}: load, size, memory")
            parts.append(as_markdown(["measured", "value"], rows))
    parts.append(
        "Times are of one machine on one day; another run gives others: read ratios first, then CPU seconds. A task "
        "and its rival take turns in one process. Here the units that intervals are made from are repeats of a task. "
        "Everything uses one thread, but for the English transformer, which uses two and cuts articles at 256 tokens."
    )
    return "\n\n".join(parts)


def draw(study: Study, folder: Path) -> list[str]:
    """Draw how many items a second each task treats, and its rival."""
    rows = [row for row in study.scores if row["metric"] in ("rate", "rival_rate")]
    if not rows:
        return []
    tasks = list(dict.fromkeys(row["data_set"] for row in rows))
    with figure_style():
        figure = Figure(figsize=(6.4, 1.2 + 0.36 * len(tasks)))
        axis = figure.subplots()
        for row in rows:
            own = row["metric"] == "rate"
            axis.plot(row["value"], tasks.index(row["data_set"]), "o" if own else "^", color=_OWN if own else _RIVAL)
            axis.annotate(
                f"{row['value']:,.0f}" if row["value"] >= 10 else f"{row['value']:.2g}",
                (row["value"], tasks.index(row["data_set"])),
                textcoords="offset points",
                xytext=(0, 6),
                ha="center",
                fontsize=7,
            )
        axis.plot([], [], "o", color=_OWN, label="civictopics")
        axis.plot([], [], "^", color=_RIVAL, label="rival, in turn")
        axis.legend(loc="upper right", frameon=False)
        axis.set_xscale("log")
        axis.set_yticks(range(len(tasks)), [_label(study, task) for task in tasks])
        axis.set_ylim(len(tasks) - 0.4, -0.7)
        axis.set_xlabel("items a second (articles, passages, resamples, topics)")
        axis.grid(axis="x", linewidth=0.4, color="#CCCCCC")
        axis.set_axisbelow(True)
    save(figure, folder, "rates")
    columns = ["data_set", "method", "metric", "value", "low", "high"]
    (folder / "rates.csv").write_text(as_csv([{c: row[c] for c in columns} for row in rows], columns), encoding="utf-8")
    return ["rates"]


def _label(study: Study, task: str) -> str:
    found: Row = next(row for row in study.scores if row["data_set"] == task)
    return study.declaration.label(found["method"])
