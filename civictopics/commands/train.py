"""What the commands ``train`` and ``tag`` do."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

# Commands import what they need when they run, so that --help answers at once.

LabelFile = Annotated[Path, typer.Argument(help="csv, tsv, jsonl or parquet: one text and its label a row.")]
Labels = Annotated[str, typer.Option("--labels", help="Column of the labels.")]
ModelOut = Annotated[Path, typer.Option("--out", help="Folder to write; it appears complete or not at all.")]
TextColumn = Annotated[str, typer.Option("--text", help="Column of the texts.")]
TitleColumn = Annotated[str, typer.Option("--title", help="Column of the headlines; 'title' where it is there.")]
LangColumn = Annotated[
    str, typer.Option("--lang", help="Column of the languages; 'lang' where it is there, else they are detected.")
]
GroupColumn = Annotated[
    str, typer.Option("--group", help="Column that texts and their translations share; 'group' where it is there.")
]
Name = Annotated[str, typer.Option("--name", help="What the tagger is called; the column of the labels by default.")]
LabelSet = Annotated[str, typer.Option("--label-set", help="All labels there may be, joined by commas.")]
Articles = Annotated[
    Path | None,
    typer.Option("--articles", help="A finished run that has the texts; FILE then has a column 'article' of ids."),
]
Question = Annotated[str, typer.Option("--task", help="Use only the rows whose column 'task' says this.")]
MethodNames = Annotated[
    list[str] | None, typer.Option("--method", help="Method to use, or several to choose among; all by default.")
]
Folds = Annotated[int, typer.Option(min=3, max=20, help="Folds of the cross-validation.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of all that is random.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what an earlier command wrote.")]
Processes = Annotated[int, typer.Option(min=0, help="Worker processes; 0 is one per core.")]
Model = Annotated[str, typer.Argument(help="A model folder, or the name of a shipped model.")]
Inputs = Annotated[list[Path], typer.Argument(help="A finished run; or files and folders of articles.")]
TableOut = Annotated[Path, typer.Option("--out", help="The csv file to write.")]
Risk = Annotated[float, typer.Option(min=0.0, max=1.0, help="Labels more likely wrong than this are to be checked.")]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Tag articles in languages that the model was not trained on, too.")
]


def train(
    file: LabelFile,
    labels: Labels,
    out: ModelOut,
    text: TextColumn = "text",
    title: TitleColumn = "",
    lang: LangColumn = "",
    group: GroupColumn = "",
    name: Name = "",
    label_set: LabelSet = "",
    articles: Articles = None,
    task: Question = "",
    method: MethodNames = None,
    folds: Folds = 5,
    seed: Seed = 0,
    overwrite: Overwrite = False,
    processes: Processes = 0,
) -> Iterator[str]:
    """Train a tagger for your own labels: choose a method, measure it, write a model folder with its card."""
    from civictopics.output.folder import finished_folder
    from civictopics.parallel import available_processes
    from civictopics.tagging.model_folder import MANIFEST
    from civictopics.tagging.run_folder import run_texts
    from civictopics.tagging.training import Columns, read_examples, train_tagger

    columns = Columns(labels, text, title, lang, group)
    legal = [label.strip() for label in label_set.split(",") if label.strip()]
    texts = run_texts(articles) if articles is not None else None
    examples = read_examples(file, columns, legal, texts, task)
    yield f"{len(examples.texts)} texts in {len(set(examples.groups))} groups, {len(set(examples.labels))} labels"
    yield from (f"note: {note}" for note in examples.notes)
    with finished_folder(out, overwrite, MANIFEST) as draft:
        trained = train_tagger(
            examples, draft, name or task or labels, method or (), folds, seed, processes or available_processes()
        )
    evaluation = trained.evaluation
    yield from (f"left out: {name}: {reason}" for name, reason in evaluation["left_out"].items())
    for method_name, value in evaluation["methods"].items():
        yield f"{method_name}: macro-F1 {_with_interval(value)}"
    yield f"chosen: {evaluation['method']}; out of fold, chosen and calibrated without the fold:"
    for score, value in evaluation["scores"].items():
        yield f"  {score}: {_with_interval(value)}"
    yield f"model folder: {out}"


def tag(
    model: Model,
    inputs: Inputs,
    out: TableOut,
    risk: Risk = 0.3,
    any_language: AnyLanguage = False,
    overwrite: Overwrite = False,
) -> Iterator[str]:
    """Tag articles with a model of your own: one row per article, its label and the label's probability."""
    from civictopics.corpus.reading import read_corpus
    from civictopics.errors import InputError, UsageError
    from civictopics.tagging.own_tags import tag_rows, write_tags
    from civictopics.tagging.run_folder import is_run, run_articles
    from civictopics.tagging.stored_tagger import load_tagger

    if out.exists() and not overwrite:
        raise UsageError(f"{out} exists; choose another --out, or --overwrite to replace it")
    tagger = load_tagger(model)
    whole = len(inputs) == 1 and is_run(inputs[0])
    corpus = None if whole else read_corpus(*inputs)
    if corpus is not None and not len(corpus):
        reasons = "; ".join(f"{item.source}: {item.reason}" for item in corpus.dropped[:5])
        raise InputError(f"nothing usable in {', '.join(map(str, inputs))}: {reasons}")
    batches = run_articles(inputs[0]) if corpus is None else iter([list(corpus)])
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.part-{os.getpid()}")
    try:
        rows = tag_rows(tagger, batches, risk, any_language)
        n_articles = write_tags(draft, rows, corpus.dropped if corpus is not None else ())
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    yield f"{n_articles} articles tagged, {len(corpus.dropped) if corpus is not None else 0} inputs not used: {out}"


def _with_interval(value: dict[str, float]) -> str:
    if "low" not in value:
        return f"{value['value']:.3f} (too few groups for an interval)"
    return f"{value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})"
