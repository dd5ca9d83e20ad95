"""Build the shipped taggers with their cards, whose numbers are those of the studies in ``results/``.

python experiments/train_taggers.py    # writes civictopics/pretrained/{meeting-type,theme-flags}
"""

import csv
import json
from pathlib import Path
from typing import Any

from civictopics import load_corpus
from civictopics.study.declaration import load_declaration
from civictopics.study.registry import QUESTIONS
from civictopics.tagging import building
from civictopics.tagging.cards import model_card
from civictopics.tagging.store import shipped_models

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results"
HARD = RESULTS / "hard-reports.json"
MODELS = (
    ("meeting-type", building.build_meeting_types, "combination"),
    ("theme-flags", building.build_theme_flags, "supervised"),
)
"""Task, what builds it, and the method of the study of that name."""


def main() -> None:
    """Write the model folders, and check them by their probes."""
    corpus = load_corpus()
    home = ROOT / "civictopics" / "pretrained"
    for task, build, method in MODELS:
        hard = json.loads(HARD.read_text(encoding="utf-8")) if task == "meeting-type" and HARD.is_file() else None
        card = model_card(task, scores(task, "corpus", method), scores(task, "real_vi", method), hard)
        build(corpus, home / task, card)
        print(task, building.verify_model(shipped_models()[task], task), "probes reproduced")


def scores(study: str, data_set: str, method: str) -> dict[str, Any] | None:
    """Return the scores of a method as a card shows them; None where the study has not been run."""
    rows = [row for row in _table(study, "scores") if (row["data_set"], row["method"]) == (data_set, method)]
    if not rows:
        return None
    declaration = load_declaration(ROOT / "experiments" / f"{study}.toml")
    metrics = QUESTIONS[declaration.question].metrics
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        whole = row["language"] == "all"
        if whole or row["metric"] == declaration.metrics[0]:
            name = metrics[row["metric"]].label + ("" if whole else f", {row['language']}")
            found[name] = {part: float(row[part]) for part in ("value", "low", "high") if row[part]}
    pairs = [row for row in _table(study, "agreement") if (row["data_set"], row["method"]) == (data_set, method)]
    if pairs:
        values = [float(row["value"]) for row in pairs]
        found["the same in two languages, mean of the pairs"] = {"value": sum(values) / len(values)}
        found["the same in two languages, lowest pair"] = {"value": min(values)}
    counts = next(row for row in rows if row["language"] == "all")
    return {"articles": int(counts["units"]), "groups": int(counts["groups"]), "scores": found}


def _table(study: str, name: str) -> list[dict[str, str]]:
    path = RESULTS / study / "tables" / f"{name}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
