import type { Json, JsonObject } from "@lazyruns/json";

/** Whether a value is an object of JSON: no list, and not null. */
export function isObject(value: Json | undefined): value is JsonObject;
export function isObject(value: unknown): value is Record<string, unknown>;
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
