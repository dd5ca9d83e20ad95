"""A run whose report the page tests open, and a browser to open it in."""

import json
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from civictopics import load_corpus, pipeline, run
from experiments.headless_browser import Browser
from tests.conftest import TEXTS, in_ci

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
GROUPS = (
    "an-giang-border-police-annual-before-tet-2023",
    "tien-giang-commune-committee-year-2010",
    "thua-thien-hue-emulation-cluster-q3-2009",
    "ea-kmat-commune-december-briefing-tet-2025",
    "fdi-seven-months-2014-da-nang",
    "ninh-binh-prison-workshop-officer-2017",
)
HOSTILE = "</script><script>window.hostile=1</script><img src=x onerror=window.hostile=1>\u2028<!--"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run on thirty articles of the corpus, five hostile ones, and some that are not used."""
    home = tmp_path_factory.mktemp("page")
    records = [
        {"id": a.id, "title": a.title, "text": a.text, "published": a.published, "group": a.group, "lang": a.lang}
        for a in load_corpus().articles()
        if a.group in GROUPS
    ]
    assert len(records) == 5 * len(GROUPS)
    for code, text in TEXTS.items():
        title = f"{HOSTILE} {text[:40]}"
        records.append({"id": f"{HOSTILE}{code}", "title": title, "text": f"{text} {HOSTILE} " * 3, "lang": code})
    records += [{"id": "empty", "text": ""}, {"id": "again", "text": records[0]["text"]}]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (home / "in.jsonl").write_text("\n".join([*lines, "not json"]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        write = pipeline.write_report

        def keep(path: Path, data: object, described: dict[str, str]) -> None:
            (home / "data.pickle").write_bytes(pickle.dumps((data, described)))
            write(path, data, described)  # type: ignore[arg-type]

        patch.setattr(pipeline, "write_report", keep)
        run([home / "in.jsonl"], home / "out", use_cache=False, processes=1, command=["civictopics", "run", HOSTILE])
    return home


@pytest.fixture(scope="session")
def page(made: Path) -> Path:
    return made / "out" / "report.html"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        if in_ci():
            pytest.fail("no Chromium: the page tests must run in CI (see README, 'Tests')")
        pytest.skip("no Chromium on this machine: the page is not tried in a browser")
    browser = Browser(CHROMIUM, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
