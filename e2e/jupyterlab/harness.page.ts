/// <reference lib="dom" />
import { nullTranslator } from "@jupyterlab/translation";
import { DEFAULT_SETTINGS } from "../../packages/jupyterlab-ext/src/settings/view-settings.ts";
import { RunsTable } from "../../packages/jupyterlab-ext/src/table/runs-table.ts";
import { mount } from "./harness/mount.ts";

const context = {
  trans: nullTranslator.load("lazyruns"),
  colors: { look: () => ({ color: "#0072b2", dash: [] }) },
  settings: DEFAULT_SETTINGS,
};
const told: string[] = [];
let canvas: HTMLCanvasElement | undefined;

/** Shows a widget of the extension, and a canvas in the colours of the theme. */
export function show(): boolean {
  const table = new RunsTable(context);
  canvas = document.createElement("canvas");
  canvas.width = 100;
  canvas.height = 50;
  table.node.append(canvas);
  table.themeChanged = () => {
    told.push(String(document.body.dataset.jpThemeName));
    draw();
  };
  mount(table);
  draw();
  return table.isAttached;
}

/** What themes the widget was told of. */
export function themesTold(): readonly string[] {
  return told;
}

export function complain(what: "console" | "uncaught" | "dialog"): void {
  if (what === "console") console.error("a complaint");
  else if (what === "dialog") alert("a dialog");
  else setTimeout(() => Promise.reject(new Error("nobody caught this")));
}

function draw(): void {
  const pen = canvas?.getContext("2d");
  if (!pen) return;
  pen.fillStyle = getComputedStyle(document.body).getPropertyValue("--jp-layout-color1");
  pen.fillRect(0, 0, 100, 50);
  pen.fillStyle = "#0072b2";
  pen.fillRect(10, 10, 20, 5);
}
