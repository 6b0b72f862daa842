import { numberText } from "@lazyruns/curves";

const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 12 });

/** Numbers of an axis: as many digits as tell them apart, thousands as `10K` when they are all large and round. */
export function numberTexts(places: readonly number[]): string[] {
  const size = Math.max(0, ...places.map(Math.abs));
  if (size >= 1e4 && size < 1e15) {
    const texts = places.map((place) => SHORT.format(place));
    if (texts.every((text) => text.length <= 6)) return texts;
  }
  const texts = places.map(numberText);
  // Five digits are the same for neighbours far from zero: what differs is in the last ones.
  return new Set(texts).size === places.length ? texts : places.map(String);
}
