import os
import subprocess
import sys

import numpy as np
import pytest

from civictopics.errors import InputError, UsageError
from civictopics.themes.density import HdbscanThemes
from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.gensim_models import models
from civictopics.themes.lda import LdaThemes
from civictopics.themes.lsi import LsiThemes
from civictopics.themes.nmf import NmfThemes
from civictopics.themes.residual import ResidualThemes
from civictopics.themes.supervised import SupervisedThemes
from civictopics.themes.tfidf_kmeans import TfidfKMeansThemes
from civictopics.themes.vector_kmeans import VectorKMeansThemes
from tests.themes.material import passages

METHODS = [
    NmfThemes(2),
    TfidfKMeansThemes(2),
    VectorKMeansThemes(2),
    HdbscanThemes(5),
    ResidualThemes("auto", most_themes=4),
    LdaThemes(2, passes=20),
    LsiThemes(2),
]


def _fit(method: DiscoveringModel) -> DiscoveringModel:
    if isinstance(method, LdaThemes | LsiThemes):
        pytest.importorskip("gensim")
    texts, vectors, groups = passages()
    return method.fit(texts, embeddings=vectors, articles=groups)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: type(method).__name__)
def test_two_subjects_are_told_apart(method: DiscoveringModel) -> None:
    texts, vectors, _ = passages()
    result = _fit(method).result_
    labels = result.labels()
    assert result.passage_theme.shape == (40, 2)
    assert len(set(labels[:20].tolist())) == len(set(labels[20:].tolist())) == 1
    assert labels[0] != labels[20]
    assert result.sizes.tolist() == [20, 20]
    assert result.theme_term.shape == (2, len(result.vocabulary))
    assert np.allclose(result.theme_term.sum(axis=1), 1.0)
    assert result.article_theme.shape == (20, 2)
    assert result.articles[0] == "g0"
    assert result.key_phrases[int(labels[0])]["en"]
    assert result.typical[int(labels[0])][0].text in texts[:20]
    assert (method.predict(texts, embeddings=vectors) == labels).all()
    assert method.transform(texts[:3], embeddings=vectors[:3]).shape == (3, 2)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: type(method).__name__)
def test_fit_leaves_its_inputs_and_repeats_itself(method: DiscoveringModel) -> None:
    if isinstance(method, LdaThemes | LsiThemes):
        pytest.importorskip("gensim")
    texts, vectors, groups = passages()
    kept = (list(texts), vectors.copy(), list(groups))
    vectors.setflags(write=False)
    first = method.fit(texts, embeddings=vectors, articles=groups).result_.passage_theme
    again = method.fit(texts, embeddings=vectors, articles=groups).result_.passage_theme
    assert (first == again).all()
    assert texts == kept[0]
    assert (vectors == kept[1]).all()
    assert groups == kept[2]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: type(method).__name__)
def test_too_few_passages_are_refused_by_every_method(method: DiscoveringModel) -> None:
    texts, vectors, _ = passages()
    with pytest.raises(InputError, match="1 passage"):
        method.fit(texts[:1], embeddings=vectors[:1])


@pytest.mark.parametrize(
    "method", [method for method in METHODS if method.needs_vectors], ids=lambda method: type(method).__name__
)
def test_vectors_that_tell_nothing_are_refused_by_every_method_on_vectors(method: DiscoveringModel) -> None:
    texts, vectors, _ = passages()
    with pytest.raises(InputError, match="vectors of all 40 passages are equal"):
        method.fit(texts, embeddings=np.ones((40, 4)))
    with pytest.raises(InputError, match=r"shape \(40,\) for 40 texts"):
        method.fit(texts, embeddings=vectors[:, 0])
    with pytest.raises(InputError, match="works on vectors"):
        method.fit(texts)


def test_one_language_alone_has_one_list_of_phrases() -> None:
    texts, vectors, _ = passages()
    result = VectorKMeansThemes(2).fit(texts, languages=["sv"] * 40, embeddings=vectors).result_
    assert [tuple(phrases) for phrases in result.key_phrases] == [("sv",), ("sv",)]


