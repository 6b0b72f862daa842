import type { Context } from "./context.ts";

/** The one user of a local server. */
export function userView({ user }: Context) {
  return {
    id: Buffer.from(`User:${user}`).toString("base64"),
    name: user,
    username: user,
    email: `${user}@localhost`,
    admin: false,
    flags: "{}",
    entity: user,
    deletedAt: null,
    apiKeys: { edges: [] },
    teams: { edges: [] },
  };
}

/** A user or team by its name: a local server takes any. */
export function entityView(name: string) {
  return { id: Buffer.from(`Entity:${name}`).toString("base64"), name, isTeam: false, organization: null };
}
