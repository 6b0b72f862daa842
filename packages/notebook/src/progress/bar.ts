const WIDTH = 20;
const PARTS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of a fraction between 0 and 1, always as wide. */
export function bar(fraction: number): string {
  const eighths = Math.round(Math.min(Math.max(fraction, 0), 1) * WIDTH * 8);
  const drawn = "█".repeat(Math.floor(eighths / 8)) + PARTS[eighths % 8];
  return drawn.padEnd(WIDTH, "░");
}
