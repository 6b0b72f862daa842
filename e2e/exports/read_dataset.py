"""Asks Python's polars and pandas about a table of a dataset. Input: {"files", "folder", "run"?}; prints an answer each."""

import json
import math
import sys

import pandas
import polars
import polars.selectors

ASKED = json.load(sys.stdin)
FILES, FOLDER, RUN = ASKED["files"], ASKED["folder"], ASKED.get("run")


def by_polars():
    scan = polars.scan_parquet(FILES)
    words = {polars.Int64: "int", polars.Float64: "float", polars.String: "text", polars.Boolean: "bool"}
    kinds = [[name, words.get(dtype, "other")] for name, dtype in scan.collect_schema().items() if name != "run_id"]

    def asked(name, kind):
        column = polars.col(name)
        some = column.is_not_null().any()
        if kind == "int":
            text = [column.sum(), column.min(), column.max()]
            return [column.count(), *(polars.when(some).then(part.cast(polars.String)) for part in text), column.mean()]
        if kind == "float":
            finite = column.filter(column.is_finite())
            return [
                column.count(),
                column.is_nan().sum(),
                (column == math.inf).sum(),
                (column == -math.inf).sum(),
                polars.when(column.is_finite().any()).then(finite.sum()),
                finite.min(),
                finite.max(),
                finite.mean(),
            ]
        if kind == "text":
            return [column.count(), polars.when(some).then(column.str.len_chars().sum()), column.min(), column.max()]
        return [column.count(), column.sum()] if kind == "bool" else [column.count()]

    cells = [cell.alias(f"{name} {place}") for name, kind in kinds for place, cell in enumerate(asked(name, kind))]
    if RUN is not None:
        scan = scan.filter(polars.col("run_id") == RUN)
    frame = scan.group_by("run_id").agg(polars.len(), *cells).collect()
    return {"kinds": kinds, "runs": [list(row) for row in frame.rows()]}


def by_pandas():
    filters = None if RUN is None else [("run_id", "==", RUN)]
    frame = pandas.read_parquet(FOLDER, dtype_backend="pyarrow", filters=filters)
    words = {"int64[pyarrow]": "int", "double[pyarrow]": "float", "string[pyarrow]": "text", "bool[pyarrow]": "bool"}
    kinds = [[name, words.get(str(dtype), "other")] for name, dtype in frame.dtypes.items() if name != "run_id"]

    def asked(column, kind):
        values = column.dropna()
        count = len(values)
        if kind == "int":
            ends = [values.sum(), values.min(), values.max()] if count else None
            return [count, *(map(str, ends) if ends else [None] * 3), sum(values) / count if count else None]
        if kind == "float":
            numbers = values.to_numpy(dtype="float64")
            finite = numbers[abs(numbers) < math.inf]
            ends = [finite.sum(), finite.min(), finite.max(), finite.mean()] if len(finite) else [None] * 4
            return [
                count,
                int((numbers != numbers).sum()),
                int((numbers == math.inf).sum()),
                int((numbers == -math.inf).sum()),
                *(None if end is None else float(end) for end in ends),
            ]
        if kind == "text":
            return [count, *([int(values.str.len().sum()), min(values), max(values)] if count else [None] * 3)]
        return [count, int(values.sum())] if kind == "bool" else [count]

    runs = [
        [run_id, len(group), *(cell for name, kind in kinds for cell in asked(group[name], kind))]
        for run_id, group in frame.groupby("run_id")
    ]
    return {"kinds": kinds, "runs": runs}


print(json.dumps({"polars": by_polars(), "pandas": by_pandas()}))
