import type uPlot from "uplot";

/** uPlot's class. */
export type UPlot = typeof uPlot;

let loading: Promise<UPlot> | undefined;

/** uPlot, which is loaded when the first chart shows. After a failure the next call tries anew. */
export function loadUPlot(): Promise<UPlot> {
  loading ??= import("uplot").then(
    (module) => module.default,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
