"""Every example of every language file is read as it says, and every pattern has one."""

from collections import Counter
from importlib.resources import files

import pytest

from civictopics.periods.calendar import parse_published
from civictopics.periods.grammar import Grammar, load_grammar, read_table
from civictopics.periods.lexer import tokenise
from civictopics.periods.normalise import normalise
from civictopics.periods.patterns import Example
from civictopics.periods.readings import find_readings
from civictopics.periods.rules import RULES, resolve

CODES = ("", "vi", "en", "sv", "ru", "ar")
CASES = [(code, example) for code in CODES for example in load_grammar(code).examples]


def read(grammar: Grammar, example: Example) -> list[tuple[str, str, str, str]]:
    tokens = tokenise(normalise(example.text), grammar.lexicon, grammar.symbols)
    found = []
    for reading in find_readings(tokens, grammar):
        resolved = resolve(reading, parse_published(example.published), planned=False)
        if resolved is not None:
            # The season of a Tet is of the lunar calendar; the dates of its days are those the text states.
            dated = (resolved.start, resolved.end) if reading.rule != "tet" else ("", "")
            found.append((resolved.kind, *dated, reading.rule))
    return found


@pytest.mark.parametrize(("code", "example"), CASES, ids=lambda value: getattr(value, "text", value))
def test_example(code: str, example: Example) -> None:
    found = [reading[:3] for reading in read(load_grammar(code), example)]
    expected = [] if example.kind == "none" else [(example.kind, example.start, example.end)]
    assert found == expected


@pytest.mark.parametrize("code", CODES[1:])
def test_every_pattern_has_an_example_that_its_rule_reads(code: str) -> None:
    table = read_table(files("civictopics.languages") / f"{code}.toml")
    read_by = Counter(rule for example in load_grammar(code).examples for *_, rule in read(load_grammar(code), example))
    for entry in table["patterns"]:
        assert entry["examples"], entry["match"]
        assert entry["rule"] in RULES
        assert entry["rule"] == "ignore" or read_by[entry["rule"]], entry["match"]
