import type { Filters, HistoryOptions } from "@lazyruns/core";
import type { Options } from "./ask-python.ts";

/** A question for histories, as it is put to Python and to ours. */
export interface Asked {
  readonly what: string;
  readonly filters: Filters;
  readonly python: Options;
  readonly ours: HistoryOptions;
  /** How Python's polars takes it: as ours does, not at all, or with values lost, which has a test of its own. */
  readonly polars: "same" | RegExp | "loses";
}

const alike = (what: string, python: Options, ours: HistoryOptions): Asked => ({
  what: `runs alike, ${what}`,
  filters: { group: "alike" },
  python,
  ours,
  polars: "same",
});
const group = (name: string, polars: Asked["polars"], options: Options & HistoryOptions = {}): Asked => ({
  what: `group ${name} ${JSON.stringify(options)}`,
  filters: { group: name },
  python: options,
  ours: options,
  polars,
});

export const ASKED: readonly Asked[] = [
  alike("every key", {}, {}),
  alike("one key", { keys: ["loss"] }, { keys: ["loss"] }),
  alike("whole numbers beyond 2^53", { keys: ["big", "negative"] }, { keys: ["big", "negative"] }),
  alike("a sample", { samples: 7 }, { samples: 7 }),
  alike("another x", { keys: ["loss"], x_axis: "_timestamp" }, { keys: ["loss"], xAxis: "_timestamp" }),
  group("ragged", /width/),
  group("ragged", "same", { keys: ["acc"] }),
  group("types", /unexpected value|incompatible/),
  group("types", /unexpected value|incompatible/, { keys: ["value"] }),
  group("numbers", /Int64 is incompatible with expected type Float64/),
  group("nonfinite", "same"),
  group("nonfinite", "loses", { keys: ["loss"] }),
  group("nested", /unexpected value/),
  group("nested", /unexpected value/, { keys: ["histogram", "norms"] }),
  group("nested", "same", { keys: ["list"] }),
  group("uneven", /unexpected value/),
  group("uneven", /unexpected value/, { keys: ["v"] }),
  group("late", "loses"),
  group("huge", "same"),
  group("nothing", "same"),
  {
    what: "nearly every run",
    filters: { group: { $ne: "names" } },
    python: {},
    ours: {},
    polars: /unexpected value/,
  },
  {
    what: "a key of every run",
    filters: {},
    python: { keys: ["loss"] },
    ours: { keys: ["loss"] },
    polars: /incompatible/,
  },
];
