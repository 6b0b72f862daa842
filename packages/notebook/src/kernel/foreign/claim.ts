const CLAIMED = Symbol.for("lazyruns.patched");

/** Whether something of another library's is still as it was. From then on it is taken: any copy of this package is told no. */
export function claim(target: object): boolean {
  return !Object.hasOwn(target, CLAIMED) && Reflect.defineProperty(target, CLAIMED, { value: true });
}
