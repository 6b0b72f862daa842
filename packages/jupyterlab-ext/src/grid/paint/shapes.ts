import type { GraphicsContext } from "@lumino/datagrid";
import type { RunLook } from "../../colors/run-colors.ts";
import type { GridTheme } from "../theme.ts";

/** Goes along a rectangle with round corners. */
export function roundRect(
  gc: GraphicsContext,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  gc.beginPath();
  gc.moveTo(x + radius, y);
  gc.arcTo(x + width, y, x + width, y + height, radius);
  gc.arcTo(x + width, y + height, x, y + height, radius);
  gc.arcTo(x, y + height, x, y, radius);
  gc.arcTo(x, y, x + width, y, radius);
  gc.closePath();
}

/** Draws a check box around a point. */
export function drawCheck(
  gc: GraphicsContext,
  x: number,
  y: number,
  state: "all" | "some" | "none",
  theme: GridTheme,
): void {
  roundRect(gc, x - 7, y - 7, 14, 14, 3);
  gc.setLineDash([]);
  if (state === "none") {
    gc.strokeStyle = theme.muted;
    gc.lineWidth = 1.2;
    gc.stroke();
    return;
  }
  gc.fillStyle = theme.brand;
  gc.fill();
  gc.strokeStyle = theme.onBrand;
  gc.lineWidth = 2;
  gc.lineCap = "round";
  gc.lineJoin = "round";
  gc.beginPath();
  if (state === "some") {
    gc.moveTo(x - 3.5, y);
    gc.lineTo(x + 3.5, y);
  } else {
    gc.moveTo(x - 3.6, y + 0.2);
    gc.lineTo(x - 1, y + 2.8);
    gc.lineTo(x + 3.8, y - 2.8);
  }
  gc.stroke();
}

/** How wide a run's swatch is, in pixels. */
export const SWATCH = 20;

/** Draws a run's line as charts have it. */
export function drawSwatch(gc: GraphicsContext, x: number, y: number, look: RunLook): void {
  gc.strokeStyle = look.color;
  gc.lineWidth = 3.5;
  gc.lineCap = "butt";
  gc.setLineDash([...look.dash]);
  gc.beginPath();
  gc.moveTo(x, y);
  gc.lineTo(x + SWATCH, y);
  gc.stroke();
  gc.setLineDash([]);
}

/** Draws an arrow that leaves its box: what opens a page. */
export function drawOpen(gc: GraphicsContext, x: number, y: number, color: string): void {
  gc.strokeStyle = color;
  gc.lineWidth = 1.4;
  gc.lineCap = "round";
  gc.lineJoin = "round";
  gc.beginPath();
  gc.moveTo(x - 1, y - 4);
  gc.lineTo(x - 5, y - 4);
  gc.lineTo(x - 5, y + 5);
  gc.lineTo(x + 4, y + 5);
  gc.lineTo(x + 4, y + 1);
  gc.moveTo(x + 1.5, y - 5);
  gc.lineTo(x + 5, y - 5);
  gc.lineTo(x + 5, y - 1.5);
  gc.moveTo(x + 5, y - 5);
  gc.lineTo(x - 0.5, y + 0.5);
  gc.stroke();
}

/** Draws a pin. */
export function drawPin(gc: GraphicsContext, x: number, y: number, color: string): void {
  gc.strokeStyle = color;
  gc.fillStyle = color;
  gc.lineWidth = 1.4;
  gc.lineCap = "round";
  gc.beginPath();
  gc.moveTo(x - 3, y - 5);
  gc.lineTo(x + 3, y - 5);
  gc.lineTo(x + 2, y - 0.5);
  gc.lineTo(x + 4, y + 1.5);
  gc.lineTo(x - 4, y + 1.5);
  gc.lineTo(x - 2, y - 0.5);
  gc.closePath();
  gc.fill();
  gc.beginPath();
  gc.moveTo(x, y + 1.5);
  gc.lineTo(x, y + 5.5);
  gc.stroke();
}

/** Draws the mark of a heading that is sorted by: an arrow. */
export function drawArrow(gc: GraphicsContext, x: number, y: number, isDown: boolean, color: string): void {
  const tip = isDown ? 4 : -4;
  gc.strokeStyle = color;
  gc.lineWidth = 1.6;
  gc.lineCap = "round";
  gc.lineJoin = "round";
  gc.beginPath();
  gc.moveTo(x, y - tip);
  gc.lineTo(x, y + tip);
  gc.moveTo(x - 3, y + tip * 0.25);
  gc.lineTo(x, y + tip);
  gc.lineTo(x + 3, y + tip * 0.25);
  gc.stroke();
}

/** Draws a funnel: the mark of a heading that is filtered by. */
export function drawFunnel(gc: GraphicsContext, x: number, y: number, color: string): void {
  gc.fillStyle = color;
  gc.beginPath();
  gc.moveTo(x - 5, y - 4.5);
  gc.lineTo(x + 5, y - 4.5);
  gc.lineTo(x + 1.2, y + 0.3);
  gc.lineTo(x + 1.2, y + 4.8);
  gc.lineTo(x - 1.2, y + 3.4);
  gc.lineTo(x - 1.2, y + 0.3);
  gc.closePath();
  gc.fill();
}

/** Draws three dots below each other: what opens a menu. */
export function drawDots(gc: GraphicsContext, x: number, y: number, color: string): void {
  gc.fillStyle = color;
  for (const dy of [-4, 0, 4]) {
    gc.beginPath();
    gc.arc(x, y + dy, 1.4, 0, 2 * Math.PI);
    gc.fill();
  }
}
