import { expect, test } from "vitest";
import { itemJson } from "./item.ts";
import { Message } from "./message.ts";

/** An item with a value in `value_json`, which has the field number 16. */
function itemOf(json: string): Message {
  const bytes = Buffer.from(json);
  return new Message(Buffer.concat([Buffer.from([0x82, 0x01, bytes.length]), bytes]));
}

test("a value is kept to the letter", () => {
  for (const json of ["1.0", "NaN", "-Infinity", "12345678901234567890", '{"b":{"c":[1,null]}}', '"é"'])
    expect(itemJson(itemOf(json))).toBe(json);
});

test.each(["{", '{"a":}', "[1,", "nonsense", '"open', "1 2"])("%j is no value", (json) => {
  expect(() => itemJson(itemOf(json))).toThrow(SyntaxError);
});
