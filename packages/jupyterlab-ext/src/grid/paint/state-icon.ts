import type { GraphicsContext } from "@lumino/datagrid";
import { LINE_WIDTH, marksOf } from "../../states/state-marks.ts";
import type { GridTheme } from "../theme.ts";

/** Draws the icon of a run's state around a point. */
export function drawState(gc: GraphicsContext, state: string, x: number, y: number, theme: GridTheme): void {
  gc.lineWidth = LINE_WIDTH;
  gc.lineCap = "round";
  gc.lineJoin = "round";
  gc.setLineDash([]);
  for (const mark of marksOf(state)) {
    gc.beginPath();
    if ("radius" in mark) gc.arc(x, y, mark.radius, 0, 2 * Math.PI);
    else trace(gc, x, y, mark.points);
    if (mark.kind === "shape") gc.closePath();
    const color = theme[mark.color];
    if (mark.kind === "ring" || mark.kind === "line") {
      gc.strokeStyle = color;
      gc.stroke();
    } else {
      gc.fillStyle = color;
      gc.fill();
    }
  }
}

function trace(
  gc: GraphicsContext,
  x: number,
  y: number,
  points: readonly (readonly [number, number])[],
): void {
  points.forEach(([right, down], index) => {
    if (index === 0) gc.moveTo(x + right, y + down);
    else gc.lineTo(x + right, y + down);
  });
}
