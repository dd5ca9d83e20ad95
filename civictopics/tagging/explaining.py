"""Why an article got its tag: the cues, words and passages that decided, with their weights."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.cue_trie import Cue
from civictopics.tagging.features import NGRAM_ZONES, zone_words
from civictopics.tagging.plain_words import plain_words
from civictopics.tagging.word_hashing import ngram_buckets
from civictopics.tagging.zones import Zones, read_zones

_TITLE = -1


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for the tag (weight above zero) or for the runner-up (below).

    Attributes
    ----------
    zone : str
        Where it was found: title, lead, near, rest, event, events, words, article or vectors.
    name : str
        A cue, ``=`` and a meeting type for one of its terms, a pair of cues, a run of words, or a statement.
    words : tuple of str
        The folded words of the article behind it.
    weight : float
        Difference that it makes to the score of the tag against the runner-up.
    """

    zone: str
    name: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an article got its tag.

    Attributes
    ----------
    label, runner_up : str
    probability, runner_up_probability : float
    reasons : tuple of Reason
        The weightiest first.
    passages : tuple of (int, float)
        Passages by the weight of what was found in them, the weightiest first; -1 is the headline.
    event : str
        The folded sentence that tells most plainly of an event; empty without one.
    """

    label: str
    probability: float
    runner_up: str
    runner_up_probability: float
    reasons: tuple[Reason, ...]
    passages: tuple[tuple[int, float], ...]
    event: str


def explain(
    tagger: CombinationTagger, text: str, title: str = "", language: str = "", n_reasons: int = 15
) -> Explanation:
    """Return why `tagger` tags an article as it does.

    Parameters
    ----------
    tagger : CombinationTagger
        Fitted; `MeetingTypeTagger` holds one as ``tagger_``.
    text, title, language : str
    n_reasons : int, default=15

    Examples
    --------
    >>> from civictopics.tagging.meeting_type import load_tagger
    >>> found = explain(load_tagger(), "Kỳ họp thứ 9 HĐND tỉnh khai mạc sáng 10/7.", "Khai mạc kỳ họp", "vi")
    >>> found.label, found.reasons[0].weight > 0
    ('assembly_session', True)
    """
    chances = tagger.predict_proba([text], [title], [language])[0]
    best, second = (int(number) for number in np.argsort(-chances, kind="stable")[:2])
    zones = read_zones(text, title, language, tagger.languages_folder)
    columns, values = tagger.features_.row(zones)
    weights = (tagger.coef_[best] - tagger.coef_[second])[columns] * values
    words = _ngrams_of(zones, tagger)
    found = _matches(zones)
    reasons: list[Reason] = []
    passages: dict[int, float] = defaultdict(float)
    bounds = np.cumsum([len(plain_words(passage)) for passage in text.split("\n")]).tolist()
    for column, weight in zip(columns.tolist(), weights.tolist(), strict=True):
        zone, name = tagger.features_.name(column)
        if zone == "words":
            reasons.append(Reason(zone, " | ".join(words.get(int(name), ())), words.get(int(name), ()), weight))
            continue
        matches = found.get((zone, name), ()) if zone not in ("article", "vectors") else ()
        source = zones.words["title"] if zone == "title" else zones.text_words
        said = tuple(dict.fromkeys(" ".join(source[match.first : match.end]) for match in matches))
        reasons.append(Reason(zone, name, said, weight))
        for match in matches:
            place = _TITLE if zone == "title" else min(bisect_right(bounds, match.first), len(bounds) - 1)
            passages[place] += weight / len(matches)
    plainest = zones.plainest()
    return Explanation(
        label=str(tagger.classes_[best]),
        probability=float(chances[best]),
        runner_up=str(tagger.classes_[second]),
        runner_up_probability=float(chances[second]),
        reasons=tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.zone, reason.name))[:n_reasons]),
        passages=tuple(sorted(passages.items(), key=lambda item: (-item[1], item[0]))),
        event=" ".join(zones.text_words[plainest.begin : plainest.end]) if plainest else "",
    )


def _matches(zones: Zones) -> Mapping[tuple[str, str], list[Cue]]:
    """Return the cues behind each feature, by zone and name."""
    found: dict[tuple[str, str], list[Cue]] = defaultdict(list)
    for zone, matches in zones.matches.items():
        for match in matches:
            found[zone, match.label].append(match)
    inside = [match for zone in ("lead", "near", "rest") for match in zones.matches[zone]]
    plainest = zones.plainest()
    for sentence in zones.sentences:
        for match in inside:
            if sentence.begin <= match.first < sentence.end:
                found["events", match.label].append(match)
                if sentence is plainest:
                    found["event", match.label].append(match)
    return found


def _ngrams_of(zones: Zones, tagger: CombinationTagger) -> dict[int, tuple[str, ...]]:
    """Return the runs of words behind each bucket."""
    settings = tagger.features_.settings
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for zone, weight in zip(NGRAM_ZONES, settings.ngrams, strict=True):
        if weight:
            for run, bucket in ngram_buckets(zone_words(zones, zone), settings.buckets, settings.orders).items():
                found[bucket][run] = None
    return {bucket: tuple(runs) for bucket, runs in found.items()}
