import path from "node:path";
import { exportsByFile } from "../modules.ts";
import { kernel } from "../output.ts";
import { display, lastText } from "../shower.ts";
import { claim } from "./claim.ts";

/** The frame inside of polars' own, in Rust. */
interface NativeFrame {
  toString(): string;
}

type MakeFrame = (native: NativeFrame) => object;

const NATIVE = /[\\/]nodejs-polars[\\/]bin[\\/]native-polars\.js$/;
const FRAMES = /[\\/]nodejs-polars[\\/]bin[\\/]dataframe\.js$/;
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * Has the frames of each loaded copy of polars show themselves. Every frame is an object with members of its own, and
 * has no prototype to change: it prints by the one inside of it, which has. What Deno asks for is a member of each
 * frame, so that there each new frame gets ours.
 */
export function patchPolars(): void {
  const makers = exportsByFile<{ _DataFrame?: MakeFrame }>(FRAMES);
  for (const frames of makers.values()) {
    if (typeof frames._DataFrame === "function" && kernel() === "deno" && claim(frames)) {
      patchMaker(frames as { _DataFrame: MakeFrame });
    }
  }
  for (const [file, { JsDataFrame }] of exportsByFile<{ JsDataFrame?: { prototype: NativeFrame } }>(NATIVE)) {
    // Of the same copy: another one's frames don't take a native frame of this.
    const make = makers.get(path.join(path.dirname(file), "dataframe.js"))?._DataFrame;
    if (JsDataFrame !== undefined && typeof make === "function" && claim(JsDataFrame.prototype)) {
      patchNative(JsDataFrame.prototype, make);
    }
  }
}

function patchNative(prototype: NativeFrame, makeFrame: MakeFrame): void {
  const print = prototype.toString;
  prototype.toString = function (this: NativeFrame) {
    const text = kernel() === "tslab" ? lastText(() => makeFrame(this)) : undefined;
    return text ?? print.call(this);
  };
}

function patchMaker(frames: { _DataFrame: MakeFrame }): void {
  const { _DataFrame: make } = frames;
  frames._DataFrame = (native) => {
    const frame = make(native);
    const own = Reflect.get(frame, DISPLAY) as (() => unknown) | undefined;
    Object.defineProperty(frame, DISPLAY, {
      value: () => display(frame) ?? own?.call(frame),
      configurable: true,
      writable: true,
    });
    return frame;
  };
}
