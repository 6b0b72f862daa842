"""JupyterLab, and notebooks whose saved outputs are trusted: `lab_server.py SCRATCH MODULE:CLASS NOTEBOOK... -- OPTIONS`.

It ends when its standard input does: when the program that started it is gone, however that ended. Then nobody else
removes the folder SCRATCH.
"""

import atexit
import importlib
import os
import shutil
import signal
import sys
import threading

import nbformat
from nbformat.sign import NotebookNotary


def end_with_starter(scratch):
    while os.read(sys.stdin.fileno(), 1024):
        pass
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


def main(arguments):
    split = arguments.index("--")
    threading.Thread(target=end_with_starter, args=arguments[:1], daemon=True).start()
    notary = NotebookNotary()
    module, name = arguments[1].split(":")
    for path in arguments[2:split]:
        notary.sign(nbformat.read(path, as_version=4))
    getattr(importlib.import_module(module), name).launch_instance(arguments[split + 1 :])


main(sys.argv[1:])
