"""An English sentence-transformer, fine-tuned on few articles of each type: slow, and in need of torch.

References
----------
Tunstall, L. et al. (2022). Efficient few-shot learning without prompts. arXiv:2209.11055 (SetFit).
Khosla, P. et al. (2020). Supervised contrastive learning. NeurIPS 33.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.records import Article
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.learning import Rows, learn_and_predict
from civictopics.study.methods.meeting_type import LABEL, as_predictions
from civictopics.study.methods.meeting_type_rivals import with_reports
from civictopics.study.predictions import Predictions

_TEMPERATURE = 0.1


def fine_tuned(
    data: LabelledArticles,
    seed: int,
    *,
    folds: int = 5,
    steps: int = 20,
    of_each: int = 2,
    words: int = 60,
    rate: float = 2e-5,
    strength: float = 10.0,
) -> Predictions:
    """Fine-tune all-MiniLM-L6-v2 so that articles of one type are near; learn a logistic regression on its vectors.

    Parameters
    ----------
    data, seed
        The articles; the seed of the folds and of what is drawn.
    folds : int
    steps : int
        Of the fine-tuning; none leaves the vectors as they are.
    of_each : int
        Articles of each type in a step.
    words : int
        Of the start of an article, headline included, that are read.
    rate : float
        Of the optimiser.
    strength : float
        Inverse of the regularisation.

    Raises
    ------
    ModelError
        If torch, sentence-transformers or the model are not installed.
    """
    from sklearn.linear_model import LogisticRegression

    from civictopics.study.methods.encoder_rivals import english_minilm

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        model: Any = english_minilm().model
        learnt = with_reports(train)
        texts = [_start(article, words) for article in learnt]
        labels = np.array([article.labels[LABEL] for article in learnt])
        _tune(model, texts, labels, steps, of_each, rate, seed)
        head = LogisticRegression(C=strength, class_weight="balanced", max_iter=500)
        head.fit(model.encode(texts, show_progress_bar=False), labels)
        asked = model.encode([_start(article, words) for article in test], show_progress_bar=False)
        shares = head.predict_proba(asked)
        return {"predicted": head.classes_[shares.argmax(axis=1)], "probability": shares.max(axis=1)}

    return as_predictions(data, learn_and_predict(data, LABEL, fit_predict, folds, seed))


def _start(article: Article, words: int) -> str:
    return " ".join(f"{article.title}. {article.text}".split()[:words])


def _tune(
    model: Any,  # noqa: ANN401 - of a library that may be missing
    texts: Sequence[str],
    labels: NDArray[np.str_],
    steps: int,
    of_each: int,
    rate: float,
    seed: int,
) -> None:
    """Draw the vectors of articles of one type together, and those of others apart (Khosla et al. 2020)."""
    torch: Any = import_module("torch")
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    kinds = [np.flatnonzero(labels == kind) for kind in np.unique(labels)]
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate)
    model.train()
    for _ in range(steps):
        drawn = np.concatenate([generator.choice(kind, min(of_each, len(kind)), replace=False) for kind in kinds])
        names = np.unique(labels[drawn], return_inverse=True)[1]
        features = model.tokenize([texts[row] for row in drawn])
        vectors = torch.nn.functional.normalize(model(features)["sentence_embedding"], dim=1)
        likeness = vectors @ vectors.T / _TEMPERATURE
        itself = torch.eye(len(drawn), dtype=torch.bool)
        same = torch.from_numpy(names[:, None] == names[None, :]) & ~itself
        chances = likeness - likeness.masked_fill(itself, -torch.inf).logsumexp(dim=1, keepdim=True)
        loss = -(chances * same).sum(dim=1)[same.any(dim=1)].div(same.sum(dim=1)[same.any(dim=1)]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.eval()
