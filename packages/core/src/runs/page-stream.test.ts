import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { oneAhead } from "./page-stream.ts";

test("the page ahead is ended by the caller's signal, with its reason", async () => {
  const stop = new AbortController();
  const given: AbortSignal[] = [];
  const pages = oneAhead(async (signal) => given.push(signal), stop.signal);
  await pages.next();
  expect(given[0]?.aborted).toBe(false);
  stop.abort(new Error("enough"));
  expect(given[1]?.reason).toEqual(new Error("enough"));
  await expect(pages.next()).rejects.toThrow("enough");
});

test("many streams leave nothing behind on a signal that lives long", async () => {
  const { signal } = new AbortController();
  for (let stream = 0; stream < 20; stream++) {
    for await (const _ of oneAhead(async () => stream, signal)) break;
  }
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  // Where Node keeps the signals that are made of this one.
  const symbols = Object.getOwnPropertySymbols(signal).filter(({ description }) =>
    /depend/i.test(description ?? ""),
  );
  const kept = symbols.map((symbol) => (Reflect.get(signal, symbol) as { size: number } | null)?.size);
  expect(kept.filter((size) => size !== undefined && size > 0)).toEqual([]);
});
