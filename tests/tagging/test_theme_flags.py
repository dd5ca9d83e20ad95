import pytest

from civictopics import load_corpus
from civictopics.errors import InputError
from civictopics.tagging.building import passage_articles, train_theme_flags, verify_model
from civictopics.tagging.store import shipped_models
from civictopics.tagging.theme_features import PassageArticle
from civictopics.tagging.theme_flags import ThemeFlagTagger


def test_the_shipped_model_reproduces_its_probes() -> None:
    assert verify_model(shipped_models()["theme-flags"], "theme-flags") >= 10


def test_passages_and_flags() -> None:
    article = PassageArticle(
        ["Chi bộ kết nạp đảng viên mới, siết công tác kiểm tra, giám sát của Đảng.", "Giá lúa trong xã tăng nhẹ."],
        "Đảng bộ xã tổng kết công tác xây dựng Đảng",
        "vi",
    )
    tagger = ThemeFlagTagger().fit()
    passages = tagger.predict_passages([article])[0]
    assert passages.shape == (2, 5)
    assert passages.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert tagger.predict([article]) == [["party_building"]]


def test_training_learns_from_few_events() -> None:
    events = load_corpus().events[:30]
    tagger = train_theme_flags(events)
    articles = [article for event in events for article in passage_articles(event)]
    themes = [passage.theme for event in events for _ in range(5) for passage in event.passages]
    said = [row.argmax() for found in tagger.predict_passages(articles) for row in found]
    names = ["emulation", "mass_mobilisation", "tet_security", "party_building", "other"]
    assert sum(names[number] == theme for number, theme in zip(said, themes, strict=True)) > 0.8 * len(themes)


def test_labels_must_fit_the_passages() -> None:
    article = PassageArticle(["x", "y"], "", "vi")
    with pytest.raises(InputError, match="2 passages"):
        ThemeFlagTagger().fit([article], [["other"]], [[]])
    with pytest.raises(InputError, match="at least 5"):
        ThemeFlagTagger().fit([article], [["other", "other"]], [[]])
