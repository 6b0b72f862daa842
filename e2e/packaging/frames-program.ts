/**
 * Programs that ask for frames, as text, compiled like the others here. `Same` is true for two types only when they
 * are one and the same, so that neither `any` nor a likeness passes.
 */
const BEGIN = `
import { Api } from "@lazyruns/core";
import type { HistoryTable, RunTable } from "@lazyruns/core";
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const api = new Api({ apiKey: "k".repeat(40) });
const runs = api.runs("team/project");
`;

function programOf(format: string, entry: string, frame: string, importing: string, to: string): string {
  return `${BEGIN}
import ${JSON.stringify(entry)};
import { ${to} } from ${JSON.stringify(entry)};
${importing}
export async function frames(table: HistoryTable, runTable: RunTable): Promise<void> {
  const df = await runs.histories({ keys: ["loss"], columns: ["name", "config.lr"], format: "${format}" });
  const isFrame: Same<typeof df, ${frame}> = true;
  // @ts-expect-error no other type is it
  const isOther: Same<typeof df, { other: string }> = true;
  const own = await (await api.run("team/project/id")).history({ format: "${format}", onWarning: ({ message }) => console.warn(message) });
  const isOwn: Same<typeof own, ${frame}> = true;
  const one = await runs.table({ config: ["lr"], format: "${format}" });
  const isTable: Same<typeof one, ${frame}> = true;
  for await (const { run, history: piece } of runs.historyStream({ format: "${format}" })) {
    const isPiece: Same<typeof piece, ${frame}> = true;
    void [run.id, isPiece];
  }
  const made = await ${to}(table, { datetimes: ["at"] });
  const isMade: Same<typeof made, ${frame}> = true;
  const madeOfRuns: ${frame} = await ${to}(runTable);
  // @ts-expect-error datetimes are named
  await runs.histories({ format: "${format}", datetimes: 5 });
  ${format === "danfo" ? "// @ts-expect-error danfo has no structs" : ""}
  await runs.histories({ format: "${format}", nested: "struct" });
  // @ts-expect-error rows have no such option
  await runs.histories({ format: "default", datetimes: true });
  // @ts-expect-error no such format
  await runs.histories({ format: "pandas" });
  const rows = await runs.histories();
  const id: string = rows[0]!.run_id;
  void [isFrame, isOther, isOwn, isTable, isMade, madeOfRuns, id];
}
`;
}

/** What each format needs of its library, and the type that a frame of it has. */
const FORMATS = {
  polars: {
    importing: 'import type { DataFrame } from "nodejs-polars";',
    frame: "DataFrame",
    to: "toPolars",
  },
  danfo: { importing: 'import type { DataFrame } from "danfojs-node";', frame: "DataFrame", to: "toDanfo" },
  arrow: {
    importing: 'import type { ArrowTable } from "@lazyruns/dataframes/arrow";',
    frame: "ArrowTable",
    to: "toArrow",
  },
} as const;
type FrameFormat = keyof typeof FORMATS;

/** A program for one format: by the entry of its own, or by the root. */
export function framesProgram(format: FrameFormat, by: "entry" | "root"): string {
  const { importing, frame, to } = FORMATS[format];
  const entry = by === "root" ? "@lazyruns/dataframes" : `@lazyruns/dataframes/${format}`;
  return programOf(format, entry, frame, importing, to);
}
