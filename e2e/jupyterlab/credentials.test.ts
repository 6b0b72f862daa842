import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findCredentials } from "../../packages/core/src/transport/credentials.ts";
import { pageUrl } from "../../packages/core/src/web/app-url.ts";
import { ROOT } from "../../scripts/lib/run.mjs";
import { PYTHON } from "../support/python.ts";

// The server extension finds the key and the server where core does, which finds them where the W&B client does. Of
// addresses, it refuses some that core reads: it never reads one another way.

const SCRIPT = fileURLToPath(new URL("find_credentials.py", import.meta.url));
const [A, B, C] = ["a".repeat(40), "b".repeat(44), "local-cccccccccccccccccccccccccccccccccccccccc"];

/** What is set somewhere: environment variables, and files below the home (`~/`) or the working folder (`./`). */
interface Case {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

interface Found {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly page: string;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lazyruns-credentials-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

/** Lays each case out in folders of its own; `~` and `.` in its environment stand for them. */
function layOut(cases: readonly Case[]) {
  return cases.map(({ env = {}, files = {} }, index) => {
    const [home, cwd] = [path.join(folder, `${index}/home`), path.join(folder, `${index}/cwd`)];
    const place = (name: string) => name.replace(/^~\//, `${home}/`).replace(/^\.\//, `${cwd}/`);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(place(name)), { recursive: true });
      writeFileSync(place(name), text);
    }
    const places = Object.entries(env).map(([name, value]) => [
      name,
      name === "NETRC" && !value.startsWith("./") ? value : place(value),
    ]);
    return { env: Object.fromEntries(places) as Record<string, string>, home, cwd };
  });
}

type Surroundings = ReturnType<typeof layOut>[number];

function byCore({ env, home, cwd }: Surroundings): Found | null {
  vi.stubEnv("WANDB_APP_URL", env.WANDB_APP_URL);
  try {
    const { baseUrl, apiKey } = findCredentials({ env, home, cwd });
    return { baseUrl, apiKey, page: pageUrl(baseUrl, "a b", "c/d?é(!*')~", "workspace") };
  } catch (error) {
    expect(error).toMatchObject({ name: "ConfigurationError" });
    return null;
  }
}

function byPython(surroundings: readonly Surroundings[]): Promise<(Found | null)[]> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, PYTHONPATH: path.join(ROOT, "packages/jupyterlab-ext") };
    const child = execFile(PYTHON, [SCRIPT], { env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (error) reject(error);
      else
        resolve(
          stdout
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line)),
        );
    });
    child.stdin?.on("error", () => undefined); // it says itself why it has ended
    child.stdin?.end(surroundings.map((one) => `${JSON.stringify(one)}\n`).join(""));
  });
}

async function expectSame(cases: readonly Case[]): Promise<(Found | null)[]> {
  const { ours, theirs } = await compare(cases);
  expect(theirs.map((found, index) => [cases[index], found])).toEqual(
    ours.map((found, index) => [cases[index], found]),
  );
  return ours;
}

/** What both find, in the same order. */
async function compare(cases: readonly Case[]) {
  const surroundings = layOut(cases);
  return { theirs: await byPython(surroundings), ours: surroundings.map(byCore) };
}

const netrc = (host: string, key: string) => `machine ${host}\n  login user\n  password ${key}\n`;
const setting = (name: string, value: string) => `[default]\n${name} = ${value}\n`;
const CLOUD = "api.forge.coreweave.com";

