const passing = new WeakSet<Error>();

/** Marks an error that an answer was read to as one that may pass: the request is worth another try. */
export function markPassing<E extends Error>(error: E): E {
  passing.add(error);
  return error;
}

/** Whether an error was so marked. */
export function isPassing(error: unknown): error is Error {
  return error instanceof Error && passing.has(error);
}
