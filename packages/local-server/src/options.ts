/** One request, as `onRequest` and `intercept` see it. */
export interface RequestInfo {
  readonly method: string;
  /** The path of the URL, without its query. */
  readonly path: string;
  /** The name of the GraphQL operation, where there is one. */
  readonly operation?: string | undefined;
  /** The variables of a GraphQL request. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer that a test gives in the server's place. */
export interface InterceptedAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** How a server is started. */
export interface ServerOptions {
  /** The folder of the database and the files; made when it isn't there. One server at a time has it. */
  readonly dataDir: string;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** The address to listen on. Default `127.0.0.1`; one that others reach needs a `key`. */
  readonly host?: string | undefined;
  /**
   * Names under which clients reach the server besides this machine's own names and addresses, such as a proxy's:
   * `name` at any port, or `name:port`. A request for any other name is refused. Default: none.
   */
  readonly allowHosts?: readonly string[] | undefined;
  /** The one API key that is accepted, of 40 characters or more. Default: on loopback, any well-formed one. */
  readonly key?: string | undefined;
  /**
   * Folders with `.wandb` files in them or anywhere below them, or such files, which are imported before the server
   * listens. Given again, only what is new is imported.
   */
  readonly imports?: readonly string[] | undefined;
  /**
   * Offers Parquet files of the histories of runs that ended, as W&B does; rows that are in files are then left out of
   * pages of steps. The files are kept: without this option later, all rows are in pages again, and with it the same
   * files are offered. Default false.
   */
  readonly parquet?: boolean | undefined;
  /** The user that everybody is, and the entity of what names none. Default `"local"`. */
  readonly user?: string | undefined;
  /** The most bytes of a request's body, packed or not. Default 64 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** The most bytes of an uploaded file. Default 10 GiB. */
  readonly maxFileBytes?: number | undefined;
  /** Milliseconds after which a connection on which nothing moves is cut, such as a stalled upload. Default 5 minutes. */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds without a sign of life after which a running run counts as crashed. Default 5 minutes. */
  readonly crashedAfter?: number | undefined;
  /** Told of what was imported, and of what could not be. */
  readonly onImport?: ((message: string) => void) | undefined;
  /** Told of every request that was admitted (its key, or its file's token, is right), before it is carried out. */
  readonly onRequest?: ((request: RequestInfo) => void) | undefined;
  /** For tests: may delay a request, or answer it in the server's place (a fault). */
  readonly intercept?: ((request: RequestInfo) => Promise<InterceptedAnswer | undefined>) | undefined;
}