/** Each with the key that is found, the server's address where that isn't the cloud's. */
const CASES: readonly (readonly [Case, string | null, string?])[] = [
  [{}, null],
  [{ env: { WANDB_API_KEY: A } }, A],
  [{ env: { WANDB_API_KEY: ` ${A}\n` } }, A],
  [{ env: { WANDB_API_KEY: "" }, files: { "~/.netrc": netrc(CLOUD, B) } }, B],
  [{ env: { WANDB_API_KEY: " " }, files: { "~/.netrc": netrc(CLOUD, B) } }, null],
  [{ env: { WANDB_API_KEY: "short" }, files: { "~/.netrc": netrc(CLOUD, B) } }, null],
  [{ env: { WANDB_API_KEY: `${A}!` } }, null],
  [{ env: { WANDB_API_KEY: `${A}é` } }, null],
  [{ env: { WANDB_API_KEY: "aaa.bbb-c.ddd_" } }, "aaa.bbb-c.ddd_"],
  [{ env: { WANDB_API_KEY: C } }, C],
  // The order: environment, netrc, settings of the working folder, of the user.
  [{ env: { WANDB_API_KEY: A }, files: { "~/.netrc": netrc(CLOUD, B) } }, A],
  [{ files: { "~/.netrc": netrc(CLOUD, B), "~/.config/wandb/settings": setting("api_key", C) } }, B],
  [{ files: { "~/.config/wandb/settings": setting("api_key", C) } }, C],
  [
    {
      files: { "./wandb/settings": setting("api_key", A), "~/.config/wandb/settings": setting("api_key", C) },
    },
    A,
  ],
  [{ files: { "./.wandb/settings": setting("api_key", B), "./wandb/settings": setting("api_key", A) } }, B],
  [
    {
      files: {
        "./wandb/settings": setting("api_key", ""),
        "~/.config/wandb/settings": setting("api_key", C),
      },
    },
    C,
  ],
  [{ env: { WANDB_CONFIG_DIR: "~/elsewhere" }, files: { "~/elsewhere/settings": setting("api_key", C) } }, C],
  [{ env: { WANDB_DIR: "~/work" }, files: { "~/work/wandb/settings": setting("api_key", C) } }, C],
  [{ env: { WANDB_DIR: "sub/../deep" }, files: { "./deep/wandb/settings": setting("api_key", C) } }, C],
  // netrc: whose machine it is, and which file.
  [{ files: { "~/.netrc": netrc("api.wandb.ai", B) } }, B],
  [{ files: { "~/.netrc": netrc("api.wandb.ai", B) + netrc(CLOUD, A) } }, A],
  [{ files: { "~/.netrc": `default login u password ${C}\n${netrc("api.wandb.ai", B)}` } }, C],
  [{ files: { "~/.netrc": netrc("other", B), "~/_netrc": netrc(CLOUD, A) } }, A],
  [{ files: { "~/.netrc": `machine ${CLOUD} login u password ""`, "~/_netrc": netrc(CLOUD, A) } }, A],
  [{ env: { NETRC: "~/keys" }, files: { "~/keys": netrc(CLOUD, A), "~/.netrc": netrc(CLOUD, B) } }, A],
  [{ env: { NETRC: "~/none" }, files: { "~/.netrc": netrc(CLOUD, B) } }, null],
  [
    { files: { "~/.netrc": netrc("localhost", A) }, env: { WANDB_BASE_URL: "http://localhost:80/" } },
    A,
    "http://localhost",
  ],
  [
    { files: { "~/.netrc": netrc("localhost:8080", A) }, env: { WANDB_BASE_URL: "http://localhost:8080" } },
    A,
    "http://localhost:8080",
  ],
  [{ files: { "~/.netrc": netrc("localhost", A) }, env: { WANDB_BASE_URL: "http://localhost:8080" } }, null],
  [
    { files: { "~/.netrc": netrc("[::1]:8080", A) }, env: { WANDB_BASE_URL: "http://[::1]:8080" } },
    A,
    "http://[::1]:8080",
  ],
  // The server's address, and its pages.
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "https://api.wandb.ai" } }, A, "https://api.wandb.ai"],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "https://api.qa.wandb.ai/" } }, A, "https://api.qa.wandb.ai"],
  [
    { env: { WANDB_API_KEY: A, WANDB_BASE_URL: "https://api.wandb.example.com" } },
    A,
    "https://api.wandb.example.com",
  ],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "https://api.wandb.test" } }, A, "https://api.wandb.test"],
  [
    { env: { WANDB_API_KEY: A, WANDB_BASE_URL: "https://api.company.com:8443//" } },
    A,
    "https://api.company.com:8443",
  ],
  [
    { env: { WANDB_API_KEY: A, WANDB_BASE_URL: "https://forge.coreweave.com/api/wandb/" } },
    A,
    `https://${CLOUD}`,
  ],
  [{ env: { WANDB_API_KEY: A, WANDB_APP_URL: "https://pages.example/wandb/" } }, A],
  [
    { env: { WANDB_API_KEY: A, WANDB_BASE_URL: " HTTP://Host.EXAMPLE:80/sub/a~b//" } },
    A,
    "http://host.example/sub/a~b",
  ],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "localhost:8080" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "ftp://host" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "nonsense" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "http://user:secret@host" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "http://user@host" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "http://host:99999" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "http://ho st" } }, null],
  [{ env: { WANDB_API_KEY: A, WANDB_BASE_URL: "http://" } }, null],
  [
    { env: { WANDB_API_KEY: A }, files: { "./wandb/settings": setting("base_url", "http://here:1/") } },
    A,
    "http://here:1",
  ],
  [
    {
      env: { WANDB_API_KEY: A },
      files: {
        "./wandb/settings":
          "# mine\n[other]\nbase_url = http://wrong\n[default]\n; no\nBase_URL: http://here:1 \r\n",
        "~/.config/wandb/settings": setting("base_url", "http://user"),
      },
    },
    A,
    "http://here:1",
  ],
  [
    {
      env: { WANDB_BASE_URL: "http://env", WANDB_API_KEY: A },
      files: { "./wandb/settings": setting("base_url", "http://x") },
    },
    A,
    "http://env",
  ],
];

