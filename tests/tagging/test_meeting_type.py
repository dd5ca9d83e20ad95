import json
from pathlib import Path

import numpy as np
import pytest

from civictopics import load_corpus
from civictopics.corpus.reference import ReferenceCorpus
from civictopics.errors import InputError, ModelError
from civictopics.languages import LANGUAGES
from civictopics.tagging import building
from civictopics.tagging.calibration import apply_temperatures, fit_temperatures
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.explaining import explain
from civictopics.tagging.features import ArticleFeatures, FeatureSettings
from civictopics.tagging.meeting_type import MEETING_TYPES, MeetingTypeTagger, load_tagger
from civictopics.tagging.methods import METHODS, NEED_VECTORS
from civictopics.tagging.reports import load_reports
from civictopics.tagging.store import load_model, shipped_models

SMALL = FeatureSettings(buckets=2**8)
TEXTS = [f"Kỳ họp thứ {n} HĐND tỉnh khai mạc." for n in range(12)] + [f"Công an bắt nghi phạm {n}." for n in range(12)]
LABELS = ["assembly_session"] * 12 + ["none"] * 12


def test_the_shipped_model_reproduces_its_probes() -> None:
    assert building.verify_model(shipped_models()["meeting-type"], "meeting-type") >= 10


def test_the_shipped_model_tags_the_same_event_alike_in_every_language() -> None:
    headlines = {
        "vi": "Khai mạc kỳ họp thứ 9 HĐND tỉnh",
        "en": "The 9th session of the provincial People's Council opens",
        "sv": "Den nionde sessionen i provinsens folkråd öppnas",
        "ru": "Открылась 9-я сессия народного совета провинции",
        "ar": "افتتاح الدورة التاسعة لمجلس الشعب بالمقاطعة",
    }
    tagger = MeetingTypeTagger().fit([])
    texts = [f"{headlines[code]}." for code in LANGUAGES]
    found = tagger.predict(texts, [headlines[code] for code in LANGUAGES], list(LANGUAGES))
    assert found.tolist() == ["assembly_session"] * 5
    assert tagger.classes_.tolist() == list(MEETING_TYPES)


def test_an_article_does_not_depend_on_its_neighbours() -> None:
    articles = load_corpus().articles()[:40:3]
    columns = [[a.text for a in articles], [a.title for a in articles], [a.lang for a in articles]]
    together = MeetingTypeTagger().fit([]).predict_proba(*columns)
    alone = [MeetingTypeTagger().fit([]).predict_proba([x], [y], [z])[0] for x, y, z in zip(*columns, strict=True)]
    np.testing.assert_allclose(together, np.array(alone), atol=1e-12)
    np.testing.assert_allclose(together.sum(axis=1), 1.0)


@pytest.mark.parametrize("text", ["", "\n", "?" * 50, "a " * 5000, "١٢٣ \u200f", "\ud800"])
def test_any_text_gets_a_tag(text: str) -> None:
    chances = MeetingTypeTagger().fit([]).predict_proba([text], [""], ["xx"])
    assert np.isfinite(chances).all()


def test_any_labels_can_be_trained_on() -> None:
    tagger = MeetingTypeTagger().fit(TEXTS, ["yes"] * 12 + ["no"] * 12, languages=["vi"] * 24)
    assert tagger.predict(TEXTS, languages=["vi"] * 24).tolist() == ["yes"] * 12 + ["no"] * 12


def test_one_label_only_and_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="one label"):
        CombinationTagger().fit(TEXTS, ["x"] * 24)
    with pytest.raises(InputError, match="24 texts"):
        CombinationTagger().fit(TEXTS, LABELS[:5])


@pytest.mark.slow
def test_building_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "load_openings", lambda: [])
    monkeypatch.setattr(building, "load_reports", lambda: load_reports()[:40])
    first = {event.meeting_type: event for event in load_corpus()}
    corpus = ReferenceCorpus((*first.values(), *load_corpus().events[:12]), "few")
    for name in ("one", "two"):
        building.build_meeting_types(corpus, tmp_path / name, "# Card\n")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert building.verify_model(tmp_path / "one", "meeting-type") >= 10


