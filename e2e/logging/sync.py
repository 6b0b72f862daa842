"""`wandb sync FOLDER`, by the module, so that no script's shebang is needed."""

import sys

from wandb.cli.cli import cli

cli(["sync", sys.argv[1]])
