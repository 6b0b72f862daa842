import type { Message } from "./message.ts";

/** A protobuf `Timestamp`, exact to the nanosecond. */
export interface Timestamp {
  seconds: number;
  nanos: number;
}

export function timestamp(message: Message): Timestamp {
  return { seconds: Number(message.integer(1)), nanos: Number(message.integer(2)) };
}

/** Seconds since 1970. */
export function inSeconds(time: Timestamp): number {
  return time.seconds + time.nanos / 1e9;
}

/** The seconds from one time to another, rounded once: whole nanoseconds are divided. */
export function secondsBetween(from: Timestamp, to: Timestamp): number {
  return ((to.seconds - from.seconds) * 1e9 + (to.nanos - from.nanos)) / 1e9;
}

export function toDate(time: Timestamp): Date {
  return new Date(time.seconds * 1000 + Math.floor(time.nanos / 1e6));
}

/** UTC to the microsecond with no zone, as console lines carry it: `2026-01-31T12:00:00.123456`. */
export function isoMicroseconds(time: Timestamp): string {
  const date = new Date(time.seconds * 1000);
  const whole = Number.isNaN(date.getTime()) ? "1970-01-01T00:00:00" : date.toISOString().slice(0, -5);
  return `${whole}.${String(Math.floor(time.nanos / 1000)).padStart(6, "0")}`;
}
