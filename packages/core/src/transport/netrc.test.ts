import { expect, test } from "vitest";
import { netrcPassword } from "./netrc.ts";

test.each([
  ["one line", "machine h login u password p", "p"],
  [
    "several lines",
    "machine other\n login u\n password x\nmachine h\n\tlogin u\n\taccount a\n\tpassword p\n",
    "p",
  ],
  ["quotes", `machine "h" login 'u s' password "p\\"w"`, 'p"w'],
  ["a comment", "# machine h password wrong\nmachine h # mine\n login u password p", "p"],
  ["a password that begins with #", "machine h login u password #p", "#p"],
  ["a macro", "macdef init\n machine h password wrong\n put x\n\nmachine h login u password p", "p"],
  ["a macro at the end", "machine h login u password p\nmacdef m\n machine h password wrong", "p"],
  ["a default entry", "machine other login u password x\ndefault login u password p", "p"],
  ["its own entry before the default", "default login u password x\nmachine h login u password p", "p"],
  ["a login called machine", "machine h login machine password p", "p"],
  ["nothing", "", undefined],
  ["another machine", "machine other login u password x", undefined],
  ["an entry without a password", "machine h login u", undefined],
])("%s", (_, text, expected) => {
  expect(netrcPassword(text, "h")).toBe(expected);
});
