import type { HistoryField } from "../../graphql/history-documents.ts";
import type { Service } from "../../graphql/service.ts";

/**
 * How many rows a server has been seen to give whole of one question. A server may give fewer rows than it is asked for
 * and not say so; but when it gave so many once, an answer with fewer wasn't cut short for their number.
 */
export class Trust {
  #shown = 0;
  #proof: Promise<void> | undefined;

  /** Whether an answer of so many rows can be taken for whole. */
  covers(rows: number): boolean {
    return rows <= this.#shown;
  }

  /** An answer of so many rows was whole. */
  show(rows: number): void {
    this.#shown = Math.max(this.#shown, rows);
  }

  /**
   * Runs one proof after another: who waits may be covered by what the one before has shown.
   *
   * @param prove - whether an answer of so many rows is whole; asks the server
   */
  async prove(rows: number, prove: () => Promise<boolean>): Promise<boolean> {
    while (this.#proof !== undefined) {
      await this.#proof;
      if (this.covers(rows)) return true;
    }
    const proof = prove();
    const over = proof.then(
      () => undefined,
      () => undefined,
    );
    this.#proof = over;
    try {
      const isWhole = await proof;
      if (isWhole) this.show(rows);
      return isWhole;
    } finally {
      if (this.#proof === over) this.#proof = undefined;
    }
  }
}

const trusts = new WeakMap<Service, Map<HistoryField, Trust>>();

/** What is known of a server, remembered for as long as the connection to it. */
export function trustOf(service: Service, field: HistoryField): Trust {
  const byField = trusts.get(service) ?? new Map<HistoryField, Trust>();
  trusts.set(service, byField);
  const trust = byField.get(field) ?? new Trust();
  byField.set(field, trust);
  return trust;
}
