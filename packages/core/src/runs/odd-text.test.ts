import { describe, expect, test } from "vitest";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { ListedProject } from "../testing/listed-project.ts";
import { type ModelRow, modelAnswer } from "../testing/model-project.ts";
import { Runs } from "./runs.ts";

/** Every control character of ASCII and Latin-1, line and paragraph separators, and halves of surrogate pairs. */
const CONTROL = String.fromCharCode(...Array(32).keys(), 0x7f, 0x80, 0x9f, 0x2028, 0x2029, 0xfeff);
const ODD = [CONTROL, "\u0000", "\ud83d", "\ude00\ud83d", "a\udfffb", "\u{1f600}", "\\u0000", '"\\\n'];

describe("control characters and lone surrogates", () => {
  test("come as they were logged in names, keys and values of histories", async () => {
    const history: ModelRow[] = ODD.map((text, step) => ({
      _step: step,
      text,
      ...Object.fromEntries(ODD.map((key, at) => [key, at + step / 2])),
      nested: { [text]: [text] },
    }));
    const project = [
      { id: "r0", history },
      { id: "r1", history },
    ];
    const { service } = await faultServer((request, response) => {
      response.end(modelAnswer(request, project));
      return undefined;
    });
    const runs = () => new Runs(service, "team", "digits");
    const whole = project.flatMap(({ id }) => history.map((row) => ({ run_id: id, ...row })));
    expect(await runs().histories()).toEqual(whole);
    const table = await runs().histories({ format: "table" });
    expect(table.columnNames).toEqual(["run_id", ...["_step", "nested", "text", ...ODD].sort()]);
    expect(table.toRows()).toEqual(whole);
    const column = table.column("text");
    expect(column.dtype === "utf8" && [...column.values]).toEqual([...ODD, ...ODD]);
    const chosen = whole.map((row) => {
      const { nested, ...rest } = row as typeof row & ModelRow;
      return rest;
    });
    for (const match of ["all", "any"] as const) {
      expect(await runs().histories({ keys: ["text", ...ODD], match })).toEqual(chosen);
    }
  });

  test("come as they were written in a run's name, config and summary, listed, loaded and in a table", async () => {
    const project = new ListedProject(ODD.length);
    const odd = (index: number) => ({ [ODD[index] as string]: ODD[index], list: ODD });
    project.runs = project.runs.map((run, index) => ({
      ...run,
      config: Object.fromEntries(Object.entries(odd(index)).map(([key, value]) => [key, { value }])),
      summary: odd(index),
    }));
    const nameThem = (data: object) => JSON.parse(JSON.stringify(data), rename) as object;
    const rename = (key: string, value: unknown) =>
      key === "displayName" ? ODD[Number(String(value).slice("run r".length))] : value;
    const { service } = await faultServer((request: FaultRequest) => nameThem(project.answer(request)));
    for (const lazy of [true, false]) {
      const full = await new Runs(service, "team", "digits", { lazy }).upgradeToFull();
      const runs = await full.toArray();
      for (const run of runs) await run.load();
      expect(runs.map(({ name }) => name)).toEqual(ODD);
      expect(runs.map(({ config }) => config)).toEqual(ODD.map((_, index) => odd(index)));
      expect(runs.map(({ summary }) => summary)).toEqual(ODD.map((_, index) => odd(index)));
    }
    const keys = [...ODD, "list"];
    const rows = await new Runs(service, "team", "digits").table({ config: keys, summary: keys });
    for (const [index, row] of rows.entries()) {
      const cells: Readonly<Record<string, unknown>> = row;
      expect(cells.name).toBe(ODD[index]);
      for (const key of ODD) {
        const cell = key === ODD[index] ? key : null;
        expect([cells[`config.${key}`], cells[`summary.${key}`]]).toEqual([cell, cell]);
      }
      expect(cells["config.list"]).toEqual(ODD);
    }
  });

  test("that stand bare in a row's JSON, where they may not, are an error that names the run", async () => {
    const project = ["r0", "r1", "r2"].map((id) => ({ id, history: [{ _step: 0, text: `in ${id}` }] }));
    const { service } = await faultServer((request, response) => {
      // Escaped in the answer, and bare in the row's text, which is JSON in its turn.
      response.end(modelAnswer(request, project).replace("in r1", "in\\nr1"));
      return undefined;
    });
    const failure = await new Runs(service, "team", "digits").histories().catch((error: unknown) => error);
    expect(failure).toMatchObject({ missing: ["r1"], cause: { name: "ProtocolError", run: "r1" } });
    expect((failure as { partial: object[] }).partial).toEqual([
      { run_id: "r0", _step: 0, text: "in r0" },
      { run_id: "r2", _step: 0, text: "in r2" },
    ]);
  });
});
