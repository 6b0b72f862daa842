import { durationText, numberText } from "@lazyruns/curves";
import { jsonText } from "../data/json.ts";
import type { Cell } from "../data/runs-data.ts";
import type { NumberFormat } from "../settings/view-settings.ts";
import type { ColumnKind } from "./column.ts";

/** A moment to the minute, where the reader is: `2026-11-24 16:19`. */
function momentText(moment: number): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A value in its cell. Empty: there is none. */
export function cellText(kind: ColumnKind, value: Cell, format: NumberFormat): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return (kind === "json" ? typeInText(value) : undefined) ?? value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (kind === "moment") return momentText(value);
    return kind === "duration" ? durationText(value, format) : numberText(value, format);
  }
  if (typeof value === "bigint") return numberText(value, format);
  if (kind === "tags" && Array.isArray(value)) return value.map(tagText).join(", ");
  return mediaType(value) ?? jsonText(value);
}

/** W&B's histograms, images and the like name their type, which says more than all they hold. */
function mediaType(value: object): string | undefined {
  const type = Object.hasOwn(value, "_type") ? (value as { _type: unknown })._type : undefined;
  return typeof type === "string" && type !== "" ? type : undefined;
}

/** Large ones come as the text that is left of their JSON. */
function typeInText(text: string): string | undefined {
  return /^\{"_type":"([^"\\]+)".*…$/s.exec(text)?.[1];
}

/** A tag as text. */
export function tagText(tag: unknown): string {
  return typeof tag === "string" ? tag : jsonText(tag);
}

/** All there is to say of a value: every digit, moments to the millisecond in UTC, and all that an object holds. */
export function wholeText(kind: ColumnKind, value: Cell): string {
  if (typeof value === "number") {
    if (kind === "moment") return isoText(value);
    return kind === "duration" ? `${numberText(value, "full")} s` : numberText(value, "full");
  }
  if (typeof value === "string") return value;
  const isObject = typeof value === "object" && value !== null && kind !== "tags";
  return isObject ? jsonText(value) : cellText(kind, value, "full");
}

/** A moment as ISO 8601 in UTC; empty: there is no such moment. */
export function isoText(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
