import { checkWhole, show } from "../arguments.ts";
import { InvalidArgumentError, NotFoundError } from "../errors.ts";
import { eachNode } from "../graphql/pages.ts";
import { askRun, type RunRef, runDetails } from "../graphql/run.ts";
import { RUN_FILES } from "../graphql/run-documents.ts";
import type { WireFile } from "../graphql/run-wire.ts";
import type { WireConnection } from "../graphql/wire.ts";
import type { WaitOptions } from "../progress.ts";
import { makeRunFile, type RunFile } from "./run-file.ts";

/** Which files to list, and how. */
export interface FilesOptions extends WaitOptions {
  /** Only the files of these names; those that aren't there are left out. Default: all. */
  readonly names?: readonly string[] | undefined;
  /**
   * Only the files whose name fits a pattern of SQL's LIKE: `%` stands for anything, `_` for one character, such as
   * `"media/images/%.png"`. Not together with `names`. Default: all.
   */
  readonly pattern?: string | undefined;
  /** Files a request, 1 to 1000. Default 100. */
  readonly perPage?: number | undefined;
}

const OPERATION = "listing the files";

/** The files of a run, page by page. */
export function runFiles(ref: RunRef, options: FilesOptions): AsyncGenerator<RunFile, void, undefined> {
  const { names, pattern, perPage = 100, signal } = options;
  checkWhole("perPage", perPage, 1, 1000);
  if (names !== undefined && !(Array.isArray(names) && names.every(isName))) {
    throw new InvalidArgumentError(`names is ${show(names)}; it must be an array of file names.`);
  }
  if (pattern !== undefined && !isName(pattern)) {
    throw new InvalidArgumentError(`pattern is ${show(pattern)}; it must be a text such as "%.json".`);
  }
  if (names !== undefined && pattern !== undefined) {
    throw new InvalidArgumentError("names and pattern are both given; a server takes one of them.");
  }
  return list(ref, { names, pattern, first: perPage }, signal);
}

/** The file of a name. */
export async function runFile(ref: RunRef, name: string, signal: AbortSignal | undefined): Promise<RunFile> {
  if (!isName(name)) throw new InvalidArgumentError(`name is ${show(name)}; it must be a file's name.`);
  for await (const file of runFiles(ref, { names: [name], signal })) if (file.name === name) return file;
  throw new NotFoundError(
    `Run ${ref.run} of ${ref.entity}/${ref.project} has no file ${JSON.stringify(name)}. \`run.files()\` lists what ` +
      "it has.",
    runDetails(ref, "looking for a file"),
  );
}

interface Question {
  readonly names: readonly string[] | undefined;
  readonly pattern: string | undefined;
  readonly first: number;
}

async function* list(
  ref: RunRef,
  question: Question,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunFile, void, undefined> {
  // A server takes no names for all files.
  if (question.names?.length === 0) return;
  const seen = new Set<string>();
  const files = eachNode<WireFile>({
    ask: async (after) => {
      const variables = { names: [], pattern: null, ...defined(question), after };
      const request = { query: RUN_FILES, variables, operation: OPERATION, signal };
      return (await askRun<{ readonly files?: WireConnection<WireFile> | null }>(ref, request)).files;
    },
    what: "files",
    baseUrl: ref.service.baseUrl,
    details: runDetails(ref, OPERATION),
  });
  for await (const wire of files) {
    // Cursors are offsets: a file that was uploaded meanwhile moves the others on by one.
    if (seen.has(wire.name)) continue;
    seen.add(wire.name);
    yield makeRunFile(wire, ref);
  }
}

function defined(question: Question): object {
  return Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined));
}

function isName(name: unknown): name is string {
  return typeof name === "string" && name !== "";
}
