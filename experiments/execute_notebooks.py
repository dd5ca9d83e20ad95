"""Execute the notebooks and keep their outputs; ``make notebooks`` after a change of models or results."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HOME = Path(__file__).resolve().parent.parent / "notebooks"


def main() -> None:
    """Execute the notebooks that the command line names, all of them without names."""
    for path in [Path(name) for name in sys.argv[1:]] or sorted(HOME.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HOME)}}, record_timing=False)
        client.execute()
        notebook.metadata.pop("language_info", None)
        path.write_text(nbformat.writes(notebook, indent=1) + "\n", encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
