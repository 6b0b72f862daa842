import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { request } from "undici";
import { afterAll, expect, it } from "vitest";
import { idOf } from "../server/fields.mjs";
import { type Field, writeAnswers } from "./answers.mjs";
import { feedDispatcher } from "./dispatcher.mjs";
import { openHistories } from "./histories.mjs";
import { FRAME_KEYS, frameRows } from "./metrics.mjs";

const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), "lazyruns-feed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const specs = [JSON.stringify({ keys: ["_step", ...FRAME_KEYS], samples: 500 })];

async function feed(field: Field, packed: boolean, inMemory: boolean) {
  const answers = writeAnswers(folder, { runs: RUNS, field, inMemory });
  const histories = await openHistories(answers, packed);
  const keys = field === "sampledHistory" ? FRAME_KEYS : undefined;
  const { dispatcher, counters } = feedDispatcher(histories, { field, keys, packed });
  const ask = async (query: string, variables: object) => {
    const body = JSON.stringify({ query, variables });
    const answer = await request("http://feed.invalid/graphql", { method: "POST", body, dispatcher });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    const text = answer.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    return JSON.parse(text.toString()).data.project;
  };
  return { ask, counters, close: histories.close };
}

const chosen = (...runs: number[]) => ({ filters: JSON.stringify({ name: { $in: runs.map(idOf) } }), specs });

it.each([
  { packed: false, inMemory: true },
  { packed: false, inMemory: false },
  { packed: true, inMemory: true },
  { packed: true, inMemory: false },
])("answers for chosen runs: $packed, $inMemory", async ({ packed, inMemory }) => {
  const rows = [2, 0].map((run) => frameRows(run).map((row) => JSON.parse(row)));

  const objects = await feed("sampledHistory", packed, inMemory);
  const { runs } = await objects.ask("{ sampledHistory(specs: $specs) }", chosen(2, 0));
  expect(runs.edges).toEqual([
    { node: { name: idOf(0), sampledHistory: [rows[1]] } },
    { node: { name: idOf(2), sampledHistory: [rows[0]] } },
  ]);
  expect(objects.counters).toMatchObject({ requests: 1, inFlight: 0 });
  await objects.close();

  const texts = await feed("history", packed, inMemory);
  const answer = await texts.ask("{ history(samples: $samples) }", chosen(1, 2));
  expect(answer.runs.edges[1].node.history.map((row: string) => JSON.parse(row))).toEqual(rows[0]);
  await texts.close();
});

it("lists runs page by page, with the first run's history where it is asked for", async () => {
  const { ask, close } = await feed("sampledHistory", false, true);
  const first = await ask("{ runs { } firstRun: { sampledHistory(specs: $specs) } }", { first: 2, specs });
  expect(first).toMatchObject({
    runCount: RUNS,
    runs: {
      edges: [{ node: { name: idOf(0) } }, { node: { name: idOf(1) } }],
      pageInfo: { hasNextPage: true },
    },
    firstRun: { edges: [{ node: { name: idOf(0), sampledHistory: [{ length: 500 }] } }] },
  });
  const { endCursor } = first.runs.pageInfo;
  const rest = await ask("{ runs { } }", { first: 2, after: endCursor });
  expect(rest).toEqual({
    runCount: RUNS,
    runs: {
      edges: [{ cursor: "3", node: { name: idOf(2) } }],
      pageInfo: { endCursor: "3", hasNextPage: false },
    },
  });
  await close();
});

it("has no answer to another question", async () => {
  const { ask, close } = await feed("sampledHistory", false, true);
  await expect(ask("{ history(samples: $samples) }", chosen(0))).rejects.toThrow("No answer was prepared");
  const others = [JSON.stringify({ keys: ["_step", "train/loss"] })];
  await expect(ask("{ sampledHistory(specs: $specs) }", { ...chosen(0), specs: others })).rejects.toThrow(
    "No answer was prepared",
  );
  await close();
});
