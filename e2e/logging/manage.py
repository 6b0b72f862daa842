"""What the public API of the real client writes, each looked at again by an `Api` that remembers nothing."""

import json
from pathlib import Path

import wandb

PATH = "local/logged/managed"


def fresh():
    return wandb.Api().run(PATH)


run = wandb.init(project="logged", id="managed", name="before", config={"a": 1}, tags=["first"])
run.log({"x": 1})
Path("kept.txt").write_text("kept")
run.save("kept.txt", policy="now")
run.finish()

found = {}
edited = fresh()
edited.display_name = "after"
edited.notes = "a note"
edited.tags.append("second")
edited.config["b"] = 2
edited.summary["late"] = 3
edited.update()
edited.summary.update()
edited = fresh()
found["edited"] = [edited.name, edited.notes, edited.tags, edited.config, edited.summary["late"], edited.summary["x"]]

found["bytes"] = fresh().file("kept.txt").download(root="copy").read()
fresh().file("kept.txt").delete()
found["deleted file"] = "kept.txt" not in [file.name for file in fresh().files()]
Path("sent.txt").write_text("sent")
fresh().upload_file("sent.txt")
found["sent"] = fresh().file("sent.txt").download(root="copy").read()

wandb.Api().create_project("made", "local")
found["projects"] = sorted(project.name for project in wandb.Api().projects("local"))

made = wandb.Api().create_run(project="logged", entity="local", run_id="extra")
wandb.Api().run("local/logged/extra").update_state("killed")
found["killed"] = wandb.Api().run("local/logged/extra").state
wandb.Api().run("local/logged/extra").delete()
found["runs"] = [run.id for run in wandb.Api().runs("local/logged")]

print("answer " + json.dumps(found))