test("the server extension and core find the same: a table of cases", async () => {
  const found = await expectSame(CASES.map(([one]) => one));
  expect(found.map((one) => one && [one.apiKey, one.baseUrl])).toEqual(
    CASES.map(([, key, url]) => key && [key, url ?? `https://${CLOUD}`]),
  );
});

const netrcWord = fc.constantFrom(
  ...[
    `machine ${CLOUD} `,
    "machine",
    "default",
    "login u ",
    "password",
    ` password ${A} `,
    "account",
    "macdef",
    "x",
  ],
  ...['"', "'", "\\", "#", " ", " ", "\n", "\n\n", "\t", "\r\n", "é"],
  ...[CLOUD, "api.wandb.ai", A, B, `"${A}"`, `'${B}'`],
);
const settingsPart = fc.constantFrom(
  ...[
    "[default]",
    "[other]",
    " [default]",
    "[default] x",
    "api_key",
    `api_key = ${A}`,
    `\nAPI_KEY:${B}\n`,
    "base_url",
  ],
  ...["=", ":", " ", "\t", "#", ";", "\n", "\n", "\r\n", A, B, "http://a", "https://b:1/"],
  ...["é", "İ"],
);

test("whatever stands in a netrc file and a settings file", async () => {
  const between = fc.constantFrom("", " ", " ", " ", "\n", "\n");
  const texts = (words: fc.Arbitrary<string>) =>
    fc.sample(
      fc
        .array(fc.tuple(words, between), { minLength: 4, maxLength: 16, size: "max" })
        .map((all) => all.flat().join("")),
      {
        numRuns: 400,
        seed: 7,
      },
    );
  const netrcs = texts(netrcWord).map((text): Case => ({ files: { "~/.netrc": text } }));
  const settings = texts(settingsPart).map(
    (text): Case => ({ files: { "./wandb/settings": `[default]\n${text}` } }),
  );
  for (const cases of [netrcs, settings]) {
    const found = (await expectSame(cases)).filter((one) => one !== null);
    expect(found.length).toBeGreaterThan(20);
  }
});

const piece = fc.constantFrom(
  ...[
    "http",
    "HTTPS",
    "ftp",
    "://",
    ":",
    "/",
    "//",
    "\\",
    "host",
    "api.",
    "wandb.ai",
    "127.0.0.1",
    "[::1]",
    "[",
    "]",
    "%",
    "%20",
    " ",
  ],
  ...[
    "@",
    "?",
    "#",
    ".",
    "..",
    "é",
    "x",
    ":80",
    ":443",
    ":0",
    ":65536",
    ":8080",
    "\t",
    "\n",
    '"',
    "<",
    "|",
    "`",
    "{",
    "*",
    "_",
  ],
);

test("whatever an address looks like, it isn't another one: it is core's, or is refused", async () => {
  const addresses = fc.sample(
    fc.tuple(fc.constantFrom("http://h", "https://h", "http://", ""), fc.array(piece, { maxLength: 6 })),
    { numRuns: 800, seed: 7 },
  );
  const cases = [...addresses.map(([start, rest]) => start + rest.join("")), ...REFUSED].map(
    (url): Case => ({ env: { WANDB_API_KEY: A, WANDB_BASE_URL: url } }),
  );
  const { ours, theirs } = await compare(cases);
  const found = theirs.flatMap((one, index) => (one === null ? [] : [[cases[index], one, ours[index]]]));
  expect(found.length).toBeGreaterThan(70);
  for (const [one, address, same] of found) expect([one, address]).toEqual([one, same]);
  expect(theirs.slice(-REFUSED.length)).toEqual(REFUSED.map(() => null));
});

/** Addresses that core reads, and some of which Python's own functions read as another one. */
const REFUSED = [
  "http://straße.de",
  "http://faß.de",
  "https://bücher.example",
  "http://127.1",
  "http://0x7f.1",
  "http://h/a/../b",
  "http://h/a%20b",
  "http:\\\\h",
  "http://h?x",
];
