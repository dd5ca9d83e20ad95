"""Guided themes of events that they were not learned from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from civictopics.corpus.reference import Event, load_corpus
from civictopics.evaluation.splits import group_folds
from civictopics.study.aligned_texts import data_folder
from civictopics.themes.articles import decide_flags, passage_means
from civictopics.themes.context import forward
from civictopics.themes.material import CLASSES, Material, event_targets, prepare
from civictopics.themes.names import GUIDED_THEMES
from civictopics.themes.training import Learned, article_inputs, learn, seasonal, unit_features, view_scores

_NEWS_COUNTS = 4


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What models that have not seen an event say of it.

    Attributes
    ----------
    passages : dict of str to str
        Theme of each passage ``GROUP.LANGUAGE.PLACE``.
    flags : dict of str to str
        Themes of each article ``GROUP.LANGUAGE``, joined by ``;``.
    """

    passages: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)


def read_held_out(events: Sequence[Event], languages: Sequence[str], n_folds: int, seed: int = 0) -> HeldOut:
    """Learn as the shipped weights are learned, but for vectors, and read each fold by what the others taught."""
    news = tuple(load_corpus(data_folder() / "themes"))
    every = [*events, *news]
    materials = [prepare(every, language, data_folder() / "phrasebook") for language in languages]
    flags, main = event_targets(every)
    names = [event.group for event in every]
    fold_of = np.array(group_folds(names, [event.main_theme for event in every], n_folds, seed))
    counts = np.array([1] * len(events) + [_NEWS_COUNTS] * len(news))
    found = HeldOut()
    for fold in range(n_folds):
        learned = learn(materials, flags, main, fold_of != fold, counts=counts)
        for material in materials:
            _read(material, learned, every, [number for number in range(len(events)) if fold_of[number] == fold], found)
    return found


def _read(material: Material, learned: Learned, events: Sequence[Event], chosen: list[int], found: HeldOut) -> None:
    scores = view_scores(material, learned.tables[material.language].astype(np.float32), None, None)
    said = {}
    for name in ("aligned", "cut"):
        view = material.views[name]
        chances = seasonal(view, scores[name], forward(unit_features(view, scores[name]), learned.networks["passage"]))
        if name == "aligned":
            said["passages"] = passage_means(chances, view.batch).argmax(axis=1)
        else:
            substance, _ = article_inputs(view, scores[name], chances)
            said["flags"] = decide_flags(substance, *learned.networks["flags"][0]) >= 0.5
    starts = np.cumsum([0, *(len(events[number].passages) for number in material.views["cut"].events)])
    for number in chosen:
        article = f"{events[number].group}.{material.language}"
        there = said["flags"][number]
        found.flags[article] = ";".join(theme for theme, flag in zip(GUIDED_THEMES, there, strict=True) if flag)
        for place, label in enumerate(said["passages"][starts[number] : starts[number + 1]]):
            found.passages[f"{article}.{place:02d}"] = CLASSES[label]
