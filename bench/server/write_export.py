"""Makes the Parquet file of a long history: write_export.py FOLDER OUT ROWS NAMES. A column is a file of doubles in FOLDER."""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUPS = 10

folder, out, rows, names = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])


def column(place, name):
    data = pa.py_buffer((folder / str(place)).read_bytes())
    doubles = pa.Array.from_buffers(pa.float64(), rows, [None, data])
    return doubles.cast(pa.int64()) if name == "_step" else doubles


table = pa.table({name: column(place, name) for place, name in enumerate(names)})
pq.write_table(table, out, compression="zstd", row_group_size=-(-rows // ROW_GROUPS))
