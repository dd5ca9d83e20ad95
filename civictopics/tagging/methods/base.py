"""What the rival methods share: the headline before the text, a scikit-learn pipeline behind."""

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError


class PipelineTagger(ClassifierMixin, BaseEstimator):
    """A tagger around a scikit-learn pipeline.

    Attributes
    ----------
    classes_ : array of str
    pipeline_ : Pipeline
    """

    @abstractmethod
    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""

    def fit(
        self,
        texts: Sequence[str],
        y: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> "PipelineTagger":
        """Train; languages and groups are not used.

        Parameters
        ----------
        texts : sequence of str
        y : sequence of str
        titles : sequence of str, optional
        languages, groups : sequences of str, optional
            Not used.
        embeddings : array, shape (n_texts, n_dimensions), optional
        """
        with threadpool_limits(1):
            self.pipeline_ = self.pipeline().fit(self.inputs(texts, titles, embeddings), list(y))
        self.classes_ = self.pipeline_.classes_
        return self

    def predict_proba(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float64]:
        """Return probabilities, shape (n_texts, n_classes)."""
        check_is_fitted(self)
        found: NDArray[np.float64] = self.pipeline_.predict_proba(self.inputs(texts, titles, embeddings))
        return found

    def predict(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.str_]:
        """Return the most probable label of each text."""
        chances = self.predict_proba(texts, titles, languages, embeddings)
        best: NDArray[np.str_] = self.classes_[chances.argmax(axis=1)]
        return best

    def inputs(
        self, texts: Sequence[str], titles: Sequence[str] | None, embeddings: NDArray[np.float32] | None
    ) -> object:
        """Return the documents: headline, then text."""
        heads = titles if titles is not None else [""] * len(texts)
        return [f"{title}\n{text}" for title, text in zip(heads, texts, strict=True)]


class VectorTagger(PipelineTagger):
    """A tagger that reads only vectors."""

    def inputs(
        self, texts: Sequence[str], titles: Sequence[str] | None, embeddings: NDArray[np.float32] | None
    ) -> object:
        """Return the vectors.

        Raises
        ------
        InputError
            If there are none, or not one for each text.
        """
        if embeddings is None or len(embeddings) != len(texts):
            found = "none" if embeddings is None else str(len(embeddings))
            raise InputError(
                f"{type(self).__name__} needs a vector for each of {len(texts)} texts (embeddings=), got {found}"
            )
        return np.asarray(embeddings)
