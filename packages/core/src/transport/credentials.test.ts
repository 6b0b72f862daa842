import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationError } from "../errors.ts";
import { findCredentials } from "./credentials.ts";

const KEY = "a".repeat(40);
const OTHER = "b".repeat(40);
let home: string;
let cwd: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "lazyruns-home-"));
  cwd = mkdtempSync(join(tmpdir(), "lazyruns-cwd-"));
});

afterEach(() => {
  for (const folder of [home, cwd]) rmSync(folder, { recursive: true });
});

function write(folder: string, path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const find = (more: Parameters<typeof findCredentials>[0] = {}) =>
  findCredentials({ env: {}, home, cwd, ...more });

describe("the key", () => {
  test("is the argument before WANDB_API_KEY before netrc before the settings files", () => {
    write(home, ".config/wandb/settings", `[default]\napi_key = ${OTHER}\n`);
    expect(find().apiKey).toBe(OTHER);
    write(home, ".netrc", `machine api.forge.coreweave.com\n  login user\n  password ${KEY}\n`);
    expect(find().apiKey).toBe(KEY);
    expect(find({ env: { WANDB_API_KEY: OTHER } }).apiKey).toBe(OTHER);
    expect(find({ env: { WANDB_API_KEY: OTHER }, apiKey: KEY }).apiKey).toBe(KEY);
  });

  test("is told of by the place where it was found", () => {
    write(home, ".config/wandb/settings", "[default]\nbase_url = http://user.example\n");
    write(home, ".netrc", `machine user.example login user password ${KEY}\n`);
    const [netrc, settings] = [join(home, ".netrc"), join(home, ".config/wandb/settings")];
    expect(find().foundIn).toEqual({ apiKey: netrc, baseUrl: settings });
    const given = find({ env: { WANDB_API_KEY: KEY }, baseUrl: "http://argument.example" });
    expect(given.foundIn).toEqual({ apiKey: "WANDB_API_KEY", baseUrl: "the baseUrl option" });
  });

  test("of the host behind the cloud's address is found too", () => {
    write(home, ".netrc", `machine api.wandb.ai login user password ${KEY}\n`);
    expect(find().apiKey).toBe(KEY);
  });

  test("in netrc belongs to the base URL's host and port", () => {
    write(
      home,
      ".netrc",
      `machine localhost:8080 login user password ${KEY}\nmachine localhost login user password ${OTHER}\n`,
    );
    expect(find({ baseUrl: "http://localhost:8080/" }).apiKey).toBe(KEY);
    expect(find({ baseUrl: "http://localhost" }).apiKey).toBe(OTHER);
  });

  test("is looked up in the file that NETRC names, and nowhere else", () => {
    write(home, ".netrc", `machine api.wandb.ai login user password ${OTHER}\n`);
    write(home, "keys", `machine api.wandb.ai login user password ${KEY}\n`);
    expect(find({ env: { NETRC: "~/keys" } }).apiKey).toBe(KEY);
    expect(() => find({ env: { NETRC: "~/none" } })).toThrow(ConfigurationError);
  });

  test("that is nowhere gives an error that says where it was looked for", () => {
    expect(() => find()).toThrow(/WANDB_API_KEY.*\.netrc \(machine api\.forge\.coreweave\.com\).*settings/);
  });

  test.each(["", "short-secret", `${"x".repeat(39)}!`, `${KEY} ${KEY}`])(
    "that can't be one is refused, not repeated",
    (apiKey) => {
      let message = "";
      try {
        find({ apiKey });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        message = String(error);
      }
      expect(message).toContain("the apiKey option");
      if (apiKey !== "") expect(message).not.toContain(apiKey);
    },
  );

  test.each([KEY, `local-${KEY}`, "local-0123456789_abcdefghijklmnopqrstuvwxyzABCD-x", "aaa.bbb-c.ddd_"])(
    "%s is well formed",
    (apiKey) => {
      expect(find({ apiKey }).apiKey).toBe(apiKey);
    },
  );
});

describe("the base URL", () => {
  test("is the argument before WANDB_BASE_URL before ./wandb/settings before the user's settings", () => {
    const url = (more: Parameters<typeof findCredentials>[0]) => find({ apiKey: KEY, ...more }).baseUrl;
    expect(url({})).toBe("https://api.forge.coreweave.com");
    write(
      home,
      ".config/wandb/settings",
      "[other]\nbase_url = http://wrong\n[default]\nBase_URL: http://user.example/\n",
    );
    expect(url({})).toBe("http://user.example");
    write(cwd, "wandb/settings", "# mine\n[default]\nbase_url = http://here.example:1\n");
    expect(url({})).toBe("http://here.example:1");
    expect(url({ env: { WANDB_BASE_URL: "http://env.example/sub/" } })).toBe("http://env.example/sub");
    expect(url({ env: { WANDB_BASE_URL: "http://env.example" }, baseUrl: "http://argument.example" })).toBe(
      "http://argument.example",
    );
  });

  test("follows WANDB_CONFIG_DIR and WANDB_DIR", () => {
    write(home, "elsewhere/settings", "[default]\nbase_url = http://config.example\n");
    expect(find({ apiKey: KEY, env: { WANDB_CONFIG_DIR: join(home, "elsewhere") } }).baseUrl).toBe(
      "http://config.example",
    );
    write(home, "work/wandb/settings", "[default]\nbase_url = http://dir.example\n");
    expect(find({ apiKey: KEY, env: { WANDB_DIR: join(home, "work") } }).baseUrl).toBe("http://dir.example");
  });

  test.each(["localhost:8080", "ftp://host", "nonsense", "http://user:secret@host"])(
    "%s is refused",
    (baseUrl) => {
      expect(() => find({ apiKey: KEY, baseUrl })).toThrow(ConfigurationError);
      expect(() => find({ apiKey: KEY, baseUrl })).not.toThrow(/secret/);
    },
  );

  test("of the cloud's proxy page is mapped to its API", () => {
    expect(find({ apiKey: KEY, baseUrl: "https://forge.coreweave.com/api/wandb" }).baseUrl).toBe(
      "https://api.forge.coreweave.com",
    );
  });
});
