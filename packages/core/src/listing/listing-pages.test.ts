import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProtocolError } from "../errors.ts";
import type { Service } from "../graphql/service.ts";
import { checkRunsOptions, type RunsOptions } from "../runs/options.ts";
import { Runs } from "../runs/runs.ts";
import { faultServer } from "../testing/fault-server.ts";
import { ListedProject, type ListingHabits } from "../testing/listed-project.ts";
import type { RunsCheckpoint } from "./checkpoint.ts";
import { ListingPages } from "./listing-pages.ts";

function pagesOf(service: Service, options: RunsOptions = {}) {
  const warnings: string[] = [];
  const listing = checkRunsOptions("team", "digits", options);
  const ref = { service, entity: "team", project: "digits" };
  return { warnings, walk: new ListingPages(ref, listing, ({ message }) => warnings.push(message)) };
}

/** One server for all examples of a property: its project and what happens between requests are set for each. */
async function listingServer() {
  let project = new ListedProject(0);
  let between: (number: number) => void = () => undefined;
  let number = 0;
  const { service, requests } = await faultServer((request) => {
    const answer = project.answer(request);
    between(++number);
    return answer;
  });
  return {
    requests,
    /** Goes through a listing in pages of `first`, and gives the ids and the warnings. */
    async list(
      from: ListedProject,
      options: RunsOptions & { first?: number; stopAfter?: number } = {},
      happens: (number: number) => void = () => undefined,
    ) {
      [project, between, number, requests.length] = [from, happens, 0, 0];
      const { walk: pages, warnings } = pagesOf(service, options);
      const ids: string[] = [];
      let checkpoint: RunsCheckpoint = pages.checkpoint;
      for (;;) {
        const first = options.perPage ?? options.first ?? 1000;
        const page = await pages.next({ first, fields: "name createdAt" });
        if (page === undefined) break;
        const left = (options.stopAfter ?? Number.POSITIVE_INFINITY) - ids.length;
        ids.push(...page.nodes.slice(0, left).map(({ name }) => name));
        checkpoint = page.checkpoint(Math.min(left, page.nodes.length));
        if (page.nodes.length >= left) break;
      }
      return { ids, warnings, checkpoint: JSON.parse(JSON.stringify(checkpoint)) as RunsCheckpoint };
    },
  };
}

const habits: fc.Arbitrary<ListingHabits> = fc.record(
  {
    cursors: fc.constantFrom("offsets", "names"),
    clamp: fc.integer({ min: 1, max: 12 }),
    pageInfo: fc.boolean(),
    count: fc.boolean(),
  },
  { requiredKeys: [] },
);
const orders = fc.constantFrom("+created_at", "-created_at");

