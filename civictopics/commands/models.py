"""What the commands ``models list``, ``models verify`` and ``models export`` do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

# Commands import what they need when they run, so that --help answers at once.

Models = Annotated[
    list[str] | None, typer.Argument(help="Model folders or names of shipped models; all shipped ones by default.")
]
OneModel = Annotated[str, typer.Argument(help="A model folder, or the name of a shipped model.")]
Destination = Annotated[Path, typer.Argument(help="Folder to write; it appears complete or not at all.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an earlier export.")]


def list_models(models: Models = None) -> Iterator[str]:
    """Say of each model what it is for, its languages and labels, its size and its digest (TSV)."""
    from civictopics.tagging.models import summarise

    yield "name\ttask\tlanguages\tlabels\tmegabytes\tdigest"
    total = 0
    for folder in _folders(models):
        found = summarise(folder)
        total += found.n_bytes
        labels = str(len(found.labels)) if found.labels else ""
        cells = (found.name, found.task, " ".join(found.languages), labels, f"{found.n_bytes / 1e6:.2f}", found.digest)
        yield "\t".join(cells)
    yield f"total\t\t\t\t{total / 1e6:.2f}\t"


def verify_models(models: Models = None) -> Iterator[str]:
    """Check that the files of each model are those that were built, and that it still gives the answers it gave."""
    from civictopics.tagging.models import verify

    for folder in _folders(models):
        n_files, n_probes = verify(folder)
        probes = f"{n_probes} probes reproduced" if n_probes else "no probes"
        yield f"{folder.resolve().name}: {n_files} files as built, {probes}"


def export_model(model: OneModel, destination: Destination, overwrite: Overwrite = False) -> Iterator[str]:
    """Copy a checked model, its card included, into a folder that is ready for a hub."""
    from civictopics.output.folder import finished_folder
    from civictopics.tagging.model_folder import MANIFEST
    from civictopics.tagging.models import export
    from civictopics.tagging.stored_tagger import model_home

    with finished_folder(destination, overwrite, MANIFEST) as draft:
        export(model_home(model), draft)
    yield f"exported: {destination}"


def _folders(models: list[str] | None) -> list[Path]:
    from civictopics.tagging.store import shipped_models
    from civictopics.tagging.stored_tagger import model_home

    return [model_home(model) for model in models] if models else list(shipped_models().values())
