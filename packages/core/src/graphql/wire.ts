/** The shapes of answers, as far as they are used. What may be null on the wire is nullable here. */

export interface WireProject<R> {
  readonly project: R | null;
}

export interface WireConnection<N> {
  readonly edges: readonly ({ readonly cursor?: string | null; readonly node: N | null } | null)[];
  readonly pageInfo?: { readonly endCursor: string | null; readonly hasNextPage: boolean } | null;
}

/** What any selection of a run holds: its id. */
export interface ListedNode {
  readonly name: string;
}

export interface WireListing<N> {
  readonly runCount: number | null;
  readonly runs: WireConnection<N> | null;
}

export interface WireChosen<N> {
  readonly runs: WireConnection<N & { readonly name: string }> | null;
}

export interface WireRun extends Partial<WireHeavy> {
  readonly id: string;
  readonly name: string;
  readonly displayName?: string | null;
  readonly state?: string | null;
  readonly tags?: readonly string[] | null;
  readonly group?: string | null;
  readonly jobType?: string | null;
  readonly sweepName?: string | null;
  readonly sweep?: WireSweep | null;
  readonly commit?: string | null;
  readonly description?: string | null;
  readonly notes?: string | null;
  readonly createdAt?: string | null;
  readonly heartbeatAt?: string | null;
  readonly historyLineCount?: number | null;
  readonly eventsLineCount?: number | null;
  readonly updatedAt?: string | null;
  readonly readOnly?: boolean | null;
  readonly user?: { readonly name: string | null; readonly username: string | null } | null;
}

/** JSON texts, as Python writes them. */
export interface WireHeavy {
  readonly config: string | null;
  readonly summaryMetrics: string | null;
  readonly systemMetrics: string | null;
}

export interface WireSweep {
  readonly id: string;
  readonly name: string;
  readonly displayName?: string | null;
  readonly state?: string | null;
  readonly config?: string | null;
}