def test_bad_inputs_are_explained() -> None:
    texts, vectors, _ = passages()
    with pytest.raises(InputError, match=r"1 passage\(s\) for 2 themes"):
        NmfThemes(2).fit(texts[:1])
    with pytest.raises(InputError, match="works on vectors"):
        VectorKMeansThemes(2).fit(texts)
    with pytest.raises(InputError, match="are equal"):
        VectorKMeansThemes(2).fit(texts, embeddings=np.ones((40, 4)))
    with pytest.raises(InputError, match=r"shape \(4, 4\) for 40 texts"):
        VectorKMeansThemes(2).fit(texts, embeddings=vectors[:4])
    with pytest.raises(InputError, match="not finite"):
        VectorKMeansThemes(2).fit(texts, embeddings=np.full((40, 4), np.nan))
    with pytest.raises(InputError, match="no stop word"):
        NmfThemes(2).fit(["the of and", "and of the"])
    with pytest.raises(InputError, match="'auto'"):
        ResidualThemes("many").fit(texts, embeddings=vectors)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="3 dimensions, the model was fitted on 4"):
        VectorKMeansThemes(2).fit(texts, embeddings=vectors).transform(texts, embeddings=vectors[:, :3])
    with pytest.raises(InputError, match="2 languages for 40 texts"):
        NmfThemes(2).fit(texts, languages=["en", "sv"])


def test_gensim_is_asked_for() -> None:
    try:
        import gensim  # noqa: F401
    except ImportError:
        with pytest.raises(UsageError, match="pip install"):
            models()


def test_the_number_of_themes_follows_from_stability() -> None:
    texts, vectors, groups = passages()
    model = ResidualThemes("auto", most_themes=5).fit(texts, embeddings=vectors, articles=groups)
    assert len(model.result_.names) == 2
    assert model.agreement_[2] == max(model.agreement_.values())
    assert model.result_.unstable == ()
    assert model.result_.stability is not None
    assert model.result_.stability.min() > 0.9


def test_themes_of_noise_are_reported_as_unstable() -> None:
    texts, _, groups = passages()
    noise = np.random.default_rng(1).standard_normal((40, 8))
    model = ResidualThemes(6).fit(texts, embeddings=noise, articles=groups)
    assert model.result_.unstable


def test_a_researchers_labels_are_learned() -> None:
    _, vectors, _ = passages()
    labels = [["farm"]] * 20 + [["sea"]] * 20
    model = SupervisedThemes().fit(vectors, labels)
    assert model.predict(vectors) == labels
    assert model.transform(vectors).shape == (40, 2)
    with pytest.raises(InputError, match="none of the 40"):
        SupervisedThemes().fit(vectors, [[]] * 40)


def test_learning_leaves_its_inputs() -> None:
    _, vectors, _ = passages()
    labels = [["farm"]] * 20 + [["sea"]] * 20
    kept = vectors.copy()
    vectors.setflags(write=False)
    SupervisedThemes().fit(vectors, labels).predict(vectors)
    assert (vectors == kept).all()
    assert labels == [["farm"]] * 20 + [["sea"]] * 20


@pytest.mark.slow
def test_threads_and_processes_do_not_change_what_is_found() -> None:
    code = """
import hashlib
from civictopics import load_corpus, load_encoder
from civictopics.languages import LANGUAGES
from civictopics.themes.nmf import NmfThemes
from civictopics.themes.residual import ResidualThemes
from civictopics.themes.vector_kmeans import VectorKMeansThemes
rows = [(p.text[c], c, e.group) for e in list(load_corpus())[:60] for p in e.passages for c in LANGUAGES]
texts, codes, groups = (list(column) for column in zip(*rows))
vectors, total = load_encoder().encode(texts), hashlib.sha256()
for model in (ResidualThemes("auto", most_themes=6), VectorKMeansThemes(5), NmfThemes(5)):
    result = model.fit(texts, languages=codes, embeddings=vectors, articles=groups).result_
    total.update(result.passage_theme.tobytes() + repr((result.key_phrases, result.unstable)).encode())
print(total.hexdigest())
"""
    digests = set()
    for threads in ("1", "2"):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
        environment = {**os.environ, **limits, "PYTHONHASHSEED": threads}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        digests.add(done.stdout.strip())
    assert len(digests) == 1
