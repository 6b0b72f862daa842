"""Runs the program that comes on its standard input; Spark finds the Java of a wheel."""

import os
import sys

from spark_session import use_wheel_java

use_wheel_java(os.environ["LAZYRUNS_SCRATCH"])
exec(compile(sys.stdin.read(), "example", "exec"), {})  # noqa: S102
