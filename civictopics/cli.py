"""The command line: the only place that prints."""

import functools
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from civictopics import __version__
from civictopics.commands import annotate, explain, models, train
from civictopics.errors import CivicTopicsError, UsageError
from civictopics.parallel import stop_on_signals
from civictopics.study import command as study

P = ParamSpec("P")

# Commands import what they need when they run, so that --help answers at once.

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Themes, meeting types and reporting periods in news about local government in Viet Nam.",
)
cache_app = typer.Typer(no_args_is_help=True, help="The vectors kept between runs.")
app.add_typer(cache_app, name="cache")
models_app = typer.Typer(no_args_is_help=True, help="Shipped models and your own: list, verify, export.")
app.add_typer(models_app, name="models")
annotate_app = typer.Typer(no_args_is_help=True, help="Labels by people: out to a tool, back, and how far they agree.")
app.add_typer(annotate_app, name="annotate")

Inputs = Annotated[list[Path], typer.Argument(help="Files (txt, html, jsonl, csv, parquet) and folders.")]
LanguagesFolder = Annotated[
    Path | None, typer.Option("--languages", help="Folder of further language files (see README).")
]
CacheFolder = Annotated[Path | None, typer.Option("--cache", help="Folder of cached vectors.")]


@app.command()
def run(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="Folder to write; it appears complete or not at all.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the folder of an earlier run.")] = False,
    encoder: Annotated[str, typer.Option(help="Name or path of an encoder.")] = "",
    candidates: Annotated[str, typer.Option(help="Languages to choose among, ISO 639-1, joined by commas.")] = "",
    languages: LanguagesFolder = None,
    n_discovered: Annotated[int, typer.Option(min=2, max=100, help="Number of discovered themes.")] = 8,
    risk: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Fields more likely wrong than this are to be checked.")
    ] = 0.3,
    seed: Annotated[int, typer.Option(min=0, help="Seed of all that is random.")] = 0,
    cache: CacheFolder = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no vectors.")] = False,
    processes: Annotated[int, typer.Option(min=0, help="Worker processes; 0 is one per core.")] = 0,
) -> None:
    """Read articles; write their themes, meeting types and periods, figures and a report."""
    from civictopics.corpus.assembling import ReadingSettings
    from civictopics.corpus.language import DEFAULT_CANDIDATES
    from civictopics.pipeline import run as run_pipeline
    from civictopics.settings import RunSettings

    chosen = tuple(code.strip() for code in candidates.split(",") if code.strip()) or DEFAULT_CANDIDATES
    settings = RunSettings(
        ReadingSettings(candidates=chosen, languages_folder=languages),
        encoder=encoder,
        n_discovered=n_discovered,
        risk=risk,
        seed=seed,
    )
    result = run_pipeline(
        inputs,
        out,
        settings,
        overwrite=overwrite,
        cache=cache,
        use_cache=not no_cache,
        processes=processes or None,
        command=["civictopics", *sys.argv[1:]],
    )
    typer.echo(f"{result.n_articles} articles, {result.n_dropped} inputs not used ({out / 'dropped.csv'})")
    for note in result.notes[:5]:
        typer.echo(f"note: {note}", err=True)
    if result.n_notes > 5:
        typer.echo(f"note: {result.n_notes - 5} more in {out / 'run.json'}", err=True)
    typer.echo(f"report: {out / 'report.html'}")


@app.command()
def clean(inputs: Inputs, languages: LanguagesFolder = None) -> None:
    """Show what cleaning removes: one line per removed line, with its file, number, rule and text (TSV)."""
    from civictopics.corpus.inputs import find_files, read_records
    from civictopics.corpus.limits import Limits
    from civictopics.corpus.records import Dropped
    from civictopics.corpus.steps import cleaner_for

    cleaner = cleaner_for(languages)
    typer.echo("source\tid\tline\trule\ttext")
    for record in read_records(find_files(inputs), Limits()):
        if isinstance(record, Dropped):
            typer.echo(f"{record.source}: {record.reason}", err=True)
        else:
            for line in cleaner.clean(record.text, record.title).removed:
                typer.echo(f"{record.source}\t{record.id}\t{line.number}\t{line.rule}\t{line.text}")


def _printing(lines: Callable[P, Iterable[str]]) -> Callable[P, None]:
    @functools.wraps(lines)
    def command(*given: P.args, **named: P.kwargs) -> None:
        for line in lines(*given, **named):
            typer.echo(line)

    return command


app.command("experiment")(_printing(study.experiment))
app.command("results")(_printing(study.rebuild_results))
app.command("quality")(_printing(study.quality))
app.command("train")(_printing(train.train))
app.command("tag")(_printing(train.tag))
app.command("explain")(_printing(explain.explain))
models_app.command("list")(_printing(models.list_models))
models_app.command("verify")(_printing(models.verify_models))
models_app.command("export")(_printing(models.export_model))
annotate_app.command("export")(_printing(annotate.export_tasks))
annotate_app.command("import")(_printing(annotate.import_labels))
annotate_app.command("agreement")(_printing(annotate.agreement))


@cache_app.command("clear")
def cache_clear(cache: CacheFolder = None) -> None:
    """Remove every cached vector."""
    from civictopics.encoding.cache import clear_cache, default_cache_folder

    folder = cache or default_cache_folder()
    typer.echo(f"removed {clear_cache(folder)} vectors from {folder}")


@cache_app.command("info")
def cache_info(cache: CacheFolder = None) -> None:
    """Say how many vectors are kept, and how large the file is."""
    from civictopics.encoding.cache import cache_size, default_cache_folder

    folder = cache or default_cache_folder()
    count, size = cache_size(folder)
    typer.echo(f"{folder}: {count} vectors, {size / 1e6:.1f} MB")


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 nothing usable or a failed run, 2 wrong usage."""
    stop_on_signals()
    try:
        app()
    except UsageError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from None
    except CivicTopicsError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        typer.echo("interrupted; no half-written folder is left, vectors and cells already finished are kept", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
