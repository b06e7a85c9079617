"""The names in the code stand for the values of the model, and importing them costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from respgraph import model, vocab


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (vocab.CLAIM_CLASSES, model.CLAIM_TYPES),
        (vocab.ACTOR_CLASSES, model.ACTOR_KINDS),
        (vocab.VALUES["stance"], model.STANCES),
        (vocab.VALUES["degree"], model.DEGREES),
        (vocab.VALUES["sense"], model.SENSES),
        (vocab.VALUES["modality"], model.MODALITIES),
        (vocab.VALUES["polarity"], model.POLARITIES),
    ],
    ids=["types", "kinds", "stance", "degree", "sense", "modality", "polarity"],
)
def test_every_value_of_the_model_has_a_term(table: dict[str, str], values: tuple[str, ...]) -> None:
    assert tuple(table) == values


def test_no_two_values_share_a_term() -> None:
    terms = [term for table in vocab.VALUES.values() for term in table.values()]
    assert len(terms) == len(set(terms))


def test_the_ontology_is_found() -> None:
    assert (vocab.ontology_path() / "respgraph.ttl").is_file()


@pytest.mark.parametrize(
    "module", ["respgraph.vocab", "respgraph.rdf", "respgraph.store", "respgraph.query", "respgraph.check"]
)
def test_importing_loads_no_rdf_library(module: str) -> None:
    code = (
        f"import sys, {module}; heavy = {{'rdflib', 'pyoxigraph', 'pyshacl', 'spacy', 'pyvis'}};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=_env(), check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def _env() -> dict[str, str]:
    import os
    from pathlib import Path

    return {**os.environ, "PYTHONPATH": str(Path(vocab.__file__).parents[1])}
