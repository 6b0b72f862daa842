import type { Api } from "@lazyruns/core";
import type { Context } from "../context.ts";
import { type ConnectionOptions, connect } from "../options/connection.ts";

/** Has a connection for a piece of work; it is closed however that ends. */
export async function withApi<T>(
  options: ConnectionOptions,
  context: Context,
  work: (api: Api) => Promise<T>,
): Promise<T> {
  context.progress.wanted(options.progress);
  const api = await connect(options);
  try {
    return await work(api);
  } finally {
    context.progress.clear();
    // What was interrupted must not keep the process: what is under way ends with it.
    const closed = api.close().catch(() => undefined);
    if (!context.signal.aborted) await closed;
  }
}
