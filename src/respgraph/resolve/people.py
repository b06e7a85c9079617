"""The resolver of one document: fillers -> mentions with actors, speeches -> statements with forum."""

from __future__ import annotations

from respgraph.annotate import Annotated, Sentence
from respgraph.extract import Reading, tree
from respgraph.extract.attribution import Speech, speaker_at
from respgraph.extract.bearers import can_bear
from respgraph.extract.contract import CONTRACT_ROLES, defined_party
from respgraph.extract.match import Frame
from respgraph.extract.quotes import find_quotes
from respgraph.extract.roles import Filler
from respgraph.extract.speech import inside
from respgraph.extract.when import has_happened, times_of
from respgraph.model import Actor, Attribution, Mention, Span, Statement, content_hash
from respgraph.read.dates import date_of
from respgraph.resolve import coref, gazetteer, matters
from respgraph.resolve.delegation import delegation_of
from respgraph.resolve.names import (
    Names,
    actor_of,
    clean,
    collect,
    entities,
    known_as,
    scope_of,
    with_aliases,
    words_of,
)
from respgraph.resolve.officers import officers
from respgraph.resolve.persons import people_of
from respgraph.resolve.voice import voice_of

ROLES = CONTRACT_ROLES - {"party", "owner"}
BOTH = frozenset({"both", "two"})
FORUM_PREPOSITIONS = frozenset({"at", "before", "in", "to", "during"})
FORUM_KINDS = frozenset({"international-organisation"})


