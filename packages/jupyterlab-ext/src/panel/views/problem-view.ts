import type { TranslationBundle } from "@jupyterlab/translation";
import { make } from "../dom.ts";
import { PanelError } from "../server/panel-error.ts";

/** What is said where there is something else than a list. */
export interface Problem {
  readonly message: string;
  readonly help: string;
}

/** A fault as people are told of it. */
export function problemOf(error: unknown, trans: TranslationBundle): Problem {
  if (error instanceof PanelError) return { message: error.message, help: error.help };
  return { message: trans.__("The list can't be shown."), help: String(error) };
}

/** What is wrong and what to do, with a button that tries again. */
export function problemView(
  { message, help }: Problem,
  trans: TranslationBundle,
  retry: () => void,
): HTMLElement {
  return make(
    "div",
    { class: "lr-panel-problem", attributes: { role: "alert" } },
    make("p", { class: "lr-panel-problem-message", text: message }),
    make("p", { text: help }),
    make("button", {
      class: "lr-panel-button",
      text: trans.__("Try again"),
      attributes: { type: "button" },
      onClick: retry,
    }),
  );
}
