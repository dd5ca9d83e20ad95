import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civictopics import read_corpus
from civictopics.corpus.assembling import ReadingSettings
from civictopics.corpus.limits import Limits
from civictopics.errors import UsageError
from tests.conftest import ARABIC, ENGLISH, RUSSIAN, SWEDISH, TEXTS, VIETNAMESE

Writer = Callable[..., Path]


def reasons(corpus: object) -> str:
    return "\n".join(f"{row.source}: {row.reason}" for row in corpus.dropped)  # type: ignore[attr-defined]


def test_every_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(VIETNAMESE, encoding="utf-16")
    (tmp_path / "two.html").write_text(
        "<html><head><title>Dikes</title><meta property='article:published_time' content='2023-07-12'></head>"
        f"<body><nav>Home</nav><article><h1>Dikes</h1><p>{ENGLISH}</p><p>{ENGLISH[::-1]}</p></article></body></html>",
        encoding="utf-8",
    )
    (tmp_path / "three.jsonl").write_text(
        json.dumps({"id": "a", "text": SWEDISH, "published": "2017-3", "group": "g"}), encoding="utf-8-sig"
    )
    (tmp_path / "four.csv").write_text(f'id;text;lang\n"b";"{RUSSIAN}";ru\n', encoding="cp1251")
    pq.write_table(pa.table({"id": ["c"], "text": [ARABIC], "published": ["2017"]}), tmp_path / "five.parquet")
    corpus = read_corpus(tmp_path)
    assert not corpus.dropped
    found = {article.id: article for article in corpus}
    assert {name: found[name].lang for name in found} == {"one": "vi", "two": "en", "a": "sv", "b": "ru", "c": "ar"}
    assert [found[name].published for name in ("two", "a", "c", "one")] == ["2023-07-12", "2017-03", "2017", ""]
    assert (found["two"].title, found["a"].group, found["b"].lang_probability) == ("Dikes", "g", 1.0)


def test_text_is_composed_and_shown_unchanged(write_jsonl: Writer) -> None:
    import unicodedata

    path = write_jsonl({"text": unicodedata.normalize("NFD", VIETNAMESE + " Hoà giải.")})
    (article,) = read_corpus(path)
    assert article.text == VIETNAMESE + " Hoà giải."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("binary.txt", os.urandom(64) + b"\0\0\0\xff\xfe\xfd" * 50, "not text"),
        ("cut.parquet", b"PAR1 and then nothing", "not a whole parquet file"),
        ("empty.parquet", b"", "empty"),
        ("no-text.csv", b"id,body,date\n1,abc,2017\n", "no column 'text'; the columns found: id, body, date"),
        ("empty.csv", b"", "empty"),
        ("empty.jsonl", b"\n", "empty"),
        ("list.jsonl", b"[1, 2]\n", "line 1 is a list, not an object"),
        ("bomb.jsonl", b"[" * 100_000, "line 1"),
        ("keys.jsonl", b'{"body": "x"}\n', "no key 'text'; its keys: body"),
        ("page.html", b"<html></html>", "empty"),
        ("sheet.xlsx", b"PK", "not a kind of file"),
    ],
)
def test_bad_files_give_a_row_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz.txt").write_text(SWEDISH, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus] == ["zz"]
    assert message in reasons(corpus)
    assert all(row.source.startswith(name) for row in corpus.dropped)


def test_a_truncated_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [SWEDISH] * 50}), path)
    path.write_bytes(path.read_bytes()[:-40])
    corpus = read_corpus(path)
    assert len(corpus) == 0
    assert "not a whole parquet file" in reasons(corpus)


def test_a_malformed_line_is_named_and_the_rest_read(write_jsonl: Writer) -> None:
    path = write_jsonl({"id": "a", "text": SWEDISH}, "{broken", {"id": "b", "text": RUSSIAN}, {"id": "c", "text": " "})
    corpus = read_corpus(path)
    assert [article.id for article in corpus] == ["a", "b"]
    assert "articles.jsonl#2: malformed: line 2 is not JSON" in reasons(corpus)
    assert "articles.jsonl#4: empty" in reasons(corpus)


