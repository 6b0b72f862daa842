import type { CurveSource } from "../../curves/source.ts";
import type { RowsQuestion, RowsView } from "../rows-view.ts";
import { danfoSource, danfoView, isDanfoFrame } from "./danfo.ts";
import { isPolarsFrame, polarsSource, polarsView } from "./polars.ts";

/** A frame of another library, as far as it is shown. */
export interface Frame {
  view(question: RowsQuestion): RowsView;
  source(): CurveSource;
}

/** The frame that a value is; undefined when it is none. */
export function frameOf(value: object): Frame | undefined {
  if (isPolarsFrame(value)) {
    return { view: (question) => polarsView(value, question), source: () => polarsSource(value) };
  }
  if (isDanfoFrame(value)) {
    return { view: (question) => danfoView(value, question), source: () => danfoSource(value) };
  }
  return undefined;
}
