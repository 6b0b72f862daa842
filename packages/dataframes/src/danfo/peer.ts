import type * as danfo from "danfojs-node";
import { loadPeer, type Peer } from "../load-peer.ts";

/** danfojs-node's module. */
export type Danfo = typeof danfo;

const DANFO: Peer = {
  name: "danfojs-node",
  range: "^1.2.0",
  versions: ["1.2.0", "2.0.0"],
  advice:
    'With npm, run `npm pkg set "overrides.@tensorflow/tfjs-node=npm:@tensorflow/tfjs@^4.22.0" ' +
    '"overrides.xlsx=npm:@e965/xlsx@0.20.3"` and then `npm install danfojs-node@1.2.0`: danfo asks for a native ' +
    "TensorFlow and for a package from outside the registry, and needs neither here. With pnpm, these two " +
    "overrides go into pnpm-workspace.yaml, and then `pnpm add danfojs-node@1.2.0`.",
};

/**
 * danfojs-node, loaded at the first call; that takes about 0.6 s and 120 MB.
 *
 * @throws ConfigurationError saying what to install
 */
export function loadDanfo(): Danfo {
  return loadPeer<Danfo>(DANFO);
}
