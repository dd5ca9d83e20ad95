"""From a file of labels to a model folder that is used, listed, verified and exported."""

import csv
import hashlib
import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from civictopics.errors import InputError, ModelError, UsageError
from civictopics.tagging.building import verify_model
from civictopics.tagging.models import export, summarise, verify
from civictopics.tagging.store import shipped_models
from civictopics.tagging.stored_tagger import load_tagger
from civictopics.tagging.training import Columns, Examples, read_examples, train_tagger
from civictopics.tagging.training.choosing import check_folds
from civictopics.tagging.training.trials import gather
from tests.commands import command
from tests.own_labels import label_rows, write_run, write_table

ROWS = label_rows()
METHODS = ["naive-bayes", "combination"]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    path = write_table(tmp_path_factory.mktemp("labels") / "labels.csv", ROWS)
    return read_examples(path, Columns("kind"))


@pytest.fixture(scope="module")
def model(examples: Examples, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "kinds"
    train_tagger(examples, folder, "kind", METHODS, n_folds=3)
    return folder


def test_the_folder_holds_what_the_shipped_ones_hold(model: Path) -> None:
    names = {path.name for path in model.iterdir()}
    assert names == {path.name for path in shipped_models()["meeting-type"].iterdir()} | {"evaluation.json"}
    manifest = json.loads((model / "manifest.json").read_text())
    assert manifest["labels"] == ["congress", "none", "rollout"]
    assert manifest["languages"] == ["vi", "en"]
    assert manifest["training"]["groups"] == 24
    assert len(manifest["training"]["revision"]) == 64
    assert set(manifest["files"]) == names - {"manifest.json"}
    assert verify_model(model) >= 10


def test_the_card_has_the_numbers_of_the_evaluation(model: Path) -> None:
    evaluation = json.loads((model / "evaluation.json").read_text())
    card = (model / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlanguage: ")
    assert evaluation["method"] in METHODS
    for name in ("accuracy", "macro-F1", "calibration error", "accuracy on the surest 70%"):
        value = evaluation["scores"][name]
        assert value["low"] <= value["value"] <= value["high"]
        assert f"| {name} | {value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f}) |" in card
    assert evaluation["scores"]["accuracy"]["value"] > evaluation["scores"]["accuracy of the commonest label"]["value"]
    assert set(evaluation["methods"]) == set(METHODS)
    assert len(evaluation["method_of_fold"]) == 3


def test_no_text_trained_on_is_among_the_probes(examples: Examples, model: Path) -> None:
    private = Examples(
        tuple(
            type(row)(row.place, f"Bí mật {row.text}", row.title, row.lang, row.group, row.label)
            for row in examples.texts
        ),
        "x.csv",
        "0" * 64,
    )
    folder = model.parent / "private"
    train_tagger(private, folder, "kind", ["naive-bayes"], n_folds=3)
    probes = (folder / "probes.json").read_text(encoding="utf-8")
    assert "Bí mật" not in probes


def test_training_twice_gives_the_same_bytes(examples: Examples, model: Path, tmp_path: Path) -> None:
    train_tagger(examples, tmp_path / "again", "kind", METHODS, n_folds=3, processes=2)
    for path in model.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_answers_come_back_from_the_folder(examples: Examples, model: Path, tmp_path: Path) -> None:
    trained = train_tagger(examples, tmp_path / "one", "kind", ["combination"], n_folds=3)
    columns = (
        [row.text for row in examples.texts],
        [row.title for row in examples.texts],
        [row.lang for row in examples.texts],
    )
    loaded = load_tagger(tmp_path / "one")
    np.testing.assert_array_equal(trained.tagger.predict_proba(*columns), loaded.predict_proba(*columns))
    assert np.mean(loaded.predict(*columns) == np.array(examples.labels)) > 0.95
    np.testing.assert_allclose(trained.out_of_fold.sum(axis=1), 1.0)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["ngram-logistic", "linear-svm", "vector-logistic", "vector-neighbours", "majority"])
def test_every_method_is_packaged_and_verified(examples: Examples, tmp_path: Path, method: str) -> None:
    trained = train_tagger(examples, tmp_path / "one", "kind", [method], n_folds=3)
    assert trained.evaluation["method"] == method
    assert verify(tmp_path / "one") == (5, trained_probes(tmp_path / "one"))


@pytest.mark.slow
def test_all_methods_are_chosen_among(examples: Examples, tmp_path: Path) -> None:
    trained = train_tagger(examples, tmp_path / "one", "kind", n_folds=3)
    found = trained.evaluation
    assert len(found["methods"]) + len(found["left_out"]) == 6
    assert found["methods"][found["method"]]["value"] == max(value["value"] for value in found["methods"].values())


def trained_probes(folder: Path) -> int:
    return len(json.loads((folder / "probes.json").read_text(encoding="utf-8")))


def test_groups_and_near_copies_never_stand_on_both_sides(examples: Examples) -> None:
    material = gather(examples, ("naive-bayes",))
    folds = np.arange(len(examples.texts)) % 3
    with pytest.raises(InputError, match="both sides of the split"):
        check_folds(material, folds)


def test_a_label_with_two_groups_can_be_learned(examples: Examples, tmp_path: Path) -> None:
    few = {row.group for row in examples.texts if row.label == "congress"}
    kept = [row for row in examples.texts if row.label == "none" or row.group in sorted(few)[:2]]
    found = train_tagger(Examples(tuple(kept), "x.csv", "0" * 64), tmp_path / "x", "kind", ["naive-bayes", "majority"])
    assert found.evaluation["left_out"] == {}
    assert found.evaluation["labels"]["congress"]["articles"] == 4


def test_methods_and_names_are_checked(examples: Examples, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no method 'oracle' to train; legal values: naive-bayes"):
        train_tagger(examples, tmp_path / "x", "kind", ["oracle"])
    with pytest.raises(UsageError, match="cannot be called 'meeting-type'"):
        train_tagger(examples, tmp_path / "x", "meeting-type", ["naive-bayes"])
    assert not (tmp_path / "x").exists()


def test_train_and_tag_from_the_command_line(tmp_path: Path) -> None:
    path = write_table(tmp_path / "labels.csv", ROWS)
    out, tags = tmp_path / "model", tmp_path / "tags.csv"
    given = ["train", path, "--labels", "kind", "--out", out, "--method", "naive-bayes", "--folds", 3, "--processes", 1]
    code, said = command(*given)
    assert code == 0
    assert "chosen: naive-bayes" in said
    assert "accuracy: 0." in said
    assert command(*given)[0] == 2, "a folder that exists is kept"
    assert command(*given, "--overwrite")[0] == 0
    hostile = {"id": "=1+1", "text": ROWS[0]["text"], "title": "@SUM(1)", "lang": "vi"}
    inputs = tmp_path / "articles.jsonl"
    inputs.write_text("\n".join(json.dumps(row) for row in [hostile, {"id": "none"}]), encoding="utf-8")
    code, said = command("tag", out, inputs, "--out", tags)
    assert (code, said.split(":")[0]) == (0, "1 articles tagged, 1 inputs not used")
    with tags.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["id"], rows[0]["title"], rows[0]["label"]) == ("'=1+1", "'@SUM(1)", "congress")
    assert 0.3 < float(rows[0]["label_probability"]) <= 1
    assert (rows[1]["label"], rows[1]["dropped"][:9]) == ("", "malformed")
    assert command("tag", out, inputs, "--out", tags)[0] == 2, "a table that exists is kept"


def test_a_failed_training_leaves_no_folder(tmp_path: Path) -> None:
    path = write_table(tmp_path / "labels.csv", [{**row, "kind": "same"} for row in ROWS])
    code, said = command("train", path, "--labels", "kind", "--out", tmp_path / "model")
    assert (code, "nothing to learn" in said) == (1, True)
    assert [found.name for found in tmp_path.iterdir()] == ["labels.csv"]


def test_articles_in_other_languages_name_their_place(model: Path, tmp_path: Path) -> None:
    text = "Den nionde sessionen i provinsens folkråd öppnades på morgonen den 10 juli i provinsens stora sal."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "text": text, "lang": "sv"}), encoding="utf-8")
    code, said = command("tag", model, tmp_path / "a.jsonl", "--out", tmp_path / "t.csv")
    assert (code, said.split(";")[0]) == (1, "a.jsonl#1 (id 'x') is in sv")
    assert not (tmp_path / "t.csv").exists()
    assert command("tag", model, tmp_path / "a.jsonl", "--out", tmp_path / "t.csv", "--any-language")[0] == 0
    assert ",lang" in (tmp_path / "t.csv").read_text(encoding="utf-8")


