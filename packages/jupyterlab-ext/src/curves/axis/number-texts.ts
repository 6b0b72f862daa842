import { numberText } from "@lazyruns/curves";

const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 12 });

/** Numbers of an axis: as many digits as tell them apart, and thousands as `10K` where some are large. */
export function numberTexts(places: readonly number[]): string[] {
  const isLarge = places.some((place) => Math.abs(place) >= 1e4);
  const texts = places.map((place) => {
    const size = Math.abs(place);
    const short = isLarge && size >= 1e3 && size < 1e15 ? SHORT.format(place) : undefined;
    return short !== undefined && short.length <= 7 ? short : numberText(place);
  });
  // Five digits are the same for neighbours far from zero: what differs is in the last ones.
  return new Set(texts).size === places.length ? texts : places.map(String);
}
