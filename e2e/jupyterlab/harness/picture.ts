import { decode } from "fast-png";
import type { Locator, Page } from "playwright-core";

/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What was to be seen: colours at places that are counted in CSS pixels from the top left corner. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The colour of a place. @throws RangeError outside of the picture */
  at(x: number, y: number): Rgb;
  /** How many pixels are a colour's, or close to it. @param within - how far each of red, green and blue may be off */
  count(color: string | Rgb, within?: number): number;
  /** The places of a colour's pixels. */
  find(color: string | Rgb, within?: number): { readonly x: number; readonly y: number }[];
  /** How many different colours there are: one is an empty picture. */
  colors(): number;
  /** Whether another one is the same, pixel by pixel. */
  equals(other: Picture): boolean;
}

/**
 * Takes a picture of an element, or of what of the page is in sight.
 *
 * @throws Error when the element is not to be seen
 */
export async function pictureOf(target: Locator | Page): Promise<Picture> {
  // Pixels of the page: with more of them to a CSS pixel places would be in between.
  const png = decode(await target.screenshot({ scale: "css", animations: "disabled", caret: "hide" }));
  const { width, height, data, channels } = png;
  const rgb = (index: number): Rgb => {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * channels, index * channels + 3);
    return [red, green, blue];
  };
  const find = (color: string | Rgb, within = 0) => {
    const wanted = typeof color === "string" ? rgbOf(color) : color;
    const places: { x: number; y: number }[] = [];
    for (let index = 0; index < width * height; index++) {
      if (isClose(rgb(index), wanted, within))
        places.push({ x: index % width, y: Math.floor(index / width) });
    }
    return places;
  };
  const picture: Picture & { readonly data: typeof data } = {
    width,
    height,
    data,
    at: (x, y) => {
      if (!(x >= 0 && x < width && y >= 0 && y < height))
        throw new RangeError(`${x}, ${y} is outside of a picture of ${width} x ${height}`);
      return rgb(Math.floor(y) * width + Math.floor(x));
    },
    find,
    count: (color, within) => find(color, within).length,
    colors: () => {
      const seen = new Set<number>();
      for (let index = 0; index < width * height; index++) {
        const [red, green, blue] = rgb(index);
        seen.add((red << 16) | (green << 8) | blue);
      }
      return seen.size;
    },
    equals: (other) =>
      other.width === width &&
      other.height === height &&
      Buffer.from(data).equals(Buffer.from((other as typeof picture).data)),
  };
  return picture;
}

/** Takes pictures until two in a row are the same, and gives that. */
export async function stillPictureOf(target: Locator | Page): Promise<Picture> {
  const until = Date.now() + STILL_WITHIN_MS;
  let before = await pictureOf(target);
  while (Date.now() < until) {
    const now = await pictureOf(target);
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error(`What is shown still changed after ${STILL_WITHIN_MS} ms.`);
}

const STILL_WITHIN_MS = 10_000;

/** The parts of a colour of CSS: `#0af`, `#00aaff`, `rgb(0, 170, 255)`. */
export function rgbOf(color: string): Rgb {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(color.trim())?.[1];
  if (hex !== undefined) {
    const wide = hex.length === 3 ? hex.replaceAll(/./g, "$&$&") : hex;
    const value = Number.parseInt(wide, 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(color.trim());
  if (parts === null)
    throw new TypeError(`${JSON.stringify(color)} is no colour like #00aaff or rgb(0, 170, 255)`);
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

function isClose(one: Rgb, other: Rgb, within: number): boolean {
  return one.every((part, index) => Math.abs(part - (other[index] ?? 0)) <= within);
}
