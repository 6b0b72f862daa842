import type { FormatWarn } from "../formats.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import { historyForm } from "../history/form.ts";
import type { HistoryFormat, HistoryFormats } from "../history/formats.ts";
import { type HistorySource, readHistories, streamHistories } from "../history/histories.ts";
import { checkHistoryOptions, type HistoriesOptions, type HistoryQuestion } from "../history/options.ts";
import { namedIn } from "../history/question.ts";
import { type HistoryTable, makeTable } from "../history/table/history-table.ts";
import type { RunsWarning } from "../warning.ts";
import { deletedWarning } from "./deleted-warning.ts";
import { historySource } from "./history-source.ts";
import type { Run } from "./run.ts";
import type { RunList } from "./run-list.ts";

/** A run and its sampled history. */
export interface RunWithHistory<R extends Run = Run, F extends HistoryFormat = "table"> {
  readonly run: R;
  readonly table: HistoryTable;
  /** The same in the form that was asked for. */
  readonly history: HistoryFormats[F];
}

/** Reads the histories of a collection's runs. */
export class RunHistories {
  readonly #ref: ProjectRef;
  readonly #list: RunList;
  readonly #warn: (warning: RunsWarning) => void;
  readonly #told: FormatWarn | undefined;

  /** @param told - told what forms have to say; absent where nobody listens */
  constructor(
    ref: ProjectRef,
    list: RunList,
    warn: (warning: RunsWarning) => void,
    told: FormatWarn | undefined,
  ) {
    this.#ref = ref;
    this.#list = list;
    this.#warn = warn;
    this.#told = told;
  }

  /** All of them in one piece. */
  async read<F extends HistoryFormat>(options: HistoriesOptions<F>): Promise<HistoryFormats[F]> {
    const question = checkHistoryOptions(options);
    const form = historyForm((options.format ?? "default") as F, options, this.#told);
    return readHistories(this.#source(question), question, form, options);
  }

  /** Each with its run, as they come. Bad options are refused at once. */
  stream<F extends HistoryFormat>(
    options: HistoriesOptions<F>,
  ): AsyncGenerator<RunWithHistory<Run, F>, void, undefined> {
    const question = checkHistoryOptions(options);
    const form = historyForm((options.format ?? "table") as F, options, this.#told);
    const { full } = this.#list; // the collection may be upgraded meanwhile
    const source = this.#withRuns(this.#source(question), full);
    const named = namedIn(question);
    const make = (wire: WireRun) => this.#make(wire, full);
    const known = (id: string) => this.#list.known(id);
    return (async function* () {
      await form.prepare();
      for await (const { wire, ...arrived } of streamHistories(source, question, options)) {
        const { id } = arrived.run;
        const run = known(id) ?? (await make(wire ?? { id, name: id }));
        const collector = form.collect(named, true);
        collector.add(arrived);
        yield { run, table: makeTable([arrived], named), history: await collector.result() };
      }
    })();
  }

  #source(question: HistoryQuestion): HistorySource {
    const { isComplete, fetched } = this.#list;
    const runs = isComplete ? fetched.map(({ id }) => id) : this.#list.idPages();
    const { entity, project } = this.#ref;
    return historySource(this.#ref, runs, question, (id) =>
      this.#warn(deletedWarning({ id, entity, project }, "history")),
    );
  }

  /** With the fields that a run is made of, where not every run is there already. */
  #withRuns(source: HistorySource, full: boolean): HistorySource {
    const { isComplete, maker } = this.#list;
    if (isComplete) return source;
    const withRunFields: HistorySource["withRunFields"] = (ask) =>
      maker.withFields(full, (fields) =>
        // What is full holds every key already, and a field can't be asked for in two ways.
        full ? ask(fields) : source.withRunFields((chosen) => ask(`${fields} ${chosen}`)),
      );
    return { ...source, runFields: full ? "full" : "light", withRunFields };
  }

  /** A run that came along with its history. Of a lazy one, chosen keys that came too are no config and no summary. */
  async #make({ config, summaryMetrics, ...light }: WireRun, full: boolean): Promise<Run> {
    const wire = full ? { ...light, config, summaryMetrics } : light;
    const [run] = await this.#list.maker.make([wire as WireRun]);
    return run as Run;
  }
}
