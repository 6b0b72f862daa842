export { type Domain, domainOf, domainOfBulk, widened } from "./axis/domain.ts";
export { ticks } from "./axis/ticks.ts";
export { CURVE_COLORS, CURVE_DASHES } from "./colors/colors.ts";
export { downsample, keptPoints } from "./downsample.ts";
export { meanOf } from "./mean.ts";
export { type Points, pointsOf, type Rows, type XY } from "./points.ts";
export { smoothed } from "./smooth.ts";
