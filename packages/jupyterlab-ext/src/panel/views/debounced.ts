/** How long typing has to rest before the server is asked, in milliseconds. */
const REST = 250;

/** Calls once no further call has come for a while. */
export class Debounced<T> {
  private readonly call: (value: T) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: (value: T) => void) {
    this.call = call;
  }

  set(value: T): void {
    this.stop();
    this.timer = setTimeout(() => this.call(value), REST);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
