/** The cache can't be used: its folder can't be written to, the disk is full. */
export class CacheError extends Error {
  override readonly name = "CacheError";
}

/** Has failures of work on the cache's own files be told apart from a server's. */
export async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CacheError ? error : new CacheError(reasonOf(error), { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
