import type { GraphicsContext } from "@lumino/datagrid";
import type { Cell } from "../../data/runs-data.ts";
import { STATE_ICON } from "../../states/state-marks.ts";
import { type GridColumn, isRightAligned } from "../column.ts";
import { cellText, tagText } from "../format.ts";
import { CHECKS, HEADINGS } from "../place.ts";
import { fitText } from "./fit-text.ts";
import { drawHeading } from "./heading.ts";
import { ASIDE_GAP, BUTTON, PADDING } from "./measures.ts";
import { printable } from "./printable.ts";
import type { CellBox, Scene } from "./scene.ts";
import { drawCheck, drawOpen, drawPin, drawSwatch, roundRect, SWATCH } from "./shapes.ts";
import { drawState } from "./state-icon.ts";

/** Letters' middle is above that of their line, in pixels. */
const LOWER = 1;

/** Draws a cell of a grid: a heading, a check box, a value. */
export function paintCell(gc: GraphicsContext, config: CellBox, scene: Scene): void {
  const row = scene.places.rowOf(config.region, config.row);
  const at = scene.places.columnOf(config.region, config.column);
  const column = scene.places.view.columns[at];
  gc.textBaseline = "middle";
  if (row === HEADINGS) {
    drawHeading(gc, config, scene, at, column);
  } else {
    drawBackground(gc, config, scene, row);
    if (at === CHECKS) drawRowCheck(gc, config, scene, row);
    else if (column !== undefined) drawCell(gc, config, scene, row, column);
    drawRowLine(gc, config, scene, row);
  }
  drawFrozenEdge(gc, config, scene, at);
  drawFocus(gc, config, scene, row, at);
}

function idAt({ places, ids }: Scene, row: number): string {
  return ids[places.view.rows[row] as number] as string;
}

function drawBackground(gc: GraphicsContext, config: CellBox, scene: Scene, row: number): void {
  const { theme } = scene;
  const { x, y, width, height } = config;
  const layer = (color: string, alpha: number) => {
    gc.fillStyle = color;
    gc.globalAlpha = alpha;
    gc.fillRect(x, y, width, height);
    gc.globalAlpha = 1;
  };
  layer(theme.background, 1);
  if (row < scene.places.view.numPinned) layer(theme.text, 0.03);
  const isSelected = scene.selected.has(idAt(scene, row));
  if (isSelected) layer(theme.brand, 0.14);
  if (scene.hover?.row === row) layer(theme.text, 0.045);
  const isFirst =
    (config.region === "row-header" || config.region === "corner-header") && config.column === 0;
  if (!isSelected || !isFirst) return;
  gc.fillStyle = theme.brand;
  gc.fillRect(x, y, 3, height);
}

function drawRowLine(gc: GraphicsContext, { x, y, width, height }: CellBox, scene: Scene, row: number): void {
  const isLastPinned = row === scene.places.view.numPinned - 1;
  gc.fillStyle = isLastPinned ? scene.theme.strongLine : scene.theme.line;
  gc.fillRect(x, y + height - 1, width, 1);
}

/** Others are scrolled below what stays in sight. */
function drawFrozenEdge(
  gc: GraphicsContext,
  { x, y, width, height }: CellBox,
  scene: Scene,
  at: number,
): void {
  if (at !== scene.places.view.numFrozen - 1 || at === CHECKS) return;
  gc.fillStyle = scene.theme.strongLine;
  gc.globalAlpha = 0.6;
  gc.fillRect(x + width - 1, y, 1, height);
  gc.globalAlpha = 1;
}

function drawFocus(gc: GraphicsContext, config: CellBox, scene: Scene, row: number, column: number): void {
  if (scene.focus?.row !== row || scene.focus.column !== column) return;
  gc.strokeStyle = scene.theme.brand;
  gc.lineWidth = 2;
  gc.setLineDash([]);
  gc.strokeRect(config.x + 1, config.y + 1, config.width - 2, config.height - 2);
}

function drawRowCheck(
  gc: GraphicsContext,
  { x, y, width, height }: CellBox,
  scene: Scene,
  row: number,
): void {
  const isSelected = scene.selected.has(idAt(scene, row));
  drawCheck(gc, x + width / 2, y + height / 2, isSelected ? "all" : "none", scene.theme);
}

function drawCell(gc: GraphicsContext, config: CellBox, scene: Scene, row: number, column: GridColumn): void {
  const value = config.value as Cell;
  if (column.key === scene.nameKey) drawName(gc, config, scene, row, column);
  else if (column.kind === "tags" && Array.isArray(value)) drawTags(gc, config, scene, value);
  else if (value !== null) drawValue(gc, config, scene, column, value);
}