def test_a_huge_line_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a", "text": SWEDISH}) + "\n")
        file.write('{"id": "b", "text": "' + "x" * (50 << 20) + '"}\n')
        file.write(json.dumps({"id": "c", "text": RUSSIAN}) + "\n")
    corpus = read_corpus(path)
    assert [article.id for article in corpus] == ["a", "c"]
    assert "too large: line 2 has 50.0 MB" in reasons(corpus)


def test_huge_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SWEDISH * 50, encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>x</p>" * 2000, encoding="utf-8")
    corpus = read_corpus(tmp_path, settings=ReadingSettings(limits=Limits(text_file=5000, html_file=5000)))
    assert reasons(corpus).count("too large") == 2


def test_an_unclosed_quote_in_csv_does_not_swallow_the_file_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,"{SWEDISH}"\n2,"{RUSSIAN}"\n3,"never closed\n', encoding="utf-8")
    corpus = read_corpus(path)
    assert {article.id for article in corpus} >= {"1", "2"}
    assert len(corpus) + len(corpus.dropped) == 3


def test_duplicate_and_odd_ids_are_kept_apart(write_jsonl: Writer) -> None:
    path = write_jsonl({"id": "a", "text": SWEDISH}, {"id": "a", "text": RUSSIAN}, {"id": "../../etc", "text": ARABIC})
    corpus = read_corpus(path)
    assert [article.id for article in corpus] == ["a", "a~2", "../../etc"]
    assert any("'a' is taken" in note for note in corpus.notes)


def test_bad_dates_are_left_empty_and_said(write_jsonl: Writer) -> None:
    corpus = read_corpus(
        write_jsonl({"text": SWEDISH, "published": "31/02/2020"}, {"text": RUSSIAN, "published": 2019})
    )
    assert [article.published for article in corpus] == ["", "2019"]
    assert "'31/02/2020' is no date" in corpus.notes[0]


def test_a_language_outside_the_five_is_kept(write_jsonl: Writer) -> None:
    german = "Die Gemeinde hielt am Morgen eine Konferenz über die Arbeit der ersten sechs Monate des Jahres ab. " * 2
    (article,) = read_corpus(write_jsonl({"text": german}))
    assert article.lang == "de"
    (forced,) = read_corpus(write_jsonl({"text": german, "lang": "SV"}, name="b.jsonl"))
    assert (forced.lang, forced.lang_probability) == ("sv", 1.0)
    (short,) = read_corpus(write_jsonl({"text": "12 %"}, name="c.jsonl"))
    assert (short.lang, short.lang_probability) == ("", 0.0)


def test_languages_are_found_with_a_probability(write_jsonl: Writer) -> None:
    corpus = read_corpus(write_jsonl(*({"text": text} for text in TEXTS.values())))
    assert [article.lang for article in corpus] == list(TEXTS)
    assert all(0.9 < article.lang_probability <= 1.0 for article in corpus)


def test_a_missing_input_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        read_corpus(tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SWEDISH, encoding="utf-8")
    path.chmod(0)
    assert "unreadable" in reasons(read_corpus(tmp_path))


def test_a_file_that_fails_while_read_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(SWEDISH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(RUSSIAN, encoding="utf-8")
    read_bytes = Path.read_bytes

    def failing(self: Path) -> bytes:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", failing)
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus] == ["b"]
    assert "a.txt: unreadable: Permission denied" in reasons(corpus)


def test_processes_do_not_change_the_result(write_jsonl: Writer, tmp_path: Path) -> None:
    from civictopics.corpus.assembling import assemble_corpus

    path = write_jsonl(
        *({"id": str(i), "text": f"{text} {i} " + "x y z " * i} for i in range(60) for text in TEXTS.values())
    )
    results = []
    for processes in (1, 2):
        work = tmp_path / f"work{processes}"
        work.mkdir()
        corpus = assemble_corpus([path], work, work / "dropped.csv", ReadingSettings(), processes)
        results.append(([a for batch in corpus.batches() for a in batch], (work / "dropped.csv").read_bytes()))
    assert results[0] == results[1]
