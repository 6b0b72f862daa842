import { MessageChannel, type MessagePort } from "node:worker_threads";

/** Below this a buffer is a part of Node's own pool, or not worth the trouble. */
const LARGE = 64 * 1024;

/** A port that leads nowhere: what is transferred to it is freed. Made when it is first needed. */
let nowhere: MessagePort | undefined;

const own = new WeakSet<ArrayBufferLike>();

/** Marks bytes as made here for one purpose: nothing but what is given them holds a view of their buffer. */
export function markOwn<T extends Uint8Array>(bytes: T): T {
  if (bytes.length >= Buffer.poolSize >>> 1) own.add(bytes.buffer); // a smaller one may lie in the pool of all
  return bytes;
}

/**
 * Frees the memory of bytes that nobody needs any more; they are empty afterwards. Bytes that aren't marked as made
 * here stay: a dispatcher or an interceptor may still hold the buffer that it handed over.
 *
 * The garbage collector lets megabytes outside its own heap pile up to 64 before it looks (V8's
 * `kExternalAllocationSoftLimit`), which is more than everything else that reading takes.
 */
export function letGo(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (!own.has(buffer) || !(buffer instanceof ArrayBuffer) || buffer.byteLength < LARGE) return;
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
