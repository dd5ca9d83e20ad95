"""Take the README's picture: ``results/sample-report.png``, the report of ``data/sample`` in headless Chromium."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from civictopics import run

ROOT = Path(__file__).resolve().parent.parent
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1100,1150",
)


def main() -> None:
    """Run the main job on the sample and write the picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no Chromium on this machine (Debian: apt-get install chromium)")
    picture = ROOT / "results" / "sample-report.png"
    with tempfile.TemporaryDirectory() as folder:
        run([ROOT / "data" / "sample"], Path(folder) / "out", use_cache=False)
        page = (Path(folder) / "out" / "report.html").as_uri()
        profile = f"--user-data-dir={folder}/profile"
        subprocess.run([chromium, *FLAGS, profile, f"--screenshot={picture}", page], check=True, capture_output=True)
    print(f"wrote {picture.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
