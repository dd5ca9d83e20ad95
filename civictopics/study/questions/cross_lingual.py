"""Tables and the figure of the cross-lingual question: learnt from one language or four, asked in each."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from civictopics.evaluation.bootstrap import interval_of_contrast
from civictopics.evaluation.classification import accuracy
from civictopics.languages import LANGUAGES
from civictopics.report.style import figure_style, save
from civictopics.study.assembling import Study
from civictopics.study.declaration import Declaration
from civictopics.study.predictions import Columns
from civictopics.study.summary import Row
from civictopics.study.tables import as_csv

MARGIN = 0.08
"""The loss of accuracy that is accepted for a language that was not learnt from."""
_FULL = "all_languages"
_ROWS = (*(f"only_{code}" for code in LANGUAGES), *(f"without_{code}" for code in LANGUAGES), _FULL)


def further(
    declaration: Declaration, data_set: str, predictions: Mapping[str, Sequence[Columns]]
) -> dict[str, list[Row]]:
    """Return the rows of ``transfer`` and ``left_out``.

    ``transfer`` has the accuracy of each method in each language; ``left_out`` what is lost
    in a language where it was not learnt from, with an interval over groups.
    """
    transfer: list[Row] = []
    for method, runs in predictions.items():
        for code in LANGUAGES:
            own = _of_language(runs[0], code)
            value = accuracy(own["truth"], own["predicted"]).of_all()
            transfer.append({"data_set": data_set, "method": method, "language": code, "accuracy": round(value, 6)})
    left_out: list[Row] = []
    for code in LANGUAGES:
        if {_FULL, f"without_{code}"} <= set(predictions):
            parts = [_of_language(predictions[name][0], code) for name in (f"without_{code}", _FULL)]
            scores = [accuracy(part["truth"], part["predicted"]) for part in parts]
            found = interval_of_contrast(
                scores, [1.0, -1.0], parts[0]["group"], level=declaration.level, n_resamples=declaration.resamples
            )
            left_out.append(
                {
                    "data_set": data_set,
                    "language": code,
                    "without": round(scores[0].of_all(), 6),
                    "with": round(scores[1].of_all(), 6),
                    "difference": round(found.value, 6),
                    "low": round(found.low, 6),
                    "high": round(found.high, 6),
                }
            )
    return {"transfer": transfer, "left_out": left_out}


def draw(study: Study, folder: Path) -> list[str]:
    """Draw accuracies by the languages learnt from (rows) and asked in (columns)."""
    rows = study.further.get("transfer", [])
    names = [name for name in _ROWS if any(row["method"] == name for row in rows)]
    if not names:
        return []
    cells = np.full((len(names), len(LANGUAGES)), np.nan)
    for row in rows:
        cells[names.index(row["method"]), LANGUAGES.index(row["language"])] = row["accuracy"]
    with figure_style():
        figure = Figure(figsize=(5.4, 5.2))
        axis = figure.subplots()
        _heat_map(figure, axis, cells)
        axis.set_yticks(range(len(names)), [study.declaration.label(name) for name in names])
        axis.set_ylabel("learnt from")
        axis.set_title("Accuracy in each language")
        for place, name in enumerate(names):
            if name.startswith("without_"):
                at = LANGUAGES.index(name.removeprefix("without_"))
                axis.plot([at - 0.46, at + 0.46], [place + 0.4] * 2, color="white", linewidth=1.6)
                axis.plot([at - 0.46, at + 0.46], [place + 0.4] * 2, color="black", linewidth=0.8)
    save(figure, folder, "transfer")
    (folder / "transfer.csv").write_text(as_csv(rows, []), encoding="utf-8")
    return ["transfer"]


def say(study: Study) -> str:
    """Return what each language loses where it was not learnt from."""
    rows = study.further.get("left_out", [])
    if not rows:
        return ""
    lines = [
        f"- {row['language']}: {row['without']:.3f} without it, {row['with']:.3f} with it: {row['difference']:+.3f} "
        f"[{row['low']:+.3f}, {row['high']:+.3f}], {_verdict(row)}"
        for row in rows
    ]
    head = f"## A language that was not learnt from\n\nA loss of up to {MARGIN:g} in accuracy is accepted.\n\n"
    return head + "\n".join(lines)


def _verdict(row: Row) -> str:
    if row["low"] > -MARGIN:
        return "within the margin"
    return "beyond the margin" if row["high"] < -MARGIN else "undecided"


def _of_language(columns: Columns, code: str) -> dict[str, NDArray[np.str_]]:
    own = columns["lang"] == code
    return {name: columns[name][own] for name in ("truth", "predicted", "group")}


def _heat_map(figure: Figure, axis: Axes, cells: NDArray[np.float64]) -> None:
    low, high = float(np.nanmin(cells)), float(np.nanmax(cells))
    image = axis.imshow(cells, cmap="cividis", vmin=low, vmax=high, aspect="auto")
    for place, value in np.ndenumerate(cells):
        colour = "white" if value < (low + high) / 2 else "black"
        axis.text(place[1], place[0], f"{value:.3f}", ha="center", va="center", color=colour)
    axis.set_xticks(range(len(LANGUAGES)), LANGUAGES)
    axis.set_xlabel("asked in; underlined: not learnt from")
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    figure.colorbar(image, ax=axis, label="accuracy")
