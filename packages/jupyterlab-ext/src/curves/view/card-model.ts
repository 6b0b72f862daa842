import type { CardModel } from "./chart-card.ts";

/** Whether a chart would look the same. */
export function isSameCard(a: CardModel | undefined, b: CardModel): boolean {
  if (a === undefined) return false;
  const { wording: one, window: from, ...rest } = a;
  const { wording: other, window: to, ...next } = b;
  const isSame = (Object.keys(rest) as (keyof typeof rest)[]).every((key) => rest[key] === next[key]);
  const isSameWindow = from?.[0] === to?.[0] && from?.[1] === to?.[1];
  const isSameX = one.x.values === other.x.values && one.x.name === other.x.name;
  return isSame && isSameWindow && isSameX && one.format === other.format;
}
