import { Cap } from "../../graphql/cap.ts";
import type { HistoryField } from "../../graphql/history-documents.ts";
import type { Service } from "../../graphql/service.ts";

/** Rows that a window is to bring at the most. */
const TARGET_ROWS = 600;
/** And at the least: what looks like fewer may be a run that goes on, or is exported, meanwhile. */
const LEAST_ROWS = 50;
/** Windows that must go well before more rows are asked for again. */
const PATIENCE = 20;

/**
 * How many rows a server has been seen to give whole of one question. A server may give fewer rows than it is asked for
 * and not say so; but when it gave more once, an answer with fewer wasn't cut short for their number.
 */
export class Trust {
  /** Rows that a window is to bring. */
  readonly target = new Cap(TARGET_ROWS, PATIENCE);
  #shown = 0;
  #cutAt = Number.POSITIVE_INFINITY;
  #proof: Promise<void> | undefined;

  /** Whether an answer of so many rows can be taken for whole. One of as many as were shown may be cut just there. */
  covers(rows: number): boolean {
    return rows === 0 || rows < this.#shown;
  }

  /** Whether an answer of so many rows is likely to be cut: one of no more was. */
  isCut(rows: number): boolean {
    return rows >= this.#cutAt && !this.covers(rows);
  }

  /** An answer of so many rows was whole. */
  show(rows: number): void {
    this.#shown = Math.max(this.#shown, rows);
    if (rows > this.#cutAt) this.#cutAt = Number.POSITIVE_INFINITY; // that answer lacked rows for another reason
  }

  /** A request went well. After some, more is asked for again, since a run that goes on looks like an answer cut short. */
  succeed(): void {
    const before = this.target.value;
    this.target.succeed();
    if (this.target.value > before) this.#cutAt = Number.POSITIVE_INFINITY;
  }

  /** An answer of so many rows was cut short. */
  doubt(rows: number): void {
    if (rows >= LEAST_ROWS) this.#cutAt = Math.min(this.#cutAt, rows);
    this.askForLess(rows);
  }

  /** So many rows were more than the server bears. */
  askForLess(rows: number): void {
    this.target.lower(Math.max(LEAST_ROWS, Math.floor(rows / 2)));
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
      if (this.isCut(rows)) return false;
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
