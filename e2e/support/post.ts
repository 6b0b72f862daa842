import { API_KEY } from "./python.ts";

/** Sends what a logging client would, and fails when the server refuses it. */
export async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`api:${API_KEY}`).toString("base64")}`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) {
    throw new Error(`${url} answered ${response.status}: ${text}`);
  }
}
