import type { Type } from "protobufjs";

/** A time as protobuf has it; 64-bit numbers come as text. */
export interface WireTime {
  readonly seconds?: string;
  readonly nanos?: number;
}

/** A named value; newer clients may fill a typed field besides the JSON text, or in its place. */
export interface WireItem {
  readonly key?: string;
  readonly nestedKey?: readonly string[];
  readonly valueJson?: string;
  readonly none?: object;
  readonly boolean?: boolean;
  readonly integer?: string;
  readonly number?: number;
  readonly text?: string;
  readonly json?: string;
}

export interface WireUpdate {
  readonly update?: readonly WireItem[];
  readonly remove?: readonly WireItem[];
}

/** One record of a `.wandb` file, as far as it is used. */
export interface WireRecord {
  readonly history?: { readonly item?: readonly WireItem[]; readonly step?: { readonly num?: string } };
  readonly summary?: WireUpdate;
  readonly config?: WireUpdate;
  readonly stats?: { readonly timestamp?: WireTime; readonly item?: readonly WireItem[] };
  readonly outputRaw?: {
    readonly outputType?: number;
    readonly timestamp?: WireTime;
    readonly line?: string;
  };
  readonly exit?: { readonly exitCode?: number };
  readonly run?: {
    readonly runId?: string;
    readonly entity?: string;
    readonly project?: string;
    readonly config?: WireUpdate;
    readonly summary?: WireUpdate;
    readonly runGroup?: string;
    readonly jobType?: string;
    readonly displayName?: string;
    readonly notes?: string;
    readonly tags?: readonly string[];
    readonly sweepId?: string;
    readonly host?: string;
    readonly startTime?: WireTime;
    readonly git?: { readonly remoteUrl?: string; readonly commit?: string };
  };
}

/**
 * The messages that are read, with the field numbers of `wandb/proto/wandb_internal.proto` of the client 0.31. What
 * isn't declared is skipped, as protobuf does.
 */
const PROTO = `
syntax = "proto3";
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Nothing {}
message Item {
  string key = 1; repeated string nested_key = 2; Nothing none = 3; optional bool boolean = 4; optional sint64 integer = 5;
  optional double number = 6; optional string text = 7; optional string json = 8; string value_json = 16;
}
message Update { repeated Item update = 1; repeated Item remove = 2; }
message Step { int64 num = 1; }
message History { repeated Item item = 1; Step step = 2; }
message Stats { Timestamp timestamp = 2; repeated Item item = 3; }
message OutputRaw { int32 output_type = 1; Timestamp timestamp = 2; string line = 3; }
message Exit { int32 exit_code = 1; }
message Git { string remote_url = 1; string commit = 2; }
message Run {
  string run_id = 1; string entity = 2; string project = 3; Update config = 4; Update summary = 5; string run_group = 6;
  string job_type = 7; string display_name = 8; string notes = 9; repeated string tags = 10; string sweep_id = 12;
  string host = 13; Timestamp start_time = 17; Git git = 21;
}
message Record {
  History history = 2; Update summary = 3; Update config = 5; Stats stats = 7; OutputRaw output_raw = 13; Run run = 17;
  Exit exit = 18;
}
`;

/** A decoder of records; it loads protobufjs, so it is made only when a file is to be read. */
export async function recordDecoder(): Promise<(bytes: Buffer) => WireRecord> {
  const protobuf = await import("protobufjs");
  const { parse } = "default" in protobuf ? (protobuf.default as typeof protobuf) : protobuf;
  const type: Type = parse(PROTO).root.lookupType("Record");
  return (bytes) => type.toObject(type.decode(bytes), { longs: String }) as WireRecord;
}
