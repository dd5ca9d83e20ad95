"""A sixth language needs a file and no code; mistakes in a file are named."""

from typing import Any

import pytest

from civictopics.errors import LanguageFileError
from civictopics.periods.calendar import Anchor
from civictopics.periods.grammar import build_grammar, load_grammar
from civictopics.periods.lexer import tokenise
from civictopics.periods.normalise import normalise
from civictopics.periods.patterns import RULE_NAMES
from civictopics.periods.rules import RULES
from civictopics.periods.scanner import scan

FRENCH: dict[str, Any] = {
    "cardinals": {"six": 6, "neuf": 9},
    "words": {
        "YEAR": ["année", "an{,s}"],
        "MONTH": ["mois"],
        "FIRST": ["premier*"],
        "OF": ["de", "en", "de l"],
        "REVIEW": ["bilan*"],
    },
    "macros": {"NUM": "D | N"},
    "patterns": [
        {
            "rule": "months",
            "edge": "first",
            "match": ["n=<NUM> FIRST MONTH (OF YEAR? year=Y?)?"],
            "examples": [["six premiers mois de 2019", "", "half_year", "2019-01-01", "2019-06-30"]],
        }
    ],
}


def test_a_sixth_language_is_a_table() -> None:
    page = scan("Bilan des neuf premiers mois de 2019", "", Anchor(), build_grammar("fr", FRENCH))
    assert [span.resolved.end for span in page.spans] == ["2019-09-30"]
    assert page.spans[0].role == "reported"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"patterns": [{"rule": "year", "match": ["NOWHERE"], "examples": [["x", "", "year", "", ""]]}]}, "NOWHERE"),
        ({"patterns": [{"rule": "year", "match": ["<NOWHERE>"], "examples": [["x", "", "year", "", ""]]}]}, "NOWHERE"),
        ({"patterns": [{"rule": "year", "match": ["YEAR"]}]}, "lacks examples"),
        ({"patterns": [{"rule": "year", "match": ["(YEAR"], "examples": [["x", "", "year", "", ""]]}]}, "malformed"),
        ({"patterns": [{"rule": "year", "match": ["YEAR!"], "examples": [["x", "", "year", "", ""]]}]}, "no meaning"),
        ({"patterns": [{"rule": "yaer", "match": ["YEAR"], "examples": [["x", "", "year", "", ""]]}]}, "yaer"),
        ({"words": {**FRENCH["words"], "MONTH": ["an"]}}, "both YEAR and MONTH"),
        ({"cardinals": {"six": "6"}}, "whole number"),
    ],
)
def test_mistakes_are_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(LanguageFileError, match=message):
        build_grammar("fr", {**FRENCH, **change})


def test_the_rules_that_files_may_name_have_a_meaning() -> None:
    assert set(RULE_NAMES) == set(RULES)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vi", "hội nghị tổng kết và nhiệm vụ, tăng so với năm trước; bị cáo"),
        ("en", "the conference reviewed tasks and targets; it increased compared with others; the defendant"),
        ("sv", "konferensen sammanfattade uppgifterna; det ökade jämfört med andra; den åtalade"),
        ("ru", "конференция подвела итоги и поставила задачи; выросло по сравнению с другими; обвиняемый"),
        ("ar", "مؤتمر لمراجعة المهام؛ وارتفعت مقارنة بغيرها؛ المتهم"),
    ],
)
def test_the_shipped_languages_know_the_cues(code: str, text: str) -> None:
    grammar = load_grammar(code)
    classes = tokenise(normalise(text), grammar.lexicon, grammar.symbols).classes
    for name in ("REVIEW", "PLAN", "COMPARE", "RESULT", "EVENT", "CRIME"):
        assert grammar.symbols[name] in classes, name
