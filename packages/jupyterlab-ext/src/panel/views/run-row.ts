import type { TranslationBundle } from "@jupyterlab/translation";
import { addIcon, checkIcon } from "@jupyterlab/ui-components";
import { element } from "../../dom.ts";
import { stateIcon } from "../../states/state-icon.ts";
import { age } from "../moments.ts";
import type { ListedRun } from "../server/answers.ts";
import { stateWord } from "../states.ts";
import { ACTIVATE, TOGGLE } from "./list-box.ts";

/** More would only be cut off; the pointer shows all. */
const MOST_TAGS = 8;

/** What is in a run's row: the box that selects it, its name, state, age and tags, and what inserts it. */
export function runRow(run: ListedRun, trans: TranslationBundle): Node[] {
  // The keys do what these two do, so nobody has to be told of them but the pointer.
  const box = element("span", {
    class: TOGGLE,
    attributes: { "aria-hidden": "true", title: trans.__("Select") },
  });
  box.append(checkIcon.element({ tag: "span", className: "lr-panel-box" }));
  const insert = element("span", {
    class: ACTIVATE,
    attributes: { "aria-hidden": "true", title: trans.__("Insert a cell that reads this run") },
  });
  insert.append(addIcon.element({ tag: "span", className: "lr-panel-icon" }));
  const name = element("div", {
    class: "lr-panel-name",
    text: run.name,
    attributes: { dir: "auto", title: aboutRun(run, trans) },
  });
  const details = element("div", { class: "lr-panel-details" });
  details.append(
    element(
      "span",
      { class: "lr-panel-state-word" },
      stateIcon(run.state),
      document.createTextNode(stateWord(run.state, trans)),
    ),
  );
  if (run.createdAt !== undefined) details.append(age(run.createdAt));
  const tags = run.tags.slice(0, MOST_TAGS);
  if (tags.length > 0) {
    const chips = tags.map((tag) =>
      element("span", { class: "lr-panel-tag", text: tag, attributes: { dir: "auto", title: tag } }),
    );
    details.append(element("span", { class: "lr-panel-tags" }, ...chips));
  }
  return [box, element("div", { class: "lr-panel-cell" }, name, details), insert];
}

/** What the pointer says of a run. */
function aboutRun(run: ListedRun, trans: TranslationBundle): string {
  const lines = [
    run.name,
    trans.__("Id: %1", run.id),
    ...(run.user === "" ? [] : [trans.__("User: %1", run.user)]),
    ...(run.group === "" ? [] : [trans.__("Group: %1", run.group)]),
    ...(run.tags.length === 0 ? [] : [trans.__("Tags: %1", run.tags.join(", "))]),
    ...(run.sweep === "" ? [] : [trans.__("Sweep: %1", run.sweep)]),
  ];
  return lines.join("\n");
}
