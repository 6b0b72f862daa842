import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigurationError } from "@lazyruns/core";
import { describe, expect, test } from "vitest";
import { cacheSettings } from "./folder.ts";

describe("the cache's place and size", () => {
  test("are what the environment says", () => {
    const { folder, maxBytes } = cacheSettings({
      LAZYRUNS_CACHE_DIR: "/a/b",
      LAZYRUNS_CACHE_MAX_BYTES: "123",
    });
    expect([folder, maxBytes]).toEqual([join(resolve("/a/b"), "exports-1"), 123]);
    expect(cacheSettings({ XDG_CACHE_HOME: "/x", LAZYRUNS_CACHE_DIR: "" }).folder).toBe(
      join("/x", "lazyruns", "exports-1"),
    );
  });

  test("have defaults; a relative XDG_CACHE_HOME isn't one", () => {
    const { folder, maxBytes } = cacheSettings({ XDG_CACHE_HOME: "here" });
    expect(folder.startsWith(homedir())).toBe(true);
    expect(maxBytes).toBe(10_000_000_000);
  });

  test.each(["-1", "1e9", "10 GB", "1.5", "99999999999999999999"])("refuse %j bytes", (text) => {
    expect(() => cacheSettings({ LAZYRUNS_CACHE_MAX_BYTES: text })).toThrow(ConfigurationError);
  });
});
