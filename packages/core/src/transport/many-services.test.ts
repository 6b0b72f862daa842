import { expect, test, vi } from "vitest";
import { Api } from "../api.ts";
import { faultServer, TEST_KEY } from "../testing/fault-server.ts";
import { collectGarbage } from "../testing/garbage.ts";

const ask = (api: Api) => api.service.execute({ query: "q", variables: {}, details: {} });

test("1,000 Api objects that nobody closes share their sockets, and the memory stays flat", async () => {
  let mostOpen = 0;
  const server = await faultServer(() => {
    mostOpen = Math.max(mostOpen, server.openSockets());
    return { a: 1 };
  });
  const make = () => new Api({ baseUrl: server.url, apiKey: TEST_KEY });
  for (let i = 0; i < 100; i++) await ask(make());
  server.requests.length = 0;
  const warm = await heap();
  for (let i = 0; i < 1_000; i++) await ask(make());
  // One socket at a time, whatever the time: where the machine stands still for seconds, it falls idle and is replaced.
  expect(mostOpen).toBeLessThanOrEqual(2);
  server.requests.length = 0; // what the server remembers isn't theirs
  const kept = (await heap()) - warm;
  expect(kept / 1_000).toBeLessThan(2_000); // bytes an Api
}, 60_000);

test("ten loops need ten sockets", async () => {
  const server = await faultServer(() => ({ a: 1 }));
  await using api = new Api({ baseUrl: server.url, apiKey: TEST_KEY });
  const loop = async () => {
    for (let i = 0; i < 30; i++) await ask(api);
  };
  await Promise.all(Array.from({ length: 10 }, loop));
  expect(server.socketsSoFar()).toBe(10);
});

test("the last to be closed closes the sockets, and the next opens new ones", async () => {
  const server = await faultServer(() => ({ a: 1 }));
  const [first, second] = [1, 2].map(
    () => new Api({ baseUrl: server.url, apiKey: TEST_KEY, timeout: 9_999 }),
  );
  if (first === undefined || second === undefined) throw new Error("there are two");
  await ask(first);
  await ask(second);
  await first.close();
  expect(server.openSockets()).toBe(1);
  await ask(second);
  await second.close();
  await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  await using third = new Api({ baseUrl: server.url, apiKey: TEST_KEY, timeout: 9_999 });
  await ask(third);
  expect(server.socketsSoFar()).toBe(2);
});

async function heap(): Promise<number> {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
}
