"""A tagger of any label set, loaded from a model folder: `load_tagger`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.corpus.language import DEFAULT_CANDIDATES, LanguageDetector
from civictopics.encoding.base import Encoder
from civictopics.encoding.loading import load_encoder
from civictopics.errors import InputError, ModelError
from civictopics.tagging import meeting_type, theme_flags
from civictopics.tagging.article_vectors import article_vectors
from civictopics.tagging.calibration import apply_temperatures
from civictopics.tagging.frozen.heads import linear_scores, neighbour_scores, sigmoid_scores
from civictopics.tagging.frozen.ngrams import FrozenNgrams
from civictopics.tagging.store import StoredModel, load_model, shipped_models, weights_of

COMBINATION = "combination"
Floats = NDArray[np.float64]


class StoredTagger:
    """Tag articles with a stored model.

    Parameters
    ----------
    model : StoredModel

    Attributes
    ----------
    task, method : str
    languages : tuple of str
        Those that it was trained on.
    classes_ : array of str
    temperatures_ : dict of str to float
    thresholds_ : dict of str to float
        For each accepted share of wrong answers, the least probability to answer at.
    tagger_ : CombinationTagger or None
        What can be explained, where the method is the combination.
    """

    def __init__(self, model: StoredModel) -> None:
        if model.task == theme_flags.TASK:
            raise ModelError("a model of theme flags gives several labels; use ThemeFlagTagger(model=folder)")
        self.task = model.task
        self.languages = model.languages
        try:
            self.method = str(model.config.get("method", COMBINATION))
            self.classes_ = np.array(model.config["classes"])
            self.temperatures_ = {str(code): float(v) for code, v in model.config["temperatures"].items()}
            self.thresholds_ = {str(risk): float(v) for risk, v in model.config["thresholds"].items()}
            self.tagger_ = meeting_type.unpacked(model) if self.method == COMBINATION else None
            self._answer = None if self.tagger_ is not None else frozen_scores(model)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(
                f"the {model.task} model's settings cannot be used ({type(error).__name__}: {error}); copy the folder "
                "again, or train it again"
            ) from error

    def scores(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> Floats:
        """Return scores before calibration, shape (n_texts, n_classes)."""
        heads = list(titles) if titles is not None else [""] * len(texts)
        if len(heads) != len(texts):
            raise InputError(f"{len(texts)} texts, {len(heads)} titles; give one for each text")
        if self._answer is not None:
            return self._answer(texts, heads, embeddings)
        if self.tagger_ is None:
            raise ModelError(f"the {self.task} model has no method")
        return self.tagger_.decision_function(texts, heads, self._codes(texts, languages))

    def predict_proba(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
        any_language: bool = False,
    ) -> Floats:
        """Return calibrated probabilities, shape (n_texts, n_classes).

        Parameters
        ----------
        texts, titles : sequences of str
        languages : sequence of str, optional
            ISO 639-1 codes; detected where they are not given.
        embeddings : array, optional
            From `article_vectors` with the shipped encoder; made where they are needed and not given.
        any_language : bool, default=False
            Also answer in languages that the model was not trained on.

        Raises
        ------
        ModelError
            If a text is in another language than the model was trained on.
        """
        codes = self._codes(texts, languages)
        if not any_language:
            for number, code in enumerate(codes):
                self.check_language(code, f"text {number}")
        return apply_temperatures(self.scores(texts, titles, codes, embeddings), codes, self.temperatures_)

    def predict(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.str_]:
        """Return the most probable label of each text."""
        best: NDArray[np.str_] = self.classes_[self.predict_proba(texts, titles, languages, embeddings).argmax(axis=1)]
        return best

    def is_sure(self, probabilities: Floats, risk: float = 0.08) -> NDArray[np.bool_]:
        """Return which articles may be answered so that at most a share `risk` of the answers is wrong.

        The thresholds were chosen out of fold on the training data; elsewhere the share may be larger.

        Raises
        ------
        InputError
            If there is no threshold for `risk`.
        """
        if str(risk) not in self.thresholds_:
            raise InputError(f"no threshold for a risk of {risk}; there are: {', '.join(self.thresholds_)}")
        sure: NDArray[np.bool_] = probabilities.max(axis=1) >= self.thresholds_[str(risk)]
        return sure

    def check_language(self, code: str, place: str) -> None:
        """Raise ModelError where the model was not trained on the language `code`."""
        if code not in self.languages:
            raise ModelError(
                f"{place} is in {code or 'no language that was recognised'}; the {self.task} model was trained on "
                f"{', '.join(self.languages)}. Take a model for its language, or ask for an answer all the same "
                "(--any-language, any_language=True)"
            )

    def _codes(self, texts: Sequence[str], languages: Sequence[str] | None) -> Sequence[str]:
        if languages is not None:
            if len(languages) != len(texts):
                raise InputError(f"{len(texts)} texts, {len(languages)} languages; give one for each text")
            return languages
        detector = LanguageDetector(tuple(dict.fromkeys((*DEFAULT_CANDIDATES, *self.languages))))
        return [detector.detect(text)[0] for text in texts]


def frozen_scores(
    model: StoredModel,
) -> Callable[[Sequence[str], Sequence[str], NDArray[np.float32] | None], Floats]:
    """Return what takes texts, titles and, where there are some, vectors to the scores of a stored method."""
    config, classes = model.config, len(model.config["classes"])
    ngrams = FrozenNgrams(config["ngrams"], model.arrays) if "ngrams" in config else None
    width = ngrams.width if ngrams is not None else int(config.get("vectors", 0))
    arrays, head = model.arrays, config["head"]
    if head == "linear":
        weights_of(model, {"coefficients": (width, classes), "intercepts": (classes,)})
    elif head == "sigmoids":
        n, decisions = len(arrays["coefficients"]), 1 if classes == 2 else classes
        shapes = dict.fromkeys(("intercepts", "slopes", "offsets"), (n, decisions))
        weights_of(model, {"coefficients": (n, width, decisions), **shapes})
    elif head == "neighbours":
        weights_of(model, {"vectors": (len(arrays["classes"]), width), "n_neighbours": (1,)})
    else:
        raise ModelError(f"the {model.task} model answers by {head!r}, unknown to this version; train it again")

    def answer(texts: Sequence[str], titles: Sequence[str], embeddings: NDArray[np.float32] | None) -> Floats:
        rows: Any = np.zeros((len(texts), 0), dtype=np.float32)
        if ngrams is not None:
            rows = ngrams.matrix([f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)])
        elif width:
            rows = embeddings if embeddings is not None else article_vectors(_encoder_of(config), texts, titles)
            if rows.shape != (len(texts), width):
                raise InputError(f"vectors of shape {rows.shape}; the model reads {(len(texts), width)}")
        if head == "linear":
            return linear_scores(rows, arrays)
        return sigmoid_scores(rows, arrays) if head == "sigmoids" else neighbour_scores(rows, arrays, classes)

    return answer


def load_tagger(folder: str | Path = meeting_type.TASK) -> StoredTagger:
    """Return the tagger in a model folder: the shipped one for meeting types, or one that `civictopics train` wrote.

    Loading executes nothing: weights are numbers, the rest is JSON, and digests are checked.

    Parameters
    ----------
    folder : str or Path
        A folder, or the name of a shipped model.

    Raises
    ------
    ModelError
        If there is no model, it was changed, or it gives no single label.

    Examples
    --------
    >>> tagger = load_tagger("meeting-type")
    >>> tagger.predict(["Kỳ họp thứ 9 HĐND tỉnh khai mạc."], ["Khai mạc kỳ họp HĐND tỉnh"], ["vi"]).tolist()
    ['assembly_session']
    """
    return StoredTagger(load_model(model_home(folder)))


def model_home(folder: str | Path) -> Path:
    """Return the folder of a model, given its path or the name of a shipped one.

    Raises
    ------
    ModelError
        If there is no such folder.
    """
    shipped = shipped_models()
    if str(folder) in shipped:
        return shipped[str(folder)]
    path = Path(folder)
    if not path.is_dir():
        raise ModelError(f"no model folder {path}; shipped are: {', '.join(shipped)}")
    return path


def _encoder_of(config: dict[str, Any]) -> Encoder:
    encoder = load_encoder()
    if encoder.digest != config["encoder"]:
        raise ModelError(
            "the model was trained on vectors of another version of the shipped encoder; train it again, or install "
            "the version of civictopics that its manifest names"
        )
    return encoder
