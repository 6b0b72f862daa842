import { expect, it } from "vitest";
import { Trust } from "./trust.ts";

it("covers less than what was shown to be whole: as much may be where the server stops", () => {
  const trust = new Trust();
  expect(trust.covers(0)).toBe(true);
  expect(trust.covers(1)).toBe(false);
  trust.show(300);
  trust.show(200);
  expect(trust.covers(299)).toBe(true);
  expect(trust.covers(300)).toBe(false);
});

it("proves one at a time, and spares who is covered meanwhile", async () => {
  const trust = new Trust();
  const asked: number[] = [];
  const prove = (rows: number, isWhole: boolean) =>
    trust.prove(rows, async () => {
      asked.push(rows);
      await new Promise(setImmediate);
      return isWhole;
    });
  const results = await Promise.all([
    prove(300, true),
    prove(200, true),
    prove(500, false),
    prove(400, true),
  ]);
  expect(results).toEqual([true, true, false, true]);
  expect(asked).toEqual([300, 500, 400]);
});

it("goes on after a proof that failed", async () => {
  const trust = new Trust();
  const failing = trust.prove(10, () => Promise.reject(new Error("no answer")));
  const next = trust.prove(10, async () => true);
  await expect(failing).rejects.toThrow("no answer");
  expect(await next).toBe(true);
});

it("asks for fewer rows where more were cut short, and for more again after a while", () => {
  const { target } = new Trust();
  const trust = new Trust();
  trust.doubt(400);
  expect(trust.target.value).toBe(200);
  expect([trust.isCut(399), trust.isCut(400)]).toEqual([false, true]);
  trust.doubt(1);
  expect(trust.isCut(1)).toBe(false);
  trust.askForLess(2);
  expect(trust.isCut(2)).toBe(false);
  expect(trust.target.value).toBe(50);
  for (let index = 0; index < 200; index++) trust.succeed();
  expect(trust.target.value).toBe(target.value);
});
