"""What the commands ``experiment``, ``results`` and ``quality`` do: they yield lines for the command line to print."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

# Commands import what they need when they run, so that --help answers at once.

DeclarationFile = Annotated[Path, typer.Argument(help="An experiment: experiments/NAME.toml.")]
RerunPolicy = Annotated[
    str,
    typer.Option("--rerun", help="Which finished cells to run again: never, changed (data, code, settings) or always."),
]
ResultsFolder = Annotated[Path, typer.Option("--results", help="Folder of results; each experiment has one in it.")]
ExperimentsFolder = Annotated[Path, typer.Option("--experiments", help="Folder of declarations.")]
CheckOnly = Annotated[
    bool, typer.Option("--check", help="Write nothing; fail where files are not what the cells give.")
]
Processes = Annotated[int, typer.Option(min=0, help="Cells at a time; 0 is one per core.")]
PinsFile = Annotated[Path, typer.Option("--pins", help="The file of floors and digests.")]
Pin = Annotated[bool, typer.Option("--pin", help="Raise the floors to the scores, and pin the digests of the data.")]
Lower = Annotated[bool, typer.Option("--lower", help="With --pin: floors may go down.")]

RESULTS, EXPERIMENTS, PINS = Path("results"), Path("experiments"), Path("tests/quality.json")


def experiment(
    declaration: DeclarationFile,
    rerun: RerunPolicy = "changed",
    results: ResultsFolder = RESULTS,
    processes: Processes = 0,
) -> Iterator[str]:
    """Run the cells of an experiment that are not done; make its tables and figures."""
    from civictopics.errors import UsageError
    from civictopics.parallel import available_processes
    from civictopics.study.declaration import load_declaration
    from civictopics.study.results import rebuild
    from civictopics.study.runner import POLICIES, plan_study, run_cells

    policy = next((name for name in POLICIES if name == rerun), None)
    if policy is None:
        raise UsageError(f"--rerun is {rerun!r}; legal values: {', '.join(POLICIES)}")
    declared = load_declaration(declaration)
    folder = results / declared.name
    plan = plan_study(declared, folder, policy)
    for reason in plan.missing.values():
        yield f"skipped: {reason}"
    yield f"{len(plan.to_run)} cells to run, {len(plan.done)} done"
    yield from run_cells(declared, plan.to_run, folder, processes=processes or available_processes())
    rebuild(declared, folder)
    yield f"tables and figures: {folder}"


def rebuild_results(
    results: ResultsFolder = RESULTS, experiments: ExperimentsFolder = EXPERIMENTS, check: CheckOnly = False
) -> Iterator[str]:
    """Make the tables and figures of all experiments anew from their cells."""
    from civictopics.study.assembling import StaleResultsError
    from civictopics.study.results import declared_studies, differences, rebuild

    wrong: list[str] = []
    for declared, folder in declared_studies(experiments, results):
        if check:
            wrong += differences(declared, folder)
            yield f"{declared.name}: checked"
        else:
            rebuild(declared, folder)
            yield f"{declared.name}: {folder}"
    if wrong:
        raise StaleResultsError("; ".join(wrong))


def quality(
    results: ResultsFolder = RESULTS, pins: PinsFile = PINS, pin: Pin = False, lower: Lower = False
) -> Iterator[str]:
    """Check that no score is below its floor; or pin floors and digests anew."""
    from civictopics.errors import UsageError
    from civictopics.study.gate import check_quality, pin_quality

    if lower and not pin:
        raise UsageError("--lower says nothing without --pin")
    yield from pin_quality(pins, results, lower=lower) if pin else check_quality(pins, results)
