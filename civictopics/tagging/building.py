"""Build the shipped models from the reference corpus, byte for byte, and check them by their probes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.records import Article
from civictopics.corpus.reference import Event, ReferenceCorpus
from civictopics.errors import ModelError
from civictopics.languages import LANGUAGES
from civictopics.tagging import meeting_type, theme_flags
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.features import FeatureSettings
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.openings import Opening, load_openings
from civictopics.tagging.reports import load_reports
from civictopics.tagging.store import StoredModel, load_model, save_model
from civictopics.tagging.stored_tagger import StoredTagger
from civictopics.tagging.theme_features import PassageArticle
from civictopics.tagging.theme_flags import ThemeFlagTagger
from civictopics.themes.guided import GUIDED_THEMES

SETTINGS = FeatureSettings()
OPENINGS_SHARE = 0.25
"""Weight of all openings together, as a share of that of the articles."""

REPORT_WEIGHT = 0.5
"""Weight of a report; an article's is 1."""

_PROBES = 20
_TOLERANCE = 0.002


def train_meeting_types(
    articles: Sequence[Article],
    openings: Sequence[Opening],
    settings: FeatureSettings = SETTINGS,
    calibrated: bool = True,
    vectors: NDArray[np.float32] | None = None,
    penalty: float = 1.0,
    consistency: float | None = None,
    reports: Sequence[Article] = (),
) -> CombinationTagger:
    """Return a tagger trained on labelled articles, on reports, which count half, and on openings, a fifth of all.

    Parameters
    ----------
    articles : sequence of Article
        The temperatures are fitted on them alone.
    openings : sequence of Opening
    settings : FeatureSettings
    calibrated : bool, default=True
    vectors : array, shape (n_articles + n_reports + n_openings, vector_width), optional
    penalty : float, default=1.0
    consistency : float, optional
        See `CombinationTagger`, whose default is taken without it.
    reports : sequence of Article, optional
        From `load_reports`.
    """
    learnt = [*articles, *reports]
    weights = [1.0] * len(articles) + [REPORT_WEIGHT] * len(reports)
    share = OPENINGS_SHARE * sum(weights) / max(1, len(openings))
    tagger = CombinationTagger(settings, penalty, calibrated=calibrated)
    if consistency is not None:
        tagger.set_params(consistency=consistency)
    return tagger.fit(
        [article.text for article in learnt] + [opening.text for opening in openings],
        [article.labels["meeting_type"] for article in learnt] + [opening.meeting_type for opening in openings],
        [article.title for article in learnt] + [opening.title for opening in openings],
        [article.lang for article in learnt] + [opening.language for opening in openings],
        [article.group for article in learnt] + [f"opening:{opening.event}" for opening in openings],
        embeddings=vectors,
        sample_weight=weights + [share] * len(openings),
        calibrate_on=[True] * len(articles) + [False] * (len(reports) + len(openings)),
    )


def passage_articles(event: Event, languages: Sequence[str] = LANGUAGES) -> list[PassageArticle]:
    """Return an event's articles as the theme classifier reads them."""
    return [
        PassageArticle([passage.text[code] for passage in event.passages], event.title[code], code)
        for code in languages
    ]


def train_theme_flags(events: Sequence[Event]) -> ThemeFlagTagger:
    """Return a theme classifier trained on events in all languages."""
    articles, themes, flags, groups = [], [], [], []
    for event in events:
        for article in passage_articles(event):
            articles.append(article)
            themes.append([passage.theme for passage in event.passages])
            flags.append(event.themes)
            groups.append(event.group)
    return ThemeFlagTagger().fit(articles, themes, flags, groups)


def build_meeting_types(corpus: ReferenceCorpus, folder: Path, card: str) -> StoredModel:
    """Train on the whole corpus and write the model folder.

    Parameters
    ----------
    corpus : ReferenceCorpus
    folder : Path
    card : str
        The model card.
    """
    articles, openings, reports = corpus.articles(), load_openings(), load_reports()
    config, arrays = meeting_type.packed(train_meeting_types(articles, openings, reports=reports), MEETING_TYPES)
    training = {**_training(corpus), "reports": len(reports), "openings": len(openings)}
    chosen = articles[:: len(articles) // _PROBES + 1]
    probes = [{"title": item.title, "text": item.text, "language": item.lang} for item in chosen]
    bare = StoredModel(meeting_type.TASK, MEETING_TYPES, LANGUAGES, config, dict(arrays), training, probes)
    return save_with_probes(bare, folder, card)


def build_theme_flags(corpus: ReferenceCorpus, folder: Path, card: str) -> StoredModel:
    """Train on the whole corpus and write the model folder; see `build_meeting_types`."""
    arrays = theme_flags.pack(train_theme_flags(corpus.events))
    events = corpus.events[:: len(corpus.events) // _PROBES + 1]
    probes = []
    for number, event in enumerate(events):
        article = passage_articles(event, [LANGUAGES[number % len(LANGUAGES)]])[0]
        probes.append({"title": article.title, "passages": list(article.passages), "language": article.language})
    bare = StoredModel(theme_flags.TASK, GUIDED_THEMES, LANGUAGES, {}, arrays, _training(corpus), probes)
    return save_with_probes(bare, folder, card)


def verify_model(folder: Path, task: str = "") -> int:
    """Check that a model gives the outputs that it gave when it was built, and return the number of probes.

    Parameters
    ----------
    folder : Path
    task : str, optional
        What the model must be for; anything by default.

    Raises
    ------
    ModelError
        If a file was changed or a probability differs by more than 0.002.
    """
    model = load_model(folder, task)
    for number, (probe, found) in enumerate(zip(model.probes, _outputs(model), strict=True)):
        difference = float(np.abs(np.array(probe["probabilities"]) - found).max())
        if difference > _TOLERANCE:
            raise ModelError(
                f"{folder}: probe {number} differs by {difference:.4f} from what it was when the model was built; "
                "rebuild the model with `make models`, or train your own again with `civictopics train`"
            )
    return len(model.probes)


def _training(corpus: ReferenceCorpus) -> dict[str, Any]:
    n_articles = len(corpus) * len(LANGUAGES)
    return {"revision": corpus.revision, "articles": n_articles, "groups": len(corpus), "seed": 0}


def save_with_probes(
    bare: StoredModel, folder: Path, card: str, further: Mapping[str, Mapping[str, Any]] | None = None
) -> StoredModel:
    """Let a model answer its probes, write its folder (see `save_model`) and return it with the answers."""
    outputs = [[round(value, 4) for value in row.tolist()] for row in _outputs(bare)]
    probes = [{**probe, "probabilities": row} for probe, row in zip(bare.probes, outputs, strict=True)]
    model = replace(bare, probes=probes)
    save_model(folder, model, card, further)
    return model


def _outputs(model: StoredModel) -> NDArray[np.float64]:
    if model.task == theme_flags.TASK:
        flags = ThemeFlagTagger()
        flags.weights_ = theme_flags.unpack(model)
        return flags.predict_proba(
            [PassageArticle(probe["passages"], probe["title"], probe["language"]) for probe in model.probes]
        )
    return StoredTagger(model).predict_proba(
        [probe["text"] for probe in model.probes],
        [probe["title"] for probe in model.probes],
        [probe["language"] for probe in model.probes],
        any_language=True,
    )
