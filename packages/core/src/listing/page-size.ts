import type { Service } from "../graphql/service.ts";
import { LARGEST_PAGE } from "./listing.ts";

/** So many pages in a row that came well, and twice as many runs are asked for again. */
const GOOD_PAGES = 16;

/** How many runs of one selection a server bears in a page: fewer once a page was too much for it. */
export class PageSize {
  #most = LARGEST_PAGE;
  #good = 0;

  /** The most runs to ask for now. */
  get most(): number {
    return this.#most;
  }

  /** So many were too much. */
  halve(asked: number): void {
    this.#most = Math.min(this.#most, Math.ceil(asked / 2));
    this.#good = 0;
  }

  /** A page came. What looked like too much may have been an outage: so the size grows again, slowly. */
  succeeded(): void {
    if (this.#most === LARGEST_PAGE || ++this.#good < GOOD_PAGES) return;
    this.#most = Math.min(LARGEST_PAGE, 2 * this.#most);
    this.#good = 0;
  }

  /** Not even one run came: it wasn't for the size. */
  forget(): void {
    this.#most = LARGEST_PAGE;
  }
}

const sizes = new WeakMap<Service, Map<string, PageSize>>();

/** What all listings of a service share that ask for the same of each run. */
export function pageSizeOf(service: Service, fields: string): PageSize {
  const ofService = sizes.get(service) ?? new Map<string, PageSize>();
  sizes.set(service, ofService);
  const size = ofService.get(fields) ?? new PageSize();
  ofService.set(fields, size);
  return size;
}
