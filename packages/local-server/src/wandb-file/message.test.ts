import fc from "fast-check";
import { expect, test } from "vitest";
import { Message } from "./message.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

test("integers are exact at 64 bits, signed and zigzag", () => {
  const minusOne = bytes(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
  expect(new Message(minusOne).integer(1)).toBe(-1n);
  expect(new Message(minusOne).signed(1)).toBe(-(2n ** 63n));
  expect(new Message(bytes(0x28, 0x03)).signed(5)).toBe(-2n);
});

test("what is absent is the default, and the last of several counts", () => {
  const message = new Message(bytes(0x0a, 1, 0x61, 0x0a, 1, 0x62));
  expect(message.texts(1)).toEqual(["a", "b"]);
  expect(message.text(1)).toBe("b");
  expect(message.text(2)).toBe("");
  expect(message.integer(2)).toBe(0n);
  expect(message.has(2)).toBe(false);
});

test("any bytes are a message or a RangeError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (data) => {
      try {
        new Message(data);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
