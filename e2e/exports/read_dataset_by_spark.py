"""Asks Apache Spark about tables of datasets. Input: {"master", "tables": [{"folder", "runs"}]}; prints its answers."""

import json
import os
import sys

from spark_session import start_spark, use_wheel_java

ASKED = json.load(sys.stdin)
SCRATCH = os.getcwd()

use_wheel_java(SCRATCH)
spark = start_spark(SCRATCH, ASKED["master"])

from pyspark.sql import functions as f  # noqa: E402

KINDS = {"bigint": "int", "double": "float", "string": "text", "boolean": "bool"}


def quoted(name):
    return f.col("`" + name.replace("`", "``") + "`")


def asked(column, kind):
    if kind == "int":
        total = f.sum(column.cast("decimal(38, 0)"))
        ends = [part.cast("string") for part in (total, f.min(column), f.max(column))]
        return [f.count(column), *ends, total.cast("double") / f.count(column)]
    if kind == "float":
        infinity = float("inf")
        finite = f.when(~f.isnan(column) & (f.abs(column) != infinity), column)
        counts = [f.count_if(part) for part in (f.isnan(column), column == infinity, column == -infinity)]
        return [f.count(column), *counts, f.sum(finite), f.min(finite), f.max(finite), f.avg(finite)]
    if kind == "text":
        return [f.count(column), f.sum(f.length(column)), f.min(column), f.max(column)]
    return [f.count(column), f.count_if(column)] if kind == "bool" else [f.count(column)]


def answer(frame):
    """What is asked of a table, and how many rows Spark took from the files for it."""
    kinds = [[name, KINDS.get(dtype, "other")] for name, dtype in frame.dtypes if name != "run_id"]
    cells = [cell for name, kind in kinds for cell in asked(quoted(name), kind)]
    # By their places, for two may have names that Spark takes for one.
    cells = [cell.alias(f"c{place}") for place, cell in enumerate(cells)]
    asking = frame.groupBy("run_id").agg(f.count(f.lit(1)).alias("rows"), *cells)
    rows = asking.collect()
    scans = asking._jdf.queryExecution().executedPlan().collectLeaves()
    scanned = sum(scans.apply(index).metrics().apply("numOutputRows").value() for index in range(scans.size()))
    return {"kinds": kinds, "runs": [list(row) for row in rows], "scanned": scanned}


def answers(table):
    frame = spark.read.parquet(table["folder"])
    return {"all": answer(frame), "pruned": {run: answer(frame.where(f.col("run_id") == run)) for run in table["runs"]}}


tables = [answers(table) for table in ASKED["tables"]]
system = spark._jvm.java.lang.System
executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
found = {"java": system.getProperty("java.home"), "executors": executors, "tables": tables}
print("answers " + json.dumps(found))
spark.stop()
