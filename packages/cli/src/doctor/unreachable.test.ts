import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "@lazyruns/core";
import { expect, onTestFinished, test } from "vitest";
import { adviceFor } from "./unreachable.ts";

/** What is advised where a server with a certificate of its own is asked. */
async function adviceOf(scheme: "http" | "https"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lazyruns-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", [...request, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const server: Server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const api = new Api({ baseUrl: `${scheme}://127.0.0.1:${port}`, apiKey: "k".repeat(40), maxRetries: 0 });
  onTestFinished(() => api.close());
  const error = await api.viewer().catch((reason: unknown) => reason);
  return adviceFor(error, api.baseUrl, {}).replace(String(port), "PORT");
}

const isThere = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!isThere)("a certificate that isn't trusted is told of: the server is reached", async () => {
  expect(await adviceOf("https")).toMatch(/^It answers, with a certificate that .* NODE_EXTRA_CA_CERTS/);
});

test.skipIf(!isThere)("a server that speaks TLS only is told of", async () => {
  expect(await adviceOf("http")).toMatch(/other scheme: https:\/\/127\.0\.0\.1:PORT$/);
});
