import { expect, test, vi } from "vitest";
import { Warner } from "./warner.ts";

test("what a listener throws spoils nothing: neither the work nor the other messages", () => {
  const heard: string[] = [];
  const warner = new Warner({
    onWarning: ({ message }) => {
      heard.push(message);
      throw new Error("no warnings please");
    },
  });
  warner.warn("first");
  warner.countLost("a", 1);
  warner.countLost("b", 2);
  warner.countLost("b", 3);
  warner.countLost("c", 0);
  warner.finish();
  warner.finish();
  expect(heard).toEqual([
    "first",
    'Column "a" became datetimes, and 1 value that is no date is null there.',
    'Column "b" became datetimes, and 5 values that are no dates are null there.',
  ]);
});

test("messages go to the process when nobody listens", () => {
  const emit = vi.spyOn(process, "emitWarning").mockReturnValue();
  new Warner({}).warn("look");
  expect(emit.mock.calls).toEqual([["look", "LazyrunsWarning"]]);
  emit.mockRestore();
});
