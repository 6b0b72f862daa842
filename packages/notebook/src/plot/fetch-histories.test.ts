import { InvalidArgumentError, type Run, type Runs } from "@lazyruns/core";
import { expect, test } from "vitest";
import { bundleOf } from "../bundle/bundle.ts";
import { histories } from "../testing/histories.ts";
import { plot } from "./plot.ts";

/** What runs are asked, by whoever plots them. */
function asked(method: "histories" | "history") {
  const questions: object[] = [];
  const answer = async (question: object) => {
    questions.push(question);
    return histories(2, 5);
  };
  const none = () => undefined;
  const like =
    method === "histories"
      ? { entity: "a", project: "b", peek: none, historyStream: none, histories: answer }
      : { entity: "a", project: "b", id: "r0", load: none, historyKeys: none, history: answer };
  return { value: like as unknown as Runs | Run, questions };
}

test("runs are asked for what is drawn and no more", async () => {
  const { signal } = new AbortController();
  const { value, questions } = asked("histories");
  const made = await plot(value, {
    y: ["loss", "val/loss"],
    groupBy: "config.lr",
    x: "_step",
    samples: 50,
    stream: "default",
    signal,
  });
  await plot(value, { y: "loss" });
  await plot(value, { groupBy: "run_id", maxPoints: 300 });
  await plot(value, { y: "loss", maxPoints: 2000 });
  expect(questions).toEqual([
    {
      format: "table",
      keys: ["loss", "val/loss"],
      match: "any",
      columns: ["name", "config.lr"],
      xAxis: "_step",
      samples: 50,
      stream: "default",
      signal,
    },
    { format: "table", keys: ["loss"], columns: ["name"] },
    { format: "table", columns: ["name"] },
    { format: "table", keys: ["loss"], columns: ["name"], samples: 2000 },
  ]);
  expect(bundleOf(made)?.["text/plain"]).toContain("2 groups");
});

test("a run is asked for its own history", async () => {
  const { value, questions } = asked("history");
  expect((await plot(value, { y: "loss" })).y).toEqual(["loss"]);
  expect(questions).toEqual([{ format: "table", keys: ["loss"], columns: ["name"] }]);
});

test("nothing is asked for a bad option", async () => {
  const { value, questions } = asked("histories");
  await expect(plot(value, { groupBy: "lr" })).rejects.toThrow(
    /^groupBy is "lr"; of runs it must be a field/,
  );
  expect(() => plot(value, { smooth: 2 })).toThrow(InvalidArgumentError);
  expect(questions).toEqual([]);
});
