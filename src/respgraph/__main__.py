"""``python -m respgraph``: the command line."""

from respgraph.cli import main

if __name__ == "__main__":
    main(prog_name="respgraph")
