"""Runs cells as a Python kernel does, each by itself: `run_cells.py < JSON list of their codes`.

Prints JSON: what the last expression of each is, and, of cells that begin with `# parse` and are not run, the strings
in them, in order, as the UTF-16 units that JSON would make of each.
"""

import ast
import json
import sys


def value_of(code):
    tree = ast.parse(code)
    *statements, last = tree.body
    names = {}
    exec(compile(ast.Module(statements, []), "cell", "exec"), names)
    return repr(eval(compile(ast.Expression(last.value), "cell", "eval"), names))


def strings_in(code):
    found = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    return [json.dumps(units(node.value)) for node in found]


def units(text):
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]


def main():
    result = {"values": [], "texts": []}
    for code in json.load(sys.stdin):
        if code.startswith("# parse\n"):
            result["texts"].append(strings_in(code))
        else:
            result["values"].append(value_of(code))
    json.dump(result, sys.stdout)


main()
