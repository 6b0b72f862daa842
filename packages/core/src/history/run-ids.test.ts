import fc from "fast-check";
import { expect, test } from "vitest";
import { RunIds } from "./run-ids.ts";

/** Gives the pages one after another, and counts. */
function pages(sizes: readonly number[]) {
  let asked = 0;
  let at = 0;
  const next = async () => {
    const size = sizes[asked++];
    await new Promise((resolve) => setImmediate(resolve));
    return size === undefined ? undefined : Array.from({ length: size }, () => `r${at++}`);
  };
  return { next, asked: () => asked };
}

async function takeAll(ids: RunIds, size: number): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const batch = await ids.take(() => size);
    if (batch.length === 0) return all;
    expect(batch.length).toBeLessThanOrEqual(size);
    all.push(...batch);
  }
}

test("gives every id once, in order, whatever the sizes of pages and batches", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(30), { maxLength: 8 }),
      fc.nat(20),
      fc.integer({ min: 1, max: 12 }),
      async (sizes, known, size) => {
        const front = Array.from({ length: known }, (_, index) => `k${index}`);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const rest = Array.from({ length: total }, (_, index) => `r${index}`);
        expect(await takeAll(new RunIds(pages(sizes).next, front), size)).toEqual([...front, ...rest]);
      },
    ),
    { numRuns: 50 },
  );
});

test("runs one page ahead and no further", async () => {
  const source = pages([1000, 1000, 1000, 1000]);
  const ids = new RunIds(source.next);
  await ids.take(() => 1);
  await expect.poll(source.asked).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(source.asked()).toBe(2);
});

test("tells how many are left when it knows", async () => {
  const left: (number | undefined)[] = [];
  const ids = new RunIds(pages([10]).next);
  await ids.take((count) => {
    left.push(count);
    return 1;
  });
  await expect
    .poll(async () => {
      await ids.take((count) => {
        left.push(count);
        return 0;
      });
      return left.at(-1);
    })
    .toBe(9);
  expect(left[0]).toBeUndefined();
});

test("a page that fails shows to whoever needs it", async () => {
  let calls = 0;
  const ids = new RunIds(async () => {
    if (calls++ === 0) return ["a"];
    throw new Error("no page");
  });
  expect(await ids.take(() => 5)).toEqual(["a"]);
  await expect(ids.take(() => 5)).rejects.toThrow("no page");
});
