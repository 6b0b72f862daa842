"""Runs a notebook's cells in its own kernel and writes it with what they put out: `execute_notebook.py NOTEBOOK OUTPUT [FOLDER]`.

The kernel works in `FOLDER`, by default the notebook's: modules are found from there.

Ends with 1, and says what the cell said, at the first cell that fails.
"""

import signal
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

CELL_SECONDS = 90


def stop(*_):
    sys.exit(143)  # by way of an exception, so that the kernel is ended, too


def main(source, target, folder=None):
    signal.signal(signal.SIGTERM, stop)
    path = Path(source)
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        record_timing=False,  # a recording says what came out, not when
        coalesce_streams=True,
        resources={"metadata": {"path": folder or str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        sys.exit(f"{path.name}: {error}")
    nbformat.write(notebook, target)


if len(sys.argv) not in (3, 4):
    sys.exit("usage: python execute_notebook.py NOTEBOOK OUTPUT [FOLDER]")
main(*sys.argv[1:])