describe("a listing that doesn't change", () => {
  test("gives every run between start and limit once, in order, whatever the server's habits", async () => {
    const server = await listingServer();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        habits,
        orders,
        fc.integer({ min: 1, max: 15 }),
        fc.nat(45),
        fc.option(fc.nat(45), { nil: undefined }),
        async (count, habits, order, first, start, limit) => {
          const project = new ListedProject(count, habits);
          const names = order === "-created_at" ? project.names.reverse() : project.names;
          const end = limit === undefined ? undefined : start + limit;
          const { ids, warnings } = await server.list(project, { order, first, start, limit } as RunsOptions);
          expect(ids).toEqual(names.slice(start, end));
          expect(warnings).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is asked for no more than the limit leaves, but for exactly perPage", async () => {
    const server = await listingServer();
    const firsts = () => server.requests.map(({ variables }) => variables.first);
    await server.list(new ListedProject(30), { limit: 12, first: 10 });
    expect(firsts()).toEqual([10, 2]);
    await server.list(new ListedProject(30), { limit: 12, perPage: 10 });
    expect(firsts()).toEqual([10, 10]);
    expect((await server.list(new ListedProject(30), { limit: 0 })).ids).toEqual([]);
    expect(firsts()).toEqual([]);
  });

  test("passes over the first runs by their ids alone", async () => {
    const server = await listingServer();
    await server.list(new ListedProject(30), { start: 25, perPage: 10 });
    expect(server.requests.map(({ variables }) => variables.first)).toEqual([25, 10]);
    expect(server.requests[0]?.query).not.toContain("displayName");
  });

  test("leaves out empty edges, and says how many", async () => {
    const server = await listingServer();
    const project = new ListedProject(12, { emptyEdges: 2, count: false });
    const { ids, warnings } = await server.list(project, { first: 6 });
    expect(ids).toEqual(project.names);
    expect(warnings).toEqual([
      "3 runs of team/digits came empty: left out.",
      "3 runs of team/digits came empty: left out.",
    ]);
  });

  test("goes on behind an empty page that has a cursor", async () => {
    const pages = [
      { edges: [], pageInfo: { endCursor: "a", hasNextPage: true } },
      { edges: [{ cursor: "b", node: { name: "r0" } }], pageInfo: { endCursor: "b", hasNextPage: false } },
    ];
    const { service } = await faultServer(({ number }) => ({
      project: { runCount: 1, runs: pages[number - 1] },
    }));
    const { walk } = pagesOf(service);
    expect((await walk.next({ first: 5, fields: "name" }))?.nodes).toEqual([]);
    expect((await walk.next({ first: 5, fields: "name" }))?.nodes).toEqual([{ name: "r0" }]);
    expect(await walk.next({ first: 5, fields: "name" })).toBeUndefined();
  });

  test.each([
    ["in a circle", { cursor: "same", node: { name: "r0" } }, /runs in a circle/],
    ["without a cursor", { cursor: null, node: { name: "r0" } }, /gives no cursor/],
    ["with a run that has no id", { cursor: "a", node: {} }, /a run without an id/],
  ])("ends with an error %s", async (_, edge, message) => {
    const { service } = await faultServer(() => ({
      project: { runCount: 9, runs: { edges: [edge], pageInfo: { endCursor: null, hasNextPage: true } } },
    }));
    const { walk } = pagesOf(service);
    const all = async () => {
      while ((await walk.next({ first: 1, fields: "name" })) !== undefined);
    };
    await expect(all()).rejects.toThrow(message);
    await expect(all()).rejects.toBeInstanceOf(ProtocolError);
  });
});

/** What happens to a project between two requests: deletions of runs by place, or creations. */
const changes = fc.array(
  fc.record({ at: fc.integer({ min: 1, max: 8 }), delete: fc.array(fc.nat(39), { maxLength: 4 }) }),
  { maxLength: 3 },
);

describe("a listing that changes while it is read", () => {
  test("loses no run when others are deleted, and gives none twice", async () => {
    const server = await listingServer();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.record({ cursors: fc.constantFrom("offsets", "names"), clamp: fc.integer({ min: 1, max: 12 }) }),
        orders,
        fc.integer({ min: 1, max: 12 }),
        changes,
        async (count, habits, order, first, changes) => {
          const project = new ListedProject(count, habits as ListingHabits);
          const before = project.names;
          const { ids, warnings } = await server.list(project, { order, first } as RunsOptions, (number) => {
            for (const change of changes) {
              if (change.at === number) for (const index of change.delete) project.delete(before[index]);
            }
          });
          const names = order === "-created_at" ? before.reverse() : before;
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toEqual(names.filter((name) => ids.includes(name)));
          expect(ids).toEqual(expect.arrayContaining(project.names));
          expect(warnings.filter((warning) => warning.includes("missing"))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("gives none twice when others are created in front, and says what it doesn't give", async () => {
    const server = await listingServer();
    const project = new ListedProject(10);
    const before = project.names.reverse();
    const { ids, warnings } = await server.list(project, { order: "-created_at", first: 4 }, (number) => {
      if (number === 1) project.create();
    });
    expect(ids).toEqual(before);
    expect(warnings).toEqual([
      "The listing of team/digits ended after 10 runs, and the server counts 11 (1 missing: runs that were " +
        "created, or changed, while the listing went on can be left out).",
    ]);
  });

  test("says how many runs vanished", async () => {
    const server = await listingServer();
    const project = new ListedProject(10);
    const { ids, warnings } = await server.list(project, { first: 4 }, (number) => {
      if (number === 1) project.delete("r1");
    });
    expect(ids).toHaveLength(10);
    expect(warnings).toEqual([expect.stringMatching(/^1 run of team\/digits no longer matched.*; 9 do\./)]);
  });

  test("ends with an error when the count falls with every answer", async () => {
    const project = new ListedProject(30);
    const { service, requests } = await faultServer((request) => {
      if (request.number > 200) return { project: null }; // so that it ends in any case
      const answer = project.answer(request) as { project: object };
      return { project: { ...answer.project, runCount: 1_000_000 - request.number } };
    });
    const { walk } = pagesOf(service);
    const all = async () => {
      while ((await walk.next({ first: 10, fields: "name" })) !== undefined);
    };
    await expect(all()).rejects.toThrow(
      /count of runs fell 20 times without a new run in between, to 999979/,
    );
    expect(requests).toHaveLength(21);
  });

  test("reports a count that never was right", async () => {
    const { service } = await faultServer(() => ({
      project: {
        runCount: 7,
        runs: {
          edges: [{ cursor: "a", node: { name: "r0" } }],
          pageInfo: { endCursor: "a", hasNextPage: false },
        },
      },
    }));
    const { walk, warnings } = pagesOf(service);
    await walk.next({ first: 5, fields: "name" });
    expect(warnings).toEqual([
      expect.stringContaining("ended after 1 run, and the server counts 7 (6 missing"),
    ]);
  });
});

describe("a listing that is resumed", () => {
  test("gives what lies behind the checkpoint once, whatever was created and deleted since", async () => {
    const server = await listingServer();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<ListingHabits["cursors"]>("offsets", "names"),
        orders,
        fc.integer({ min: 1, max: 12 }),
        fc.nat(40),
        fc.nat(5),
        fc.uniqueArray(fc.nat(39), { maxLength: 9 }),
        fc.nat(3),
        async (count, cursors, order, first, stopAfter, start, deleted, created) => {
          const project = new ListedProject(count, { cursors: cursors ?? "offsets" });
          const before = project.names;
          const options = { order, first } as RunsOptions;
          const one = await server.list(project, { ...options, start, stopAfter } as RunsOptions);
          for (const index of deleted) project.delete(before[index]);
          const fresh = Array.from({ length: created }, () => project.create());
          const two = await server.list(project, { ...options, resume: one.checkpoint });

          if (one.ids.length + start === 0 || one.checkpoint.runs.length === 0) return; // it remembers no run
          const isDescending = order === "-created_at";
          const names = isDescending ? before.reverse() : before;
          const inFront = names.slice(0, start + one.ids.length);
          const behind = names.filter((name) => project.names.includes(name) && !inFront.includes(name));
          expect(two.ids).toEqual(isDescending ? behind : [...behind, ...fresh]);
          const isGone = !one.checkpoint.runs.some((name) => project.names.includes(name));
          if (two.warnings.some((warning) => warning.includes("are gone"))) expect(isGone).toBe(true);
          if (!isDescending && created + deleted.length === 0) expect(two.warnings).toEqual([]);
          if (isDescending)
            expect(two.warnings.join()).toContain("can stand in front of it, and are not given");
        },
      ),
      { numRuns: 60 },
    );
  });

  test("goes on by the time of creation when the last ten runs are gone, and says so", async () => {
    const server = await listingServer();
    const project = new ListedProject(40);
    const one = await server.list(project, { first: 15, stopAfter: 15 } as RunsOptions);
    for (let index = 3; index < 15; index++) project.delete(`r${index}`);
    const two = await server.list(project, { first: 15, resume: one.checkpoint });
    expect(two.ids).toEqual(project.names.slice(3));
    expect(two.warnings).toEqual([expect.stringMatching(/are gone \(10 were remembered\)/)]);
  });

  test("loses none when runs vanish just then, be they so many that the place must be searched for", async () => {
    const server = await listingServer();
    const project = new ListedProject(40);
    const one = await server.list(project, { first: 15, stopAfter: 15 } as RunsOptions);
    const vanish = (names: string[]) => (number: number) => {
      if (number === 1) for (const name of names) project.delete(name);
    };
    const two = await server.list(project, { first: 15, resume: one.checkpoint }, vanish(["r3"]));
    expect(two.ids).toEqual(project.names.slice(14));
    expect(two.warnings).toEqual([expect.stringMatching(/no other run is lost/)]);
    const again = await server.list(project, { first: 15, stopAfter: 15 } as RunsOptions);
    const three = await server.list(
      project,
      { first: 15, resume: again.checkpoint },
      vanish(["r0", "r1", "r2"]),
    );
    expect(three.ids).toEqual(project.names.slice(12));
    expect(three.warnings).toEqual([expect.stringMatching(/^3 runs .* no other run is lost/)]);
    expect(server.requests.map(({ variables }) => variables.first)).toEqual([1, 15, 1000, 15, 15]);
  });

  test("asks one small request when nothing changed", async () => {
    const server = await listingServer();
    const one = await server.list(new ListedProject(40), { first: 15, stopAfter: 15 } as RunsOptions);
    const two = await server.list(new ListedProject(40), { first: 100, resume: one.checkpoint });
    expect(two.ids).toHaveLength(25);
    expect(server.requests.map(({ variables }) => variables.first)).toEqual([1, 100]);
  });

  test("says that an order in which runs change places makes gaps possible", async () => {
    const server = await listingServer();
    const options = { order: "-summary_metrics.loss", first: 15 } as const;
    const one = await server.list(new ListedProject(40), { ...options, stopAfter: 15 } as RunsOptions);
    const two = await server.list(new ListedProject(40), { ...options, resume: one.checkpoint });
    expect(two.ids).toHaveLength(25);
    expect(two.warnings).toEqual([
      expect.stringMatching(/order -summary_metrics\.loss, in which runs change places/),
    ]);
  });
});

describe("a server that can't give large pages", () => {
  const serverOf = (most: number, refusal: string | number) =>
    faultServer((request, response) => {
      if (Number(request.variables.first) <= most) return project.answer(request);
      if (typeof refusal === "number") response.writeHead(refusal);
      response.end(JSON.stringify({ errors: [{ message: refusal }] }));
      return undefined;
    });
  const project = new ListedProject(300);
  const listAll = async (pages: ReturnType<typeof pagesOf>["walk"], first = 1000) => {
    const ids: string[] = [];
    for (;;) {
      const page = await pages.next({ first, fields: "name createdAt" });
      if (page === undefined) return ids;
      ids.push(...page.nodes.map(({ name }) => name));
    }
  };

  test("is asked for smaller ones, by later listings from the start on", async () => {
    const { service, requests } = await serverOf(100, "query is too complex");
    const firsts = () => requests.splice(0).map(({ variables }) => variables.first);
    expect(await listAll(pagesOf(service).walk)).toEqual(project.names);
    expect(firsts()).toEqual([1000, 500, 250, 125, 63, 63, 63, 63, 63]);
    expect(await listAll(pagesOf(service, { start: 200 }).walk)).toEqual(project.names.slice(200));
    expect(firsts()).toEqual([63, 63, 63, 11, 63, 63]);
  });

  test("by HTTP 504 too", async () => {
    const { service } = await serverOf(100, 504);
    expect(await listAll(pagesOf(service).walk, 200)).toEqual(project.names);
  });

  test("gives tables and collections all the same", async () => {
    const { service } = await serverOf(100, "query is too complex");
    const runs = new Runs(service, "team", "digits");
    expect((await runs.table({ config: ["index"] })).map((row) => row["config.index"])).toEqual([
      ...project.names.keys(),
    ]);
    expect(await runs.toArray()).toHaveLength(300);
  });

  test("is asked for the user's perPage all the same, which the error names", async () => {
    const { service, requests } = await serverOf(100, "query is too complex");
    await expect(listAll(pagesOf(service, { perPage: 200 }).walk, 200)).rejects.toThrow(
      /too complex.* perPage is 200: a smaller one, or none, may help/,
    );
    expect(new Set(requests.map(({ variables }) => variables.first))).toEqual(new Set([200]));
  });

  test("that gives not even one run has another trouble: its error is thrown, and nothing remembered", async () => {
    const { service, requests } = await serverOf(0, "query is too complex");
    await expect(listAll(pagesOf(service).walk)).rejects.toThrow(/too complex/);
    requests.length = 0;
    await expect(listAll(pagesOf(service).walk)).rejects.toThrow(/too complex/);
    expect(requests[0]?.variables.first).toBe(1000);
  });
});
