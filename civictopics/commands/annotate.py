"""What the commands ``annotate export``, ``annotate import`` and ``annotate agreement`` do."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from civictopics.annotation.flat import FlatLabel

# Commands import what they need when they run, so that --help answers at once.

TOOLS = ("labelstudio", "doccano", "csv")

RunFolder = Annotated[Path, typer.Argument(help="Folder of a finished run.")]
To = Annotated[str, typer.Option("--to", help="labelstudio, doccano or csv.")]
From = Annotated[str, typer.Option("--from", help="labelstudio, doccano or csv.")]
TasksOut = Annotated[Path, typer.Option("--out", help="Folder to write; it appears complete or not at all.")]
Blind = Annotated[bool, typer.Option("--blind", help="Show coders no predictions; for evaluation sets.")]
Number = Annotated[int, typer.Option("--n", min=0, help="How many articles to draw; 0 takes all.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draw.")]
Tasks = Annotated[
    list[str] | None,
    typer.Option("--task", help="A field of tags.csv, or your own as name=label,label; all fields by default."),
]
OwnModel = Annotated[
    Path | None, typer.Option("--model", help="A model folder of your own: its labels are asked for, and predicted.")
]
OwnTasks = Annotated[list[str] | None, typer.Option("--task", help="Your own questions, as name=label,label.")]
ToolFile = Annotated[Path, typer.Argument(help="What the tool exported: JSON, JSONL or csv.")]
LabelsOut = Annotated[Path, typer.Option("--out", help="The csv file to write.")]
Annotator = Annotated[
    list[str] | None,
    typer.Option("--annotator", help="The coder's name (doccano, csv), or number=name for each coder (labelstudio)."),
]
LabelsFile = Annotated[Path, typer.Argument(help="Labels as `annotate import` writes them.")]
WithRun = Annotated[
    Path | None, typer.Option("--run", help="The run that the articles are from, for groups and texts.")
]
Errors = Annotated[bool, typer.Option("--errors", help="List labels that are likely errors; needs --run.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what an earlier command wrote.")]


def export_tasks(
    run: RunFolder,
    to: To,
    out: TasksOut,
    task: Tasks = None,
    blind: Blind = False,
    n: Number = 0,
    seed: Seed = 0,
    model: OwnModel = None,
) -> Iterator[str]:
    """Write articles of a run as tasks for coders, with what was predicted unless --blind."""
    from civictopics.annotation.assignments import draw_assignments, own_question
    from civictopics.annotation.doccano import export_doccano
    from civictopics.annotation.label_studio import export_label_studio
    from civictopics.annotation.questions import choose_questions
    from civictopics.annotation.spreadsheet import export_csv
    from civictopics.output.folder import finished_folder
    from civictopics.tagging.stored_tagger import load_tagger

    write = {"labelstudio": export_label_studio, "doccano": export_doccano, "csv": export_csv}[_tool(to, "--to")]
    tagger = load_tagger(model) if model is not None else None
    questions = choose_questions(task or ()) if task or tagger is None else []
    questions += [own_question(tagger)] if tagger is not None else []
    assignments = draw_assignments(run, questions, n, seed, blind, tagger)
    with finished_folder(out) as draft:
        names = write(draft, assignments, questions)
    yield f"{len(assignments)} articles{', blind' if blind else ''}: {', '.join(str(out / name) for name in names)}"


def import_labels(
    file: ToolFile,
    source: From,
    out: LabelsOut,
    task: OwnTasks = None,
    annotator: Annotator = None,
    overwrite: Overwrite = False,
) -> Iterator[str]:
    """Read what coders answered in a tool, and write the flat file: article, annotator, task, label, comment, time."""
    from civictopics.annotation.doccano import import_doccano
    from civictopics.annotation.flat import read_labels, write_labels
    from civictopics.annotation.label_studio import import_label_studio
    from civictopics.annotation.questions import choose_questions
    from civictopics.errors import UsageError

    questions = choose_questions(task) if task else []
    names = annotator or []
    if out.exists() and not overwrite:
        raise UsageError(f"{out} exists; choose another --out, or --overwrite to replace it")
    if not file.is_file():
        raise UsageError(f"no such file: {file}")
    tool = _tool(source, "--from")
    if tool != "labelstudio" and len(names) > 1:
        raise UsageError(f"--from {tool} reads the file of one coder; give one --annotator")
    if tool == "labelstudio":
        wrong = next((name for name in names if "=" not in name), None)
        if wrong is not None:
            raise UsageError(f"--annotator is {wrong!r}; for labelstudio it is number=name, such as 1=anna")
        labels = import_label_studio(file, questions, dict(name.split("=", 1) for name in names))
    elif tool == "doccano":
        labels = import_doccano(file, names[0] if names else "", questions)
    else:
        labels = read_labels(file, questions, names[0] if names else "")
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.part-{os.getpid()}")
    try:
        write_labels(draft, labels)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    coders = sorted({label.annotator for label in labels})
    yield f"{len(labels)} labels by {len(coders)} coders ({', '.join(coders)}): {out}"


def agreement(file: LabelsFile, run: WithRun = None, errors: Errors = False, seed: Seed = 0) -> Iterator[str]:
    """Say how far coders agree, field by field; and which labels are likely errors."""
    from civictopics.annotation.coders import coder_agreement
    from civictopics.annotation.flat import read_labels
    from civictopics.errors import UsageError
    from civictopics.tagging.run_folder import run_texts

    if errors and run is None:
        raise UsageError("--errors needs the texts; give --run, the run that the articles are from")
    labels = read_labels(file)
    texts = run_texts(run) if run is not None else {}
    found = coder_agreement(labels, {article: values["group"] for article, values in texts.items()}, seed=seed)
    if not found:
        yield "no article has labels of two coders: agreement cannot be told"
    for field in found:
        alpha = field.alpha
        told = "undefined (too few articles, or all labels are the same)"
        if alpha.value == alpha.value:
            told = f"{alpha.value:.3f} ({alpha.low:.3f} to {alpha.high:.3f})"
        yield (
            f"{field.task}: alpha {told}, agreement {field.agreement:.3f}, {field.n_articles} articles in "
            f"{alpha.n_groups} groups, {field.n_coders} coders"
        )
        if field.differing:
            yield f"  different labels: {', '.join(field.differing[:10])}{' ...' if len(field.differing) > 10 else ''}"
    if errors:
        yield from _doubts(labels, texts, seed)


def _doubts(labels: "Sequence[FlatLabel]", texts: Mapping[str, Mapping[str, str]], seed: int) -> Iterator[str]:
    from civictopics.annotation.doubts import doubtful_labels

    for task, doubts in doubtful_labels(labels, texts, seed):
        if isinstance(doubts, str):
            yield f"{task}: {doubts}"
            continue
        yield f"{task}: {len(doubts)} likely errors"
        for article, error in doubts:
            given, likely = (
                f"{error.given} ({error.given_probability:.2f})",
                f"{error.likely} ({error.likely_probability:.2f})",
            )
            yield f"  {article}: {given}, likely {likely}"


def _tool(name: str, option: str) -> str:
    from civictopics.errors import UsageError

    if name not in TOOLS:
        raise UsageError(f"{option} is {name!r}; legal values: {', '.join(TOOLS)}")
    return name
