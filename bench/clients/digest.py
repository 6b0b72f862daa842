"""Describes records shortly: equal only when the records are. ../lib/digest.mjs makes the same in JavaScript."""

import hashlib

WEIGHTS = 97


def digest(records):
    sums = {}
    texts = hashlib.sha256()
    count = 0

    def add(path, value):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # Plain additions, one by one: sum() rounds otherwise from Python 3.12 on.
            sums[path] = sums.get(path, 0) + float(value) * (1 + count % WEIGHTS)
        elif isinstance(value, (list, tuple)):
            for index, item in sorted(enumerate(value), key=lambda pair: str(pair[0])):
                add(f"{path}.{index}", item)
        elif hasattr(value, "keys"):
            for key in sorted(value.keys()):
                add(f"{path}.{key}", value[key])
        else:
            text = {None: "null", True: "true", False: "false"}.get(value, value)
            texts.update(f"{count} {path} {text}\n".encode())

    for record in records:
        for key in sorted(record):
            add(key, record[key])
        count += 1
    return {"count": count, "sums": sums, "texts": texts.hexdigest()}
