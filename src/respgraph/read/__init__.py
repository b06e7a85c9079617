"""Stage 1: files, folders and standard input -> documents.

``find_sources`` says what there is to read, ``read_source`` and ``read_path`` turn bytes into a
``Document``, ``read_text`` does the same for a text in hand. The text of a document is exactly what
was decoded; all structure (headings, paragraphs, list items, tables) is laid over it as offsets.
Text and Markdown go the same way: what a line is, is decided by the line, not by the file's suffix.
"""

from respgraph.read.sources import Source, find_sources, read_path, read_source
from respgraph.read.text import read_text

__all__ = ["Source", "find_sources", "read_path", "read_source", "read_text"]
