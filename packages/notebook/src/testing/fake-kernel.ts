import { onTestFinished } from "vitest";
import type { MimeBundle } from "../bundle/mime-bundle.ts";

/** An output as a front end has it, after its updates. */
export interface Output {
  readonly id: string;
  data: MimeBundle;
  updates: number;
}

/** What is read of a message. */
interface Content {
  readonly data: MimeBundle;
  readonly transient: { readonly display_id: string };
}

/** Has this process pass for Deno's kernel until the test ends; gives the outputs that it shows. */
export function fakeKernel(): Output[] {
  const outputs: Output[] = [];
  const broadcast = async (type: string, { data, transient }: Content) => {
    const id = transient.display_id;
    const known = outputs.find((output) => output.id === id);
    if (type === "display_data") outputs.push({ id, data: plain(data), updates: 0 });
    else if (type === "update_display_data" && known !== undefined) {
      known.data = plain(data);
      known.updates++;
    } else throw new Error(`A kernel has no message ${type} of ${id}`);
  };
  Reflect.set(globalThis, "Deno", { jupyter: { broadcast } });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, "Deno"));
  return outputs;
}

/** As it comes out at the other end. */
function plain(data: MimeBundle): MimeBundle {
  return JSON.parse(JSON.stringify(data));
}
