"""The version of the installed package."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("jupyterlab-lazyruns")
except PackageNotFoundError:  # run from the sources
    __version__ = "0+source"
