"""What is kept of a fitted method: JSON for what it reads, arrays for what it learned."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import FeatureUnion

from civictopics.tagging.frozen.ngrams import freeze_vectorizer

Frozen = tuple[dict[str, Any], dict[str, NDArray[Any]]]


def freeze(method: str, fitted: Any) -> Frozen:  # noqa: ANN401 - any of the methods
    """Return the settings and arrays of a fitted method; `FrozenTagger` answers from them.

    Parameters
    ----------
    method : str
        Its name in `METHODS`; the combination is stored in another way.
    fitted : PipelineTagger
    """
    config, arrays = _FREEZERS[method](fitted.pipeline_)
    return {**config, "method": method, "classes": fitted.classes_.tolist()}, arrays


def _majority(pipeline: Any) -> Frozen:  # noqa: ANN401
    shares = np.log(np.clip(pipeline[-1].class_prior_, 1e-6, 1.0))
    return {"head": "linear"}, {
        "coefficients": np.zeros((0, len(shares)), dtype=np.float32),
        "intercepts": shares.astype(np.float32),
    }


def _naive_bayes(pipeline: Any) -> Frozen:  # noqa: ANN401
    block, _ = freeze_vectorizer(pipeline[0], 0)
    model = pipeline[-1]
    return {"head": "linear", "ngrams": [block]}, {
        "coefficients": model.feature_log_prob_.T.astype(np.float32),
        "intercepts": np.zeros(len(model.classes_), dtype=np.float32),
    }


def _ngram_logistic(pipeline: Any) -> Frozen:  # noqa: ANN401
    blocks, arrays = _union(pipeline[0])
    return {"head": "linear", "ngrams": blocks}, {**arrays, **_logistic(pipeline[-1])}


def _linear_svm(pipeline: Any) -> Frozen:  # noqa: ANN401
    blocks, arrays = _union(pipeline[0])
    machines = pipeline[-1].calibrated_classifiers_
    kept = {
        "coefficients": [machine.estimator.coef_.T for machine in machines],
        "intercepts": [machine.estimator.intercept_ for machine in machines],
        "slopes": [[sigmoid.a_ for sigmoid in machine.calibrators] for machine in machines],
        "offsets": [[sigmoid.b_ for sigmoid in machine.calibrators] for machine in machines],
    }
    arrays |= {name: np.array(values, dtype=np.float32) for name, values in kept.items()}
    return {"head": "sigmoids", "ngrams": blocks}, arrays


def _vector_logistic(pipeline: Any) -> Frozen:  # noqa: ANN401
    scaler, model = pipeline[0], pipeline[-1]
    arrays = _logistic(model, 1.0 / scaler.scale_)
    shift = (scaler.mean_ @ arrays["coefficients"].astype(np.float64)).astype(np.float32)
    return {"head": "linear", "vectors": len(scaler.mean_)}, {**arrays, "intercepts": arrays["intercepts"] - shift}


def _vector_neighbours(pipeline: Any) -> Frozen:  # noqa: ANN401
    model = pipeline[-1]
    vectors = np.asarray(model._fit_X, dtype=np.float32)  # scikit-learn has no public name for what was fitted on
    return {"head": "neighbours", "vectors": vectors.shape[1]}, {
        "vectors": vectors,
        "classes": np.asarray(model._y, dtype=np.int64),
        "n_neighbours": np.array([model.n_neighbors], dtype=np.int64),
    }


def _union(union: FeatureUnion) -> tuple[list[dict[str, Any]], dict[str, NDArray[Any]]]:
    blocks: list[dict[str, Any]] = []
    arrays: dict[str, NDArray[Any]] = {}
    for number, (_, vectorizer) in enumerate(union.transformer_list):
        block, weights = freeze_vectorizer(vectorizer, number)
        blocks.append(block)
        arrays |= weights
    return blocks, arrays


def _logistic(model: Any, scale: NDArray[np.float64] | float = 1.0) -> dict[str, NDArray[Any]]:  # noqa: ANN401
    coefficients, intercepts = model.coef_ * scale, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients = np.vstack([-coefficients[0] / 2, coefficients[0] / 2])
        intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
    return {"coefficients": coefficients.T.astype(np.float32), "intercepts": intercepts.astype(np.float32)}


_FREEZERS: dict[str, Callable[[Any], Frozen]] = {
    "majority": _majority,
    "naive-bayes": _naive_bayes,
    "ngram-logistic": _ngram_logistic,
    "linear-svm": _linear_svm,
    "vector-logistic": _vector_logistic,
    "vector-neighbours": _vector_neighbours,
}
