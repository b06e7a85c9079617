"""Graph -> places on a plane, computed once in Python so that a page never has to run physics."""

from respgraph.network.layout import place_nodes

__all__ = ["place_nodes"]
