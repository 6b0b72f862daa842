import { afterEach, expect, test, vi } from "vitest";
import { appUrl, appUrls, pageUrl } from "./app-url.ts";

afterEach(() => vi.unstubAllEnvs());

// What `wandb.util.api_to_app_url` of 0.31.0 gives for each.
test.each([
  ["https://api.forge.coreweave.com", "https://forge.coreweave.com/wandb"],
  ["https://api.wandb.ai", "https://forge.coreweave.com/wandb"],
  ["https://api.qa.wandb.ai", "https://qa.forge.coreweave.com/wandb"],
  ["https://api.wandb.example.com", "https://wandb.example.com"],
  ["https://api.wandb.test", "https://app.wandb.test"],
  ["https://api.company.com", "https://app.company.com"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["https://wandb.company.com", "https://wandb.company.com"],
])("the pages of %s are at %s", (baseUrl, expected) => {
  expect(appUrl(baseUrl, {})).toBe(expected);
});

test("WANDB_APP_URL names another place", () => {
  vi.stubEnv("WANDB_APP_URL", "https://pages.example.com/wandb/");
  expect(pageUrl("http://127.0.0.1:8080", "e", "p")).toBe("https://pages.example.com/wandb/e/p");
  expect(appUrls("http://127.0.0.1:8080")).toEqual([
    "https://pages.example.com/wandb",
    "http://127.0.0.1:8080",
  ]);
});

test("names are encoded, every sign that Python encodes", () => {
  expect(pageUrl("http://h", "a b", "c/d?e#f", "é(!*')~")).toBe(
    "http://h/a%20b/c%2Fd%3Fe%23f/%C3%A9%28%21%2A%27%29~",
  );
});
