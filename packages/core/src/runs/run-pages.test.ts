import { describe, expect, test } from "vitest";
import { ServerError } from "../errors.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { ListedProject } from "../testing/listed-project.ts";
import type { FullRun } from "./run.ts";
import { Runs } from "./runs.ts";

const sizeOf = ({ variables }: FaultRequest) => Number(variables.first);

/** A server that fails when it is asked for more runs at once than it bears. */
async function frail(count: number, most: number, status: number) {
  const project = new ListedProject(count);
  const { service, requests } = await faultServer((request, response) => {
    if (sizeOf(request) <= most) return project.answer(request);
    response.statusCode = status;
    response.end("{}");
    return undefined;
  });
  return { service, requests, project };
}

describe("a full listing", () => {
  test.each([413, 504])("asks for smaller pages when they are too much: HTTP %i", async (status) => {
    const { service, requests, project } = await frail(45, 20, status);
    const runs = await new Runs<FullRun>(service, "team", "digits", { lazy: false }).toArray();
    expect(runs.map(({ id, config }) => [id, config.index])).toEqual(project.names.map((id, i) => [id, i]));
    expect(requests.map(sizeOf).filter((size) => size <= 20)).toEqual([13, 13, 13, 13]);
    // What may pass (504) is tried once more as it is, before it counts as too much.
    expect(requests).toHaveLength(4 + (status === 413 ? 2 : 4));
  });

  test("divides what it asked for, not what it might have", async () => {
    const { service, requests } = await frail(45, 3, 413);
    const runs = await new Runs(service, "team", "digits", { lazy: false, limit: 8 }).toArray();
    expect(runs).toHaveLength(8);
    expect(requests.map(sizeOf)).toEqual([8, 4, 2, 2, 2, 2]);
  });

  test("of runs that are too much one by one is an error", async () => {
    const { service, requests } = await frail(45, 0, 413);
    const runs = new Runs(service, "team", "digits", { lazy: false });
    await expect(runs.toArray()).rejects.toThrow(ServerError);
    expect(requests.map(sizeOf)).toEqual([50, 25, 13, 7, 4, 2, 1]);
  });

  test("asks for exactly perPage runs where that is given", async () => {
    const { service, requests } = await frail(45, 20, 413);
    const runs = new Runs(service, "team", "digits", { lazy: false, perPage: 30 });
    await expect(runs.toArray()).rejects.toThrow("HTTP 413");
    expect(requests.map(sizeOf)).toEqual([30]);
  });

  test("has about 8 MB a page, and tells the loader how heavy runs are", async () => {
    const project = new ListedProject(90);
    const config = { text: { value: "x".repeat(400_000) } };
    project.runs = project.runs.map((run) => ({ ...run, config }));
    const { service, requests } = await faultServer((request) => project.answer(request));
    const runs = new Runs(service, "team", "digits", { lazy: false });
    expect(await runs.toArray()).toHaveLength(90);
    expect(requests.map(sizeOf)).toEqual([50, 19, 19, 19]);
  });
});
