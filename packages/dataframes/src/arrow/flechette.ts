import type * as Flechette from "@uwdata/flechette";

/** The reader of Arrow data, loaded when it is first needed: that takes about 18 ms. */
export function loadFlechette(): Promise<typeof Flechette> {
  return import("@uwdata/flechette");
}
