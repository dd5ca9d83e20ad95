"""How far two codings of the same events agree: writes ``results/label-agreement.json`` and fills the datasheet."""

import json
from pathlib import Path

from civictopics.evaluation.alpha import krippendorff_alpha
from civictopics.themes.guided import GUIDED_THEMES
from experiments.describe_corpus import fill

ROOT = Path(__file__).resolve().parent.parent
CODINGS = ROOT / "data" / "double-labels.jsonl"
RESULT = ROOT / "results" / "label-agreement.json"
N_RESAMPLES = 500
FIELDS = ("main_theme", "meeting_type", "period_kind", "period", "plan")


def units() -> dict[str, list[tuple[str, list[str]]]]:
    """Return, for each field, the group and the two labels of every unit."""
    rows = [json.loads(line) for line in CODINGS.read_text(encoding="utf-8").splitlines()]
    pairs: dict[str, dict[str, dict[str, object]]] = {}
    for row in rows:
        row["period"] = f"{row['period_start']}/{row['period_end']}"
        row["plan"] = f"{row['plan_start']}/{row['plan_end']}"
        pairs.setdefault(row["group"], {})[row["coder"]] = row
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for group, coded in pairs.items():
        both = [coded["first"], coded["second"]]
        for name in FIELDS:
            found.setdefault(name, []).append((group, [str(row[name]) for row in both]))
        for theme in GUIDED_THEMES:
            found.setdefault(theme, []).append((group, [str(theme in row["themes"]) for row in both]))
        for labels in zip(*(row["passage_themes"] for row in both), strict=True):
            found.setdefault("theme of a passage", []).append((group, list(labels)))
    return found


def measure() -> dict[str, dict[str, float]]:
    """Return alpha with its interval, and the share of equal labels, by field."""
    record = {}
    for name, labelled in units().items():
        alpha = krippendorff_alpha(
            [labels for _, labels in labelled], groups=[group for group, _ in labelled], n_resamples=N_RESAMPLES
        )
        record[name] = {
            "units": len(labelled),
            "equal": round(sum(first == second for _, (first, second) in labelled) / len(labelled), 4),
            "alpha": round(alpha.value, 4),
            "low": round(alpha.low, 4),
            "high": round(alpha.high, 4),
        }
    return record


def as_text(record: dict[str, dict[str, float]]) -> str:
    """Return the agreement as the datasheet tells it."""
    rows = [
        f"| {name} | {found['units']} | {found['equal']:.3f} | {found['alpha']:.3f} "
        f"| {found['low']:.3f} to {found['high']:.3f} |"
        for name, found in record.items()
    ]
    events = record["meeting_type"]["units"]
    return "\n".join(
        [
            f"{events} events were labelled a second time, blind, from the English text and the codebook alone "
            "(`data/double-labels.jsonl` has both codings as they were before they were settled). "
            "Krippendorff's alpha, with 95 % intervals from resampled events:",
            "",
            "| field | units | equal | alpha | interval |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
            "The coders were alike, and one of them knew the plan that the events were written for: read these as an "
            "upper bound. Most of what differed were passages without a theme of their own (attendance, closing "
            "scenes), which the codebook does not rule on.",
            "",
            "How the codebook was read where the codings differed: a review of one drive or pilot with dates of its "
            "own is `campaign_review`; figures since the start of the last lunar month, or of the days of Tet, are a "
            "reporting period of kind `other` without dates; handing out commendations of a movement is `emulation`.",
        ]
    )


def main() -> None:
    """Measure, and write the result and the datasheet."""
    record = measure()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    sheet = ROOT / "data" / "README.md"
    sheet.write_text(fill(sheet.read_text(encoding="utf-8"), {"agreement": as_text(record)}), encoding="utf-8")
    print(as_text(record))


if __name__ == "__main__":
    main()
