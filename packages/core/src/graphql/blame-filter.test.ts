import { expect, test, vi } from "vitest";
import { InvalidArgumentError, ServerError } from "../errors.ts";
import { type FaultHandler, faultServer } from "../testing/fault-server.ts";
import { blameFilter } from "./blame-filter.ts";
import type { Service } from "./service.ts";

const DETAILS = { operation: "listing the runs", entity: "team", project: "digits" };
const FILTER = '{"state":{"$like":"fin"}}';

function list(service: Service, filters: string | null) {
  const ask = (filters: string | null, options = {}) =>
    service.execute({ query: "q", variables: { filters }, details: DETAILS, ...options });
  const askWithout = () => ask(null, { maxRetries: 0 });
  return ask(filters, { onFailure: blameFilter(filters, DETAILS, askWithout) });
}

const filtersOf = (requests: readonly { variables: Record<string, unknown> }[]) =>
  requests.map(({ variables }) => variables.filters);

const refuses: FaultHandler = ({ variables }, response) =>
  variables.filters === null ? { a: 1 } : void response.writeHead(500).end();

test("two 500s to a filter, and none without it: the filter is blamed", async () => {
  const { service, requests } = await faultServer(refuses);
  const error = await list(service, FILTER).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(error).toMatchObject({ status: 500, tries: 2, ...DETAILS });
  expect(String(error)).toContain("$like");
  expect(String(error)).toMatch(/\$and \$or \$nor .*RE2/);
  expect(filtersOf(requests)).toEqual([FILTER, FILTER, null]);
});

test("a server that fails without the filter too is asked again as ever, and only once without it", async () => {
  const { service, requests } = await faultServer((request, response) =>
    request.number <= 4 ? void response.writeHead(500).end() : { a: 1 },
  );
  expect((await list(service, FILTER)).data).toEqual({ a: 1 });
  expect(filtersOf(requests)).toEqual([FILTER, FILTER, null, FILTER, FILTER]);
});

test("one 500 is an accident, and other failures are not the filter's", async () => {
  const statuses = [500, 503, 502, 429];
  const { service, requests } = await faultServer((request, response) => {
    const status = statuses[request.number - 1];
    return status === undefined ? { a: 1 } : void response.writeHead(status).end();
  });
  expect((await list(service, FILTER)).data).toEqual({ a: 1 });
  expect(filtersOf(requests)).toEqual([FILTER, FILTER, FILTER, FILTER, FILTER]);
});

test("where only one retry is allowed, it is blamed all the same", async () => {
  const { service } = await faultServer(refuses, { maxRetries: 1 });
  await expect(list(service, FILTER)).rejects.toBeInstanceOf(InvalidArgumentError);
});

test.each([null, undefined, "", "{}"])("without a filter (%o) there is none to blame", async (filters) => {
  const askWithout = vi.fn();
  expect(blameFilter(filters, DETAILS, askWithout)).toBeUndefined();
  const { service } = await faultServer((_, response) => void response.writeHead(500).end(), {
    maxRetries: 2,
  });
  await expect(list(service, filters ?? null)).rejects.toBeInstanceOf(ServerError);
});
