"""What is wrong with a file of labels is said with its row."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civictopics.errors import CivicTopicsError, InputError, UsageError
from civictopics.tagging.training import Columns, read_examples
from tests.own_labels import label_rows, write_table

ROWS = label_rows(5)
KIND = Columns("kind")


def changed(tmp_path: Path, row: int, **values: str) -> Path:
    rows = [dict(found) for found in ROWS]
    rows[row].update(values)
    return write_table(tmp_path / "labels.csv", rows)


def place(row: int) -> str:
    """Return the line on which a row of the csv file begins: texts have lines of their own."""
    return f"labels.csv#{2 + sum(1 + r['text'].count(chr(10)) for r in ROWS[:row])}"


def test_all_kinds_of_table_say_the_same(tmp_path: Path) -> None:
    paths = [write_table(tmp_path / f"labels.{kind}", ROWS) for kind in ("csv", "tsv")]
    paths.append(tmp_path / "labels.jsonl")
    paths[-1].write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    paths.append(tmp_path / "labels.parquet")
    pq.write_table(pa.Table.from_pylist(ROWS), paths[-1])
    found = [read_examples(path, KIND) for path in paths]
    for examples in found:
        assert examples.labels == [row["kind"] for row in ROWS]
        assert examples.groups == [row["group"] for row in ROWS]
        assert [row.text for row in examples.texts] == [row.text for row in found[0].texts]
        assert examples.notes == ()


def test_languages_are_detected_and_rows_without_a_group_stand_alone(tmp_path: Path) -> None:
    rows = [{"text": row["text"], "kind": row["kind"]} for row in ROWS]
    examples = read_examples(write_table(tmp_path / "labels.csv", rows), KIND)
    assert [row.lang for row in examples.texts] == [row["lang"] for row in ROWS]
    assert len(set(examples.groups)) == len(ROWS)
    assert [note.split(":")[0] for note in examples.notes] == ["no column of groups", "languages detected"]


def test_near_copies_come_into_one_group(tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    rows[4].update(text=rows[0]["text"] + " Một câu thêm vào cuối bài.", lang="vi", title="")
    examples = read_examples(write_table(tmp_path / "labels.csv", rows), KIND)
    assert examples.groups[4] == examples.groups[0] == rows[0]["group"]
    assert examples.groups[5] == examples.groups[0], "the group that the copy had comes along"
    assert "near-copies" in examples.notes[0]


@pytest.mark.parametrize(
    ("row", "values", "message"),
    [
        (3, {"kind": " "}, "{place}: the label is empty"),
        (3, {"kind": "parade"}, "{place}: unknown label 'parade'; the label set is: congress, none, rollout"),
        (3, {"text": ""}, "{place}: the text is empty"),
        (1, {"kind": "none"}, "{first} and {place} have the same group .*, but the labels 'congress' and 'none'"),
    ],
)
def test_faults_name_the_row(tmp_path: Path, row: int, values: dict[str, str], message: str) -> None:
    path = changed(tmp_path, row, **values)
    with pytest.raises(InputError, match=message.format(place=place(row), first=place(0))):
        read_examples(path, KIND, ["congress", "none", "rollout"])


def test_labels_that_contradict_each_other_for_one_text(tmp_path: Path) -> None:
    last = ROWS[-1]
    path = changed(tmp_path, 0, text=last["text"], title=last["title"], group="of its own")
    with pytest.raises(InputError, match="have the same text, but the labels 'congress' and 'rollout'"):
        read_examples(path, KIND)


def test_labels_that_differ_in_case_only(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'Congress' and 'congress' .* differ in case only"):
        read_examples(changed(tmp_path, 3, kind="Congress"), KIND)


def test_a_label_with_one_group(tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    for row in rows[:2]:
        row["kind"] = "parade"
    with pytest.raises(InputError, match="label 'parade' occurs in one group only"):
        read_examples(write_table(tmp_path / "labels.csv", rows), KIND)


def test_one_label_only_and_too_few_groups(tmp_path: Path) -> None:
    rows = [{**row, "kind": "same"} for row in ROWS]
    with pytest.raises(InputError, match="nothing to learn"):
        read_examples(write_table(tmp_path / "one.csv", rows), KIND)
    with pytest.raises(InputError, match="6 groups; 10 are needed"):
        read_examples(write_table(tmp_path / "few.csv", label_rows(2)), KIND)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("empty.jsonl", b"\n\n", "holds no rows"),
        ("head.csv", b"text,kind\n", "holds no rows"),
        ("bad.jsonl", b'{"text": "x", "kind": "y"}\n{"text"\n', r"bad\.jsonl#2: not JSON"),
        ("list.jsonl", b"[1]\n", r"list\.jsonl#1: a list"),
        ("deep.jsonl", b"[" * 200_000, "not JSON"),
        ("long.csv", b"text,kind\nx,y,z\n", r"long\.csv#2: 3 cells under 2 columns"),
        ("bad.parquet", b"PAR1 no", "not a whole parquet file"),
        ("columns.csv", b"text,label\nx,y\n", "no column 'kind'; the columns are: text, label"),
        ("columns.csv", b"body,kind\nx,y\n", "no column 'text'"),
        ("labels.xlsx", b"x", "not a kind of table"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CivicTopicsError, match=message):
        read_examples(tmp_path / name, KIND)


def test_a_column_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    path = write_table(tmp_path / "labels.csv", ROWS)
    with pytest.raises(UsageError, match="no column 'event'"):
        read_examples(path, Columns("kind", group="event"))
    with pytest.raises(UsageError, match="no such file"):
        read_examples(tmp_path / "missing.csv", KIND)


def test_labels_are_joined_to_the_texts_of_a_run(tmp_path: Path) -> None:
    texts = {row["id"]: {name: row[name] for name in ("text", "title", "lang", "group")} for row in ROWS}
    flat = [{"article": row["id"], "task": "kind", "label": row["kind"]} for row in ROWS]
    flat.append({"article": ROWS[0]["id"], "task": "tone", "label": "calm"})
    path = write_table(tmp_path / "labels.csv", flat)
    examples = read_examples(path, Columns("label"), texts=texts, task="kind")
    assert examples.labels == [row["kind"] for row in ROWS]
    assert examples.groups == [row["group"] for row in ROWS]
    with pytest.raises(InputError, match="no row has 'mood'"):
        read_examples(path, Columns("label"), texts=texts, task="mood")
    del texts[ROWS[5]["id"]]
    with pytest.raises(InputError, match=r"labels\.csv#7: no article"):
        read_examples(path, Columns("label"), texts=texts, task="kind")
