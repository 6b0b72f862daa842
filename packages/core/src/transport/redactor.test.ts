import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Redactor } from "./redactor.ts";

const KEY = "local-test-key-0123456789-0123456789-0123456789";
const redactor = new Redactor(KEY);

test("takes the key out of text, plain and as it is sent", () => {
  const sent = Buffer.from(`api:${KEY}`).toString("base64");
  expect(redactor.clean(`${KEY}, Basic ${sent}`)).toBe("[API key], Basic [API key]");
});

test("an error underneath is told, without the key and without what it carries", () => {
  const inner = new Error(`sent ${KEY}`);
  const error = Object.assign(new TypeError(`failed with ${KEY}`, { cause: inner }), {
    code: "E",
    headers: { authorization: KEY },
  });
  const cause = redactor.cause(error) as Error & { code: string };
  expect(cause).toMatchObject({ message: "failed with [API key]", name: "TypeError", code: "E" });
  expect(cause.cause).toMatchObject({ message: "sent [API key]" });
  expect(inspect(cause, { depth: null, showHidden: true })).not.toContain(KEY);
});

test("of several errors the first is told; a circle of causes ends", () => {
  const first = redactor.cause(new AggregateError([new Error("one"), new Error("two")], "all")) as Error;
  expect(first.cause).toMatchObject({ message: "one" });
  const circle = new Error("round");
  circle.cause = circle;
  expect(inspect(redactor.cause(circle), { depth: null }).match(/\bError: round/g)?.length).toBe(4);
  expect(redactor.cause(`no ${KEY}`)).toBe("no [API key]");
  expect(redactor.cause({ key: KEY })).toBeUndefined();
});
