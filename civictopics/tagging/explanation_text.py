"""An explanation as text, for a reader who does not know the article's language: names in English, words as found."""

import textwrap
from collections.abc import Iterator

from civictopics.tagging.article_explanation import ArticleExplanation
from civictopics.tagging.explaining import Reason

_WIDTH = 100
_QUOTED = 260
_ZONES = {
    "title": "headline",
    "lead": "first 60 words",
    "near": "words 61 to 150",
    "rest": "after word 150",
    "event": "sentence of the event",
    "events": "sentences that name an event",
    "words": "runs of words",
    "article": "whole article",
    "vectors": "vectors",
}
_SPANS = 8


def explanation_lines(found: ArticleExplanation, known: str = "en") -> Iterator[str]:
    """Yield the lines of an explanation; signs that could steer a terminal are left out.

    Parameters
    ----------
    found : ArticleExplanation
    known : str
        The language that paragraphs are repeated in, where there is a translation with the same paragraphs.
    """
    for line in _lines(found, known):
        yield "".join(sign if sign.isprintable() else " " for sign in line)


def _lines(found: ArticleExplanation, known: str) -> Iterator[str]:
    article = found.article
    yield f"article {article.id} ({article.lang or 'language unknown'}), group {article.group}"
    yield from _quote("headline", article.title or "(none)")
    for other in found.translations:
        yield from _quote(f"the same in {other.lang} ({other.id})", other.title or "(none)")
    yield ""
    yield from _label(found, known)
    yield ""
    yield from _themes(found)
    yield ""
    yield from _periods(found)


def _label(found: ArticleExplanation, known: str) -> Iterator[str]:
    label = found.label
    yield f"{found.task.upper()}: {label.label} ({label.probability:.2f}); next: {label.runner_up} " + (
        f"({label.runner_up_probability:.2f})"
    )
    if found.event:
        yield from _quote("the sentence that tells most plainly of an event", found.event)
    yield f"what spoke for {label.label} (+) or for {label.runner_up} (-), in units of log-odds:"
    for reason in label.reasons:
        yield f"  {reason.weight:+.2f}  {_reason(reason)}"
    deciding = [(place, weight) for place, weight in label.passages if weight > 0][:3]
    for place, weight in deciding:
        text = found.article.title if place < 0 else found.lines()[place]
        where = "headline" if place < 0 else f"paragraph {place + 1}"
        yield from _quote(f"{where} ({weight:+.2f})", text)
        same = found.parallel(place)
        if known in same:
            yield from _quote(f"  the same paragraph in {known}", same[known])


def _reason(reason: Reason) -> str:
    zone = _ZONES.get(reason.zone, reason.zone)
    words = ", ".join(f"«{word}»" for word in reason.words)
    if reason.zone == "words":
        return f"{zone}: {words or 'none of this text'}"
    if reason.zone == "article":
        return f"{zone}: {reason.name}"
    return f"{zone}: {_name(reason.name)}" + (f": {words}" if words else "")


def _name(label: str) -> str:
    if label.startswith("="):
        return f"a term of {label[1:]}"
    return f"the phrase “{label[1:]}”" if label.startswith("~") else label.replace("_", " ")


def _themes(found: ArticleExplanation) -> Iterator[str]:
    reading = found.reading
    yield (
        f"THEMES: {', '.join(reading.themes) or 'none of the four'}; mainly about {reading.main_theme} "
        f"({reading.main_theme_probability:.2f})"
    )
    for reason in found.themes:
        yield from _quote(f"{reason.theme} {reason.weight:.2f} in passage {reason.passage + 1}", reason.text)
        if reason.phrases:
            yield "    phrases of its list: " + ", ".join(f"«{phrase}»" for phrase in reason.phrases)
        if reason.words:
            yield "    words learned for it: " + ", ".join(f"«{word}» {weight:+.1f}" for word, weight in reason.words)


def _periods(found: ArticleExplanation) -> Iterator[str]:
    periods = found.periods
    yield f"REPORTING PERIOD: {periods.kind} {_dates(periods.start, periods.end)} ({periods.kind_probability:.2f})"
    if periods.evidence:
        yield f"    read from «{periods.evidence}»"
    if periods.plan_evidence or periods.plan_start:
        yield f"PLAN PERIOD: {_dates(periods.plan_start, periods.plan_end)} ({periods.plan_probability:.2f})"
        yield f"    read from «{periods.plan_evidence}»"
    else:
        yield "PLAN PERIOD: none"
    spans = sorted(periods.spans, key=lambda span: -span.probability)[:_SPANS]
    if spans:
        yield "spans of time in the text, with the probability of being the reporting period:"
        for span in spans:
            yield f"  {span.probability:.2f}  {span.kind} {_dates(span.start, span.end)} {span.role}: «{span.words}»"
    if not periods.language_known:
        yield "the language has no grammar of periods: only ISO dates and years were read"


def _dates(start: str, end: str) -> str:
    return f"{start} to {end}" if start or end else "without dates"


def _quote(name: str, text: str) -> Iterator[str]:
    flat = " ".join(text.split())
    short = flat if len(flat) <= _QUOTED else flat[:_QUOTED].rsplit(" ", 1)[0] + " …"
    yield f"  {name}:"
    yield from textwrap.wrap(short, _WIDTH, initial_indent="    ", subsequent_indent="    ") or ["    "]
