"""Where the regular expressions of JavaScript and Python part, for rules that both must follow alike."""

SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
r"""What JavaScript's `\s` matches, to stand in a set: Python's takes four control characters more, and no BOM."""

LINE_ENDS = "\n\r\u2028\u2029"
"""What ends a line for JavaScript's `.` and `^`: Python's know the first alone."""
