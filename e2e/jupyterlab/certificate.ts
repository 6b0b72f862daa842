import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

/** A certificate of loopback that nobody has signed, and its key. */
export interface Certificate {
  readonly file: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes one in a folder; undefined where there is no openssl. */
export function selfSigned(folder: string): Certificate | undefined {
  const [file, keyFile] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:wandb.test.example,IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  try {
    execFileSync(
      "openssl",
      ["req", "-x509", "-nodes", "-days", "2", ...curve, "-keyout", keyFile, "-out", file, ...subject],
      { stdio: "ignore" },
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return { file, cert: readFileSync(file, "utf8"), key: readFileSync(keyFile, "utf8") };
}
