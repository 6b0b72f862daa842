/** The latest of several requests: a new one ends that before it. */
export class Loading {
  private controller: AbortController | undefined;

  /** For a request that takes the place of the one under way. */
  begin(): AbortSignal {
    this.stop();
    this.controller = new AbortController();
    return this.controller.signal;
  }

  stop(): void {
    this.controller?.abort();
    this.controller = undefined;
  }
}
