import { defineConfig, type Rolldown } from "tsdown";

const IMPORTS_OF_OPTIONAL_PEERS = /^(?:import|export) .* from "(?:nodejs-polars|danfojs-node)[^"]*";$/gm;

/**
 * A project has the frames that it installed: in the declarations, the import of another is no error then, and its types
 * are any. It is put there when they are bundled, for comments before imports don't outlive that.
 */
const optionalPeers: Rolldown.Plugin = {
  name: "declarations-of-optional-peers",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk" && /\.d\.[cm]ts$/.test(file.fileName)) {
        file.code = file.code.replace(
          IMPORTS_OF_OPTIONAL_PEERS,
          "// @ts-ignore: it may not be installed\n$&",
        );
      }
    }
  },
};

export default defineConfig({
  entry: ["src/index.ts", "src/polars.ts", "src/danfo.ts", "src/arrow.ts", "src/parquet.ts"],
  format: ["esm", "cjs"],
  dts: { eager: true },
  platform: "node",
  target: "node20",
  // The declarations for CommonJS are a build of their own, which knows no `plugins` but takes these.
  inputOptions: (options) => ({ ...options, plugins: [options.plugins, optionalPeers] }),
});
