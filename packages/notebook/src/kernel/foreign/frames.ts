import { onLoaded } from "../modules.ts";
import { patchDanfo } from "./danfo.ts";
import { patchPolars } from "./polars.ts";

const LIBRARIES = /(^|[\\/])(nodejs-polars|danfojs-node)($|[\\/])/;

/** Has the frames of polars and danfo show themselves, whether these are loaded already, later, or never. */
export function showFrames(): void {
  const patch = () => {
    patchPolars();
    patchDanfo();
  };
  patch();
  onLoaded(LIBRARIES, patch);
}
