"""One measurement of the real Python client's frames, fed with prepared answers instead of the network.

Listings are asked of the server once, before the clock starts, and their answers kept. With the clock running, all of
wandb's own code runs as it is; only `ServiceApi.send_api_request`, which hands a request to the helper process
wandb-core and gives its answer, answers at once: listings from what was kept, histories from the prepared file.
"""

import json
import os
from types import SimpleNamespace

import wandb
from digest import digest
from measuring import TASK, measure, settle
from wandb.apis.public.service_api import ServiceApi

PATH = TASK["path"]
KEYS = TASK.get("keys")
ANSWERS = TASK["answers"]
FIELD = ANSWERS["field"]


class Feed:
    """Stands in for wandb-core."""

    def __init__(self):
        self.requests = 0
        self.bytes = 0
        self.is_measured = False
        self._listings = {}
        self._ask = ServiceApi.send_api_request
        with open(ANSWERS["index"]) as index:
            self._ends = [entry["end"] for entry in json.load(index)]
        self._file = os.open(ANSWERS["plain"], os.O_RDONLY)
        # Each by itself, as they come from wandb-core.
        runs = range(len(self._ends)) if ANSWERS["inMemory"] else ()
        self._answers = [self._read(run) for run in runs]

    def _read(self, run):
        start = self._ends[run - 1] if run > 0 else 0
        return os.pread(self._file, self._ends[run] - start, start)

    def install(self):
        feed = self

        def send_api_request(service, request, timeout=None):
            asked = request.graphql_request
            if f"{FIELD}(" in asked.query:
                return feed.history(json.loads(asked.variables_json))
            listing = (asked.query, asked.variables_json)
            if listing not in feed._listings:
                if feed.is_measured:
                    raise ValueError(f"Nothing was prepared for {asked.query}")
                feed._listings[listing] = feed._ask(service, request, timeout)
            return feed._listings[listing]

        ServiceApi.send_api_request = send_api_request

    def history(self, variables):
        if "specs" in variables and sorted(json.loads(variables["specs"][0])["keys"]) != sorted(["_step", *KEYS]):
            raise ValueError(f"Nothing was prepared for {variables['specs']}")
        run = int(variables["name"], 36)
        answer = self._answers[run] if self._answers else self._read(run)
        self.requests += 1
        self.bytes += len(answer)
        # The text as protobuf gives it: decoded when it is asked for.
        return SimpleNamespace(graphql_response=SimpleNamespace(data_json=answer.decode()))

    def state(self):
        zeros = {"mostInFlight": 1, "connections": 0, "cpuSeconds": 0, "lateMs": None}
        return {"requests": self.requests, "bytes": self.bytes, **zeros}


def records(frame):
    names = list(frame.columns)
    columns = [frame[name].to_list() for name in names]
    return (dict(zip(names, row)) for row in zip(*columns))


def main():
    api = wandb.Api()
    feed = Feed()
    feed.install()
    # A first tiny frame, so that what is loaded when it is first needed is there; then the listing is kept.
    api.runs("bench/runs-1").histories(keys=KEYS, format=TASK["work"])
    for _ in api.runs(PATH):
        pass
    feed.requests = feed.bytes = 0
    feed.is_measured = True
    settle()
    measure(
        lambda: api.runs(PATH).histories(keys=KEYS, format=TASK["work"]),
        feed.state,
        len,
        lambda frame: digest(records(frame)),
    )


main()