class Resolver:
    """Says who and what the words of one document mean; keeps every mention of an actor."""

    def __init__(self, reading: Reading) -> None:
        self.annotated: Annotated = reading.annotated
        self.speeches = reading.speeches
        pairs = [(dict(f.roles)["short"], dict(f.roles)["long"]) for f in reading.findings if f.type == "definition"]
        self.names: Names = collect(
            reading.annotated, [(a, b) for a, b in pairs if isinstance(a, Span) and isinstance(b, Span)]
        )
        self.text = reading.annotated.document.text
        self.persons = people_of(reading.annotated)
        self.officers = officers(reading.annotated)
        self.delegation = delegation_of(reading.annotated, reading.speeches)
        self.parties = parties_of(reading.annotated)
        self.voice = voice_of(reading.annotated, reading.speeches)
        self._actors: dict[str, Actor] = {}
        self._quotes: dict[str, set[str]] = {}
        self._keys: set[str] = set()

    def cut(self, span: Span) -> Mention:
        """Return a span with its words."""
        return Mention(span, span.of(self.text))

    def trigger_span(self, s: Sentence, trigger: tuple[int, ...]) -> Span:
        """Return the stretch from the first to the last trigger word, or the first alone if they lie far apart."""
        if trigger[-1] - trigger[0] > 6:
            return s.tokens[trigger[0]].span
        return Span(s.tokens[trigger[0]].start, s.tokens[trigger[-1]].end)

    def mention(self, sentence: int, filler: Filler, is_actor: bool, strict: bool = False) -> Mention:
        """Return the mention of a filler, with its actor or its matter.

        Args:
            sentence: The sentence of the frame.
            filler: What fills the slot.
            is_actor: Whether the slot is one for actors.
            strict: Leave a pronoun unresolved unless its antecedent is certain: nobody is accused by guess.
        """
        n = filler.sentence if filler.sentence >= 0 else sentence
        s = self.annotated.sentences[n]
        if is_actor:
            actor = self.remember(self.who(coref.Place(n, filler.head), filler.span, strict=strict), filler.span)
            return Mention(filler.span, filler.span.of(self.text), actor=actor)
        stood = matters.stood_for(self.annotated, n, filler)
        key = matters.matter_key(*stood) if stood else matters.matter_key(s, filler.span)
        if stood:
            key = (
                max(sorted(self._keys), key=lambda known: matters.likeness(known, key), default=key)
                if any(matters.likeness(known, key) >= matters.SAME for known in self._keys)
                else key
            )
        self._keys.add(key)
        return Mention(filler.span, filler.span.of(self.text), matter=key)

    def words(self, span: Span, is_actor: bool, plain: bool = False) -> Mention:
        """Return the mention of words no parser saw: a table cell, a list label, a whole item."""
        quote = span.of(self.text)
        if is_actor:
            name = clean(quote)
            actor = known_as(self.names, name) or Actor(
                gazetteer.slug(name) or "unnamed", name, "organisation", "document"
            )
            return Mention(span, quote, actor=self.remember(actor, span))
        return (
            Mention(span, quote)
            if plain
            else Mention(span, quote, matter=" ".join(sorted(set(gazetteer.slug(quote).split("-")))))
        )

    def plain_statement(self, speaker: Mention | None) -> Statement:
        """Return the statement of a claim carried by layout: that of its speaker's mention, or the text's own."""
        if speaker is None:
            return Statement(content_hash("author"))
        return Statement(content_hash(speaker.span, "layout"), speaker=speaker, span=speaker.span)

    def who(self, place: coref.Place, span: Span, depth: int = 0, strict: bool = False) -> Actor:
        """Return the actor of a noun phrase or pronoun; a pronoun nobody can place is an actor of its own."""
        s = self.annotated.sentences[place.sentence]
        quote = span.of(self.text)
        if coref.is_pronoun(s, place.i):
            found = coref.antecedent(self.annotated, place, self.speeches, self.persons) if depth < 6 else None
            third = s.tokens[place.i].lower not in coref.FIRST
            if strict and third and found is not None and not self.is_certain(place, found):
                found = None
            if found is not None and found != place:
                other = self.annotated.sentences[found.sentence]
                if s.tokens[place.i].lower in coref.PLURAL and len(all_of(other, found.i)) > 1:
                    return self.together(found, depth + 1, strict)
                actor = self.who(found, tree.name_span(other, found.i), depth + 1, strict)
                return (
                    self.company_of(actor) if s.tokens[place.i].lower in coref.WE and actor.kind == "person" else actor
                )
            own = self.own_voice(s.tokens[place.i].lower) if self.is_own_voice(s, place.i) else None
            return own or unresolved(s.tokens[place.i].lower)
        if any(s.tokens[k].lower in BOTH for k in s.children[place.i]) or s.tokens[place.i].lower == "both":
            members = coref.two_states(self.annotated, place)
            if members:
                for state in gazetteer.states().values():
                    if state.id in members:
                        self._actors.setdefault(state.id, state)
                return Actor(gazetteer.slug(quote), quote, "collective", "document", members=members)
        if s.tokens[place.i].lemma == "party" and is_all_parties(s, place.i) and len(self.parties) == 2:
            return self.contract_parties()
        body = coref.named_body(self.annotated, place) or coref.former_or_latter(self.annotated, place)
        if body is not None:
            return self.who(body, tree.name_span(self.annotated.sentences[body.sentence], body.i), depth + 1, strict)
        return actor_of(self.names, s, place.i, quote)

    def contract_parties(self) -> Actor:
        """Return who "the parties" of a contract are: the two it defines, together."""
        each = [
            known_as(self.names, name) or Actor(gazetteer.slug(name), name, "organisation", "document")
            for name in self.parties
        ]
        for actor in each:
            self._actors.setdefault(actor.id, actor)
        name = " and ".join(actor.name for actor in each)
        return Actor(gazetteer.slug(name), name, "collective", "document", members=tuple(a.id for a in each))

    def is_certain(self, place: coref.Place, found: coref.Place) -> bool:
        """Say whether a pronoun's antecedent may be accused: what its sentence is about, without a rival.

        None of those who tell it is; but "his critics blame him" has only one.
        """
        s = self.annotated.sentences[place.sentence]
        span = s.tokens[place.i].span
        tellers = [
            coref.Place(sp.source.sentence, sp.source.head)
            for sp in self.speeches
            if sp.source is not None and any(content.covers(span) for content in sp.contents)
        ]
        if found in tellers[:-1] and not coref.is_of_own(s, place.i):
            return False
        meant = self.named_at(found)
        beside = found.sentence == place.sentence and meant.kind == "person"
        if not beside and not coref.is_topic(self.annotated, place, found, self.persons):
            return False
        others = coref.rivals(self.annotated, place, found, self.persons)
        return all(self.named_at(other).id == meant.id for other in others)

    def named_at(self, place: coref.Place) -> Actor:
        """Return the actor of the name or noun at a place; a pronoun there is not followed."""
        s = self.annotated.sentences[place.sentence]
        span = tree.name_span(s, place.i)
        if coref.is_pronoun(s, place.i):
            return unresolved(s.tokens[place.i].lower)
        return actor_of(self.names, s, place.i, span.of(self.text))

    def is_own_voice(self, s: Sentence, i: int) -> bool:
        """Say whether a word is the text's own: in nobody's speech, and in no question of an interview."""
        speech = speaker_at(self.speeches, s.tokens[i].span)
        asked = self.voice.is_interview and self.annotated.block(s).span.of(self.text).rstrip().endswith("?")
        return (speech is None or speech.source is None) and not asked

    def own_voice(self, word: str) -> Actor | None:
        """Return who "I" or "we" is outside all quotations, where the text says whose voice it is."""
        person, body = self.voice.person, self.voice.body
        if word in coref.FIRST - coref.WE and person is not None:
            full = self.names.people.get(person, person)
            return Actor(gazetteer.slug(full), full, "person", scope_of(full))
        if word not in coref.WE:
            return None
        if self.delegation is not None:
            return self.company_of(self.delegation)
        if body is not None:
            return self.body_named(body)
        speaker = self.own_voice("i")
        return self.company_of(speaker) if speaker is not None else None

    def body_named(self, name: str) -> Actor:
        """Return the actor of a body by its name."""
        known = known_as(self.names, name)
        return known or Actor(gazetteer.slug(name) or "unnamed", name, "organisation", scope_of(name))

    def together(self, first: coref.Place, depth: int, strict: bool) -> Actor:
        """Return who "they" are where several were named together: a group of all of them, not the first alone."""
        s = self.annotated.sentences[first.sentence]
        each = [
            self.who(coref.Place(first.sentence, k), tree.name_span(s, k), depth, strict) for k in all_of(s, first.i)
        ]
        for actor in each:
            self._actors.setdefault(actor.id, actor)
        name = ", ".join(a.name for a in each[:-1]) + f" and {each[-1].name}"
        members = tuple(dict.fromkeys(a.id for a in each))
        return Actor(gazetteer.slug(name), name, "collective", "document", members=members)

    def company_of(self, speaker: Actor) -> Actor:
        """Return who "we" is in the mouth of a person or a state: a group that the speaker is a member of.

        An officer of one body says it for that body.
        """
        body = self.officers.get(speaker.name.split()[-1]) if speaker.kind == "person" else None
        if body is not None:
            speaker = self.body_named(body)
        self._actors.setdefault(speaker.id, speaker)
        return Actor(f"we-{speaker.id}", f"we ({speaker.name})", "collective", "document", members=(speaker.id,))

    def remember(self, actor: Actor, span: Span) -> Actor:
        """Keep an actor, its parent and the words it was mentioned by."""
        self._actors.setdefault(actor.id, actor)
        self._quotes.setdefault(actor.id, set()).add(span.of(self.text))
        for parent in (actor.unit_of, actor.speaks_for):
            known = next((a for a in gazetteer.states().values() if a.id == parent), None) if parent else None
            known = known or gazetteer.organisations().get(parent or "")
            if known is not None:
                self._actors.setdefault(known.id, known)
        return actor

    def actors(self) -> dict[str, Actor]:
        """Return all actors by id, with the names they were mentioned by."""
        return {k: with_aliases(a, self._quotes.get(k, ())) for k, a in self._actors.items()}

    def attribution(self, speech: Speech) -> Attribution:
        """Return a speech in the exchange form."""
        content = Span(min(c.start for c in speech.contents), max(c.end for c in speech.contents))
        source = None
        if speech.source is not None:
            source = self.mention(speech.source.sentence, speech.source, True)
        return Attribution(self.cut(content), self.cut(speech.cue) if speech.cue and speech.first else None, source)

    def statement(self, frame: Frame, speaker: Mention | None) -> Statement:
        """Return the speech event of a frame: that of its speech, or of its own verb, or of the text."""
        s = self.annotated.sentences[frame.sentence]
        trigger = s.tokens[frame.trigger[0]]
        if speaker is None:
            return Statement(content_hash("author"))
        speech = speaker_at(self.speeches, trigger.span)
        if speech is not None and speech.source is not None and speech.source.span == speaker.span and speech.cue:
            cue, at = speech.cue, speech.cue_at or (frame.sentence, frame.trigger[0])
        else:
            cue, at = self.trigger_span(s, frame.trigger), (frame.sentence, frame.trigger[0])
        forum = self.forum(*at)
        when = self.when(*at)
        return Statement(
            id=content_hash(speaker.span, cue),
            speaker=speaker,
            cue=self.cut(cue),
            forum=forum,
            date=when[0] if when else None,
            span=cue,
            when=self.cut(when[1]) if when else None,
        )

    def when(self, n: int, v: int) -> tuple[str, Span] | None:
        """Return the day a word of saying is dated with and the words that say so; two days are none.

        "Yesterday" in somebody's mouth is counted from a day that is not the text's, so only a date with its year
        counts inside a quotation.
        """
        s = self.annotated.sentences[n]
        times = list(times_of(s, v))
        published = self.annotated.document.date if times else None
        if published and inside(s.tokens[v].span, find_quotes(self.text, self.annotated.block(s))[0]):
            published = None
        past = has_happened(s, v)
        found: dict[str, Span] = {}
        for span in times:
            day = date_of(span.of(self.text), published, past)
            if day is not None:
                found.setdefault(day, span)
        return next(iter(found.items())) if len(found) == 1 else None

    def forum(self, n: int, v: int) -> Mention | None:
        """Return where a statement was made: "at the United Nations", in its sentence or the next one about it."""
        s = self.annotated.sentences[n]
        found = self.forum_in(s)
        if found is None and n + 1 < len(self.annotated.sentences):
            following = self.annotated.sentences[n + 1]
            if (
                following.block == s.block
                and following.tokens[0].lower in {"the", "this", "these"}
                and any(
                    t.lemma in {"statement", "declaration", "announcement", "remark", "comment", "speech", "position"}
                    for t in following.tokens[:5]
                )
            ):
                found = self.forum_in(following)
        return found

    def forum_in(self, s: Sentence) -> Mention | None:
        """Return the forum a sentence names."""
        for lo, hi, _ in entities(s):
            name = clean(words_of(s, lo, hi))
            actor = known_as(self.names, name)
            before = {t.lower for t in s.tokens[max(0, lo - 2) : lo]}
            if actor is not None and actor.kind in FORUM_KINDS and before & FORUM_PREPOSITIONS:
                start = lo + 1 if s.tokens[lo].lower == "the" else lo
                span = Span(s.tokens[start].start, s.tokens[hi].end)
                return Mention(span, span.of(self.text), actor=self.remember(actor, span))
        return None


