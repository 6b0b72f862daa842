import { MessageChannel, type MessagePort } from "node:worker_threads";

/** Below this a buffer is a part of Node's own pool, or not worth the trouble. */
const LARGE = 64 * 1024;

/** A port that leads nowhere: what is transferred to it is freed. Made when it is first needed. */
let nowhere: MessagePort | undefined;

/**
 * Frees the memory of bytes that nobody needs any more; they are empty afterwards.
 *
 * The garbage collector lets megabytes outside its own heap pile up to 64 before it looks (V8's
 * `kExternalAllocationSoftLimit`), which is more than everything else that reading takes. Only for bytes that were
 * allocated for one answer and that nothing else holds a view of.
 */
export function letGo(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < LARGE) return;
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    port1.unref();
    nowhere = port1;
  }
  try {
    nowhere?.postMessage(null, [buffer]);
  } catch {
    // A buffer that can't be transferred is left to the collector.
  }
}
