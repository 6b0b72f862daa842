import type { TranslationBundle } from "@jupyterlab/translation";
import { caretLeftIcon, launchIcon, refreshIcon } from "@jupyterlab/ui-components";
import { element } from "../../dom.ts";
import { iconButton } from "./icon-button.ts";

interface RunsHeaderOptions {
  readonly trans: TranslationBundle;
  readonly entity: string;
  readonly project: string;
  readonly onBack: () => void;
  readonly onRefresh: () => void;
}

/** Which project it is, the way back to the projects and to its web page. */
export class RunsHeader {
  readonly node: HTMLElement;
  readonly back: HTMLButtonElement;
  private readonly page: HTMLAnchorElement;

  constructor({ trans, entity, project, onBack, onRefresh }: RunsHeaderOptions) {
    this.back = iconButton(caretLeftIcon, trans.__("Back to the projects"), onBack);
    const label = trans.__("Open the project's web page");
    this.page = element("a", {
      class: "lr-panel-icon-button",
      attributes: { title: label, "aria-label": label, target: "_blank", rel: "noopener noreferrer" },
    });
    this.page.append(launchIcon.element({ tag: "span", className: "lr-panel-icon" }));
    this.page.hidden = true;
    const title = element(
      "h2",
      { class: "lr-panel-title", attributes: { title: `${entity}/${project}` } },
      element("span", { class: "lr-panel-title-entity", text: entity, attributes: { dir: "auto" } }),
      element("span", { class: "lr-panel-title-slash", text: "/" }),
      element("span", { class: "lr-panel-title-project", text: project, attributes: { dir: "auto" } }),
    );
    const refresh = iconButton(refreshIcon, trans.__("Refresh"), onRefresh);
    this.node = element("div", { class: "lr-panel-bar" }, this.back, title, this.page, refresh);
  }

  /** @param url - the project's page; undefined: none is known */
  showPage(url: string | undefined): void {
    this.page.hidden = url === undefined;
    if (url !== undefined) this.page.href = url;
  }
}
