"""Lists a project with the real client, not lazily: argv[1] is the project's path. Prints its facts as JSON."""

import json
import sys

import wandb

api = wandb.Api()
runs = api.runs(sys.argv[1], lazy=False, per_page=5)
length = len(runs)
facts = [[run.id, run.config, run.summary._json_dict] for run in runs]
filtered = len(api.runs(sys.argv[1], filters={"group": "baselines"}))
print("answer " + json.dumps({"length": length, "filtered": filtered, "runs": facts}))
