import numpy as np
import pytest
from scipy.special import softmax

from civictopics.encoding.loading import load_encoder
from civictopics.errors import InputError, ModelError
from civictopics.tagging.article_vectors import article_vectors
from civictopics.tagging.frozen.freezing import freeze
from civictopics.tagging.methods import METHODS, NEED_VECTORS
from civictopics.tagging.store import StoredModel
from civictopics.tagging.stored_tagger import COMBINATION, StoredTagger, load_tagger
from civictopics.tagging.training.trials import MAJORITY, TRAINABLE
from tests.own_labels import label_rows

ROWS = label_rows()
TEXTS, TITLES = [row["text"] for row in ROWS], [row["title"] for row in ROWS]
PLAIN = {"temperatures": {"": 1.0}, "thresholds": {"0.1": 0.6}}


def stored(method: str, labels: list[str], vectors: np.ndarray) -> tuple[StoredModel, object]:
    model = METHODS[method]()
    given = {"embeddings": vectors} if method in NEED_VECTORS else {}
    fitted = model.fit(TEXTS, labels, TITLES, **given)  # type: ignore[attr-defined]
    config, arrays = freeze(method, fitted)
    config |= {"encoder": load_encoder().digest, **PLAIN}
    return StoredModel("toy", tuple(config["classes"]), ("vi", "en"), config, arrays, {}, []), fitted


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("method", [name for name in (*TRAINABLE, MAJORITY) if name != COMBINATION])
def test_what_is_stored_answers_as_the_method_did(method: str, n_classes: int) -> None:
    labels = [row["kind"] if n_classes == 3 or row["kind"] != "rollout" else "none" for row in ROWS]
    vectors = article_vectors(load_encoder(), TEXTS, TITLES)
    model, fitted = stored(method, labels, vectors)
    tagger = StoredTagger(model)
    given = {"embeddings": vectors} if method in NEED_VECTORS else {}
    expected = fitted.predict_proba(TEXTS[::3], TITLES[::3], **{k: v[::3] for k, v in given.items()})  # type: ignore[attr-defined]
    found = softmax(tagger.scores(TEXTS[::3], TITLES[::3]), axis=1)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_the_shipped_tagger_is_loaded_by_name() -> None:
    tagger = load_tagger("meeting-type")
    assert (tagger.task, tagger.method, len(tagger.classes_)) == ("meeting-type", "combination", 14)
    assert tagger.predict(["Kỳ họp thứ 9 HĐND tỉnh khai mạc sáng 10/7 tại hội trường."]).tolist() == [
        "assembly_session"
    ]


def test_another_language_is_refused_unless_asked_for() -> None:
    model, _ = stored("naive-bayes", [row["kind"] for row in ROWS], np.zeros((len(ROWS), 0)))
    tagger = StoredTagger(model)
    with pytest.raises(ModelError, match="text 1 is in sv; the toy model was trained on vi, en"):
        tagger.predict_proba(["x", "y"], languages=["vi", "sv"])
    chances = tagger.predict_proba(["x", "y"], languages=["vi", "sv"], any_language=True)
    np.testing.assert_allclose(chances.sum(axis=1), 1.0)
    assert tagger.is_sure(np.array([[0.7, 0.2, 0.1], [0.4, 0.3, 0.3]]), 0.1).tolist() == [True, False]
    with pytest.raises(InputError, match=r"there are: 0\.1"):
        tagger.is_sure(chances, 0.5)


def test_columns_of_different_lengths_are_refused() -> None:
    tagger = load_tagger("meeting-type")
    with pytest.raises(InputError, match="1 titles"):
        tagger.scores(["x", "y"], ["t"])
    with pytest.raises(InputError, match="1 languages"):
        tagger.predict_proba(["x", "y"], languages=["vi"])


def test_models_that_cannot_answer_say_so() -> None:
    with pytest.raises(ModelError, match="ThemeFlagTagger"):
        load_tagger("theme-flags")
    with pytest.raises(ModelError, match="shipped are: encoder, meeting-type"):
        load_tagger("no-such-folder")
    model, _ = stored("naive-bayes", [row["kind"] for row in ROWS], np.zeros((len(ROWS), 0)))
    for change in ({"head": "oracle"}, {"classes": 5}, {"temperatures": None}, {"ngrams": [{"terms": []}]}):
        with pytest.raises(ModelError):
            StoredTagger(StoredModel("toy", (), (), {**model.config, **change}, model.arrays, {}, []))


def test_vectors_of_another_encoder_are_refused() -> None:
    vectors = article_vectors(load_encoder(), TEXTS, TITLES)
    model, _ = stored("vector-logistic", [row["kind"] for row in ROWS], vectors)
    other = StoredModel("toy", model.labels, ("vi",), {**model.config, "encoder": "0" * 64}, model.arrays, {}, [])
    with pytest.raises(ModelError, match="another version of the shipped encoder"):
        StoredTagger(other).predict_proba(["x"], languages=["vi"])
    with pytest.raises(InputError, match="shape"):
        StoredTagger(model).scores(["x"], embeddings=vectors[:1, :5])
