"""The main job from files to a finished folder."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from civictopics import run
from civictopics.errors import InputError, OutputError, UsageError
from civictopics.settings import RunSettings
from civictopics.tagging.table import TAG_COLUMNS
from tests.conftest import RUSSIAN, SWEDISH, TEXTS

Writer = Callable[..., Path]
FIGURES = ["theme-counts", "theme-map", "themes-over-time", "meeting-types", "key-phrases"]
OUTPUTS = [
    "articles.parquet",
    "dropped.csv",
    "figures",
    "passages.parquet",
    "report.html",
    "run.json",
    "tags.csv",
    "themes.json",
]


def records(count: int = 3) -> list[dict[str, str]]:
    return [
        {
            "id": f"{code}{i}",
            "group": f"g{i}",
            "lang": code,
            "text": f"{text}\n{filler(f'{code}{i}')}",
            "title": f"{code} {i}",
            "published": str(2000 + i % 25),
        }
        for i in range(count)
        for code, text in TEXTS.items()
    ]


def filler(seed: str) -> str:
    generator = random.Random(seed)
    return " ".join("".join(generator.choices("abcdeghilmnoprstu", k=5)) for _ in range(150)) + "."


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "tags.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def command(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "civictopics", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )


def test_everything_that_the_design_lists_is_there(write_jsonl: Writer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run([write_jsonl(*records(), "broken")], out)
    assert sorted(path.name for path in out.iterdir()) == OUTPUTS
    assert sorted(p.name for p in (out / "figures").iterdir()) == sorted(
        f"{f}.{e}" for f in FIGURES for e in ("png", "svg")
    )
    assert (result.n_articles, result.n_dropped) == (15, 1)
    assert list(rows(out)[0]) == list(TAG_COLUMNS)
    assert pq.read_schema(out / "articles.parquet").names == [
        "id",
        "source",
        "group",
        "lang",
        "lang_probability",
        "published",
        "title",
        "text",
        "url",
    ]
    passages = pq.read_table(out / "passages.parquet")
    assert passages.column_names[:3] == ["id", "position", "text"]
    assert set(passages["id"].to_pylist()) == {row["id"] for row in rows(out)}
    themes = json.loads((out / "themes.json").read_text(encoding="utf-8"))
    assert [theme["name"] for theme in themes[:4]] == [
        "emulation",
        "mass_mobilisation",
        "tet_security",
        "party_building",
    ]
    provenance = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert {"civictopics", "command", "settings", "inputs", "models", "environment", "seconds"} <= set(provenance)
    with (out / "dropped.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["source"] == "articles.jsonl#16"


def test_hostile_ids_and_titles_are_harmless(write_jsonl: Writer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    hostile = [
        {"id": "../../escape", "title": "<script>alert(1)</script>", "text": SWEDISH},
        {
            "id": "=cmd|' /C calc'!A0",
            "title": '=HYPERLINK("http://x")',
            "text": RUSSIAN,
            "group": "+1",
            "url": "javascript:alert(1)",
        },
        {"id": "</script><img src=x onerror=alert(1)>", "title": "@SUM(1)", "text": TEXTS["ar"]},
    ]
    run([write_jsonl(*hostile)], out)
    assert not (tmp_path.parent / "escape").exists()
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("</script>") == 2
    for row in rows(out):
        assert not any(value.lstrip().startswith(("=", "+", "-", "@")) for value in row.values())
    assert pq.read_table(out / "articles.parquet")["title"].to_pylist()[1].startswith("=HYPERLINK")


@pytest.mark.slow
def test_the_same_bytes_from_the_same_run(write_jsonl: Writer, tmp_path: Path) -> None:
    path = write_jsonl(*records(8))
    digests = []
    for i, (seed, threads, processes) in enumerate([("0", "1", 1), ("1", "2", 2)]):
        out = tmp_path / f"out{i}"
        done = command(
            "run",
            path,
            "--out",
            out,
            "--no-cache",
            "--processes",
            processes,
            PYTHONHASHSEED=seed,
            OMP_NUM_THREADS=threads,
            OPENBLAS_NUM_THREADS=threads,
        )
        assert done.returncode == 0, done.stderr
        files = sorted(p for p in out.rglob("*") if p.is_file() and p.name not in ("run.json", "report.html"))
        # The report repeats the command and the folder's name; run.json has the timings.
        digests.append({str(p.relative_to(out)): p.read_bytes() for p in files})
    assert digests[0].keys() == digests[1].keys()
    assert [name for name in digests[0] if digests[0][name] != digests[1][name]] == []


@pytest.mark.slow
def test_a_second_run_encodes_nothing(write_jsonl: Writer, tmp_path: Path) -> None:
    path, cache = write_jsonl(*records()), tmp_path / "cache"
    first = run([path], tmp_path / "one", cache=cache)
    second = run([path], tmp_path / "two", cache=cache)
    assert first.n_encoded > 0
    assert second.n_encoded == 0
    assert (tmp_path / "one" / "passages.parquet").read_bytes() == (tmp_path / "two" / "passages.parquet").read_bytes()


@pytest.mark.slow
def test_an_existing_folder_is_refused_unless_told(write_jsonl: Writer, tmp_path: Path) -> None:
    path, out = write_jsonl(*records(1)), tmp_path / "out"
    run([path], out)
    before = (out / "run.json").read_bytes()
    with pytest.raises(UsageError, match="--overwrite"):
        run([path], out)
    assert (out / "run.json").read_bytes() == before
    run([path], out, overwrite=True)
    other = tmp_path / "precious"
    other.mkdir()
    (other / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not an earlier run"):
        run([path], other, overwrite=True)
    assert (other / "thesis.txt").exists()
    assert not list(tmp_path.glob(".*part*"))


def test_nothing_usable_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="nothing usable"):
        run([tmp_path / "in"], tmp_path / "out")
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        run([tmp_path / "in"], tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_an_unwritable_folder_is_an_error(write_jsonl: Writer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises((OutputError, UsageError)):
        run([write_jsonl(*records(1))], tmp_path / "file" / "out")
    with pytest.raises(UsageError, match="not a folder"):
        run([write_jsonl(*records(1))], tmp_path / "file")


def test_a_failure_late_in_the_run_leaves_nothing(
    write_jsonl: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("civictopics.pipeline.write_report", fail)
    with pytest.raises(OSError, match="disk full"):
        run([write_jsonl(*records(1))], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.0, 1.5], ids=["at once", "later"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_half_folder(
    write_jsonl: Writer, tmp_path: Path, number: signal.Signals, wait: float
) -> None:
    path, out = write_jsonl(*records(2000)), tmp_path / "out"
    errors = (tmp_path / "stderr.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "civictopics", "run", str(path), "--out", str(out), "--cache", str(tmp_path / "cache")],
        stderr=errors,
        # A shell that starts the tests in the background has told its children to ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".out.part*/work/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(wait)
    process.send_signal(number)
    assert process.wait(timeout=120) not in (0, 2)
    errors.close()
    assert "Traceback" not in (tmp_path / "stderr.txt").read_text(encoding="utf-8")
    assert not out.exists()
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.slow
def test_exit_codes_and_messages(write_jsonl: Writer, tmp_path: Path) -> None:
    path = write_jsonl(*records(1))
    done = command("run", path, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert all(line.startswith("note: ") for line in done.stderr.splitlines()), done.stderr
    assert f"report: {tmp_path / 'out' / 'report.html'}" in done.stdout
    for arguments, code, message in [
        (("run", path, "--out", tmp_path / "out"), 2, "--overwrite"),
        (("run", tmp_path / "nowhere", "--out", tmp_path / "x"), 2, "no such file or folder"),
        (("run", path), 2, "--out"),
        (("run", path, "--out", tmp_path / "x", "--candidates", "vi,xx"), 2, "xx"),
        (("run", path, "--out", tmp_path / "x", "--encoder", "nope"), 1, "no encoder 'nope'"),
        (("nonsense",), 2, "nonsense"),
    ]:
        done = command(*arguments)
        assert (done.returncode, message in done.stderr) == (code, True), (arguments, done.stderr)
        assert "Traceback" not in done.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    done = command("run", empty, "--out", tmp_path / "x")
    assert (done.returncode, "nothing usable" in done.stderr) == (1, True)


def test_help_answers_at_once() -> None:
    seconds = []
    for code in ("import typer, rich.markdown", "from civictopics.cli import app"):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds.append(time.perf_counter() - start)
    assert seconds[1] < 2 * seconds[0] + 0.3
    assert "run" in command("--help").stdout


def test_one_article_and_other_languages_get_what_works(write_jsonl: Writer, tmp_path: Path) -> None:
    german = "Die Gemeinde hielt am Morgen eine Konferenz über die Arbeit der ersten sechs Monate des Jahres 2023 ab. "
    run([write_jsonl({"id": "a", "text": german})], tmp_path / "out", RunSettings(n_discovered=5))
    (row,) = rows(tmp_path / "out")
    assert (row["lang"], row["discovered_theme"]) == ("de", "d1")


def test_clean_shows_what_goes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Dikes hold\n{SWEDISH}\nKommentar (0)\nNo data", encoding="utf-8")
    done = command("clean", tmp_path / "a.txt")
    assert "a.txt\ta\t3\tafter the article\tKommentar (0)" in done.stdout
    assert done.returncode == 0
