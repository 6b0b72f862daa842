import { cellText, dateOf, textOf } from "../bundle/cell-text.ts";
import { ageText, durationText, momentText } from "../bundle/format.ts";
import { shorten, wellFormed } from "../bundle/plain.ts";
import type { RunsColumn, RunsModel } from "../bundle/runs/model.ts";
import { stateColor } from "../svg/palette.ts";
import { type Content, type Html, html } from "./html.ts";
import { CHIP, FAINT, LINK, SMALL } from "./style.ts";

/** How many tags a cell shows. */
const MOST_TAGS = 5;

/** A value of a run in its cell. */
export function runCell(column: RunsColumn, row: number, model: RunsModel): Content {
  const value = column.values[row];
  if (column.kind === "field") {
    const draw = Object.hasOwn(DRAWN, column.name) ? DRAWN[column.name] : undefined;
    if (value === null || value === undefined) return "";
    if (draw !== undefined) return draw(value, row, model);
  }
  return valueCell(value);
}

/** Any value in a cell; the whole of a shortened one shows when the pointer rests on it. */
export function valueCell(value: unknown): Content {
  const { text, whole, kind } = cellText(value);
  if (kind === "absent") return html`<span style="${FAINT}">–</span>`;
  return whole === undefined ? text : html`<span title="${whole}">${text}</span>`;
}

/** A state as people see it at a glance, and as those read it who see no colours. */
export function stateMark(state: string, text = state): Html {
  return html`<span style="color:${stateColor(state)}">●</span> ${text}`;
}

type Draw = (value: unknown, row: number, model: RunsModel) => Content;

const DRAWN: Readonly<Record<string, Draw>> = {
  name: (value, row, model) => nameCell(textOf(value), model.ids[row] as string, model.url),
  state: (value) => stateMark(textOf(value)),
  createdAt: (value, _, model) => ageCell(value, model.madeAt),
  heartbeatAt: (value, _, model) => ageCell(value, model.madeAt),
  runtime: (value) => durationText(Number(value)),
  tags: (value) => (Array.isArray(value) ? tagChips(value) : valueCell(value)),
};

function nameCell(name: string, id: string, url: string | undefined): Content {
  const shown = shorten(name, 60);
  const linked =
    url === undefined
      ? html`<b>${shown}</b>`
      : html`<a href="${url}/runs/${encodeURIComponent(wellFormed(id))}" style="${LINK}"><b>${shown}</b></a>`;
  return name === id ? linked : html`${linked} <span style="${SMALL}">${id}</span>`;
}

function ageCell(value: unknown, now: Date): Content {
  const date = dateOf(value);
  return html`<span title="${momentText(date)}">${ageText(date, now)}</span>`;
}

function tagChips(tags: readonly unknown[]): Content {
  const shown = tags
    .slice(0, MOST_TAGS)
    .map((tag) => html`<span style="${CHIP}">${shorten(textOf(tag), 32)}</span> `);
  return tags.length > MOST_TAGS ? [...shown, `+${tags.length - MOST_TAGS}`] : shown;
}
