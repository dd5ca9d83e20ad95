"""How fast intervals and coherence are."""

import numpy as np

from civictopics.errors import ModelError
from civictopics.study.predictions import Predictions
from civictopics.study.speed_data import TimedTexts

_RESAMPLES = 10_000
_GROUPS, _IN_A_GROUP, _LABELS = 300, 5, 14
_TOPICS, _WORDS = 50, 10


def grouped_bootstrap(data: TimedTexts, seed: int, *, repeats: int = 5) -> Predictions:
    """Resample 300 groups of five articles 10,000 times for a macro-F1 of 14 labels; an item is a resample."""
    from civictopics.evaluation.bootstrap import bootstrap_interval
    from civictopics.evaluation.classification import macro_f1
    from civictopics.study.methods.speed_timing import timed

    random = np.random.default_rng(seed)
    groups = np.repeat(np.arange(_GROUPS), _IN_A_GROUP)
    truth = random.integers(0, _LABELS, len(groups))
    said = np.where(random.random(len(groups)) < 0.7, truth, random.integers(0, _LABELS, len(groups)))
    seeds = iter(range(repeats + 1))  # another one each time: draws of one seed are remembered
    return timed(
        (
            _RESAMPLES,
            lambda: bootstrap_interval(macro_f1(truth, said), groups, n_resamples=_RESAMPLES, seed=next(seeds)),
        ),
        repeats=repeats,
    )


def coherence(data: TimedTexts, seed: int, *, repeats: int = 3) -> Predictions:
    """Rate topics of words drawn from the articles; gensim rates the same with one process; an item is a topic."""
    from civictopics.evaluation.coherence import topic_coherence
    from civictopics.study.methods.speed_timing import timed

    try:
        from gensim.corpora import Dictionary
        from gensim.models import CoherenceModel
    except ImportError as error:
        raise ModelError("this rival needs gensim: pip install 'civictopics[test]'") from error
    texts = [article.text.lower().split() for article in data.articles]
    dictionary = Dictionary(texts)
    dictionary.filter_extremes(no_below=20, no_above=0.5)
    words = sorted(dictionary.token2id)
    random = np.random.default_rng(seed)
    topics = [[words[place] for place in random.choice(len(words), _WORDS, replace=False)] for _ in range(_TOPICS)]

    def with_gensim() -> None:
        CoherenceModel(
            topics=topics, texts=texts, dictionary=dictionary, coherence="c_npmi", processes=1
        ).get_coherence_per_topic()

    return timed((len(topics), lambda: topic_coherence(topics, texts)), (len(topics), with_gensim), repeats=repeats)
