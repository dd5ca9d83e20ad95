"""From labelled texts to a packaged tagger: choose, measure, train on all, calibrate, write the folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from civictopics import __version__
from civictopics.corpus.reference import load_corpus
from civictopics.errors import UsageError
from civictopics.languages import LANGUAGES
from civictopics.tagging.building import save_with_probes
from civictopics.tagging.calibration import apply_temperatures, risk_thresholds
from civictopics.tagging.own_card import own_card
from civictopics.tagging.store import shipped_models
from civictopics.tagging.stored_tagger import StoredTagger
from civictopics.tagging.training.choosing import choose, temperatures_of
from civictopics.tagging.training.examples import Examples
from civictopics.tagging.training.measuring import measure
from civictopics.tagging.training.trials import MAJORITY, TRAINABLE, frozen_model, gather

EVALUATION = "evaluation.json"
_PROBES = 20


@dataclass(frozen=True, slots=True)
class TrainedTagger:
    """A tagger that was just trained.

    Attributes
    ----------
    tagger : StoredTagger
        It answers exactly as one loaded from the folder.
    evaluation : dict
        As in ``evaluation.json``: counts, scores with intervals, methods, labels.
    out_of_fold : array, shape (n_texts, n_classes)
        Calibrated probabilities for each text from models that did not see its group.
    """

    tagger: StoredTagger
    evaluation: dict[str, Any]
    out_of_fold: np.ndarray[tuple[int, int], np.dtype[np.float64]]


def train_tagger(
    examples: Examples,
    folder: Path,
    task: str,
    methods: Sequence[str] = (),
    n_folds: int = 5,
    seed: int = 0,
    processes: int = 1,
) -> TrainedTagger:
    """Train a tagger and write its model folder.

    Parameters
    ----------
    examples : Examples
        From `read_examples`.
    folder : Path
        A new folder.
    task : str
        What the labels are called.
    methods : sequence of str, optional
        Those to choose among; all by default. With one there is nothing to choose.
    n_folds, seed : int
        Of the cross-validation.
    processes : int
        Worker processes; the folder does not depend on it.

    Raises
    ------
    UsageError
        If there is no such method, or `task` is the name of a shipped model.
    InputError
        If no method can learn from the texts.

    References
    ----------
    Guo, C. et al. (2017). On calibration of modern neural networks. ICML: probabilities are
    scores out of fold, divided by one temperature per language.
    """
    names = _methods(methods)
    if not task.strip() or task in shipped_models():
        raise UsageError(f"a model cannot be called {task!r}; choose another --name")
    material = gather(examples, names)
    choice = choose(material, names, n_folds, seed, processes)
    evaluation = {"task": task, "seed": seed, **measure(material, choice)}
    everything = np.arange(len(material.labels))
    bare = frozen_model(choice.method, everything, material, task)
    temperatures = temperatures_of(choice.scores[choice.method], everything, material)
    chances = apply_temperatures(choice.scores[choice.method], material.languages, temperatures)
    classes = np.searchsorted(np.array(material.classes), material.labels)
    thresholds = risk_thresholds(chances, classes, np.ones(len(classes)))
    config = {**bare.config, "temperatures": temperatures, "thresholds": thresholds}
    training = {
        "revision": examples.digest,
        "source": examples.source,
        "articles": len(material.labels),
        "groups": len(set(material.groups)),
        "seed": seed,
        "method": choice.method,
        "civictopics": __version__,
    }
    model = replace(bare, config=config, training=training, probes=invented_probes(bare.languages))
    card = own_card(model, evaluation)
    stored = save_with_probes(model, folder, card, {EVALUATION: evaluation})
    return TrainedTagger(StoredTagger(stored), evaluation, choice.probabilities)


def invented_probes(languages: Sequence[str]) -> list[dict[str, Any]]:
    """Return texts to check a model by: invented ones, so that no text trained on is passed on with the model."""
    known = [code for code in LANGUAGES if code in languages] or list(LANGUAGES)
    articles = load_corpus().articles(known)
    chosen = articles[:: len(articles) // _PROBES + 1]
    return [{"title": item.title, "text": item.text, "language": item.lang} for item in chosen]


def _methods(methods: Sequence[str]) -> tuple[str, ...]:
    legal = (*TRAINABLE, MAJORITY)
    for name in methods:
        if name not in legal:
            raise UsageError(f"no method {name!r} to train; legal values: {', '.join(legal)}")
    wanted = set(methods) or set(TRAINABLE)
    return tuple(name for name in legal if name in wanted)
