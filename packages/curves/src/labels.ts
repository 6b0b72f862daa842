/** What runs are called by their ids: their names, and behind a name that several have the id. */
export function distinctLabels(names: readonly (readonly [id: string, name: string])[]): Map<string, string> {
  const times = new Map<string, number>();
  for (const [, name] of names) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map(names.map(([id, name]) => [id, times.get(name) === 1 ? name : `${name} (${id})`]));
}
