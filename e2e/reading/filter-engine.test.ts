import { createRequire } from "node:module";
import { type Condition, InvalidArgumentError, type Where, where } from "@lazyruns/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compileFilter, type QueryableRun } from "../../packages/local-server/src/query/index.ts";

/** A run as small as can be told apart. */
interface Model {
  readonly state: string;
  readonly group: string | null;
  readonly tags: readonly string[];
  readonly lr: number | string | undefined;
}

/** A condition, and what it should mean. */
interface Meant {
  readonly condition: Condition;
  readonly holds: (run: Model) => boolean;
}

const WORDS = ["a", "b", "c"] as const;
const word = fc.constantFrom(...WORDS);
const words = fc.uniqueArray(word);
const number = fc.constantFrom(-1, 0, 0.5, 2);

const orders = {
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
};

const leaf: fc.Arbitrary<Meant> = fc.oneof(
  word.map((value): Meant => ({ condition: where.state.eq(value), holds: (run) => run.state === value })),
  word.map((value): Meant => ({ condition: where.group.ne(value), holds: (run) => run.group !== value })),
  fc.boolean().map(
    (is): Meant => ({
      condition: where.group.exists(is),
      holds: (run) => (run.group !== null) === is,
    }),
  ),
  words.map(
    (list): Meant => ({
      condition: where.group.in(list),
      holds: (run) => list.some((item) => item === run.group),
    }),
  ),
  fc.uniqueArray(fc.option(word)).map(
    (list): Meant => ({
      condition: where.group.notIn(list),
      holds: (run) => !list.some((item) => item === run.group),
    }),
  ),
  words.map(
    (list): Meant => ({
      condition: where.name.matches(new RegExp(`^RUN [${list.join("")}-]`, "i")),
      holds: (run) => list.some((item) => item === run.state),
    }),
  ),
  word.map((tag): Meant => ({ condition: where.tags.has(tag), holds: (run) => run.tags.includes(tag) })),
  words.map(
    (list): Meant => ({
      condition: where.tags.hasAny(list),
      holds: (run) => list.some((tag) => run.tags.includes(tag)),
    }),
  ),
  words.map(
    (list): Meant => ({
      condition: where.tags.hasAll(list),
      holds: (run) => list.every((tag) => run.tags.includes(tag)),
    }),
  ),
  fc.tuple(fc.constantFrom("gt", "gte", "lt", "lte"), number).map(
    ([name, value]): Meant => ({
      condition: where.config("lr")[name](value),
      holds: ({ lr }) => typeof lr === "number" && orders[name](lr, value),
    }),
  ),
  fc
    .oneof(number, word)
    .map((value): Meant => ({ condition: where.config("lr").eq(value), holds: ({ lr }) => lr === value })),
);

const { tree } = fc.letrec<{ tree: Meant }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }).map((parts) => ({
      condition: where.all(...parts.map(({ condition }) => condition)),
      holds: (run: Model) => parts.every(({ holds }) => holds(run)),
    })),
    fc.array(tie("tree"), { maxLength: 3 }).map((parts) => ({
      condition: where.any(...parts.map(({ condition }) => condition)),
      holds: (run: Model) => parts.some(({ holds }) => holds(run)),
    })),
    fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => ({
      condition: a.condition.and(b.condition),
      holds: (run: Model) => a.holds(run) && b.holds(run),
    })),
    fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => ({
      condition: a.condition.or(b.condition),
      holds: (run: Model) => a.holds(run) || b.holds(run),
    })),
    tie("tree").map((part) => ({
      condition: part.condition.not(),
      holds: (run: Model) => !part.holds(run),
    })),
  ),
}));

const model: fc.Arbitrary<Model> = fc.record({
  state: word,
  group: fc.option(word),
  tags: words,
  lr: fc.oneof(fc.constant(undefined), number, word),
});

function asQueried({ state, group, tags, lr }: Model): QueryableRun {
  const at = "2026-01-02T03:04:05Z";
  return {
    ordinal: 0,
    name: "r0",
    displayName: `run ${state}-`,
    state,
    group,
    jobType: null,
    tags,
    createdAt: at,
    updatedAt: at,
    heartbeatAt: at,
    duration: 0,
    username: "me",
    sweep: null,
    notes: null,
    host: null,
    config: lr === undefined ? {} : { lr: { value: lr } },
    summary: {},
  };
}

it("a condition means on the server what it says, with missing values, and however it is put together", () => {
  fc.assert(
    fc.property(tree, fc.array(model, { minLength: 1, maxLength: 4 }), ({ condition, holds }, runs) => {
      const matches = compileFilter(JSON.stringify(condition));
      expect(runs.map((run) => matches(asQueried(run)))).toEqual(runs.map(holds));
    }),
    { numRuns: 2000 },
  );
});

it("a condition of the CommonJS build is one to the ESM build", () => {
  const other: { where: Where } = createRequire(import.meta.url)("@lazyruns/core");
  expect(other.where).not.toBe(where);
  expect(where.id.eq("a").or(other.where.id.eq("b"), { id: "c" }).toJSON()).toEqual({
    $or: [{ name: "a" }, { name: "b" }, { name: "c" }],
  });
});

it("no regular expression is refused that RE2 takes", () => {
  const piece = fc.constantFrom(
    ..."ab1-é(()))[[]]]{{}},^$|?*+.\\:=!<>P#".split(""),
    ..."\\d \\1 \\12 \\k \\Q \\E \\Z \\z \\u \\x41 \\p{L} \\] (?: (?i) (?i: (?-s) (?P<n> (?= (?<! (?> {2} {2,} {2,3} {1001} [^ [:alpha:] *? ++".split(
      " ",
    ),
  );
  const seen = { taken: 0, refused: 0, missed: 0 };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const pattern = pieces.join("");
      const refusal = complaintOf(() => where.name.matches(pattern));
      const re2 = complaintOf(() => compileFilter(JSON.stringify({ name: { $regex: pattern } })));
      if (refusal !== undefined) expect(refusal).toBeInstanceOf(InvalidArgumentError);
      if (refusal !== undefined && re2 === undefined) throw new Error(`${pattern}: ${refusal}`);
      seen[refusal ? "refused" : re2 ? "missed" : "taken"]++;
    }),
    { numRuns: 20_000, examples: [[["[:-", "[:alpha:]"]]] },
  );
  // It tells most of the broken ones, and both kinds were tried.
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(1000);
  expect(seen.missed / (seen.missed + seen.refused)).toBeLessThan(0.1);
});

function complaintOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
