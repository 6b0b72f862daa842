import type { TranslationBundle } from "@jupyterlab/translation";
import { addIcon, checkIcon } from "@jupyterlab/ui-components";
import { make } from "../dom.ts";
import { age } from "../moments.ts";
import type { ListedRun } from "../server/answers.ts";
import { stateIcon, stateWord } from "../states.ts";
import { ACTIVATE, TOGGLE } from "./list-box.ts";

/** What is in a run's row: the box that selects it, its name, state, age and tags, and what inserts it. */
export function runRow(run: ListedRun, trans: TranslationBundle): Node[] {
  // The keys do what these two do, so nobody has to be told of them but the pointer.
  const box = make("span", {
    class: TOGGLE,
    attributes: { "aria-hidden": "true", title: trans.__("Select") },
  });
  box.append(checkIcon.element({ tag: "span", className: "lr-panel-box" }));
  const insert = make("span", {
    class: ACTIVATE,
    attributes: { "aria-hidden": "true", title: trans.__("Insert a cell that reads this run") },
  });
  insert.append(addIcon.element({ tag: "span", className: "lr-panel-icon" }));
  const name = make("div", {
    class: "lr-panel-name",
    text: run.name,
    attributes: { dir: "auto", title: aboutRun(run, trans) },
  });
  const details = make("div", { class: "lr-panel-details" });
  details.append(
    make(
      "span",
      { class: "lr-panel-state-word" },
      stateIcon(run.state),
      document.createTextNode(stateWord(run.state, trans)),
    ),
  );
  if (run.createdAt !== undefined) details.append(age(run.createdAt));
  for (const tag of run.tags) {
    details.append(
      make("span", { class: "lr-panel-tag", text: tag, attributes: { dir: "auto", title: tag } }),
    );
  }
  return [box, make("div", { class: "lr-panel-cell" }, name, details), insert];
}

/** What the pointer says of a run. */
function aboutRun(run: ListedRun, trans: TranslationBundle): string {
  const lines = [
    run.name,
    trans.__("Id: %1", run.id),
    ...(run.user === "" ? [] : [trans.__("User: %1", run.user)]),
    ...(run.group === "" ? [] : [trans.__("Group: %1", run.group)]),
    ...(run.sweep === "" ? [] : [trans.__("Sweep: %1", run.sweep)]),
  ];
  return lines.join("\n");
}
