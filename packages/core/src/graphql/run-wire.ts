/** The shapes of answers about one run, as far as they are used. */

import type { WireConnection, WireRun } from "./wire.ts";

export interface WireFullRun extends WireRun {
  readonly historyKeys?: WireHistoryKeys | null;
}

export interface WireHistoryKeys {
  /** -1 for none. */
  readonly lastStep?: number | null;
  readonly keys?: Readonly<Record<string, WireHistoryKey | null>> | null;
}

export interface WireHistoryKey {
  readonly typeCounts?: readonly { readonly type: string; readonly count: number }[] | null;
  readonly monotonic?: boolean | null;
  readonly previousValue?: unknown;
}

export interface WireFile {
  readonly id: string;
  readonly name: string;
  readonly url?: string | null;
  /** Some servers give 64-bit integers as text. */
  readonly sizeBytes?: number | bigint | string | null;
  readonly mimetype?: string | null;
  readonly updatedAt?: string | null;
  readonly md5?: string | null;
}

export interface WireLine {
  readonly number: number;
  readonly timestamp?: string | null;
  readonly level?: string | null;
  readonly label?: string | null;
  readonly line?: string | null;
}

export interface WireConsole {
  readonly logLineCount?: number | null;
  readonly logLines?: WireConnection<WireLine> | null;
}
