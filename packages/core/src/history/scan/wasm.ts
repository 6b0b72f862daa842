/**
 * The part of the WebAssembly interface that the scanner uses: the compiler's library for it is the browser's, and the
 * types of Node have none.
 */
interface WasmApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown };
}

/** `undefined` where the process runs without it (`node --jitless`). */
export const wasm: WasmApi | undefined = (globalThis as { WebAssembly?: WasmApi }).WebAssembly;
