import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import parametrize_with_checks

from civictopics.encoding.neutralizer import LanguageNeutralizer
from civictopics.errors import InputError
from civictopics.languages import LANGUAGES

# Rows brought to length one differ from rows that were scaled or cut before: those checks see the plain form.
PLAIN = LanguageNeutralizer(normalize=False)


@parametrize_with_checks([PLAIN, LanguageNeutralizer()])
def test_it_is_an_estimator_of_scikit_learn(estimator: LanguageNeutralizer, check: object) -> None:
    check(estimator)  # type: ignore[operator]


def marked_vectors(seed: int = 0, count: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    marks = np.random.default_rng(9).standard_normal((5, 16))
    languages = np.array([LANGUAGES[i % 5] for i in range(count)])
    subjects = generator.integers(0, 2, count)
    vectors = generator.standard_normal((count, 16)) * 0.3 + marks[[LANGUAGES.index(code) for code in languages]]
    vectors[:, 0] += subjects * 3.0
    return vectors, languages, subjects


def told(train: np.ndarray, test: np.ndarray, truth: np.ndarray, right: np.ndarray) -> float:
    return float(LogisticRegression(max_iter=500).fit(train, truth).score(test, right))


@pytest.mark.parametrize("languages_at_transform", [True, False])
def test_the_language_is_removed_and_the_subject_stays(languages_at_transform: bool) -> None:
    train, languages, subjects = marked_vectors(0)
    test, other_languages, other_subjects = marked_vectors(1)
    neutralizer = LanguageNeutralizer(normalize=False).fit(train, languages=languages)
    given = (languages, other_languages) if languages_at_transform else (None, None)
    first, second = (neutralizer.transform(v, languages=c) for v, c in zip((train, test), given, strict=True))
    assert told(train, test, languages, other_languages) > 0.9
    assert told(first, second, languages, other_languages) <= 0.35
    assert told(first, second, subjects, other_subjects) > 0.9


def test_each_language_has_the_same_mean_afterwards() -> None:
    vectors, languages, _ = marked_vectors()
    neutral = LanguageNeutralizer(normalize=False).fit_transform(vectors, languages=languages)
    means = [neutral[languages == code].mean(axis=0) for code in LANGUAGES]
    assert_allclose(means, [means[0]] * 5, atol=1e-9)


def test_ranks_and_shapes() -> None:
    vectors, languages, _ = marked_vectors()
    fitted = LanguageNeutralizer(n_directions=2, n_principal=3).fit(vectors.astype(np.float32), languages=languages)
    assert fitted.directions_.shape == (2, 16)
    assert fitted.principal_.shape == (5, 3, 16)
    assert LanguageNeutralizer().fit(vectors, languages=languages).directions_.shape == (4, 16)
    neutral = fitted.transform(vectors.astype(np.float32), languages=languages)
    assert neutral.dtype == np.float32
    assert_allclose(np.linalg.norm(neutral, axis=1), 1, atol=1e-5)
    assert_allclose(neutral @ fitted.directions_.T, 0, atol=1e-5)


def test_unknown_languages_and_empty_texts() -> None:
    vectors, languages, _ = marked_vectors()
    before = vectors.copy()
    fitted = LanguageNeutralizer().fit(vectors, languages=languages)
    zero = np.vstack([np.zeros(16), vectors[1]])
    neutral = fitted.transform(zero, languages=["vi", "de"])
    assert not neutral[0].any()
    assert np.isfinite(neutral).all()
    assert_allclose(neutral[1], fitted.transform(vectors[1:2])[0])
    np.testing.assert_array_equal(vectors, before)
    with pytest.raises(InputError, match="1 languages for 200 vectors"):
        fitted.transform(vectors, languages=["vi"])
