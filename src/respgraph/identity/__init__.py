"""Stage 6b, who is who across documents: actors over the corpus, judgements about them, and their effect.

Identity is a graph of judgements (this is the same as that, this is another than that), kept in a file that
people read and share; only the same full name makes one actor of two texts, no likeness. Applying judgements
rewrites who stands in a claim's slots and keeps beside it who was read there, so that taking them back gives the
very same bytes.
"""

from respgraph.identity.actors import CorpusActor, find_actor, list_actors, read_roles
from respgraph.identity.apply import Applied, apply_judgements, fold
from respgraph.identity.judgements import (
    Judgement,
    add_judgement,
    canonical,
    default_file,
    read_judgements,
    write_judgements,
)
from respgraph.identity.suggest import Suggestion, doubts, suggest

__all__ = [
    "Applied",
    "CorpusActor",
    "Judgement",
    "Suggestion",
    "add_judgement",
    "apply_judgements",
    "canonical",
    "default_file",
    "doubts",
    "find_actor",
    "fold",
    "list_actors",
    "read_judgements",
    "read_roles",
    "suggest",
    "write_judgements",
]
