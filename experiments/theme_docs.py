"""Write the section 'Measured' of docs/themes.md from the files in results/themes."""

import csv
import json
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from civictopics.report.style import label
from civictopics.study.declaration import load_declaration

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results" / "themes"
PAGE = ROOT / "docs" / "themes.md"
HEAD = "## Measured"


def known_labels() -> list[str]:
    """Return the table of agreement with known labels."""
    declared = load_declaration(ROOT / "experiments" / "themes.toml")
    runs = {(row["data_set"], row["method"]): row for row in _table("runs")}
    lines = [
        "**Known labels.** Normalised mutual information with the labels, 95% interval over groups. Passages: five "
        "values, five languages; guided themes and learnt flags are of held-out events. BBC News: five sections, "
        "vectors of English MiniLM. Real articles: ten main themes.",
        "",
        "| method | data set | NMI | themes found | in none |",
        "|---|---|---:|---:|---:|",
    ]
    for row in _table("scores"):
        if (row["metric"], row["language"]) == ("nmi", "all"):
            run = runs[row["data_set"], row["method"]]
            value = _interval([float(row[name]) for name in ("value", "low", "high")])
            none = f"{float(run['unassigned']):.1%}"
            name = declared.label(row["method"])
            lines.append(f"| {name} | {row['data_set']} | {value} | {float(run['n_themes']):.0f} | {none} |")
    return lines


def guided() -> list[str]:
    """Return what is measured of the guided themes."""
    held_out = _json("held-out-groups")["without_vectors"]
    lines = [
        "**Guided themes on held-out events** (five folds by event), as the main job runs them, without vectors:",
        "",
        "| language | passages with the right name | macro-F1 of the flags |",
        "|---|---:|---:|",
    ]
    for code, row in held_out["languages"].items():
        lines.append(f"| {code} | {_interval(row['passage_accuracy'])} | {_interval(row['flags_macro_f1'])} |")
    same = [value[0] for value in held_out["same_flags"].values()]
    real = _json("real-articles")
    plain = real["without_vectors"]["real_vi"]
    flags = ", ".join(f"{label(name)} {value:.3f}" for name, value in plain["flags_f1"].items())
    alarms = real["without_vectors"]["other_news_false_alarms"]
    return [
        *lines,
        "",
        f"Two translations of an article get the same set of flags in {min(same):.3f} to {max(same):.3f} of the cases, "
        "by pair of languages.",
        "",
        f"**Real Vietnamese articles** (119, never learnt from): macro-F1 of the flags "
        f"{_interval(plain['flags_macro_f1'])}; {flags}; main theme right in {plain['main_theme_accuracy']:.3f}. "
        "The classes of mistakes on these articles led to the invented news in `data/themes`, so this flatters. With "
        f"vectors it is {real['with_vectors']['real_vi']['flags_macro_f1'][0]:.3f}: the main job leaves them out. "
        "Of 150 "
        f"articles of other news in each language, {', '.join(f'{n[0]} ({code})' for code, n in alarms.items())} get a "
        "flag.",
    ]


def speed() -> list[str]:
    """Return what is measured of speed."""
    times = _json("speed")
    text = (
        f"**Speed.** {times['n_passages']:,} passages with ready vectors take {times['with_vectors']['cpu_seconds']} "
        f"seconds of one core; {times['megabytes_with_texts_and_vectors']} MB with texts and vectors."
    )
    if rival := times.get("bertopic"):
        text += (
            f" On {rival['n_passages']:,} of them, in the same run, BERTopic {rival['version']} as it comes takes "
            f"{rival['bertopic']['cpu_seconds']} seconds of processor time and the guided themes "
            f"{rival['guided']['cpu_seconds']}: {rival['ratio_of_cpu_seconds']} times as much "
            f"({rival['ratio_of_wall_seconds']} times by the clock)."
        )
    return [text]


def section() -> str:
    """Return the section."""
    lines = [
        HEAD,
        "",
        "All of this is made by `civictopics experiment experiments/themes.toml`, `python experiments/train_themes.py "
        "--measure` and `python experiments/theme_speed.py --peers`, and written here by `python "
        "experiments/theme_docs.py`. Comparisons in words are in `results/themes/tables/results.md`.",
        "",
        *known_labels(),
        "",
        "On these passages no discovering method comes near the four themes: methods on words find languages, and the "
        "stable clusters of vectors cut across the themes. Stable is not the same as meant. On BBC News, one language "
        "and five far subjects, k-means on vectors is as good as any, the number of themes is found by stability, "
        "and nothing is left over.",
        "",
        *guided(),
        "",
        *speed(),
    ]
    return "\n".join(_wrapped(lines)) + "\n"


def main() -> int:
    """Write the section."""
    text = PAGE.read_text(encoding="utf-8").partition(HEAD)[0]
    PAGE.write_text(text + section(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


def _wrapped(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        whole = not line or line.startswith("|")
        found += [line] if whole else textwrap.wrap(line, 120, break_on_hyphens=False, break_long_words=False)
    return found


def _interval(values: Sequence[float]) -> str:
    value, low, high = values
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def _table(name: str) -> list[dict[str, str]]:
    with (RESULTS / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _json(name: str) -> Any:  # noqa: ANN401 - what the file holds
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
