"""Reads Parquet files with polars, pandas and DuckDB, and prints every cell with its type, one answer a file."""

import datetime
import json
import math
import sys

import duckdb
import numpy
import pandas
import polars
import pyarrow.parquet

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def cell(value):
    if value is None or value is pandas.NA or value is pandas.NaT:
        return None
    if isinstance(value, (bool, numpy.bool_)):
        return ["bool", bool(value)]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        if math.isnan(value):
            return ["float", "NaN"]
        if math.isinf(value):
            return ["float", "Infinity" if value > 0 else "-Infinity"]
        return ["float", value.hex()]
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, datetime.datetime):
        return ["time", str((value.astimezone(datetime.timezone.utc) - EPOCH) // datetime.timedelta(milliseconds=1))]
    if isinstance(value, dict):
        return ["struct", {key: cell(part) for key, part in value.items()}]
    if isinstance(value, (list, numpy.ndarray)):
        return ["list", [cell(part) for part in value]]
    raise TypeError(f"{type(value)}: {value!r}")


def by_polars(path):
    frame = polars.read_parquet(path)
    return {
        "columns": frame.columns,
        "types": [str(dtype) for dtype in frame.dtypes],
        "rows": [[cell(value) for value in row] for row in frame.rows()],
    }


def by_pandas(path):
    frame = pandas.read_parquet(path, dtype_backend="pyarrow")
    columns = [frame.iloc[:, index].tolist() for index in range(frame.shape[1])]
    return {
        "columns": list(frame.columns),
        "types": [str(dtype) for dtype in frame.dtypes],
        "rows": [[cell(column[row]) for column in columns] for row in range(len(frame))],
    }


def by_duckdb(path):
    relation = duckdb.connect().read_parquet(path)
    return {
        "columns": relation.columns,
        "types": [str(dtype) for dtype in relation.types],
        "rows": [[cell(value) for value in row] for row in relation.fetchall()],
    }


def layout(path):
    file = pyarrow.parquet.ParquetFile(path)
    groups = [file.metadata.row_group(index) for index in range(file.num_row_groups)]
    chunks = [group.column(index) for group in groups for index in range(group.num_columns)]
    return {
        "groups": [group.num_rows for group in groups],
        "compressions": sorted({chunk.compression for chunk in chunks}),
    }


def long_table(path):
    """What each engine makes of a table whose rows are known: row i has step i, half = i / 2 and a run of 1000 rows."""
    by_duck = duckdb.connect().execute(
        """
        SELECT count(*), count(*) FILTER (_step = row - 1 AND half = (row - 1) / 2 AND run_id = 'run' || ((row - 1) // 1000))
        FROM (SELECT *, row_number() OVER () AS row FROM read_parquet(?, file_row_number = true) ORDER BY file_row_number)
        """,
        [path],
    ).fetchone()
    row = polars.int_range(polars.len())
    right = (polars.col("_step") == row) & (polars.col("half") == row / 2)
    right &= polars.col("run_id") == polars.lit("run") + (row // 1000).cast(polars.String)
    by_polar = polars.scan_parquet(path).select(polars.len(), right.sum().alias("right")).collect().row(0)
    frame = pandas.read_parquet(path)
    rows = numpy.arange(len(frame))
    runs = ("run" + pandas.Series(rows // 1000).astype(str)) == frame["run_id"]
    by_panda = [len(frame), int(((frame["_step"] == rows) & (frame["half"] == rows / 2) & runs).sum())]
    return {"duckdb": list(by_duck), "polars": list(by_polar), "pandas": by_panda, **layout(path)}


def answer(question):
    path = question["path"]
    if question["long"]:
        return long_table(path)
    return {"polars": by_polars(path), "pandas": by_pandas(path), "duckdb": by_duckdb(path), **layout(path)}


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
