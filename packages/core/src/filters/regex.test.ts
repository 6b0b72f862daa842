import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { checkRegex, regexText } from "./regex.ts";

describe("checkRegex", () => {
  test.each([
    "",
    "^mlp-\\d+$",
    "(?i)TWO|sweep$",
    "(?i:a)(?s-m:b)(?:c)*(?P<name>d)(?<name2>e)",
    "[]a][^]b][[:alpha:]_-][\\]\\w(?!)*]+",
    "a{2}b{2,}?c{2,3}d{,4}e{f}{01}",
    "\\Qa(b[c\\E(d)\\Qrest (",
    "\\x{1F600}\\x41\\pL\\p{Greek}\\012\\12\\0\\/\\-\\é",
    "[:-[:alpha:]",
    "^*$+\\b?()*",
    "a*(?i)*",
    "}]",
    "é😀*",
  ])("%j passes", (pattern) => {
    expect(checkRegex(pattern, "here")).toBe(pattern);
  });

  test.each([
    ["a(?=b)", "lookaheads"],
    ["(?!b)", "lookaheads"],
    ["(?<=a)b", "lookbehinds"],
    ["(?<!a)b", "lookbehinds"],
    ["(a)\\1", "backreferences"],
    ["(a)\\9", "backreferences"],
    ["(?<n>a)\\k<n>", "backreferences"],
    ["(?P<n>a)(?P=n)", "backreferences"],
    ["(?>a)", "begins with (?>"],
    ["(?#note)", "begins with (?#"],
    ["(?x)a", "begins with (?x"],
    ["a*+", "*+ stands after a quantifier".slice(1)],
    ["a{2}{3}", "{3} stands after"],
    ["a\\Z", "RE2 knows no \\Z"],
    ["\\u0041", "RE2 knows no \\u"],
    ["*a", "* has nothing to repeat"],
    ["(+a)", "+ has nothing to repeat"],
    ["a|?", "? has nothing to repeat"],
    ["a{1001}", "more than 1000"],
    ["a{2,1}", "wrong way round"],
    ["(a", "a ( has no )"],
    ["a)", "a ) has no ("],
    ["[a", "a [ has no ]"],
    ["[]", "a [ has no ]"],
    ["[a\\]", "a [ has no ]"],
    ["a\\", "ends in a backslash"],
  ])("%j is refused: %s", (pattern, why) => {
    expect(() => checkRegex(pattern, "here")).toThrow(InvalidArgumentError);
    expect(() => checkRegex(pattern, "here")).toThrow(why);
    expect(() => checkRegex(pattern, "here")).toThrow(/^here is .*RE2's syntax/);
  });

  test("takes linear time", () => {
    const patterns = ["[[:a:", "[:", "(?", "(?i", "\\Q", "{1,", "[a\\", "(?P<"];
    const began = performance.now();
    for (const pattern of patterns) {
      try {
        checkRegex(pattern.repeat(20_000), "here");
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidArgumentError);
      }
    }
    expect(performance.now() - began).toBeLessThan(5000); // milliseconds in fact; backtracking would never end
  });
});

describe("regexText", () => {
  test.each([
    [/^a\/b$/, "^a\\/b$"],
    [/a/dgu, "a"],
    [/a.b/ims, "(?ims)a.b"],
  ])("%s is sent as %j", (pattern, text) => {
    expect(regexText(pattern, "here")).toBe(text);
  });

  test("refuses the flags that RE2 has nothing for", () => {
    const flags = "v"; // as a literal it needs a newer compiler
    expect(() => regexText(/a/y, "here")).toThrow(/here has the flags y/);
    expect(() => regexText(new RegExp("a", flags), "here")).toThrow(InvalidArgumentError);
  });
});
