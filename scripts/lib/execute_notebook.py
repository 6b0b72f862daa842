"""Runs a notebook's cells in its own kernel and writes it with what they put out: `execute_notebook.py NOTEBOOK OUTPUT [FOLDER]`.

The kernel works in `FOLDER`, by default the notebook's: modules are found from there.

Ends with 1, and says what the cell said, at the first cell that fails.
"""

import signal
import sys
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

CELL_SECONDS = 90


LATE_SECONDS = 0.3
OUTPUTS = {"display_data", "execute_result", "stream", "update_display_data"}


class LateClient(NotebookClient):
    """Takes outputs that come after their cell has ended: of a hundred, Deno's kernel sends one or two so."""

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        done = await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        while cell.cell_type == "code":
            try:
                message = await self.kc.iopub_channel.get_msg(timeout=LATE_SECONDS)
            except Empty:
                break
            if message["msg_type"] in OUTPUTS:
                self.process_message(message, cell, cell_index)
        return done


def stop(*_):
    sys.exit(143)  # by way of an exception, so that the kernel is ended, too


def main(source, target, folder=None):
    signal.signal(signal.SIGTERM, stop)
    path = Path(source)
    notebook = nbformat.read(path, as_version=4)
    is_late = notebook.metadata.kernelspec.name == "deno"
    client = (LateClient if is_late else NotebookClient)(
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
