import { API_KEY } from "./python.ts";

/** Asks a server in its own words, past every client of ours. */
// biome-ignore lint/suspicious/noExplicitAny: tests look at answers of any shape
export async function graphql(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Basic ${btoa(`api:${API_KEY}`)}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join("; "));
  return data;
}
