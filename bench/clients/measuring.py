"""The frame of a measurement in Python: the task from argv, the clock, the result to stdout as JSON."""

import json
import sys
import time
import urllib.request

TASK = json.loads(sys.argv[1])


def control(body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(TASK["url"] + "/control", data=data)) as answer:
        return json.load(answer)


def peak_megabytes():
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return None
    return int(line.split()[1]) / 1024


def settle():
    """Waits until what start-up left to do in the background is done."""
    time.sleep(0.3)


def measure(work, state, count, describe):
    """Does the work once with the clock running. `state` gives what was asked and answered, `describe` the digest."""
    cpu_start = time.process_time()
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    cpu_seconds = time.process_time() - cpu_start
    peak = peak_megabytes()
    print(
        json.dumps(
            {
                "seconds": seconds,
                "firstResultSeconds": None,
                "cpuSeconds": cpu_seconds,
                "server": state(),
                "peakMB": peak,
                "count": count(result),
                "digest": describe(result) if TASK.get("digest") else None,
            }
        )
    )
