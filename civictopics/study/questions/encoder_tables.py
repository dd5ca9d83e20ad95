"""Tables and sentences of the question of encoders: pairs of languages, themes learnt in English, folds."""

from collections.abc import Mapping, Sequence

import numpy as np

from civictopics.evaluation.bootstrap import Interval, Resampled
from civictopics.evaluation.classification import macro_f1
from civictopics.evaluation.scores import CountScore
from civictopics.languages import LANGUAGES
from civictopics.study.assembling import Study
from civictopics.study.declaration import Declaration
from civictopics.study.predictions import Columns
from civictopics.study.questions.encoder import PAIRS, THEMES, pair_score, retrieval
from civictopics.study.summary import Row
from civictopics.study.tables import as_markdown, with_interval

_SOURCE = "en"


def further(
    declaration: Declaration, data_set: str, predictions: Mapping[str, Sequence[Columns]]
) -> dict[str, list[Row]]:
    """Return the rows of ``pairs``, ``themes`` and ``folds``, as far as the predictions have what they need."""
    found: dict[str, list[Row]] = {}
    for method, runs in predictions.items():
        columns = runs[0]
        common = {"data_set": data_set, "method": method}
        if "hit_en" in columns:
            found.setdefault("pairs", []).extend({**common, **row} for row in pair_rows(declaration, columns))
        if "theme" in columns:
            found.setdefault("themes", []).extend({**common, **row} for row in theme_rows(declaration, columns))
        if "fold" in columns:
            found.setdefault("folds", []).extend({**common, **row} for row in fold_rows(columns))
    return found


def pair_rows(declaration: Declaration, columns: Columns) -> list[Row]:
    """Return how often translations were found first, for each ordered pair of languages."""
    scores = [pair_score(columns, first, second) for first, second in PAIRS]
    resampled = Resampled(scores, columns["group"], declaration.level, "bca", declaration.resamples)
    rows = []
    for place, (first, second) in enumerate(PAIRS):
        interval = resampled.interval([float(place == other) for other in range(len(PAIRS))])
        texts = int((columns["lang"] == first).sum())
        rows.append({"first": first, "second": second, **_plain(interval), "texts": texts})
    return rows


def theme_rows(declaration: Declaration, columns: Columns) -> list[Row]:
    """Return for each language the macro-F1 of themes learnt in English, its share of the English one, and losses.

    What is lost is the macro-F1 before the language was removed from the vectors, less that after.
    """
    plain, neutral = (macro_f1(columns["truth"], columns[name], THEMES) for name in ("theme", "theme_neutral"))
    rows = []
    for code in LANGUAGES:
        own = plain.where(columns["lang"] == code)
        share = _share(own, plain.where(columns["lang"] == _SOURCE))
        scores = [own, share, neutral.where(columns["lang"] == code)]
        resampled = Resampled(scores, columns["group"], declaration.level, "bca", declaration.resamples)
        rows.append(
            {
                "language": code,
                **_plain(resampled.interval([1.0, 0.0, 0.0])),
                **_plain(resampled.interval([0.0, 1.0, 0.0]), "share_of_english"),
                **_plain(resampled.interval([1.0, 0.0, -1.0]), "lost_by_neutralising"),
            }
        )
    return rows


def fold_rows(columns: Columns) -> list[Row]:
    """Return the figures of each fold: among how many passages, and the worst pair of languages."""
    rows = []
    for fold in np.unique(columns["fold"]).tolist():
        part = {name: values[columns["fold"] == fold] for name, values in columns.items()}
        found = {pair: pair_score(part, *pair).of_all() for pair in PAIRS}
        few = {pair: pair_score(part, *pair, "few").of_all() for pair in PAIRS}
        worst = min(found, key=lambda pair: found[pair])
        rows.append(
            {
                "fold": fold,
                "passages": int((part["lang"] == _SOURCE).sum()),
                "groups": len(np.unique(part["group"])),
                "retrieval": round(retrieval(part).of_all(), 6),
                "worst_pair": round(found[worst], 6),
                "which": "-".join(worst),
                "retrieval_among_140": round(float(np.mean(list(few.values()))), 6),
                "worst_pair_among_140": round(min(few.values()), 6),
            }
        )
    return rows


def say(study: Study) -> str:
    """Return the tables as Markdown, for the first method of each data set, and for all where themes are compared."""
    parts = []
    for data_set, method in first_methods(study):
        found = {
            (row["first"], row["second"]): f"{row['value']:.3f}"
            for row in study.further["pairs"]
            if (row["data_set"], row["method"]) == (data_set, method)
        }
        parts.append(f"## Pairs of languages: `{data_set}`, {study.declaration.label(method)}")
        parts.append("Share of the texts in the first language whose translation into the second is found first.")
        body = [[first, *(found.get((first, second), "") for second in LANGUAGES)] for first in LANGUAGES]
        parts.append(as_markdown(["from", *LANGUAGES], body))
    for data_set in dict.fromkeys(row["data_set"] for row in study.further.get("themes", [])):
        parts.extend(_themes_text(study, data_set))
    folds = study.further.get("folds", [])
    if folds:
        parts.append("## Folds")
        parts.append("Each fold for itself, without intervals; they are no further data sets.")
        head = [name for name in folds[0] if name != "data_set"]
        rows = [row for row in folds if row["data_set"] == folds[0]["data_set"]]
        parts.append(
            as_markdown(
                [name.replace("_", " ") for name in head],
                [[_cell(study, name, row[name]) for name in head] for row in rows],
            )
        )
    return "\n\n".join(parts)


def _cell(study: Study, name: str, value: float | str) -> str:
    if name == "method":
        return study.declaration.label(str(value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _themes_text(study: Study, data_set: str) -> list[str]:
    rows = [row for row in study.further["themes"] if row["data_set"] == data_set]
    body = []
    for method in dict.fromkeys(row["method"] for row in rows):
        own = {row["language"]: row for row in rows if row["method"] == method}
        shares = [_interval_of(own[code], "share_of_english") for code in LANGUAGES if code != _SOURCE]
        body.append([study.declaration.label(method), with_interval(own[_SOURCE]), *shares])
    others = [code for code in LANGUAGES if code != _SOURCE]
    return [
        f"## Themes learnt in English: `{data_set}`",
        "Macro-F1 of passages in English, and that of the other languages as a share of it.",
        as_markdown(["method", "English", *others], body),
    ]


def first_methods(study: Study) -> list[tuple[str, str]]:
    """Return each data set with pairs and its first method, but for those whose method stands for another already."""
    found: dict[str, str] = {}
    for row in study.further.get("pairs", []):
        found.setdefault(row["data_set"], row["method"])
    methods = list(found.values())
    return [
        (data_set, method) for place, (data_set, method) in enumerate(found.items()) if method not in methods[:place]
    ]


def _share(own: CountScore, english: CountScore) -> CountScore:
    width = own.rows.shape[1]
    return CountScore(
        np.hstack([own.rows, english.rows]),
        lambda sums: own.value(sums[..., :width]) / english.value(sums[..., width:]),
    )


def _plain(interval: Interval, name: str = "") -> Row:
    names = (name, f"{name}_low", f"{name}_high") if name else ("value", "low", "high")
    numbers = (interval.value, interval.low, interval.high)
    return {key: round(float(number), 6) for key, number in zip(names, numbers, strict=True)}


def _interval_of(row: Row, name: str) -> str:
    return with_interval({"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]})
