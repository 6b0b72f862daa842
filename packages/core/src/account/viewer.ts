import { AuthenticationError } from "../errors.ts";
import { VIEWER } from "../graphql/account-documents.ts";
import type { WireViewer } from "../graphql/account-wire.ts";
import type { Service } from "../graphql/service.ts";

/** Whose API key it is. */
export interface Viewer {
  readonly id: string;
  readonly username: string | null;
  /** Where runs go when no entity is named: the user's own name or a team's. */
  readonly entity: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** The names of the teams that the user is in. */
  readonly teams: readonly string[];
}

/**
 * Asks who the key belongs to.
 *
 * @throws AuthenticationError when the server knows nobody by it.
 */
export async function fetchViewer(service: Service, signal: AbortSignal | undefined): Promise<Viewer> {
  const details = { operation: "asking whose API key this is" };
  const { data } = await service.execute<{ readonly viewer?: WireViewer | null }>({
    query: VIEWER,
    variables: {},
    details,
    signal,
  });
  if (!data.viewer) {
    throw new AuthenticationError(
      `${service.baseUrl} knows nobody by this API key. Check that the key belongs to this server.`,
      details,
    );
  }
  const { id, username, entity, name, email, teams } = data.viewer;
  return {
    id,
    username: username ?? null,
    entity: entity ?? null,
    name: name ?? null,
    email: email ?? null,
    teams: (teams?.edges ?? []).flatMap(({ node }) => (node ? [node.name] : [])),
  };
}
