import { createRequire } from "node:module";

const require = createRequire(new URL("../../../apps/demo-notebooks/package.json", import.meta.url));

/** The command of Deno's kernel, which the demo's notebooks have. */
export function denoCommand(connectionFile: string): string[] {
  const { runInstall } = require("deno/install_api.cjs") as { runInstall: () => string };
  return [runInstall(), "jupyter", "--kernel", "--conn", connectionFile];
}
