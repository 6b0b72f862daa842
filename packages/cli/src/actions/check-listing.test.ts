import { describe, expect, test } from "vitest";
import { failureOf } from "../failure.ts";
import { checkListing } from "./check-listing.ts";

/** What is said of it. Nothing here has a key or a server. */
async function said(path: string, options: Parameters<typeof checkListing>[1]) {
  const error = await checkListing(path, options).catch((reason: unknown) => reason);
  return failureOf(error);
}

describe("an error names what the command calls it", () => {
  test("in a condition", async () => {
    const { message, exitCode } = await said("a/b", { filter: ["state=finished", "statee=x"] });
    expect(exitCode).toBe(2);
    expect(message).toMatch(
      /^--filter "statee=x": there is no field "statee"; there are: run_id, name, state, .*, user, createdAt,/,
    );
    expect(message).toMatch(/, config\.KEY, summary\.KEY, .*Did you mean "state"/);
    expect(message).not.toMatch(/displayName|username|summary_metrics/);
    expect((await said("a/b", { filter: ["nam=x"] })).message).toMatch(/Did you mean "name" \(the name that/);
    expect((await said("a/b", { filter: ["lr=1"] })).message).toMatch(/"config.lr", a metric "summary.lr"/);
    expect((await said("a/b", { filter: ["createdAt>yesterday"] })).message).toMatch(
      /^--filter "createdAt>yesterday": its value is "yesterday"; it must be a date/,
    );
  });

  test("in a condition as Python has it, by Python's names", async () => {
    const { message, exitCode } = await said("a/b", { filter: ['{"statee": "x"}'] });
    expect([exitCode, message]).toEqual([
      2,
      expect.stringMatching(/^--filter has no field "statee".*displayName.*summary_metrics\.KEY/),
    ]);
  });

  test("in an order", async () => {
    const { message, exitCode } = await said("a/b", { order: "-bogus" });
    expect(exitCode).toBe(2);
    expect(message).toMatch(
      /^--order "-bogus": it must be one of run_id, name, state, .*createdAt, .*config\.KEY, summary\.KEY, with "\+"/,
    );
    expect(message).not.toMatch(/created_at|displayName|\.value/);
  });

  test("in a path", async () => {
    expect(await said("a/b/c/d", {})).toEqual({
      exitCode: 2,
      message: expect.stringMatching(/^The path is "a\/b\/c\/d"; it must be "entity\/project"/),
    });
  });
});

test("what is right passes", async () => {
  const filter = ["state=finished", "user=me", '{"displayName": "x"}', "summary.loss<1"];
  await checkListing("a/b", { filter, order: "-summary.loss" });
  await checkListing("a/b", { order: "+createdAt" });
});
