import { QueryError } from "../query/index.ts";
import { commandsFor } from "../sweeps/heartbeat.ts";
import { readPlan } from "../sweeps/plan.ts";
import type { Context } from "./context.ts";
import { globalId, rowOf } from "./global-id.ts";

interface CreateAgentInput {
  readonly sweep: string;
  readonly projectName?: string | null;
  readonly entityName?: string | null;
}

/**
 * The protocol of a sweep's agents (`wandb.agent`, `wandb agent`): one announces itself, then tells every few seconds
 * which of its runs are under way, and is told what to do. All agents of a sweep are alike, so an agent's id is its
 * sweep's.
 */
export function agents({ store, user }: Context) {
  return {
    createAgent: ({ input }: { input: CreateAgentInput }) => {
      const { sweep: name, projectName, entityName } = input;
      const entity = entityName || user;
      const project = store.projects.find(entity, projectName || "uncategorized");
      const sweep = (project && store.sweeps.find(project.id, name)) ?? store.sweeps.findIn(entity, name);
      if (sweep === undefined)
        throw new QueryError(`There is no sweep ${entity}/${projectName || "uncategorized"}/${name}`);
      readPlan(sweep.config); // what can't be carried out is told now
      return { agent: { id: globalId("Agent", sweep.id) } };
    },

    agentHeartbeat: ({ input }: { input: { id: string; runState?: string | null } }) =>
      store.transaction(() => {
        const sweep = store.sweeps.byId(rowOf("Agent", input.id) ?? -1);
        if (sweep === undefined) throw new QueryError(`There is no agent ${JSON.stringify(input.id)}`);
        return { agent: { id: input.id }, commands: commandsFor(store, sweep, runningIn(input.runState)) };
      }),
  };
}

/** The names of the runs that an agent has under way, `{"name":true}` on the wire. */
function runningIn(runState: string | null | undefined): string[] {
  try {
    return Object.keys(JSON.parse(runState || "{}"));
  } catch {
    throw new QueryError("runState is not JSON");
  }
}