function drawValue(
  gc: GraphicsContext,
  config: CellBox,
  scene: Scene,
  column: GridColumn,
  value: Cell,
): void {
  const { theme } = scene;
  const { x, width } = config;
  const middle = config.y + config.height / 2;
  const text = printable(cellText(column.kind, value, scene.numberFormat));
  const isState = column.kind === "state";
  if (isState) drawState(gc, text, x + PADDING + STATE_ICON / 2, middle, theme);
  gc.font = theme.font;
  gc.fillStyle = isFaint(value) ? theme.muted : theme.text;
  if (isRightAligned(column.kind)) {
    gc.textAlign = "right";
    // A part of a number is another number.
    const fits = gc.measureText(text).width <= width - 2 * PADDING;
    gc.fillText(fits ? text : "…", x + width - PADDING, middle + LOWER);
  } else {
    drawLeft(gc, text, config, isState ? PADDING + STATE_ICON + 7 : PADDING);
  }
}

function isFaint(value: Cell): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}

function drawLeft(gc: GraphicsContext, text: string, config: CellBox, indent: number, end = PADDING): void {
  gc.textAlign = "left";
  const fitting = fitText(gc, text, config.width - indent - end);
  gc.fillText(fitting, config.x + indent, config.y + config.height / 2 + LOWER);
}

function drawName(gc: GraphicsContext, config: CellBox, scene: Scene, row: number, column: GridColumn): void {
  const { theme } = scene;
  const id = idAt(scene, row);
  const middle = config.y + config.height / 2;
  const right = config.x + config.width;
  let indent = PADDING;
  if (scene.swatch !== undefined) {
    drawSwatch(gc, config.x + indent, middle, scene.swatch(id));
    indent += SWATCH + 8;
  }
  const isPinned = scene.look.pinned.has(id);
  const isOpenShown = scene.hover?.row === row && scene.canOpen(id);
  const end = (isPinned ? BUTTON : 0) + (isOpenShown ? BUTTON : 0) || PADDING;
  gc.font = theme.font;
  gc.fillStyle = theme.text;
  const name = printable(cellText(column.kind, config.value as Cell, "full"));
  const aside = printable(column.asides?.[scene.places.view.rows[row] as number] ?? "");
  const asideWidth = aside === "" ? 0 : drawAside(gc, aside, name, config, scene, indent, end);
  gc.font = theme.font;
  gc.fillStyle = theme.text;
  drawLeft(gc, name, config, indent, end + asideWidth);
  if (isPinned) drawPin(gc, right - BUTTON / 2 - (isOpenShown ? BUTTON : 0), middle, theme.muted);
  if (isOpenShown) drawOpen(gc, right - BUTTON / 2, middle, theme.brand);
}

/** Draws what tells a name from others like it, behind it; it isn't cut before the name is. Returns the room it takes. */
function drawAside(
  gc: GraphicsContext,
  aside: string,
  name: string,
  config: CellBox,
  scene: Scene,
  indent: number,
  end: number,
): number {
  const room = config.width - indent - end;
  const nameWidth = gc.measureText(name).width;
  gc.font = scene.theme.smallFont;
  gc.fillStyle = scene.theme.muted;
  gc.textAlign = "left";
  const text = fitText(gc, aside, room * 0.6 - ASIDE_GAP);
  const width = gc.measureText(text).width + ASIDE_GAP;
  const from = Math.min(nameWidth, room - width) + ASIDE_GAP;
  gc.fillText(text, config.x + indent + from, config.y + config.height / 2 + LOWER + 0.5);
  return width;
}

const CHIP_HEIGHT = 18;
const CHIP_PADDING = 7;
const CHIP_GAP = 5;

function drawTags(gc: GraphicsContext, config: CellBox, scene: Scene, tags: readonly unknown[]): void {
  const { theme } = scene;
  const middle = config.y + config.height / 2;
  const end = config.x + config.width - PADDING;
  let x = config.x + PADDING;
  gc.font = theme.smallFont;
  gc.textAlign = "left";
  for (let index = 0; index < tags.length; index++) {
    const text = printable(tagText(tags[index]));
    const isLast = index === tags.length - 1;
    const rest = isLast ? 0 : gc.measureText(`+${tags.length - 1}`).width + CHIP_GAP;
    const room = end - x - rest - 2 * CHIP_PADDING;
    const width = Math.min(gc.measureText(text).width, 160);
    if (width > room && (index > 0 || room < 20)) {
      gc.fillStyle = theme.muted;
      gc.fillText(`+${tags.length - index}`, x, middle);
      return;
    }
    const fitting = fitText(gc, text, Math.min(room, 160));
    const chip = gc.measureText(fitting).width + 2 * CHIP_PADDING;
    gc.fillStyle = theme.chip;
    roundRect(gc, x, middle - CHIP_HEIGHT / 2, chip, CHIP_HEIGHT, CHIP_HEIGHT / 2);
    gc.fill();
    gc.fillStyle = theme.text;
    gc.fillText(fitting, x + CHIP_PADDING, middle + 0.5);
    x += chip + CHIP_GAP;
  }
}
