/** A colour as red, green and blue light, each from 0 to 1. */
export type Light = readonly [red: number, green: number, blue: number];

type Matrix = readonly [Light, Light, Light];

/**
 * How the whole of a colour blindness changes light: Machado, Oliveira, Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", 2009, table 1, severity 1.0.
 */
export const VISIONS: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The light of `#rrggbb` (IEC 61966-2-1). */
export function lightOf(hex: string): Light {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue] as Light;
}

/** What someone sees of light. */
export function seen(light: Light, vision: Matrix): Light {
  return vision.map((row) => Math.min(1, Math.max(0, dot(row, light)))) as unknown as Light;
}

/** Contrast as WCAG 2.2 defines it: from 1 to 21. */
export function contrast(a: Light, b: Light): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(light: Light): number {
  return dot([0.2126, 0.7152, 0.0722], light);
}

/** How far apart two colours look: CIE76, the distance in CIELAB (D65). About 2.3 is just seen. */
export function distance(a: Light, b: Light): number {
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(...one.map((part, at) => part - (other[at] as number)));
}

function lab(light: Light): Light {
  const x = dot([0.4124564, 0.3575761, 0.1804375], light) / 0.95047;
  const y = dot([0.2126729, 0.7151522, 0.072175], light);
  const z = dot([0.0193339, 0.119192, 0.9503041], light) / 1.08883;
  const [fx, fy, fz] = [x, y, z].map((t) =>
    t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116,
  ) as [number, number, number];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function dot([a, b, c]: Light, [x, y, z]: Light): number {
  return a * x + b * y + c * z;
}
