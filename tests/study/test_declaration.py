"""Declarations: what they may say, and errors that name the key and list the legal values."""

from pathlib import Path

import pytest

from civictopics.errors import UsageError
from civictopics.study.data_sets import DataMissingError
from civictopics.study.declaration import load_declaration
from civictopics.study.registry import DATA_SETS, QUESTIONS
from tests.conftest import ROOT
from tests.study.conftest import TINY, Declare


@pytest.mark.parametrize("path", sorted((ROOT / "experiments").glob("*.toml")), ids=lambda path: path.stem)
def test_every_experiment_of_the_project_is_valid(path: Path) -> None:
    assert load_declaration(path).name == path.stem


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seeds = [0, 1]", "seed = [0]", "unknown key 'seed'; legal keys: data_sets, description, level"),
        ('name = "open"', 'name = "open", lang = "vi"', "'data_sets.0.lang'; legal keys: languages, methods, name"),
        ('name = "open"', 'name = "open", methods = ["sur"]', "'sur'; legal values: sure, constant"),
        ('"accuracy", ', '"acuracy", ', "'metrics.0' is 'acuracy'; legal values: accuracy, calibration"),
        ('"tiny"', '"tinny"', "'question' is 'tinny'; legal values: tiny"),
        ('name = "open"', 'name = "shut"', "'data_sets.0.name' is 'shut'; legal values: open, closed, absent"),
        ('method = "guess"', 'method = "gues"', "'methods.0.method' is 'gues'; legal values: guess, constant, failing"),
        ('"constant"', '"konstant"', "'methods.1.name' is 'konstant'; legal values: guess, constant, failing"),
        ("right = 0.95", "rihgt = 0.95", "'methods.0.settings' is 'rihgt'; legal keys: right, slow"),
        ("right = 0.95", 'right = "very"', "'methods.0.settings.right' is 'very': input should be a valid number"),
        ('name = "open"', 'name = "open", languages = ["sv"]', "'data_sets.0.languages' is 'sv'; legal values: vi, en"),
        ("seeds = [0, 1]", "seeds = [0, -1]", "'seeds.1' is -1: input should be greater than or equal to 0"),
        ("seeds = [0, 1]", "seeds = [1, 1]", "'seeds' has 1 twice"),
        ('"constant"', '"sure"', "legal values"),
        ('name = "small"', 'name = "large"', "name is 'large'; it must be that of the file, 'small'"),
        ('title = "A_small study"', "", "the key 'title' is missing"),
        ("resamples = 300", "resamples = ", "is not TOML"),
        ('name = "sure"', 'name = "Sure Thing"', "'methods.0.name' is 'Sure Thing': string should match pattern"),
    ],
)  # fmt: skip
def test_errors_name_the_key_and_list_what_is_legal(declare: Declare, old: str, new: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        declare((old, new))
    assert message in str(error.value)
    assert "small.toml" in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*none\.toml: No such file"):
        load_declaration(tmp_path / "none.toml", TINY)


@pytest.mark.parametrize("name", sorted(DATA_SETS))
def test_data_sets_say_what_they_are(name: str) -> None:
    data_set = DATA_SETS[name]
    assert data_set.name == name
    for field in ("description", "licence", "citation", "languages", "labels"):
        assert getattr(data_set, field), f"{name} has no {field}"


def test_data_that_may_not_be_shared_is_missed_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("civictopics.study.data_sets.shared_folder", lambda: tmp_path)
    with pytest.raises(DataMissingError, match="real_vi is not here"):
        DATA_SETS["real_vi"].digest()


def test_questions_name_data_sets_and_methods_that_exist() -> None:
    from importlib import import_module

    for question in QUESTIONS.values():
        assert set(question.data_sets) <= set(DATA_SETS)
        assert question.seedless <= set(question.methods)
        for function in question.methods.values():
            module, _, name = function.partition(":")
            assert callable(getattr(import_module(module), name))
