"""Who can bear responsibility or speak: people, offices, groups, organisations, places as governments.

Known names and nouns come from the shipped word lists; an unknown noun is refused when its form tells
of an act or a quality ("-tion", "-ness"), and accepted when it tells of an agent ("-er", "-ist"). A wrong
accusation harms a person, so the doubtful case is refused.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from respgraph.annotate import Sentence, Token
from respgraph.extract import tree

PERSONAL = frozenset(
    (
        "i we you he she they it me us him her them everyone everybody anyone anybody someone somebody "
        "nobody one ourselves themselves himself herself itself each both those these all many some "
        "others none most"
    ).split()
)
NO_ACTOR_ENT = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "WORK_OF_ART", "LANGUAGE", "EVENT"}
)
ACT_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ism",
    "ance",
    "ence",
    "ure",
    "ship",
    "ing",
    "dom",
    "hood",
    "acy",
    "age",
    "logy",
)
AGENT_ENDINGS = ("er", "or", "ist", "ian", "ant", "ent", "ee", "man", "woman", "people", "eur", "crat", "ive", "ary")

SERVICES = frozenset(
    "ambulance border fire health immigration intelligence police prison probation secret security".split()
)
# Adjectives and participles that name people: "the accused", "the latter".
NOMINAL = frozenset({"accused", "deceased", "injured", "wounded", "unemployed", "elderly", "former", "latter", "other"})

FIRST_PERSON = frozenset(["i", "we", "me", "us", "my", "our", "ourselves", "myself"])
SPEAKING_THINGS = frozenset(
    (
        "report study survey statement letter document article paper poll review audit investigation "
        "inquiry resolution book memo email post tweet analysis research data filing lawsuit complaint "
        "petition indictment release declaration assessment editorial newspaper source video footage "
        "slide transcript graph chart figure photo map statistic website site record page manifesto "
        "charter motion slogan placard banner text treaty guidance guideline strategy plan communique communiqué "
        "constitution preamble opinion bulletin leaflet blog column op-ed speech tape recording message notice "
        "memorandum summary chapter standard doctrine scripture bible quran gospel verdict finding programme "
        "transcript affidavit testimony proposal framework white-paper factsheet advisory "
        "convention law act constitution agreement protocol judgment ruling policy "
        "rule regulation amendment decree pact directive code legislation bill statute"
    ).split()
)
# Counts of people speak: "six in ten say", "two of her advisers".
COUNTED = frozenset(
    (
        "one two three four five six seven eight nine ten dozen first second latter former number handful "
        "group dozens hundreds thousands another other others several few many most some half third "
        "quarter majority minority percent % neither either both"
    ).split()
)


@cache
def noun_class() -> dict[str, str]:
    """Return lemma -> person | office | group | organisation | place | thing of the shipped list."""
    out: dict[str, str] = {}
    text = (files("respgraph.extract") / "bearers.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            lemma, kind, *_ = line.split("\t")
            out[lemma.lower()] = kind
    return out


def can_bear(s: Sentence, i: int) -> bool:
    """Say whether the phrase headed by token ``i`` can be an actor."""
    t = s.tokens[i]
    if tree.is_vocative(s, i):
        return False
    if t.upos == "PRON" or t.tag in {"PRP", "PRP$", "WP", "WDT"}:
        return t.lower in PERSONAL or t.tag in {"PRP", "PRP$"}
    if t.lower in {"both", "those", "these", "others", "many", "some", "all"}:
        of = next((k for k in s.children[i] if s.tokens[k].lower == "of"), None)
        if (
            of is not None
            and (whole := next(iter(s.children[of]), None)) is not None
            and s.tokens[whole].upos == "NOUN"
        ):
            return can_bear(s, whole)  # "some of these lakes"
        return t.lower in {"both", "others"} or t.upos != "DET"
    if t.lower in NOMINAL and t.dep != "amod":
        return True
    if (
        t.upos == "NUM"
        and t.lower != "one"
        and t.dep in {"nsubj", "nsubjpass"}
        and t.ent not in NO_ACTOR_ENT - {"CARDINAL"}
    ):
        # "five were charged with arson", not "40 percent"
        return t.form[0].isalpha() and not any(s.tokens[k].upos == "NOUN" for k in s.children[i])
    if t.upos == "PROPN":
        # "Black Lives Matter": a name may be made of words that bear nothing
        named = t.ent in {"PERSON", "ORG", "GPE", "NORP"} and any(
            s.tokens[k].dep == "compound" and s.tokens[k].upos == "PROPN" for k in s.children[i]
        )
        return t.ent not in NO_ACTOR_ENT and (named or noun_class().get(t.lemma) != "thing")
    if t.upos in {"NOUN", "ADJ"}:
        if t.lemma in {"side", "camp"} and any(
            s.tokens[k].lower in {"both", "two", "all", "other", "each", "either"} for k in s.children[i]
        ):
            return True  # "both sides": those who face each other
        if t.lemma == "service" and any(s.tokens[k].lower in SERVICES for k in s.children[i]):
            return True  # "the intelligence services"
        kind = noun_class().get(t.lemma) or noun_class().get(t.lower)
        if kind is not None:
            return kind != "thing"
        if (
            t.upos == "NOUN"
            and t.form[0].isupper()
            and (t.form[1:].isupper() or t.ent in {"PERSON", "ORG", "GPE", "NORP"})
        ):
            return True  # an acronym or a name the tagger took for a noun
        if t.upos == "ADJ":
            return t.ent in {"NORP", "GPE"} or t.tag == "NNS"
        return t.lemma.endswith(AGENT_ENDINGS) and not t.lemma.endswith(ACT_ENDINGS)
    return t.ent in {"PERSON", "ORG", "GPE", "NORP"}


def is_first_person(token: Token) -> bool:
    """Say whether a token is "I", "we" or a form of them; "US" is a state."""
    return token.lower in FIRST_PERSON and not (len(token.form) > 1 and token.form.isupper())


def can_speak(s: Sentence, i: int) -> bool:
    """Say whether a phrase can be a source: an actor, a count of them ("two of the mayors"), a text that speaks."""
    if s.tokens[i].lower.endswith("having"):
        return False  # "andHaving noted": a preamble whose words run together
    named = bare_name(s, i) or firm_name(s, i)
    return can_bear(s, i) or s.tokens[i].lemma in SPEAKING_THINGS or s.tokens[i].lower in COUNTED or named


def firm_name(s: Sentence, i: int) -> bool:
    """Say whether a subject is a name of several words, whatever the last one means: "Norrwater Communications"."""
    t = s.tokens[i]
    names = [k for k in s.children[i] if s.tokens[k].dep == "compound" and s.tokens[k].upos == "PROPN"]
    return (
        t.upos == "PROPN"
        and t.dep == "nsubj"
        and bool(names)
        and t.ent not in (NO_ACTOR_ENT | {"LAW"}) - {"WORK_OF_ART"}
    )


def bare_name(s: Sentence, i: int) -> bool:
    """Say whether a lone capitalised noun without article must be a name the tagger missed: "Harrow accused ..."."""
    t = s.tokens[i]
    return (
        t.tag == "NN"
        and t.form[0].isupper()
        and not t.form.isupper()
        and t.dep == "nsubj"
        and all(s.tokens[k].lower in {"himself", "herself", "itself", "themselves"} for k in s.children[i])
        and noun_class().get(t.lemma) is None
        and not t.lemma.endswith(ACT_ENDINGS)
    )
