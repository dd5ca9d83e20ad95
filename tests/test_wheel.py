"""The wheel holds all that the main job needs, and works outside the repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SWEDISH

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_the_wheel_works_on_its_own(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    tracked = subprocess.run(["git", "ls-files", "civictopics"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert set(tracked.stdout.split()) <= names
    assert "civictopics/data/corpus/events-01.jsonl" in names
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SWEDISH, encoding="utf-8")
    code = (
        "import sys, civictopics; assert 'site' in civictopics.__file__, civictopics.__file__;"
        "assert len(civictopics.load_corpus()) > 300;"
        "from civictopics.cli import main;"
        "sys.argv = ['civictopics', 'run', 'in', '--out', 'out', '--no-cache']; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "report.html").is_file()
