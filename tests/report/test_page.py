"""What the report's page may hold, and how large it may be."""

import html
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from civictopics.report.article_data import MOST_BYTES, article_json, article_rows
from civictopics.report.charts import articles_over_time, bars, periods_between
from civictopics.report.data import ReportData
from civictopics.report.gathering import kind_of_reason
from civictopics.report.page import write_report


@pytest.fixture(scope="module")
def kept(made: Path) -> tuple[ReportData, dict[str, str]]:
    data, described = pickle.loads((made / "data.pickle").read_bytes())  # noqa: S301 - written by the fixture
    return data, described


def content(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_page_holds_all_it_shows_and_asks_for_nothing(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    outside = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(https?:|//)[^"')\s]*""", text)
    assert not outside
    policy = html.unescape(re.search(r'Policy" content="([^"]+)"', text)[1])  # type: ignore[index]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2
    body = text.split('<script type="application/json"')[0]
    assert not re.findall(r"<[^>]+\s(?:style|on\w+)=", body)  # the policy would block them
    assert text.count("</script>") == 2
    assert text.count("<script") == 2
    assert "\u2028" not in text.split('id="data">')[1].split("</script>")[0]


def test_every_article_is_there_with_its_evidence_and_without_its_text(
    page: Path, kept: tuple[ReportData, dict[str, str]]
) -> None:
    text = page.read_text(encoding="utf-8")
    found = content(text)
    articles = [dict(zip(found["columns"], values, strict=True)) for values in found["articles"]]
    assert len(articles) == 35 == kept[0].summary.n_articles
    arabic = next(a for a in articles if a["id"] == "an-giang-border-police-annual-before-tet-2023.ar")
    assert ["p", "في عام 2022"] in arabic["said"]
    assert any(part[0] == "n" and "2023" in part[1] for part in arabic["planned"] if isinstance(part, list))
    assert any(part[0] == "c" for part in arabic["event"] if isinstance(part, list))
    assert arabic["passages"][0][0] == 2  # Tet security
    assert found["types"][arabic["type"]][0] == "annual_review"
    longest = max(len(shown.opening) for shown in kept[0].shown)
    assert longest > 1000
    assert all(len(json.dumps(values, ensure_ascii=False)) < 3500 for values in found["articles"])


def test_the_most_doubtful_articles_come_first(kept: tuple[ReportData, dict[str, str]]) -> None:
    rows = article_rows(kept[0])
    doubts = [row["check"].bit_count() for row in rows]
    assert doubts == sorted(doubts, reverse=True)
    assert sum(1 for doubt in doubts if doubt) == kept[0].summary.n_to_check


def test_what_was_not_used_is_told_with_its_reason(page: Path, kept: tuple[ReportData, dict[str, str]]) -> None:
    assert dict(kept[0].reasons) == {"duplicate": 1, "empty": 1, "malformed": 1}
    text = page.read_text(encoding="utf-8")
    assert "duplicate of an-giang" in text
    assert kind_of_reason("not a kind of file that is read (those are txt)") == "not a kind of file that is read"


def test_counts_are_those_of_the_tables(page: Path, kept: tuple[ReportData, dict[str, str]]) -> None:
    summary = kept[0].summary
    assert summary.groups.n_groups == 11
    assert sum(summary.languages_by_month.values()) == 35
    text = page.read_text(encoding="utf-8")
    for name in ("Vietnamese", "English", "Swedish", "Russian", "Arabic"):
        assert re.search(rf'<th scope="row">{name}</th><td class="number">7</td><td class="number">20%</td>', text)
    chart = articles_over_time(summary, ["vi", "en", "sv", "ru", "ar"])
    assert chart is not None
    assert sum(column.count for column in chart.columns) + chart.undated == 35
    assert [column.period for column in chart.columns] == periods_between(
        chart.columns[0].period, chart.columns[-1].period
    )
    assert [bar.count for bar in bars(summary.languages, 35)] == [7] * 5


def test_provenance_is_shown(page: Path, made: Path) -> None:
    text = page.read_text(encoding="utf-8")
    record = json.loads((made / "out" / "run.json").read_text(encoding="utf-8"))
    for value in (record["civictopics"], record["inputs"]["digest"], record["models"]["encoder"]["digest"]):
        assert value in text


@pytest.mark.slow
def test_the_same_page_from_the_same_data(made: Path, kept: tuple[ReportData, dict[str, str]], tmp_path: Path) -> None:
    write_report(tmp_path / "here.html", *kept)
    code = (
        "import pickle, sys; from pathlib import Path; from civictopics.report.page import write_report\n"
        "write_report(Path(sys.argv[2]), *pickle.loads(Path(sys.argv[1]).read_bytes()))"
    )
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.html"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code, str(made / "data.pickle"), str(target)]
        subprocess.run(command, check=True, env=environment)
        assert target.read_bytes() == (tmp_path / "here.html").read_bytes()


@pytest.mark.slow
def test_the_same_report_from_the_same_run(made: Path, tmp_path: Path) -> None:
    pages = []
    for seed, processes in (("1", "1"), ("2", "2")):
        home = tmp_path / seed
        home.mkdir()
        (home / "in.jsonl").write_bytes((made / "in.jsonl").read_bytes())
        code = (
            "from civictopics import run; run(['in.jsonl'], 'out', use_cache=False, "
            f"processes={processes}, command=['run'])"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=home, env={**os.environ, "PYTHONHASHSEED": seed})
        pages.append((home / "out" / "report.html").read_bytes())
    assert pages[0] == pages[1]


def test_two_thousand_articles_of_the_longest_evidence_fit(kept: tuple[ReportData, dict[str, str]]) -> None:
    data = kept[0]
    arabic = [n for n, shown in enumerate(data.shown) if shown.row["lang"] == "ar"]
    chosen = [arabic[n % len(arabic)] for n in range(2000)]
    many = SimpleNamespace(
        summary=data.summary,
        shown=[data.shown[n] for n in chosen],
        types=[data.types[n] for n in chosen],
        points=data.points[chosen],
    )
    text = article_json(many)  # type: ignore[arg-type]
    assert len(text.encode("utf-8")) <= MOST_BYTES < 5_000_000
    assert len(json.loads(text)["articles"]) == 2000
    tight = article_json(many, MOST_BYTES // 2)  # type: ignore[arg-type]
    assert len(tight.encode("utf-8")) <= MOST_BYTES // 2