def test_a_model_whose_outputs_changed_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_model(shipped_models()["meeting-type"], "meeting-type")
    model.arrays["coefficients"] = model.arrays["coefficients"] * np.float16(0.5)
    building.save_model(tmp_path, model, "# Card\n")
    with pytest.raises(ModelError, match="probe 0 differs"):
        building.verify_model(tmp_path, "meeting-type")


def test_shipped_models_are_small_and_their_cards_have_scores() -> None:
    for task in ("meeting-type", "theme-flags"):
        folder = shipped_models()[task]
        assert sum(path.stat().st_size for path in folder.iterdir()) < 4_000_000
        assert "95 % interval" in (folder / "README.md").read_text(encoding="utf-8")
        assert json.loads((folder / "manifest.json").read_text())["training"]["revision"]


def test_the_surest_are_told_apart() -> None:
    tagger = MeetingTypeTagger().fit([])
    chances = np.full((2, 14), 0.01)
    chances[:, 3] = [0.87, 0.2]
    assert tagger.is_sure(chances).tolist() == [True, False]
    with pytest.raises(InputError, match=r"0\.08"):
        tagger.is_sure(chances, 0.33)


def test_columns_have_names() -> None:
    features = ArticleFeatures(SMALL)
    names = {features.name(column) for column in range(features.width)}
    assert len(names) == features.width
    row, _ = features.row(building_zones())
    assert ("event", "session") in {features.name(column) for column in row.tolist()}


def building_zones():  # noqa: ANN201
    from civictopics.tagging.zones import read_zones

    return read_zones(TEXTS[3], "", "vi")


def test_reasons_add_up_to_the_score() -> None:
    tagger = load_tagger()
    text, title = TEXTS[3], "Khai mạc kỳ họp HĐND"
    found = explain(tagger, text, title, "vi", n_reasons=10_000)
    scores = tagger.decision_function([text], [title], ["vi"])[0]
    names = tagger.classes_.tolist()
    best, second = names.index(found.label), names.index(found.runner_up)
    start = tagger.intercept_[best] - tagger.intercept_[second]
    assert start + sum(reason.weight for reason in found.reasons) == pytest.approx(
        scores[best] - scores[second], abs=1e-4
    )
    assert found.label == "assembly_session"
    assert "kỳ họp" in {words for reason in found.reasons for words in reason.words}
    assert {place for place, _ in found.passages} <= {-1, 0}


def test_temperatures_flatten_scores_that_are_too_sure() -> None:
    drawn = np.random.default_rng(0)
    scores = drawn.normal(size=(400, 3))
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    classes = np.array([drawn.choice(3, p=row) for row in chances])
    found = fit_temperatures(4 * scores, classes, ["vi"] * 400, np.ones(400))
    assert found["vi"] == pytest.approx(4.0, rel=0.25)
    np.testing.assert_allclose(apply_temperatures(scores, ["xx"] * 400, {"": 1.0}), chances)


@pytest.mark.parametrize("name", sorted(set(METHODS) - {"keyword-rules"}))
def test_every_method_learns_what_is_plain(name: str) -> None:
    vectors = np.array([[1.0, 0.1 * (n % 3)] if n < 12 else [0.1 * (n % 3), 1.0] for n in range(24)], dtype=np.float32)
    given = {"embeddings": vectors} if name in NEED_VECTORS else {}
    method = METHODS[name]()
    if name == "vector-neighbours":
        method.n_neighbours = 3  # type: ignore[attr-defined]
    fitted = method.fit(TEXTS * 2, LABELS * 2, **{key: np.vstack([value] * 2) for key, value in given.items()})  # type: ignore[attr-defined]
    right = np.mean(fitted.predict(TEXTS, **given) == np.array(LABELS))
    assert right == (0.5 if name == "majority" else 1.0)
    assert fitted.predict_proba(TEXTS, **given).shape == (24, 2)


@pytest.mark.parametrize("name", sorted(NEED_VECTORS))
def test_methods_on_vectors_ask_for_them(name: str) -> None:
    with pytest.raises(InputError, match="embeddings="):
        METHODS[name]().fit(TEXTS, LABELS)  # type: ignore[attr-defined]


def test_real_articles(shared: Path) -> None:
    lines = (shared / "real_vi" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    tagger = MeetingTypeTagger().fit([])
    found = tagger.predict([r["text"] for r in records], [r["title"] for r in records], ["vi"] * len(records))
    assert np.mean(found == np.array([r["meeting_type"] for r in records])) >= 0.78