def test_a_finished_run_is_tagged_article_by_article(model: Path, tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run")
    assert command("tag", model, folder, "--out", tmp_path / "t.csv")[0] == 0
    assert len((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()) == 13


def test_models_are_listed_verified_and_exported(model: Path, tmp_path: Path) -> None:
    code, said = command("models", "list", *shipped_models(), model)
    lines = [line.split("\t") for line in said.splitlines()]
    assert code == 0
    assert [line[0] for line in lines] == ["name", *shipped_models(), "kinds", "total"]
    assert lines[-2][1:4] == ["kind", "vi en", "3"]
    assert sum(summarise(folder).n_bytes for folder in shipped_models().values()) < 20_000_000
    code, said = command("models", "verify", model, "encoder")
    assert (code, "probes reproduced" in said, "encoder" in said) == (0, True, True)
    assert command("models", "export", model, tmp_path / "hub")[0] == 0
    for path in model.iterdir():
        assert path.read_bytes() == (tmp_path / "hub" / path.name).read_bytes()
    assert command("models", "export", model, tmp_path / "hub")[0] == 2


def test_an_export_without_a_card_gets_one(tmp_path: Path) -> None:
    source = tmp_path / "bare"
    source.mkdir()
    (source / "config.json").write_text("{}", encoding="utf-8")
    digest = hashlib.sha256(b"{}").hexdigest()
    (source / "manifest.json").write_text(json.dumps({"files": {"config.json": {"sha256": digest, "bytes": 2}}}))
    (tmp_path / "hub").mkdir()
    export(source, tmp_path / "hub")
    assert verify(tmp_path / "hub") == (2, 0)
    assert (tmp_path / "hub" / "README.md").read_text(encoding="utf-8").startswith("---\nlibrary_name: civictopics")


def hostile(model: Path, tmp_path: Path, name: str, content: bytes, listed: bool) -> Path:
    folder = tmp_path / "hostile"
    shutil.copytree(model, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    if ".." not in name and not name.startswith("/"):
        (folder / name).write_bytes(content)
    if listed:
        manifest["files"][name] = hashlib.sha256(content).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


class _Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("touched-by-a-pickle"),))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "listed", "message"),
    [
        ("weights.pkl", False, r"weights\.pkl is not in manifest\.json"),
        ("weights.pkl", True, "only files of the kinds"),
        ("model.py", True, "only files of the kinds"),
        ("config.json", True, "begins like a pickle"),
        ("model.safetensors", True, r"model\.safetensors"),
        ("model.safetensors", False, "is not the file that was saved"),
        ("../escape.json", True, "no path inside the folder"),
        ("/etc/hostname.txt", True, "no path inside the folder"),
        ("a/../../b.json", True, "no path inside the folder"),
        ("C:\\b.json", True, "no path inside the folder"),
    ],
)
@pytest.mark.parametrize("what", [load_tagger, verify])
def test_hostile_folders_are_refused(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, listed: bool, message: str, what: object
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = hostile(model, tmp_path, name, pickle.dumps(_Hostile()), listed)
    with pytest.raises(ModelError, match=message):
        what(folder)  # type: ignore[operator]
    assert not (tmp_path / "touched-by-a-pickle").exists()
    with pytest.raises(ModelError):
        export(folder, tmp_path)


def test_links_and_missing_files_are_refused(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "linked"
    shutil.copytree(model, folder)
    (folder / "config.json").rename(tmp_path / "elsewhere.json")
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        verify(folder)
    (folder / "config.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(ModelError, match="is a link"):
        verify(folder)


@pytest.mark.parametrize("content", ["[]", "{}", '{"files": []}', '{"files": {"a.json": 5}}', "[" * 100_000])
def test_manifests_that_are_none_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelError, match=r"manifest\.json"):
        verify(tmp_path)


def test_a_folder_of_an_earlier_version_still_answers_as_it_did() -> None:
    folder = Path(__file__).with_name("tone-tagger")
    assert verify(folder)[1] >= 10
    texts = [f"Sáng nay xã bàn việc chung của năm {tone} thứ 9." for tone in ("angry", "calm")]
    assert load_tagger(folder).predict(texts, languages=["vi", "vi"]).tolist() == ["angry", "calm"]
