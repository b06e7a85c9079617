"""Texts to measure on: reports put together from our own sentences, the same in every run.

One sentence in three makes a claim, as in news; the others are there to be parsed and found empty.
"""

from __future__ import annotations

ACTORS = (
    "the ministry",
    "Norrwater",
    "the mayor of Hartley",
    "Kenya",
    "residents",
    "the European Commission",
)
MATTERS = (
    "the flood",
    "the late warning",
    "the broken pumps",
    "rising rents",
    "the missing files",
    "the outage",
)
CLAIMS = (
    "{a} blamed {b} for {m} and asked for an inquiry before the end of the year.",
    "According to {a}, {b} must repair the damage that {m} left behind in the lower town.",
    "{a} denied that it was responsible for {m}, although {b} had said so twice.",
    "{a} called on {b} to publish every report about {m} without further delay.",
    "{a} promised to pay for {m}, but {b} refused to sign the paper.",
    "{m} led to a shortage of rooms, {a} told {b} at a meeting in the old town hall.",
)
PLAIN = (
    "The meeting began at nine in a cold hall where the heating had failed again the night before.",
    "About two hundred people came, and many of them stood along the walls with their coats on.",
    "A clerk read the list of names, which took almost half an hour, while rain ran down the windows.",
    "The river is calm now, and the boats that were moved in March are back at the wooden landing.",
    "Prices for sand and gravel rose by four per cent over the winter, the trade paper reported.",
    "On the second floor a small exhibition shows photographs of the valley from the last century.",
    "The bus to the station leaves every twenty minutes, except on Sundays and on public holidays.",
    "Two schools will share a gym until the new building opens, probably in the autumn of next year.",
    "Her brother, who sells bicycles, had come along because the shop was closed for the afternoon.",
    "Nobody in the room could remember a spring with so little snow on the hills to the north.",
    "The minutes of the last meeting were approved, with one correction on the third page.",
    "Coffee was served at eleven, and the children of the choir sang two songs near the door.",
)
TABLE = "| Factor | Response |\n|---|---|\n| Old pumps | New pumps |\n| Few staff | More shifts |"


def article(number: int, words: int = 800) -> str:
    """Return a report of about so many words; another number gives another report."""
    parts = [f"# Report {number} from the valley"]
    step = number
    count = 0
    while count < words:
        sentences = []
        for _ in range(5):
            step += 1
            if step % 3 == 0:
                one, two = ACTORS[step % len(ACTORS)], ACTORS[(step // 3 + 1) % len(ACTORS)]
                line = CLAIMS[(step // 3) % len(CLAIMS)].format(a=one, b=two, m=MATTERS[step % 5])
                sentences.append(line[0].upper() + line[1:])
            else:
                sentences.append(PLAIN[(step * 7 + number) % len(PLAIN)])
        parts.append(" ".join(sentences))
        count += len(parts[-1].split())
    return "\n\n".join([*parts, "What was done, by cause:", TABLE]) + "\n"
