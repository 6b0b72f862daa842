/** The shapes of answers about accounts and projects, as far as they are used. */

export interface WireViewer {
  readonly id: string;
  readonly username?: string | null;
  readonly entity?: string | null;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly teams?: {
    readonly edges?: readonly { readonly node: { readonly name: string } | null }[] | null;
  } | null;
}

export interface WireProjectEntry {
  readonly id: string;
  readonly name: string;
  readonly entityName?: string | null;
  readonly createdAt?: string | null;
}
