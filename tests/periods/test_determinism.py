"""The same text gives the same answer in every process and on every day."""

import os
import subprocess
import sys
from datetime import date

from civictopics.periods import PeriodExtractor

from .conftest import ROOT

PROGRAM = """
import json, pathlib
from civictopics.periods import extract_periods
lines = pathlib.Path("data/periods/passages.jsonl").read_text(encoding="utf-8").splitlines()
records = [json.loads(line) for line in lines][::7]
print([extract_periods(r["text"], r["lang"], r["published"], r["title"]) for r in records])
"""


def run(seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout


def test_fresh_processes_agree() -> None:
    assert run("1") == run("2")


def test_the_present_day_matters_only_as_a_limit() -> None:
    results = [
        PeriodExtractor(today=today).extract("Tổng kết công tác năm qua, đạt 98%", "vi", "2019-01-10")
        for today in (date(2019, 1, 10), date(2026, 1, 1), date(2040, 1, 1))
    ]
    assert results[0] == results[1] == results[2]
    assert results[0].start == "2018-01-01"
