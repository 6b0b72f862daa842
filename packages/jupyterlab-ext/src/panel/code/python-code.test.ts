import { expect, test } from "vitest";
import type { RunsQuery } from "../server/runs-query.ts";
import { NO_CELLS } from "./cell-names.ts";
import { pythonCode } from "./python-code.ts";

const QUERY: RunsQuery = {
  entity: "local",
  project: "digits",
  states: ["finished"],
  search: "mlp",
  order: "-created_at",
};

test("a query, a selection and a run, as the wandb client reads them", () => {
  expect(pythonCode({ query: QUERY, ids: undefined }, NO_CELLS)).toBe(`\
import wandb

api = wandb.Api()
runs = api.runs(
    "local/digits",
    filters={
        "state": {"$in": ["finished"]},
        "$or": [{"displayName": {"$regex": "(?i)mlp"}}, {"name": {"$regex": "(?i)mlp"}}],
    },
    order="-created_at",
)
len(runs)`);
  expect(pythonCode({ query: QUERY, ids: ["a1", "b2"] }, NO_CELLS)).toContain(`
    filters={"name": {"$in": ["a1", "b2"]}},
    order="-created_at",
)
[(run.id, run.name, run.state) for run in runs]`);
  expect(pythonCode({ query: QUERY, ids: ["a1"] }, NO_CELLS)).toContain(`
run = api.run("local/digits/a1")
run.name, run.state, dict(run.summary)`);
});

test("the import and the connection of a cell above are used", () => {
  const cells = {
    above: ["%%bash\nimport nothing", "import wandb\nclient = wandb.Api(timeout=9)"],
    below: ["run = 1"],
  };
  expect(pythonCode({ query: QUERY, ids: ["a1"] }, cells)).toBe(
    'run2 = client.run("local/digits/a1")\nrun2.name, run2.state, dict(run2.summary)',
  );
  const only = { above: ["# import wandb"], below: [] };
  expect(pythonCode({ query: QUERY, ids: ["a1"] }, only)).toMatch(/^import wandb\n\napi = wandb\.Api\(\)\n/);
});

test("an import in a text is none, and one below `%%time` is one", () => {
  const wanted = { query: QUERY, ids: ["a1"] };
  const text = { above: ['doc = """\nimport wandb\napi = wandb.Api()\n"""'], below: [] };
  expect(pythonCode(wanted, text)).toMatch(/^import wandb\n\napi = wandb\.Api\(\)\nrun = api\.run/);
  const timed = { above: ["%%time\nimport wandb\napi = wandb.Api()\nruns = train()"], below: [] };
  expect(pythonCode({ query: QUERY, ids: undefined }, timed)).toMatch(/^runs2 = api\.runs\(/);
});

test("a sign that isn't seen is Python's escape of it", () => {
  const query = { ...QUERY, states: [], search: "\u{e0041}" };
  expect(pythonCode({ query, ids: undefined }, NO_CELLS)).toContain(String.raw`"(?i)\U000e0041"`);
});
