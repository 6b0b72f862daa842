import type { Finding } from "./check.ts";

const LEAST = [20, 19] as const;

/** Whether this Node is new enough. */
export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
  if (isEnough) return { level: "ok", message: version };
  return {
    level: "problem",
    message: `${version} is older than ${LEAST.join(".")}`,
    advice: "Install a newer Node: https://nodejs.org",
  };
}
