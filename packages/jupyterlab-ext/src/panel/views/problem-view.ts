import type { TranslationBundle } from "@jupyterlab/translation";
import { element } from "../../dom.ts";
import { PanelError } from "../server/panel-error.ts";

/** What is said where there is something else than a list. */
export interface Problem {
  readonly title: string;
  readonly message: string;
  /** What to do; what stands between backticks in it is to be typed. */
  readonly help: string;
}

/** A fault as people are told of it. */
export function problemOf(error: unknown, title: string): Problem {
  if (error instanceof PanelError) return { title, message: error.message, help: error.help };
  return { title, message: String(error), help: "" };
}

/** What is wrong and what to do, with a button that tries again. */
export function problemView(
  { title, message, help }: Problem,
  trans: TranslationBundle,
  retry: () => void,
): HTMLElement {
  return element(
    "div",
    { class: "lr-panel-problem", attributes: { role: "alert" } },
    element("p", { class: "lr-panel-problem-title", text: title }),
    element("p", {}, ...withCode(help)),
    element("p", { class: "lr-panel-problem-cause", text: message }),
    element("button", {
      class: "lr-panel-button",
      text: trans.__("Try again"),
      attributes: { type: "button" },
      onClick: retry,
    }),
  );
}

function withCode(text: string): Node[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) =>
      index % 2 === 1 ? element("code", { text: part }) : document.createTextNode(part),
    );
}
