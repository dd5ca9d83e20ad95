"""The card of a tagger that was trained on a researcher's own labels, in the form of the Hugging Face Hub."""

import json
from collections.abc import Mapping
from typing import Any

from civictopics.tagging.cards import scores_table
from civictopics.tagging.store import StoredModel

_METRICS = {"accuracy": "accuracy", "macro-F1": "f1"}


def own_card(model: StoredModel, evaluation: Mapping[str, Any]) -> str:
    """Return a card whose numbers are those of the evaluation.

    Parameters
    ----------
    model : StoredModel
    evaluation : mapping
        From `measure`.
    """
    training = model.training
    how = "chosen among " + ", ".join(evaluation["methods"]) if len(evaluation["methods"]) > 1 else "given beforehand"
    lines = [
        *_front_matter(model, evaluation),
        f"# {_plain(model.task)}",
        "",
        f"Gives a text one of {len(model.labels)} labels with a calibrated probability: "
        + ", ".join(f"`{_plain(label)}`" for label in model.labels)
        + ".",
        "",
        "## Use",
        "",
        "```python",
        "from civictopics import load_tagger",
        "",
        'tagger = load_tagger("this-folder")',
        "tagger.predict(texts, titles, languages)",
        "```",
        "",
        "or `civictopics tag this-folder articles.jsonl --out tags.csv`. Loading it executes no code: the weights are "
        "numbers in the safetensors format, everything else is JSON, and digests are checked.",
        "",
        "## Training data",
        "",
        f"{training['articles']} texts in {training['groups']} groups (a text and its translations are one group) in "
        f"{', '.join(model.languages)}, from a file with the SHA-256 `{training['revision']}`. "
        "The probes in `probes.json` are invented texts, not those trained on.",
        "",
        "| label | texts | F1 |",
        "|---|---|---|",
        *[f"| {_plain(label)} | {row['articles']} | {row['F1']:.3f} |" for label, row in evaluation["labels"].items()],
        "",
        "## Scores",
        "",
        f"Nested cross-validation over groups, {evaluation['folds']} folds, seed {evaluation['seed']}: for each fold "
        "the method was chosen and the probabilities were calibrated without it.",
        "",
        *scores_table("Out of fold", evaluation),
        f"Method: `{evaluation['method']}`, {how}, by macro-F1; for the folds: "
        + ", ".join(f"`{name}`" for name in evaluation["method_of_fold"])
        + ".",
        "",
        *scores_table("Macro-F1 of each method alone", {**evaluation, "scores": evaluation["methods"]}),
        *[f"`{name}` was left out: {_plain(reason)}." for name, reason in evaluation["left_out"].items()],
        "## Limits",
        "",
        "The scores hold for texts of the kind that it was trained on, in the languages above. Articles in other "
        "languages are refused unless asked for.",
        "",
    ]
    return "\n".join(lines)


def _front_matter(model: StoredModel, evaluation: Mapping[str, Any]) -> list[str]:
    metrics = [
        f"    - {{type: {kind}, name: {json.dumps(name)}, value: {evaluation['scores'][name]['value']}}}"
        for name, kind in _METRICS.items()
    ]
    name = json.dumps(model.task, ensure_ascii=False)
    return [
        "---",
        f"language: [{', '.join(json.dumps(code) for code in model.languages)}]",
        "pipeline_tag: text-classification",
        "library_name: civictopics",
        "model-index:",
        f"- name: {name}",
        "  results:",
        "  - task: {type: text-classification}",
        f"    dataset: {{type: private, name: {name}, revision: {json.dumps(model.training['revision'])}}}",
        "    metrics:",
        *metrics,
        "---",
    ]


def _plain(value: str) -> str:
    """Return text that cannot end a table cell or open markup."""
    return "".join(" " if sign in "|<>`[]\n\r" else sign for sign in value)
