import type { GraphicsContext } from "@lumino/datagrid";
import type { GridTheme } from "../theme.ts";

type Draw = (gc: GraphicsContext, x: number, y: number, theme: GridTheme) => void;

/** How wide a state's icon is, in pixels. */
export const STATE_ICON = 14;

/** Draws the icon of a run's state around a point: each state has a form of its own, and not a colour alone. */
export function drawState(gc: GraphicsContext, state: string, x: number, y: number, theme: GridTheme): void {
  gc.lineWidth = 1.6;
  gc.lineCap = "round";
  gc.lineJoin = "round";
  gc.setLineDash([]);
  (Object.hasOwn(ICONS, state) ? (ICONS[state] as Draw) : drawOther)(gc, x, y, theme);
}

const ICONS: Readonly<Record<string, Draw>> = {
  finished: (gc, x, y, theme) => {
    disc(gc, x, y, theme.success);
    strokes(gc, theme.background, [
      [x - 3, y + 0.2],
      [x - 0.8, y + 2.4],
      [x + 3.2, y - 2.2],
    ]);
  },
  running: (gc, x, y, theme) => {
    ring(gc, x, y, theme.info);
    shape(gc, theme.info, [
      [x - 1.8, y - 3],
      [x + 3, y],
      [x - 1.8, y + 3],
    ]);
  },
  failed: (gc, x, y, theme) => {
    disc(gc, x, y, theme.error);
    strokes(gc, theme.background, [
      [x - 2.4, y - 2.4],
      [x + 2.4, y + 2.4],
    ]);
    strokes(gc, theme.background, [
      [x - 2.4, y + 2.4],
      [x + 2.4, y - 2.4],
    ]);
  },
  crashed: (gc, x, y, theme) => {
    shape(gc, theme.error, [
      [x, y - 6],
      [x + 6.4, y + 5],
      [x - 6.4, y + 5],
    ]);
    strokes(gc, theme.background, [
      [x, y - 2.2],
      [x, y + 1],
    ]);
    strokes(gc, theme.background, [
      [x, y + 3.2],
      [x, y + 3.2],
    ]);
  },
  killed: (gc, x, y, theme) => {
    ring(gc, x, y, theme.warn);
    shape(gc, theme.warn, [
      [x - 2.2, y - 2.2],
      [x + 2.2, y - 2.2],
      [x + 2.2, y + 2.2],
      [x - 2.2, y + 2.2],
    ]);
  },
  pending: (gc, x, y, theme) => {
    ring(gc, x, y, theme.muted);
    strokes(gc, theme.muted, [
      [x, y - 3.2],
      [x, y],
      [x + 2.4, y + 1.4],
    ]);
  },
};

function drawOther(gc: GraphicsContext, x: number, y: number, theme: GridTheme): void {
  ring(gc, x, y, theme.muted);
}

function disc(gc: GraphicsContext, x: number, y: number, color: string): void {
  gc.fillStyle = color;
  gc.beginPath();
  gc.arc(x, y, 6.5, 0, 2 * Math.PI);
  gc.fill();
}

function ring(gc: GraphicsContext, x: number, y: number, color: string): void {
  gc.strokeStyle = color;
  gc.beginPath();
  gc.arc(x, y, 5.7, 0, 2 * Math.PI);
  gc.stroke();
}

type Points = readonly (readonly [number, number])[];

function strokes(gc: GraphicsContext, color: string, points: Points): void {
  gc.strokeStyle = color;
  trace(gc, points);
  gc.stroke();
}

function shape(gc: GraphicsContext, color: string, points: Points): void {
  gc.fillStyle = color;
  trace(gc, points);
  gc.closePath();
  gc.fill();
}

function trace(gc: GraphicsContext, points: Points): void {
  gc.beginPath();
  points.forEach(([x, y], index) => {
    if (index === 0) gc.moveTo(x, y);
    else gc.lineTo(x, y);
  });
}
