"""Many texts -> shards of N-Quads, on one machine or on many, and shards -> a store.

One function does the work, ``process_part``: a list of texts in, a shard and its commit mark out. A driver feeds it to
processes of this machine or to a Dask cluster, a bounded window of parts at a time; what is committed is never done
again, so a run that was killed is resumed by running it again. ``link_shards`` finds what is only known once all texts
are there, as a second map over hash buckets; ``load_shards`` puts all of it into a store.
"""

from respgraph.scale.build import Progress, build_shards
from respgraph.scale.load import Loaded, load_shards
from respgraph.scale.shard import Config, Shard, process_part

__all__ = ["Config", "Loaded", "Progress", "Shard", "build_shards", "load_shards", "process_part"]
