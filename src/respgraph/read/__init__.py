"""Stage 1: files, folders and standard input -> documents.

``find_sources`` says what there is to read, ``read_documents`` yields the documents of a source (a file may hold
many; ``cut_records`` says how such a file may be shared out), ``read_source`` and ``read_path`` return the one document
of a file, ``read_text`` that of a text in hand. The text of a document is exactly what was decoded; all structure
(headings, paragraphs, list items, tables) is laid over it as offsets.
Text and Markdown go the same way: what a line is, is decided by the line, not by the file's suffix.
"""

from respgraph.read.documents import cut_records, read_documents, read_path, read_source
from respgraph.read.sources import Source, find_sources
from respgraph.read.text import read_text

__all__ = ["Source", "cut_records", "find_sources", "read_documents", "read_path", "read_source", "read_text"]
