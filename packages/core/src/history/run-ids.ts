/** The next page of ids; undefined when there are no more. */
export type NextIds = () => Promise<readonly string[] | undefined>;

/** A further page is fetched when fewer ids than this wait to be taken. */
const LOW = 1000;

/**
 * The ids of a listing, a snapshot in its order: batches are taken from the front while further pages are fetched,
 * at most one page ahead of what is needed.
 */
export class RunIds {
  readonly #nextIds: NextIds;
  readonly #listed: string[] = [];
  #waiting: readonly string[];
  #taken = 0;
  #next: Promise<void> | undefined;
  #complete = false;

  /** @param known - ids that are there already, in front of the pages */
  constructor(nextIds: NextIds, known: readonly string[] = []) {
    this.#nextIds = nextIds;
    this.#waiting = known;
    for (const id of known) this.#listed.push(id);
    this.#prefetch();
  }

  /** All ids that were listed so far, the taken ones too. */
  get listed(): readonly string[] {
    return this.#listed;
  }

  /** Takes up to `size` ids; none when all were taken. `size` is told how many are left, once that is known. */
  async take(size: (left: number | undefined) => number): Promise<readonly string[]> {
    while (this.#ready === 0 && !this.#complete) {
      this.#prefetch();
      await this.#next;
    }
    const count = size(this.#complete ? this.#ready : undefined);
    const ids = this.#waiting.slice(this.#taken, this.#taken + count);
    this.#taken += ids.length;
    this.#prefetch();
    return ids;
  }

  get #ready(): number {
    return this.#waiting.length - this.#taken;
  }

  #prefetch(): void {
    if (this.#complete || this.#next !== undefined || this.#ready >= LOW) return;
    this.#next = this.#nextIds().then((page) => {
      this.#next = undefined;
      if (page === undefined) {
        this.#complete = true;
        return;
      }
      for (const id of page) this.#listed.push(id);
      this.#waiting = [...this.#waiting.slice(this.#taken), ...page];
      this.#taken = 0;
      this.#prefetch();
    });
    this.#next.catch(() => undefined); // a failure shows to whoever needs the page
  }
}
