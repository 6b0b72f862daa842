import type { Points } from "@lazyruns/curves";
import type { RunLook } from "../../colors/run-colors.ts";
import type { Curve } from "../model/curves.ts";
import type { Frame } from "./frame.ts";
import { placeX, placeY } from "./frame.ts";
import { type Stretch, stretchesOf, traceBand, traceLine } from "./trace.ts";

/** How a curve's line is drawn. */
export interface Stroke {
  readonly look: RunLook;
  /** In pixels. */
  readonly width: number;
  /** In how wide columns of pixels points are drawn as two. */
  readonly column: number;
}

const RAW_ALPHA = 0.25;
const BAND_ALPHA = 0.16;
const DOT = 2.5;

/** Draws a curve: its band, the line as logged, faint, and the smoothed one; single points as dots. */
export function paintCurve(
  context: CanvasRenderingContext2D,
  curve: Curve,
  stroke: Stroke,
  frame: Frame,
): void {
  const stretches = stretchesOf(curve.x, curve.gaps, frame.x);
  context.save();
  context.beginPath();
  context.rect(0, 0, frame.width, frame.height);
  context.clip();
  context.strokeStyle = stroke.look.color;
  context.fillStyle = stroke.look.color;
  context.lineJoin = "bevel";
  if (curve.low !== undefined) paintBand(context, curve, stretches, frame);
  if (curve.raw !== undefined) {
    context.globalAlpha = RAW_ALPHA;
    paintLine(context, curve.raw, stretches, stroke, frame);
  }
  context.globalAlpha = 1;
  context.setLineDash([...stroke.look.dash]);
  paintLine(context, curve, stretches, stroke, frame);
  context.restore();
  context.fillStyle = stroke.look.color;
  paintSingles(context, curve, stretches, frame);
}

/** Draws a dot at a point. */
export function paintDot(
  context: CanvasRenderingContext2D,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
  frame: Frame,
): void {
  context.beginPath();
  context.arc(placeX(frame)(x), placeY(frame)(y), radius, 0, 2 * Math.PI);
  context.fill();
}

function paintBand(
  context: CanvasRenderingContext2D,
  curve: Points,
  stretches: readonly Stretch[],
  frame: Frame,
): void {
  context.globalAlpha = BAND_ALPHA;
  context.beginPath();
  for (const stretch of stretches) traceBand(context, curve, stretch, frame);
  context.fill();
}

function paintLine(
  context: CanvasRenderingContext2D,
  points: Points,
  stretches: readonly Stretch[],
  { width, column }: Stroke,
  frame: Frame,
): void {
  context.lineWidth = width;
  context.beginPath();
  for (const stretch of stretches) {
    if (stretch.end - stretch.start > 1) traceLine(context, points, stretch, frame, column);
  }
  context.stroke();
}

/** Dots where there is no line, as a point has no neighbour. */
function paintSingles(
  context: CanvasRenderingContext2D,
  { x, y }: Points,
  stretches: readonly Stretch[],
  frame: Frame,
): void {
  for (const { start, end } of stretches) {
    const [atX, atY] = [x[start] as number, y[start] as number];
    const isShown = atX >= frame.x[0] && atX <= frame.x[1] && atY >= frame.y[0] && atY <= frame.y[1];
    if (end - start === 1 && isShown) paintDot(context, { x: atX, y: atY, radius: DOT }, frame);
  }
}
