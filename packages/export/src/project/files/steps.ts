/** Hears of each step that changes what is on the disk, just before it. */
let listener: ((step: string) => void) | undefined;

/** Says that a step comes next. */
export function step(name: string): void {
  listener?.(name);
}

/** Has tests end the process between steps. */
export function onStep(hear: ((step: string) => void) | undefined): void {
  listener = hear;
}
