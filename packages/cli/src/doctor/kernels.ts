import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Check, Finding } from "./check.ts";
import type { JupyterPaths } from "./jupyter-paths.ts";

/** Kernels in which TypeScript reads runs, and how each is installed. */
const KERNELS = {
  tslab: "npm install --global tslab && tslab install",
  deno: "deno jupyter --install",
} as const;
type Kernel = keyof typeof KERNELS;

/** Whether Jupyter has a kernel for TypeScript. One of the two is enough. */
export function checkKernels({ data }: JupyterPaths): Check[] {
  const specs = data.flatMap((folder) => specsIn(join(folder, "kernels")));
  const found = Object.fromEntries(
    (Object.keys(KERNELS) as Kernel[]).map((kernel) => [
      kernel,
      specs.find(({ argv }) => runs(argv, kernel)),
    ]),
  );
  const isAny = Object.values(found).some(Boolean);
  return (Object.keys(KERNELS) as Kernel[]).map((kernel) => ({
    name: `kernel ${kernel}`,
    ...(found[kernel] === undefined ? missing(kernel, isAny) : present(found[kernel], kernel)),
  }));
}

interface Spec {
  readonly folder: string;
  readonly argv: readonly string[];
}

function specsIn(kernels: string): Spec[] {
  let names: string[];
  try {
    names = readdirSync(kernels);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const folder = join(kernels, name);
    try {
      const { argv } = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as { argv?: unknown };
      return Array.isArray(argv) ? [{ folder, argv: argv.map(String) }] : [];
    } catch {
      return []; // no kernel, or one that Jupyter can't read either
    }
  });
}

/** tslab has a kernel for JavaScript, too. */
function runs(argv: readonly string[], kernel: Kernel): boolean {
  return (
    argv.some((word) => new RegExp(`(^|[\\\\/])${kernel}(\\.\\w+|[\\\\/].*)?$`).test(word)) &&
    !argv.includes("--js")
  );
}

function present({ folder, argv: [program = ""] }: Spec, kernel: Kernel): Finding {
  if (isThere(program)) return { level: "ok", message: folder };
  return {
    level: "warning",
    message: `${folder} starts ${program}, which isn't there`,
    advice: `Install it anew: ${KERNELS[kernel]}`,
  };
}

/** Whether a program can be found, by its path or on the PATH. */
function isThere(program: string): boolean {
  if (/[\\/]/.test(program)) return existsSync(program);
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.some((folder) =>
    ["", ".exe", ".cmd"].some((end) => existsSync(join(folder, program + end))),
  );
}

function missing(kernel: Kernel, isAny: boolean): Finding {
  const advice = `For TypeScript notebooks: ${KERNELS[kernel]}`;
  if (isAny) return { level: "ok", message: "not installed; the other one will do" };
  return { level: "warning", message: "not installed", advice };
}
