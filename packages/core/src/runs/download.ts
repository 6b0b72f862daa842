import {
  AuthenticationError,
  type ErrorDetails,
  NetworkError,
  NotFoundError,
  PermissionError,
  ServerError,
} from "../errors.ts";
import type { Service } from "../graphql/service.ts";
import { doing } from "../transport/http-client.ts";

/** A file on its way. */
export interface Download {
  /** 200 to 299. */
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Its bytes, decoded; reading ends in an error when the connection breaks. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What gets a file. */
export interface Downloader {
  /**
   * @throws what `Service.execute` throws, for a status other than 200 to 299, too.
   */
  download(
    url: string,
    options: { readonly signal?: AbortSignal | undefined; readonly details: ErrorDetails },
  ): Promise<Download>;
}

/**
 * What gets the files of a service's runs. No key is sent, to nobody: a file is got from an address that carries its
 * own right to it, as the local server's do.
 */
export function downloaderOf(service: Service): Downloader {
  return {
    async download(url, { signal, details }) {
      const where = `${doing(details)} at ${service.baseUrl}`;
      let answer: Response;
      try {
        answer = await fetch(url, signal === undefined ? {} : { signal });
      } catch (cause) {
        if (signal?.aborted) throw signal.reason;
        throw new NetworkError(`The file's address can't be reached, ${where}.`, { ...details, cause });
      }
      if (answer.ok) {
        const body = answer.body ?? [];
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: body as AsyncIterable<Uint8Array>,
        };
      }
      await answer.body?.cancel();
      const failure = { ...details, status: answer.status };
      const message = `The file was refused with HTTP ${answer.status}, ${where}.`;
      if (answer.status === 401) throw new AuthenticationError(message, failure);
      if (answer.status === 403) throw new PermissionError(message, failure);
      if (answer.status === 404) throw new NotFoundError(message, failure);
      throw new ServerError(message, failure);
    },
  };
}
