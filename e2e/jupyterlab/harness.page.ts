/// <reference lib="dom" />
import { Widget } from "@lumino/widgets";
import { mount } from "./harness/mount.ts";

const told: string[] = [];
let canvas: HTMLCanvasElement | undefined;

/** Shows a widget with a canvas in the colours of the theme. */
export function show(): boolean {
  const widget = new Widget();
  canvas = document.createElement("canvas");
  canvas.width = 100;
  canvas.height = 50;
  widget.node.append(canvas);
  const themeChanged = () => {
    told.push(String(document.body.dataset.jpThemeName));
    draw();
  };
  mount(Object.assign(widget, { themeChanged }));
  draw();
  return widget.isAttached;
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
