import { expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { parseRunPath } from "./run-path.ts";

const LOCAL = "http://127.0.0.1:8080";
const CLOUD = "https://api.wandb.ai";
const expected = { entity: "team", project: "digits", run: "abc" };

test.each([
  ["team/digits/abc", LOCAL],
  ["/team/digits/abc", LOCAL],
  [" team/digits/abc/ ", LOCAL],
  ["team/digits/runs/abc", LOCAL],
  ["http://127.0.0.1:8080/team/digits/runs/abc", LOCAL],
  ["http://127.0.0.1:8080/team/digits/runs/abc/overview?nw=x#top", LOCAL],
  ["https://wandb.ai/team/digits/runs/abc", CLOUD],
  ["https://forge.coreweave.com/wandb/team/digits/runs/abc/logs", CLOUD],
  ["https://forge.coreweave.com/wandb/team/digits/runs/abc", "https://api.forge.coreweave.com"],
])("%s of %s", (path, baseUrl) => {
  expect(parseRunPath(path, baseUrl)).toEqual(expected);
});

test("a run called runs, and names that a URL encodes", () => {
  expect(parseRunPath("team/digits/runs", LOCAL)).toEqual({ ...expected, run: "runs" });
  expect(parseRunPath(`${LOCAL}/te%20am/%C3%A9/runs/a%2Fb`, LOCAL)).toEqual({
    entity: "te am",
    project: "é",
    run: "a/b",
  });
});

test.each([
  "",
  "abc",
  "digits/abc",
  "team/digits/",
  "team/ /abc",
  "team/digits/abc/more",
  "team/digits/sweeps/abc",
  "team/digits/runs/abc/overview",
  `${LOCAL}/team/digits`,
  `${LOCAL}/team/digits/workspace`,
  `${LOCAL}/team/digits/runs`,
  `${LOCAL}/team/digits/runs/`,
  `${LOCAL}/team/digits/sweeps/abc`,
  "https://wandb.ai/team/digits/runs/abc",
  "http://127.0.0.1:80801/team/digits/runs/abc",
  "http://",
  undefined,
  7,
])("refuses %s", (path) => {
  expect(() => parseRunPath(path, LOCAL)).toThrow(InvalidArgumentError);
});
