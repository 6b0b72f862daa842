import { Cap } from "../graphql/cap.ts";
import type { Service } from "../graphql/service.ts";
import { LARGEST_PAGE } from "./listing.ts";

/** So many pages in a row that came well, and twice as many runs are asked for again. */
const GOOD_PAGES = 16;

/** How many runs of one selection a server bears in a page: fewer once a page was too much for it. */
export class PageSize {
  readonly #cap = new Cap(LARGEST_PAGE, GOOD_PAGES);

  /** The most runs to ask for now. */
  get most(): number {
    return this.#cap.value;
  }

  /** So many were too much. */
  halve(asked: number): void {
    this.#cap.lower(Math.ceil(asked / 2));
  }

  /** A page came. */
  succeeded(): void {
    this.#cap.succeed();
  }

  /** Not even one run came: it wasn't for the size. */
  forget(): void {
    this.#cap.reset();
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
