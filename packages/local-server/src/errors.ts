/** A request that is refused: its status, and the message that goes to the client. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A server that can't start as it was asked to. The message says what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}
