"""What the study of themes says in words and tables, beside the scores."""

from civictopics.report.style import label
from civictopics.study.assembling import Study
from civictopics.study.cells import ALL
from civictopics.study.summary import Row
from civictopics.study.tables import as_markdown
from civictopics.themes.names import GUIDED_THEMES


def say(study: Study) -> str:
    """Return Markdown: how many themes, what their words are worth, names, flags, stability, agreement."""
    parts = [_numbers(study), _named(study), _flags(study), _stability(study), _agreement(study)]
    return "\n\n".join(part for part in parts if part)


def _numbers(study: Study) -> str:
    body = []
    for row in study.runs:
        body.append(
            [
                f"{study.declaration.label(row['method'])} (seed {row['seed']})",
                row["data_set"],
                f"{row['n_themes']:.0f}",
                f"{row['unassigned']:.1%}",
                *(f"{row[name]:.3f}" for name in ("c_npmi", "c_v", "diversity", "exclusivity")),
                f"{row['seconds']:.1f}",
            ]
        )
    head = ["method", "data set", "themes", "unassigned", "c_npmi", "c_v", "diversity", "exclusivity", "seconds"]
    return (
        "## Themes and their words\n\nThe ten strongest words of each theme by c-TF-IDF, coherence by the exact "
        "variant, mean of the languages. Coherence ranks methods otherwise than agreement with labels does: many small "
        "themes have coherent words.\n\n" + as_markdown(head, body)
    )


def _named(study: Study) -> str:
    rows = study.further.get("named", [])
    if not rows:
        return ""
    languages = list(dict.fromkeys(row["language"] for row in rows))
    body = [
        [
            study.declaration.label(method),
            *(_value(next(row for row in rows if row["method"] == method and row["language"] == c)) for c in languages),
        ]
        for method in dict.fromkeys(row["method"] for row in rows)
    ]
    return (
        "## Passages with the right name\n\nShare of passages of held-out events whose theme (five values) is named "
        "rightly, with intervals over events.\n\n" + as_markdown(["method", *languages], body)
    )


def _flags(study: Study) -> str:
    rows = study.further.get("flags", [])
    if not rows:
        return ""
    body = [
        [
            f"{row['data_set']}, {row['language']}",
            *(
                _value(other)
                for flag in ("macro", *GUIDED_THEMES)
                for other in rows
                if other["flag"] == flag
                and (other["data_set"], other["language"]) == (row["data_set"], row["language"])
            ),
        ]
        for row in rows
        if row["flag"] == "macro" and (row["language"] != ALL or row["data_set"] == "passages")
    ]
    return (
        "## Flags of articles\n\nF1 of the themes that articles treat in substance, by the guided themes; on real "
        "articles by the shipped weights.\n\n" + as_markdown(["articles", "macro", *map(label, GUIDED_THEMES)], body)
    )


def _stability(study: Study) -> str:
    rows = study.further.get("stability", [])
    if not rows:
        return ""
    body = [
        [
            f"{row['data_set']}, {study.declaration.label(row['method'])}, {row['theme']}",
            row["passages"],
            _value(row),
            row["verdict"],
        ]
        for row in rows
    ]
    return (
        "## Do discovered themes come back?\n\nOverlap of each theme with its counterpart when groups are resampled "
        "and the seed changes, adjusted for chance: 1 is the same passages. Below 0.5 a theme is reported as unstable, "
        "not as found.\n\n" + as_markdown(["theme", "passages", "stability", "verdict"], body)
    )


def _agreement(study: Study) -> str:
    rows = study.further.get("article_agreement", [])
    if not rows:
        return ""
    body = []
    for method, kind in dict.fromkeys((row["method"], row["of"]) for row in rows):
        own = [row for row in rows if (row["method"], row["of"]) == (method, kind)]
        least = min(own, key=lambda row: row["value"])
        mean = sum(row["value"] for row in own) / len(own)
        name = f"{study.declaration.label(method)}, {kind}"
        body.append([name, f"{mean:.3f}", f"{least['first']}-{least['second']}", _value(least)])
    return (
        "## Do translations of an article get the same themes?\n\n"
        + as_markdown(["method", "mean of the pairs", "lowest pair", "its share"], body)
        + "\n\nAll pairs are in `article_agreement.csv`."
    )


def _value(row: Row) -> str:
    return f"{row['value']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"
