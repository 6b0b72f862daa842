export function compileScanner(): Promise<Uint8Array>;
export function moduleText(wasm: Uint8Array): string;
