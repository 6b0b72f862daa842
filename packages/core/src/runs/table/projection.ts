import { LazyrunsError } from "../../errors.ts";
import type { Service } from "../../graphql/service.ts";

/** Servers that know no `config(keys:)`: they are asked for everything from then on. */
const withoutProjection = new WeakSet<Service>();

/** Asks for chosen keys alone, or for everything where the server can't choose. */
export async function withProjection<T>(
  service: Service,
  chosen: () => Promise<T>,
  whole: () => Promise<T>,
): Promise<T> {
  if (!withoutProjection.has(service)) {
    try {
      return await chosen();
    } catch (error) {
      if (!refusesKeys(error)) throw error;
      withoutProjection.add(service);
    }
  }
  return whole();
}

/** The words of a GraphQL validation error about `config(keys:)`, from a server that is older or another's. */
function refusesKeys(error: unknown): boolean {
  return error instanceof LazyrunsError && /\bargument\b.*\bkeys\b/i.test(error.message);
}
