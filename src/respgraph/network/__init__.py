"""Claims -> networks of who says what of whom, their measures, and places on a plane for a picture of them.

``build_network`` makes one, ``measure_nodes`` and ``measure_whole`` measure it, ``node_attributes`` gives what a view
or an export shows of an actor. ``place_nodes`` lays out boxes once, so that a page never has to run physics.
"""

from respgraph.network.kinds import build_network
from respgraph.network.layout import place_nodes
from respgraph.network.measures import (
    METHODS,
    Values,
    Whole,
    backbone,
    blame_attributes,
    find_coalitions,
    find_groups,
    measure_nodes,
    measure_whole,
    measures_of,
    mutual_pairs,
    node_attributes,
)
from respgraph.network.samples import PER, bootstrap, split_periods
from respgraph.network.ties import KINDS, Kind, Network, Node, Tie, missing, sign_of

__all__ = [
    "KINDS",
    "METHODS",
    "PER",
    "Kind",
    "Network",
    "Node",
    "Tie",
    "Values",
    "Whole",
    "backbone",
    "blame_attributes",
    "bootstrap",
    "build_network",
    "find_coalitions",
    "find_groups",
    "measure_nodes",
    "measure_whole",
    "measures_of",
    "missing",
    "mutual_pairs",
    "node_attributes",
    "place_nodes",
    "sign_of",
    "split_periods",
]
