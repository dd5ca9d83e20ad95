"""Labels go out to tools and come back."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from civictopics.annotation.assignments import draw_assignments, own_question
from civictopics.annotation.doccano import export_doccano, import_doccano
from civictopics.annotation.flat import COLUMNS, FlatLabel, read_labels, write_labels
from civictopics.annotation.label_studio import export_label_studio, import_label_studio, label_config
from civictopics.annotation.questions import CODEBOOK, Question, choose_questions
from civictopics.annotation.spreadsheet import export_csv
from civictopics.errors import InputError, UsageError
from civictopics.tagging.store import shipped_models
from civictopics.tagging.stored_tagger import load_tagger
from tests.commands import command
from tests.own_labels import events, write_run

QUESTIONS = list(CODEBOOK.values())
# As Label Studio 1.23.2 exported it: made from our tasks and pre-annotations by its API, one corrected, one skipped.
EXPORT = Path(__file__).with_name("label_studio_export.json")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("runs") / "run")


def test_articles_are_drawn_by_group_and_alike_each_time(run: Path) -> None:
    everything = draw_assignments(run, QUESTIONS)
    assert len(everything) == 12
    drawn = draw_assignments(run, QUESTIONS, n=6, seed=3)
    assert len({item.article.group for item in drawn}) == 6, "no translation before every group has one"
    assert drawn == draw_assignments(run, QUESTIONS, n=6, seed=3)
    assert drawn != draw_assignments(run, QUESTIONS, n=6, seed=4)
    order = [item.article.id for item in everything]
    assert [item.article.id for item in drawn] == sorted((item.article.id for item in drawn), key=order.index)


def test_label_studio_gets_tasks_with_what_was_predicted(run: Path, tmp_path: Path) -> None:
    assignments = draw_assignments(run, QUESTIONS)
    assert export_label_studio(tmp_path, assignments, QUESTIONS) == ["tasks.json", "config.xml"]
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    prediction = tasks[0]["predictions"][0]
    assert prediction["score"] == 0.8
    answers = {item["from_name"]: item["value"] for item in prediction["result"]}
    assert answers["meeting_type"] == {"choices": ["congress"]}
    assert answers["themes"] == {"choices": list(events(2)[0].themes)}
    named = {
        element.get("name") for element in ElementTree.parse(tmp_path / "config.xml").iter() if element.get("name")
    }
    assert named == {"text", "comment", *CODEBOOK}
    assert set(answers) <= named
    assert len(tasks[0]["data"]["meta"]["text_sha256"]) == 64


@pytest.mark.parametrize("tool", ["labelstudio", "doccano", "csv"])
def test_blind_tasks_carry_no_predictions(run: Path, tmp_path: Path, tool: str) -> None:
    code, said = command("annotate", "export", run, "--to", tool, "--blind", "--out", tmp_path / "out", "--n", 4)
    assert (code, said[:18]) == (0, "4 articles, blind:")
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "predictions" not in text
        if tool == "doccano" and path.suffix == ".jsonl":
            assert {tuple(json.loads(line)["label"]) for line in text.splitlines()} == {()}
        if path.name == "labels.csv":
            assert {row["label"] for row in csv.DictReader(text.splitlines())} == {""}


def test_what_a_real_label_studio_exported_comes_back() -> None:
    labels = import_label_studio(EXPORT, annotators={"1": "anna"})
    assert {label.annotator for label in labels} == {"anna"}
    first = {label.task: label for label in labels if label.article == labels[0].article}
    assert first["meeting_type"].label == "briefing"
    assert first["meeting_type"].comment == "=doubtful"
    assert first["period_start"].label == "2010-01-01"
    assert first["period_start"].time.startswith("2026-11-22T")
    assert len({label.article for label in labels}) == 2, "the skipped task has no labels"


def _changed(tmp_path: Path, change: object) -> Path:
    tasks = json.loads(EXPORT.read_text(encoding="utf-8"))
    change(tasks)  # type: ignore[operator]
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def test_the_last_of_a_coders_annotations_counts(tmp_path: Path) -> None:
    def twice(tasks: list[dict]) -> None:
        later = json.loads(json.dumps(tasks[0]["annotations"][0]))
        later["updated_at"] = "2027-01-01T00:00:00Z"
        next(item for item in later["result"] if item["from_name"] == "meeting_type")["value"] = {"choices": ["none"]}
        tasks[0]["annotations"].insert(0, later)

    labels = import_label_studio(_changed(tmp_path, twice))
    assert next(label.label for label in labels if label.task == "meeting_type") == "none"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda tasks: tasks.clear(), "no annotation"),
        (lambda tasks: tasks[0].pop("data"), r"export\.json, task 1: not a task"),
        (lambda tasks: tasks[2].pop("annotations"), r"export\.json, task 3: not a task"),
        (
            lambda tasks: tasks[0]["annotations"][0]["result"][2].update(value={"choices": ["parade"]}),
            r"task 1: unknown label 'parade' for meeting_type; legal: annual_review",
        ),
        (
            lambda tasks: tasks[0]["annotations"][0]["result"][0].update(value={"choices": ["emulation", "none"]}),
            "exclude each other",
        ),
    ],
)
def test_faults_of_an_export_name_the_task(tmp_path: Path, change: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        import_label_studio(_changed(tmp_path, change))


@pytest.mark.parametrize("content", ["", "{}", "[" * 100_000, "[1]", '[{"data": 1, "annotations": []}]'])
def test_files_that_are_no_export(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    with pytest.raises(InputError, match=r"x\.json"):
        import_label_studio(tmp_path / "x.json")


def test_labels_with_markup_are_quoted() -> None:
    text = label_config([Question("tone", ('<b>&"calm"', "angry"))])
    values = [element.get("value") for element in ElementTree.fromstring(text).iter("Choice")]
    assert values == ['<b>&"calm"', "angry"]


def test_doccano_there_and_back(run: Path, tmp_path: Path) -> None:
    names = export_doccano(tmp_path, draw_assignments(run, QUESTIONS), QUESTIONS)
    assert "meeting_type.jsonl" in names
    assert "period_start.jsonl" not in names, "doccano has no field for dates in a project for classification"
    labels = json.loads((tmp_path / "meeting_type.labels.json").read_text())
    assert {"text": "annual_review"} in labels
    lines = [json.loads(line) for line in (tmp_path / "themes.jsonl").read_text(encoding="utf-8").splitlines()]
    exported = [{"id": number, **line, "Comments": ["so"]} for number, line in enumerate(lines)]
    exported[0]["label"] = []
    (tmp_path / "binh.jsonl").write_text("\n".join(json.dumps(line) for line in exported), encoding="utf-8")
    found = import_doccano(tmp_path / "binh.jsonl")
    assert len(found) == 11, "an example without a label was not answered"
    assert found[0].annotator == "binh"
    assert found[0].comment == "so"
    assert found[0].label == ";".join(lines[1]["label"])
    assert import_doccano(tmp_path / "binh.jsonl", "anna")[0].annotator == "anna"
    (tmp_path / "bad.jsonl").write_text('{"text": "x", "label": ["y"]}\n')
    with pytest.raises(InputError, match=r"bad\.jsonl#1"):
        import_doccano(tmp_path / "bad.jsonl")


def test_tables_to_fill_in(run: Path, tmp_path: Path) -> None:
    export_csv(tmp_path, draw_assignments(run, QUESTIONS, n=2), QUESTIONS)
    with (tmp_path / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 2 * len(CODEBOOK)
    with pytest.raises(InputError, match=r"labels\.csv#2: the annotator is empty"):
        read_labels(tmp_path / "labels.csv")
    assert {label.annotator for label in read_labels(tmp_path / "labels.csv", annotator="anna")} == {"anna"}


def test_flat_labels_come_back_as_they_were_and_defused_between(tmp_path: Path) -> None:
    labels = [
        FlatLabel("=1+1", "anna", "meeting_type", "none", "@SUM(1)\nso", "2026-01-01"),
        FlatLabel("b", "anna", "themes", "emulation;party_building"),
        FlatLabel("'quoted", "anna", "tone", "calm"),
    ]
    write_labels(tmp_path / "labels.csv", labels)
    text = (tmp_path / "labels.csv").read_text(encoding="utf-8")
    assert "'=1+1,anna" in text
    assert "'@SUM(1) so" in text
    found = read_labels(tmp_path / "labels.csv")
    assert [label.article for label in found] == ["=1+1", "b", "'quoted"]
    assert [label.label for label in found] == [label.label for label in labels]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,anna,meeting_type,parade,,\n", "#2: unknown label 'parade' for meeting_type"),
        ("a,anna,meeting_type,none,,\na,anna,meeting_type,briefing,,\n", "#2 and .*#3: anna labels 'a' both"),
        ("a,,meeting_type,none,,\n", "#2: the annotator is empty"),
        (",anna,meeting_type,none,,\n", "#2: the article is empty"),
        ("a,anna,meeting_type,,,\n", "holds no labels"),
        ("", "holds no rows"),
    ],
)
def test_faults_of_a_flat_file_name_the_row(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "labels.csv").write_text(",".join(COLUMNS) + "\n" + rows)
    with pytest.raises(InputError, match=message):
        read_labels(tmp_path / "labels.csv")


def test_questions_of_ones_own() -> None:
    assert choose_questions([]) == QUESTIONS
    assert choose_questions(["meeting_type", "tone=calm, angry"])[1] == Question("tone", ("calm", "angry"))
    for wrong in ("tone", "tone=calm", "=a,b", "two words=a,b"):
        with pytest.raises(UsageError, match="there are: themes, main_theme"):
            choose_questions([wrong])


def test_export_and_import_from_the_command_line(run: Path, tmp_path: Path) -> None:
    code, said = command("annotate", "import", EXPORT, "--from", "labelstudio", "--out", tmp_path / "labels.csv")
    assert (code, "by 1 coders" in said) == (0, True)
    assert command("annotate", "import", EXPORT, "--from", "labelstudio", "--out", tmp_path / "labels.csv")[0] == 2
    assert (
        command("annotate", "import", tmp_path / "labels.csv", "--from", "csv", "--out", tmp_path / "again.csv")[0] == 0
    )
    assert (tmp_path / "labels.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    names = ["--annotator", "anna", "--annotator", "binh"]
    for tool in ("labelstudio", "doccano", "csv"):
        assert command("annotate", "import", EXPORT, "--from", tool, "--out", tmp_path / "x.csv", *names)[0] == 2
    assert command("annotate", "import", EXPORT, "--from", "word", "--out", tmp_path / "x.csv")[0] == 2
    assert command("annotate", "export", run, "--to", "word", "--out", tmp_path / "x")[0] == 2
    assert command("annotate", "export", tmp_path, "--to", "csv", "--out", tmp_path / "x")[0] == 1
    assert not (tmp_path / "x").exists()


def test_a_tagger_of_ones_own_predicts_for_its_coders(run: Path, tmp_path: Path) -> None:
    model = load_tagger("meeting-type")
    question = own_question(model)
    assert question.task == "meeting_type"
    drawn = draw_assignments(run, [question], n=3, tagger=model)
    assert all(item.predicted["meeting_type"][0] in model.classes_ for item in drawn)
    assert min(item.probability for item in drawn) < 1.0
    assert not any(item.predicted for item in draw_assignments(run, [question], n=3, blind=True, tagger=model))
    given = ["annotate", "export", run, "--to", "labelstudio", "--out", tmp_path / "out", "--n", 2]
    assert command(*given, "--model", shipped_models()["meeting-type"])[0] == 0
    assert 'name="themes"' not in (tmp_path / "out" / "config.xml").read_text()
