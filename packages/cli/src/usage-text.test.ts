import { expect, test } from "vitest";
import { makeContext } from "./context.ts";
import { makeProgram } from "./program.ts";
import { usageText } from "./usage-text.ts";

test("every command's own help is named", () => {
  const { commands } = makeProgram(makeContext(new AbortController().signal));
  expect(commands.length).toBeGreaterThan(6);
  for (const command of commands) {
    expect(usageText("error: too bad", [command.name(), "--x"])).toBe(
      `too bad\nSee lazyruns ${command.name()} --help.`,
    );
  }
  expect(usageText("error: unknown command 'rnus'", ["rnus"])).toBe(
    "unknown command 'rnus'\nSee lazyruns --help.",
  );
});

test("a form that was taken for an option is told of", () => {
  expect(
    usageText("error: unknown option '--json'\n(Did you mean --version?)", ["runs", "a/b", "--json"]),
  ).toBe("unknown option '--json'\n(Did you mean --format json?)\nSee lazyruns runs --help.");
  expect(usageText("error: unknown option '--cvs'", ["runs", "--cvs"])).toMatch(
    /^unknown option '--cvs'\nSee/,
  );
});
