"""What a rule is: a frozen value that says what it claims, where its slots are filled from, and shows it.

A rule is a *frame* (claim type and fixed values) with a path per slot; the words that evoke it are data
in ``lexicon/*.tsv``. So growing the tool means adding lines and examples, not code.

Slot paths are read from the trigger, alternatives from left to right, steps joined by a dot:

=============  ==================================================================
``subj``       deep subject: through passive, control, raising, relative clauses
``obj``        deep object
``prep:a,b``   noun or gerund after one of these prepositions
``own:a,b``    the same, where the preposition hangs on the trigger itself
``xcomp``      infinitive or gerund clause ("to leave", "having left")
``ccomp``      finite clause ("that it left")
``poss``       possessor ("Kenya's", "their")
``comp``       noun compound or adjective of nationality ("government failure")
``falls:a,b``  noun after one of these prepositions behind the trigger, on the verb above it ("falls to the navy")
``after:a``    noun after this preposition, hung below the object ("blamed the riot at the jail on them")
``aimed:at``   whom a criticism "is aimed at"
``critics``    whose criticism it is, by an adjective or name before it
``oneof``      who "is one of the critics"
``taker``      who takes it on ("assumed the duty")
``doer``       who is to do what is asked for ("demanded the mayor's resignation")
``finder``     who finds or names them
``found``      the failings themselves, where somebody finds them
``faulted``    what is somebody's fault ("it was the airline's fault that they slept")
``given``      what somebody is assured of ("assure them of our support")
``before``     the clause told before its verb ("The killers will be found, he vowed")
``maker``      whose thing it is that a relative clause judges ("took a step that unions condemned")
``charged``    who is charged where only the charge is named ("appeared in court on a charge of")
``voicer``     who voices it: the subject of the verb it is the object of or comes with ("published an appeal")
``owner``      whose the object is, if named ("acknowledged the army's guilt")
``helper``     who is to act in a call for action ("called for government help")
``reader``     who a letter with the request goes to ("wrote to the embassy asking")
``declarer``   the party of "Lessee covenants and agrees", where the parser sees a noun
``head``       the noun or clause the trigger modifies or hangs on
``self``       the trigger's own phrase
``vp``         the action of a verb, without subject and modal
``clause``     the whole clause of a verb
``main``       the verb of the clause an adjunct belongs to
``event``      the event an adjunct belongs to: a noun, or the verb of its clause
``due``        what "due to" explains: a noun, the subject of a bare "be", or the verb of the clause
``prior``      the clause "thus" looks back to
``whence``     what "which is why" points to
``host``       that whole clause, without the adjunct
``rest``       an object with the phrases after it that belong to it
``child:a,b``  dependents with these labels
=============  ==================================================================

Example: ``ccomp.subj`` is the subject of the that-clause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from respgraph.errors import RuleError
from respgraph.model import CLAIM_TYPES, DEGREES, MODALITIES, SENSES, SLOTS, STANCES


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the slots the rule must find in it, or (``slots`` None) one it must refuse."""

    text: str
    slots: Mapping[str, str] | None
    why: str = ""


def yes(text: str, **slots: str) -> Example:
    """Say that the rule claims something here, with these words in these slots (value names too)."""
    return Example(text, slots)


def no(text: str, why: str) -> Example:
    """Say that the rule claims nothing here, and why."""
    return Example(text, None, why)


@dataclass(frozen=True, slots=True)
class Rule:
    """One frame. ``need`` lists slots without which there is no claim; ``beats`` rules it silences."""

    name: str
    type: str
    slots: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]
    source: str
    need: tuple[str, ...] = ()
    stance: str | None = None
    degree: str | None = None
    sense: str | None = None
    modality: str | None = None
    negation: str = "flip"
    beats: tuple[str, ...] = ()
    confidence: float = 0.8
    # What a path cannot say: called with (sentence, trigger token, fillers by slot); an example for each branch.
    accept: Callable[[Any, int, Mapping[str, Any]], bool] | None = None

    def check(self) -> Rule:
        """Return the rule itself if its names are in the vocabulary.

        Raises:
            RuleError: A slot, value or claim type is not one of DESIGN's names.
        """
        known = {
            "type": CLAIM_TYPES,
            "stance": STANCES,
            "degree": DEGREES,
            "sense": SENSES,
            "modality": MODALITIES,
        }
        for name, allowed in known.items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                raise RuleError(self.name, f"{name} {value!r} is none of {', '.join(allowed)}")
        for slot in (*dict(self.slots), *self.need):
            if slot not in SLOTS:
                raise RuleError(self.name, f"slot {slot!r} is none of {', '.join(SLOTS)}")
        if not any(e.slots is not None for e in self.examples) or not any(e.slots is None for e in self.examples):
            raise RuleError(self.name, "a rule needs an example and a counter-example")
        return self


def slots(**paths: str) -> tuple[tuple[str, str], ...]:
    """Return slot paths in the order of the vocabulary.

    >>> slots(bearer="obj", speaker="subj")
    (('speaker', 'subj'), ('bearer', 'obj'))
    """
    return tuple((slot, paths[slot]) for slot in SLOTS if slot in paths) + tuple(
        (slot, path) for slot, path in paths.items() if slot not in SLOTS
    )
