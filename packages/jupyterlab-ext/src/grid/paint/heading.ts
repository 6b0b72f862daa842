import type { GraphicsContext } from "@lumino/datagrid";
import { type GridColumn, isRightAligned } from "../column.ts";
import { CHECKS, HEADINGS } from "../place.ts";
import { fitText } from "./fit-text.ts";
import { BUTTON, MARK, PADDING } from "./measures.ts";
import { printable } from "./printable.ts";
import type { CellBox, Scene } from "./scene.ts";
import { drawArrow, drawCheck, drawDots, drawFunnel } from "./shapes.ts";

/** Where the two lines of a heading are. */
const UPPER = 11;
const LOWER = 25;

/** Draws a heading: the name, how it is sorted and filtered by, and what opens its menu where the pointer is. */
export function drawHeading(
  gc: GraphicsContext,
  config: CellBox,
  scene: Scene,
  at: number,
  column: GridColumn | undefined,
): void {
  const { theme, places } = scene;
  const { x, y, width, height } = config;
  gc.fillStyle = theme.headingBackground;
  gc.fillRect(x, y, width, height);
  if (at === CHECKS) drawCheck(gc, x + width / 2, nameLine(config, scene), scene.checked, theme);
  else if (column !== undefined) drawNamed(gc, config, scene, at, column);
  gc.fillStyle = theme.strongLine;
  gc.fillRect(x, y + height - 1, width, 1);
  // The edge by which the width is dragged.
  if (column !== undefined && at < places.view.columns.length) {
    gc.fillStyle = theme.line;
    gc.fillRect(x + width - 1, y + 9, 1, height - 18);
  }
}

function drawNamed(gc: GraphicsContext, config: CellBox, scene: Scene, at: number, column: GridColumn): void {
  const { theme } = scene;
  const { x, width } = config;
  const middle = nameLine(config, scene);
  const isMenuShown = isAt(scene.hover, at) || isAt(scene.focus, at);
  const marks = marksOf(scene, column.key);
  const end = isMenuShown ? BUTTON : PADDING;
  const room = width - PADDING - end - marks.length * MARK;
  gc.font = theme.boldFont;
  const text = fitText(gc, printable(column.name), room);
  const all = gc.measureText(text).width;
  const isRight = isRightAligned(column.kind);
  let from = isRight ? x + width - end - all : x + PADDING;
  gc.textAlign = "left";
  gc.fillStyle = theme.text;
  gc.fillText(text, from, middle + 1);
  if (column.origin !== "") drawOrigin(gc, config, theme, column.origin, isRight);
  from = isRight ? from - marks.length * MARK : from + all;
  marks.forEach((draw, index) => {
    draw(gc, from + index * MARK + MARK / 2 + (isRight ? -4 : 2), middle);
  });
  if (isMenuShown) drawDots(gc, x + width - BUTTON / 2, middle, theme.muted);
}

/** The line of the names: the middle where no heading of the grid has an upper line. */
function nameLine({ y, height }: CellBox, { hasOrigins }: Scene): number {
  return y + (hasOrigins ? LOWER : height / 2);
}

function drawOrigin(
  gc: GraphicsContext,
  { x, y, width }: CellBox,
  theme: Scene["theme"],
  origin: string,
  isRight: boolean,
): void {
  gc.font = theme.smallFont;
  gc.fillStyle = theme.muted;
  gc.textAlign = isRight ? "right" : "left";
  const text = fitText(gc, printable(origin), width - 2 * PADDING);
  gc.fillText(text, isRight ? x + width - PADDING : x + PADDING, y + UPPER);
  gc.textAlign = "left";
}

function isAt(place: Scene["focus"], column: number): boolean {
  return place?.row === HEADINGS && place.column === column;
}

type Mark = (gc: GraphicsContext, x: number, y: number) => void;

function marksOf({ look, theme, places }: Scene, key: string): Mark[] {
  const marks: Mark[] = [];
  const place = look.sorts.findIndex((sort) => sort.key === key);
  const sort = look.sorts[place];
  if (sort !== undefined) {
    marks.push((gc, x, y) => {
      drawArrow(gc, x - (look.sorts.length > 1 ? 2 : 0), y, sort.descending, theme.brand);
      if (look.sorts.length === 1) return;
      gc.font = theme.smallFont;
      gc.textAlign = "left";
      gc.fillStyle = theme.brand;
      gc.fillText(String(place + 1), x + 2, y + 3);
    });
  }
  if (look.filters.has(key)) {
    const color = places.view.problems.has(key) ? theme.error : theme.brand;
    marks.push((gc, x, y) => drawFunnel(gc, x, y, color));
  }
  return marks;
}
