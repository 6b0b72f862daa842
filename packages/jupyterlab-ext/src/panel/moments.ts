import { Time } from "@jupyterlab/coreutils";
import { element } from "../dom.ts";

/** How long ago a moment was, in the page's language; the pointer shows when. */
export function age(moment: number): HTMLElement {
  // One that a clock which goes ahead puts in the future was just now.
  const past = new Date(Math.min(moment, Date.now()));
  const when = new Date(moment);
  return element("time", {
    text: Time.formatHuman(past),
    attributes: { datetime: when.toISOString(), title: Time.format(when) },
  });
}
