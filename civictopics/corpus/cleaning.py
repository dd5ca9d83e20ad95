"""Remove what a site wraps around an article, and keep the facts that stand there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from civictopics.corpus.dates import find_full_date
from civictopics.corpus.furniture import FurnitureWords, is_sentence, label_form
from civictopics.languages import Language, fold, load_languages, nfc

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»“”]+")
_SLOT = re.compile(r"\[[^\[\]]{1,30}_\d+\]$")
_DATE_AND_TIME = re.compile(r"[\d/:.,|()+–-]+")
_HEAD_LINES = 6
_PARAGRAPH = 200
_TITLE_LENGTH = 220


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line that was removed: its number in the text as given (from 1), the rule, and the line."""

    number: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class CleanedText:
    """An article's own text, one paragraph per line, with the facts found around it.

    Attributes
    ----------
    title, text : str
        The headline (as given, or found) and the paragraphs.
    published : str
        Date of the byline, ISO 8601; empty where there is none.
    url : str
        Address of the source line; empty where there is none.
    removed : tuple of RemovedLine
        What was taken away, in order.
    """

    title: str
    text: str
    published: str
    url: str
    removed: tuple[RemovedLine, ...]


@dataclass(slots=True)
class _Draft:
    lines: list[tuple[int, str]]
    title: str
    published: str
    url: str
    removed: list[RemovedLine]

    def remove(self, positions: set[int], rule: str) -> None:
        self.removed += [RemovedLine(*self.lines[i][:1], rule, self.lines[i][1]) for i in sorted(positions)]
        self.lines = [line for i, line in enumerate(self.lines) if i not in positions]


class Cleaner:
    r"""Clean texts by the furniture words of all languages together: a page in one may carry menus in another.

    Parameters
    ----------
    languages : mapping of str to Language, optional
        The language files to use; those shipped by default.

    Examples
    --------
    >>> page = "Portal.vn\nDikes hold\nDesk 30/01/2024\nThe dikes of the commune held all night.\nComments (0)"
    >>> cleaned = Cleaner().clean(page)
    >>> cleaned.title, cleaned.published, cleaned.text
    ('Dikes hold', '2024-01-30', 'The dikes of the commune held all night.')
    """

    def __init__(self, languages: Mapping[str, Language] | None = None) -> None:
        self._words = FurnitureWords.of(languages or load_languages())

    def clean(self, text: str, title: str = "") -> CleanedText:
        """Return the article in `text`.

        Cleaning what was cleaned changes nothing: ``clean(r.text, r.title).text == r.text``.

        Parameters
        ----------
        text : str
            The whole text, line breaks as in the file.
        title : str
            The headline where the input gives it; else the first line that reads like one is taken.
        """
        lines = [
            (number, " ".join(_CONTROL.sub(" ", line).split())) for number, line in enumerate(nfc(text).splitlines(), 1)
        ]
        draft = _Draft([line for line in lines if line[1]], " ".join(title.split()), "", "", [])
        count = -1
        while count != len(draft.lines):
            count = len(draft.lines)
            self._head(draft)
            self._middle(draft)
            self._tail(draft)
        draft.removed.sort(key=lambda line: line.number)
        kept = "\n".join(line for _, line in draft.lines)
        return CleanedText(draft.title, kept, draft.published, draft.url, tuple(draft.removed))

    def _head(self, draft: _Draft) -> None:
        banners = {i for i, (_, line) in enumerate(draft.lines[:4]) if self._words.is_banner(line)}
        draft.remove(banners, "site header")
        if not draft.title and len(draft.lines) > 1 and _reads_like_title(draft.lines[0][1]):
            draft.title = draft.lines[0][1]
            draft.lines = draft.lines[1:]
        for i, (_, line) in enumerate(draft.lines[:_HEAD_LINES]):
            found = self._byline_date(line)
            if found:
                draft.published = draft.published or found
                draft.remove({i}, "byline")
                break

    def _byline_date(self, line: str) -> str:
        if len(line) > 120 or is_sentence(line):
            return ""
        found = find_full_date(line)
        rest = _DATE_AND_TIME.sub(" ", fold(line))
        return found if found and len(self._words.without_byline_words(rest).split()) <= 5 else ""

    def _middle(self, draft: _Draft) -> None:
        lines = [line for _, line in draft.lines]
        headline = fold(draft.title)
        draft.remove({i for i, line in enumerate(lines) if headline and fold(line) == headline}, "repeated headline")
        lines = [line for _, line in draft.lines]
        slots = {i for i, line in enumerate(lines) if _SLOT.match(line) or self._words.is_advert(line)}
        draft.remove(slots, "advertisement")
        seen: set[str] = set()
        repeated = set()
        for i, (_, line) in enumerate(draft.lines):
            if len(line) >= 25 and line in seen:
                repeated.add(i)
            seen.add(line)
        draft.remove(repeated, "repeated line")

    def _tail(self, draft: _Draft) -> None:
        cut = self._cut(draft)
        for i, (_, line) in enumerate(draft.lines):
            address = _ADDRESS.search(line)
            if address and (i >= cut or self._words.is_source(line) or address.group() == line):
                draft.url = draft.url or address.group().rstrip(".,;)")
        was_cut = cut < len(draft.lines)
        draft.remove(set(range(cut, len(draft.lines))), "after the article")
        own = {i for i, (_, line) in enumerate(draft.lines) if self._is_lone_furniture(line)}
        draft.remove(own, "widget or source line")
        if len(draft.lines) > 1 and self._is_author(draft.lines[-1][1], was_cut):
            draft.remove({len(draft.lines) - 1}, "author")

    def _cut(self, draft: _Draft) -> int:
        lines = [line for _, line in draft.lines]
        last_paragraph = max(
            (i for i, line in enumerate(lines) if len(line) >= _PARAGRAPH and is_sentence(line)), default=-1
        )
        first_sentence = next((i for i, line in enumerate(lines) if is_sentence(line)), 0)
        for i in range(max(last_paragraph, first_sentence) + 1, len(lines)):
            if self._words.is_label(lines[i]):
                return i
        return len(lines)

    def _is_lone_furniture(self, line: str) -> bool:
        if _ADDRESS.fullmatch(line):
            return True
        has_address = bool(_ADDRESS.search(line))
        return self._words.is_empty_widget(line) or (has_address and self._words.is_source(line))

    def _is_author(self, line: str, was_cut: bool) -> bool:
        words = line.split()
        if len(words) > 6 or len(line) > 60 or is_sentence(line) or any(sign.isdigit() for sign in line):
            return False
        if self._words.is_credit(line):
            return True
        capitalised = len(words) >= 2 and all(word[0].isupper() for word in words)
        # Where the script has no capitals, or only the first word has one, the place just above the widgets decides.
        return capitalised or was_cut


def _reads_like_title(line: str) -> bool:
    if len(line) > _TITLE_LENGTH or len(line.split()) < 2 or line[-1] in ".;:,…":
        return False
    return not _ADDRESS.search(line) and not find_full_date(line) and label_form(line) != ""
