"""How far coders agree, and which labels are likely errors."""

import sys
from pathlib import Path

import numpy as np
import pytest

from civictopics.annotation.coders import coder_agreement
from civictopics.annotation.doubts import doubtful_labels
from civictopics.annotation.flat import FlatLabel, write_labels
from civictopics.annotation.label_errors import likely_label_errors
from civictopics.errors import InputError, UsageError
from tests.commands import command
from tests.own_labels import label_rows, write_run


def labels(task: str, anna: list[str], binh: list[str]) -> list[FlatLabel]:
    return [
        FlatLabel(f"a{number}", coder, task, label)
        for coder, given in (("anna", anna), ("binh", binh))
        for number, label in enumerate(given)
        if label
    ]


def test_agreement_is_krippendorffs_with_an_interval() -> None:
    kinds = ["congress", "none"] * 10
    other = [*kinds[:18], "none", "congress"]
    found = coder_agreement(labels("meeting_type", [*kinds, "briefing"], [*other, ""]))[0]
    assert (found.task, found.n_articles, found.n_coders) == ("meeting_type", 20, 2)
    assert found.agreement == pytest.approx(0.9)
    assert found.alpha.value == pytest.approx(0.805)
    assert found.alpha.low < found.alpha.value < found.alpha.high
    assert found.differing == ("a18", "a19")


def test_each_of_several_labels_is_a_field_of_its_own() -> None:
    found = coder_agreement(labels("themes", ["emulation", "none"] * 4, ["emulation;party_building", "none"] * 4))
    by_task = {field.task: field for field in found}
    assert set(by_task) == {
        f"themes: {name}" for name in ("emulation", "mass_mobilisation", "tet_security", "party_building")
    }
    assert by_task["themes: emulation"].agreement == 1.0
    assert by_task["themes: party_building"].agreement == 0.5
    assert np.isnan(by_task["themes: tet_security"].alpha.value), "all labels are the same"


def test_translations_are_resampled_together() -> None:
    given = labels("tone", ["calm", "angry"] * 10, ["calm", "angry"] * 9 + ["angry", "calm"])
    groups = {f"a{number}": f"g{number // 4}" for number in range(20)}
    assert coder_agreement(given, groups)[0].alpha.n_groups == 5
    assert coder_agreement(given, dict.fromkeys(groups, "one"))[0].alpha.n_groups == 1


def test_one_coder_alone_agrees_with_nobody(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.csv", labels("tone", ["calm", "angry"], []))
    assert command("annotate", "agreement", tmp_path / "labels.csv") == (
        0,
        "no article has labels of two coders: agreement cannot be told\n",
    )
    write_labels(tmp_path / "labels.csv", labels("tone", ["calm", "angry"], ["calm", "calm"]))
    code, said = command("annotate", "agreement", tmp_path / "labels.csv")
    assert (code, said[:11], "different labels: a1" in said) == (0, "tone: alpha", True)
    assert command("annotate", "agreement", tmp_path / "labels.csv", "--errors")[0] == 2


def test_without_cleanlab_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleanlab.filter", None)
    with pytest.raises(UsageError, match=r"pip install 'civictopics\[annotation\]'"):
        likely_label_errors(["a"], ["a", "b"], np.ones((1, 2)) / 2)
    with pytest.raises(UsageError, match="cleanlab"):
        next(doubtful_labels(labels("tone", ["calm"], []), {}))


def test_a_label_that_was_changed_is_found() -> None:
    pytest.importorskip("cleanlab")
    rows = label_rows()
    texts = {row["id"]: {name: row[name] for name in ("text", "title", "lang", "group")} for row in rows}
    wrong = rows[0]["group"]
    given = [FlatLabel(row["id"], "anna", "kind", "none" if row["group"] == wrong else row["kind"]) for row in rows]
    ((task, doubts),) = doubtful_labels(given, texts)
    assert task == "kind"
    assert not isinstance(doubts, str)
    assert {f"{wrong}.vi", f"{wrong}.en"} <= {article for article, _ in doubts}
    found = dict(doubts)[f"{wrong}.vi"]
    assert (found.given, found.likely) == ("none", "congress")


def test_errors_cannot_be_told_from_few_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cleanlab")
    texts = {f"a{n}": {"text": f"x {n}", "title": "", "lang": "vi", "group": f"a{n}"} for n in range(2)}
    assert "cannot be told" in str(next(doubtful_labels(labels("tone", ["calm", "calm"], []), texts))[1])
    with pytest.raises(InputError, match="no article 'a0' in the run"):
        next(doubtful_labels(labels("tone", ["calm", "calm"], []), {}))


def test_probabilities_must_fit_the_labels() -> None:
    pytest.importorskip("cleanlab")
    with pytest.raises(InputError, match="shape"):
        likely_label_errors(["a"], ["a", "b"], np.ones((3, 2)) / 2)


def test_groups_come_from_the_run(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    rows = label_rows(2)
    given = [FlatLabel(row["id"], coder, "kind", row["kind"]) for row in rows for coder in ("anna", "binh")]
    write_labels(tmp_path / "labels.csv", given)
    assert "12 articles in 6 groups" in command("annotate", "agreement", tmp_path / "labels.csv", "--run", run)[1]
