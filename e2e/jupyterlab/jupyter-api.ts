import type { JupyterServer } from "./jupyter-server.ts";

/** An answer of the server extension. */
export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of any shape
  readonly body: any;
  /** The body as it came. */
  readonly text: string;
  readonly headers: Headers;
}

/** Asks the server extension, as one who has the Jupyter server's token. */
export async function askApi(
  jupyter: JupyterServer,
  path: string,
  init: RequestInit = {},
): Promise<ApiAnswer> {
  const headers = { authorization: `token ${jupyter.token}`, ...init.headers };
  const response = await fetch(`${jupyter.url}lazyruns/api/${path}`, { ...init, headers });
  const text = await response.text();
  return { status: response.status, body: parsed(text), text, headers: response.headers };
}

/** The path of a request with its parameters, each encoded; lists stand for one given several times. */
export function withParameters(
  path: string,
  parameters: Readonly<Record<string, string | string[]>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat()) search.append(name, one);
  return `${path}?${search}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
