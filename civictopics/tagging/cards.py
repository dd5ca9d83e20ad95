"""Model cards in the form of the Hugging Face Hub; every number comes from a result file."""

from collections.abc import Mapping
from typing import Any

_FURTHER = {
    "meeting-type": " Beside it, short invented reports in the five languages, written without sight of the corpus to "
    "be hard, and invented openings of Vietnamese news; neither is among the articles of the tables below.",
}
"""What else the models are trained on."""

_HEADS = {
    "meeting-type": (
        "Meeting types of Vietnamese political news",
        "text-classification",
        "Tags the kind of meeting that a news article reports (14 values, `none` among them) in Vietnamese, English, "
        "Swedish, Russian and Arabic. A multinomial logistic regression over cues and terms that mean the same in the "
        "five languages (what is held, by whom, over which span), hashed word n-grams of headline, lead and sentences "
        "that tell of the event, and where they stand; translations are drawn together in training.",
    ),
    "theme-flags": (
        "Themes of Vietnamese political news",
        "text-classification",
        "Tells which of four themes (emulation, mass mobilisation, Tet security, Party building) a passage is about "
        "and which of them an article treats in substance. Logistic regressions over seed phrases, words, and what "
        "the neighbouring passages are about.",
    ),
}


def model_card(
    task: str,
    results: Mapping[str, Any] | None,
    real: Mapping[str, Any] | None = None,
    hard: Mapping[str, Any] | None = None,
) -> str:
    """Return a card.

    Parameters
    ----------
    task : {"meeting-type", "theme-flags"}
    results : mapping, optional
        Scores by grouped cross-validation, as in the result files; the card says so where there are none.
    real : mapping, optional
        Scores on real Vietnamese articles.
    hard : mapping, optional
        Scores on invented reports written to be hard, as in ``results/hard-reports.json``.
    """
    title, kind, what = _HEADS[task]
    lines = [
        "---",
        "license: mit",
        "language: [vi, en, sv, ru, ar]",
        f"pipeline_tag: {kind}",
        "library_name: civictopics",
        "---",
        f"# {title}",
        "",
        what,
        "",
        "## Use",
        "",
        "It is inside the package `civictopics` and used by `civictopics run`. Loading it executes no code: the "
        "weights are numbers in the safetensors format, everything else is JSON, and digests are checked.",
        "",
        "## Training data",
        "",
        "The reference corpus of the package: invented events, each told in the five languages and labelled by the "
        f"codebook. `manifest.json` holds its digest and size.{_FURTHER.get(task, '')}",
        "",
        "## Scores",
        "",
    ]
    lines += scores_table("Grouped five-fold cross-validation on the reference corpus", results)
    lines += scores_table("Real Vietnamese articles, never trained on, looked at while features were chosen", real)
    lines += [
        "## Limits",
        "",
        "The corpus is invented. Real articles in the four other languages were not available for measuring. "
        "An article that mentions a meeting only in passing is the commonest error.",
        "",
        *_hard(hard),
    ]
    return "\n".join(lines)


def _hard(found: Mapping[str, Any] | None) -> list[str]:
    """Return what a tagger makes of reports that it did not learn from and that were written to be hard."""
    if found is None:
        return []
    score = found["from the corpus and other reports"]["all"]
    return [
        f"On {found['reports']} invented reports that were written to be hard (a meeting named once and late, a review "
        "that only its span tells apart, what looks like a meeting and is none), each tagged by models that had "
        f"learnt from others of them, accuracy is {score['value']:.3f} [{score['low']:.3f}, {score['high']:.3f}]. "
        "Read what `check` names.",
        "",
    ]


def scores_table(caption: str, results: Mapping[str, Any] | None) -> list[str]:
    """Return a table of scores with their intervals, as the lines of a card."""
    if not results:
        return [f"{caption}: not measured.", ""]
    rows = [f"| {name} | {_value(value)} |" for name, value in results["scores"].items()]
    return [
        f"{caption} ({results['articles']} articles, {results['groups']} groups):",
        "",
        "| score | value (95 % interval) |",
        "|---|---|",
        *rows,
        "",
    ]


def _value(value: Mapping[str, float]) -> str:
    if "low" not in value:
        return f"{value['value']:.3f}"
    return f"{value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})"