def all_of(s: Sentence, first: int) -> list[int]:
    """Return the names and nouns that are coordinated with one and can bear: "Ada Lovett, Karl Brandt and the firm"."""
    named = next((k for k in tree.kids(s, first, "appos") if s.tokens[k].upos == "PROPN"), first)
    return [k for k in tree.conjuncts(s, named) if k == named or can_bear(s, k)]


def parties_of(annotated: Annotated) -> tuple[str, ...]:
    """Return the roles by which a contract names its parties, in text order: "Landlord", "Tenant"."""
    named = {
        t.lower: t.form for s in annotated.sentences for t in s.tokens if t.lower in ROLES and defined_party(s, t.i)
    }
    return tuple(named[role].capitalize() for role in named)


def is_all_parties(s: Sentence, i: int) -> bool:
    """Say whether a phrase means each party there is: "the parties", "each party", not "the other party"."""
    told = {
        s.tokens[k].lower
        for k in s.children[i]
        if s.tokens[k].dep in {"det", "amod", "poss", "nummod", "prep", "relcl"}
    }
    return bool(told) and told <= {"the", "both", "each", "either", "neither", "all", "hereto"}


def unresolved(word: str) -> Actor:
    """Return the actor of a pronoun that nobody can place.

    >>> unresolved("their").name
    'they (not resolved)'
    """
    word = coref.NOMINATIVE.get(word, word)
    return Actor(f"unresolved-{word}", f"{word} (not resolved)", "group", "document")
