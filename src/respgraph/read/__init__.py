"""Stage 1: files, folders and standard input -> documents.

``find_sources`` says what there is to read, ``read_documents`` yields the documents of a source (a file may
hold many), ``read_source`` and ``read_path`` return the one document of a file, ``read_text`` that of a text in
hand. The text of a document is exactly what was decoded; all structure (headings, paragraphs, list items, tables)
is laid over it as offsets.
Text and Markdown go the same way: what a line is, is decided by the line, not by the file's suffix.
"""

from respgraph.read.documents import read_documents, read_path, read_source
from respgraph.read.sources import Source, find_sources
from respgraph.read.text import read_text

__all__ = ["Source", "find_sources", "read_documents", "read_path", "read_source", "read_text"]
