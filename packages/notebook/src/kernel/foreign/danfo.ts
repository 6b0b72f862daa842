import { exportsOf } from "../modules.ts";
import { showsItself } from "../shower.ts";
import { claim } from "./claim.ts";

const CLASSES = /[\\/]danfojs-node[\\/]dist[\\/]danfojs-base[\\/]core[\\/](frame|series)\.js$/;

/**
 * Has the frames of each loaded copy of danfo show themselves, and print as danfo's own table in place of all that they
 * hold; its series print so too. Its Node classes, and what its groups give, inherit from these.
 */
export function patchDanfo(): void {
  for (const { default: kind } of exportsOf<{ default?: { prototype: object } }>(CLASSES)) {
    if (kind !== undefined && claim(kind.prototype)) showsItself(kind.prototype, String);
  }
}
