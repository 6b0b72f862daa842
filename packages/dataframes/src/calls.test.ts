import { expect, test, vi } from "vitest";
import { beginCall, frameOptionsOf } from "./calls.ts";

test("warnings of a call to core go to its listener, unless the call has one for the frame", () => {
  const [ofCore, ofFrame] = [vi.fn(), vi.fn()];
  const { onWarning, ...others } = frameOptionsOf({ keys: ["x"], nested: "struct" }, ofCore);
  expect(others).toEqual({ nested: "struct" });
  onWarning?.({ message: "to core" });
  frameOptionsOf({ onWarning: ofFrame }, ofCore).onWarning?.({ message: "to the frame" });
  expect([ofCore.mock.calls, ofFrame.mock.calls]).toEqual([[["to core"]], [[{ message: "to the frame" }]]]);
});

test("warnings go to the process when nobody listens", () => {
  const emit = vi.spyOn(process, "emitWarning").mockReturnValue();
  frameOptionsOf({}, undefined).onWarning?.({ message: "look" });
  expect(emit.mock.calls).toEqual([["look", "LazyrunsWarning"]]);
  emit.mockRestore();
});

test("a call is told once what each of its frames has to say, and the next call again", () => {
  const heard: string[] = [];
  const options = { onWarning: ({ message }: { message: string }) => void heard.push(message) };
  for (const call of ["first", "second"]) {
    beginCall(options);
    for (const _run of ["a", "b"]) {
      frameOptionsOf(options, undefined).onWarning?.({ message: "the same" });
      frameOptionsOf(options, undefined).onWarning?.({ message: `of the ${call} call` });
    }
  }
  expect(heard).toEqual(["the same", "of the first call", "the same", "of the second call"]);
});
