import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { ROOT } from "../../scripts/lib/run.mjs";
import { makeWheel, WHEEL_REQUIREMENTS } from "../../scripts/lib/wheel.mjs";
import { temporaryFolder } from "../support/server.ts";
import { startScript } from "../support/start-script.ts";
import { askApi } from "./jupyter-api.ts";
import { jupyterServerOfTest } from "./jupyter-server.ts";
import {
  buildWheel,
  installWheel,
  JUPYTERLAB_4_2,
  JUPYTERLAB_4_6,
  makeVenv,
  NOTEBOOK_7,
  pip,
} from "./wheel.ts";

const exec = promisify(execFile);
const PACKAGE = path.join(ROOT, "packages/jupyterlab-ext");
const LABEXTENSION = path.join(PACKAGE, "jupyterlab_lazyruns/labextension");
const SHARED = "jupyterlab_lazyruns-VERSION.data/data";
const PREBUILT = `${SHARED}/share/jupyter/labextensions/@lazyruns/jupyterlab-ext`;

let folder: string;
let wheel: string;
let builder: string;
let version: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lazyruns-wheel-"));
  [wheel, builder] = await Promise.all([buildWheel(), makeVenv([WHEEL_REQUIREMENTS])]);
  version = JSON.parse(await readFile(path.join(PACKAGE, "package.json"), "utf8")).version;
  await unpack(wheel, path.join(folder, "wheel"));
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Unpacks a wheel, or a tarball, with Python's own means. */
async function unpack(archive: string, into: string): Promise<void> {
  await exec(builder, [
    "-c",
    "import shutil, sys; shutil.unpack_archive(*sys.argv[1:])",
    archive,
    into,
    kind(archive),
  ]);
}

const kind = (archive: string) => (archive.endsWith(".whl") ? "zip" : "gztar");

/** The files below a folder, with slashes. */
async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(place, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

const sha256 = async (file: string) =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

describe("the wheel", () => {
  test("holds the modules, the built front end and what enables both, and nothing else", async () => {
    const modules = (await readdir(path.join(PACKAGE, "jupyterlab_lazyruns"))).filter((name) =>
      name.endsWith(".py"),
    );
    const expected = [
      ...modules.map((name) => `jupyterlab_lazyruns/${name}`),
      ...(await filesIn(LABEXTENSION)).map((name) => `${PREBUILT}/${name}`),
      `${PREBUILT}/install.json`,
      `${SHARED}/etc/jupyter/jupyter_server_config.d/jupyterlab_lazyruns.json`,
      ...["METADATA", "RECORD", "WHEEL", "licenses/LICENSE"].map(
        (name) => `jupyterlab_lazyruns-VERSION.dist-info/${name}`,
      ),
    ];
    const files = await filesIn(path.join(folder, "wheel"));
    expect(files).toEqual(expected.map((name) => name.replace("VERSION", version)).sort());
    const kinds = /\.(py|js|json|orig|css|svg|woff2?)$|dist-info\//;
    expect(files.filter((name) => !kinds.test(name))).toEqual([]);
    expect(files.filter((name) => /\/remoteEntry\.\w+\.js$/.test(name))).toHaveLength(1);
    expect(modules).toEqual(expect.arrayContaining(["__init__.py", "handlers.py"]));
  });

  test("says what it is, with the README as its description", async () => {
    const info = path.join(folder, `wheel/jupyterlab_lazyruns-${version}.dist-info`);
    const metadata = await readFile(path.join(info, "METADATA"), "utf8");
    const fields = metadata.slice(0, metadata.indexOf("\n\n")).split("\n");
    expect(fields).toEqual(
      expect.arrayContaining([
        "Name: jupyterlab-lazyruns",
        `Version: ${version}`,
        "License-Expression: Apache-2.0",
        "License-File: LICENSE",
        "Requires-Python: >=3.9",
        "Classifier: Framework :: Jupyter :: JupyterLab :: 4",
        "Classifier: Framework :: Jupyter :: JupyterLab :: Extensions :: Prebuilt",
        "Description-Content-Type: text/markdown",
      ]),
    );
    expect(fields.filter((field) => field.startsWith("Requires-Dist"))).toEqual([
      "Requires-Dist: httpx>=0.24",
      "Requires-Dist: jupyter-server<3,>=2",
    ]);
    expect(metadata).toContain((await readFile(path.join(PACKAGE, "README.md"), "utf8")).trim());
    expect(await readFile(path.join(info, "licenses/LICENSE"), "utf8")).toBe(
      await readFile(path.join(ROOT, "LICENSE"), "utf8"),
    );
    expect(await readFile(path.join(info, "WHEEL"), "utf8")).toContain("Tag: py3-none-any");
  });

  test("names no folder of where it was built, and has the licences of what is in it", async () => {
    for (const name of await filesIn(path.join(folder, "wheel"))) {
      const text = await readFile(path.join(folder, "wheel", name), "latin1");
      for (const place of [ROOT, path.dirname(ROOT), process.env.HOME ?? ROOT].filter(
        (one) => one.length > 5,
      )) {
        expect(text.includes(place), `${name} names ${place}`).toBe(false);
      }
    }
    const licenses = path.join(folder, "wheel", PREBUILT.replace("VERSION", version), "static");
    const { packages } = JSON.parse(await readFile(path.join(licenses, "third-party-licenses.json"), "utf8"));
    for (const one of packages)
      expect(one, one.name).toMatchObject({ licenseId: expect.stringMatching(/./) });
  });

  test("is the same, byte for byte, whenever it is built, and from the sdist", async () => {
    const again = await makeWheel({ python: builder, into: path.join(folder, "again") });
    expect(await sha256(again)).toBe(await sha256(wheel));

    const sdist = path.join(folder, "sdist");
    await exec(builder, ["-m", "hatchling", "build", "-t", "sdist", "-d", sdist], { cwd: PACKAGE });
    const [tarball = ""] = await readdir(sdist);
    expect(tarball).toBe(`jupyterlab_lazyruns-${version}.tar.gz`);
    await unpack(path.join(sdist, tarball), sdist);
    const source = path.join(sdist, tarball.replace(".tar.gz", ""));
    const out = path.join(folder, "from-sdist");
    await exec(builder, ["-m", "hatchling", "build", "-t", "wheel", "-d", out], { cwd: source });
    expect(await sha256(path.join(out, path.basename(wheel)))).toBe(await sha256(wheel));
    expect(
      (await filesIn(source)).filter((name) => /node_modules|\.test\.ts$|^lib\/|^dist\//.test(name)),
    ).toEqual([]);
  });

  test("replaces those of other versions, and its files are of SOURCE_DATE_EPOCH where that is set", async () => {
    const into = path.join(folder, "dist");
    await mkdir(into);
    const others = ["jupyterlab_lazyruns-0.0.1-py3-none-any.whl", "another-0.0.1-py3-none-any.whl"];
    for (const name of others) await writeFile(path.join(into, name), "");
    vi.stubEnv("SOURCE_DATE_EPOCH", "1700000000");
    onTestFinished(() => void vi.unstubAllEnvs());
    const dated = await makeWheel({ python: builder, into });
    expect((await readdir(into)).sort()).toEqual([others[1], path.basename(wheel)].sort());
    const { stdout } = await exec(builder, [
      "-c",
      "import sys, zipfile; print(*{i.date_time[:3] for i in zipfile.ZipFile(sys.argv[1]).infolist()})",
      dated,
    ]);
    expect(stdout.trim()).toBe("(2023, 11, 14)");
  });

  test("isn't built without the front end, without all of it, or with another's", async () => {
    const source = path.join(folder, "source");
    const copied = ["hatch_build.py", "install.json", "jupyter-config", "jupyterlab_lazyruns", "LICENSE"];
    for (const name of [...copied, "package.json", "pyproject.toml", "README.md"]) {
      await cp(path.join(PACKAGE, name), path.join(source, name), { recursive: true });
    }
    const built = path.join(source, "jupyterlab_lazyruns/labextension");
    const build = () =>
      exec(builder, ["-m", "hatchling", "build", "-t", "wheel", "-d", path.join(folder, "no")], {
        cwd: source,
      }).then(
        () => "built",
        (error: { stderr: string }) => error.stderr.trim().split("\n").at(-1) ?? "",
      );
    const flaws: [string, () => Promise<unknown>][] = [
      ["is of version 0.0.0", () => setVersion("0.0.0")],
      ["has no entry file static/remoteEntry", () => rm(path.join(built, "static"), { recursive: true })],
      ["isn't built", () => rm(built, { recursive: true })],
    ];
    const setVersion = async (other: string) => {
      const file = path.join(built, "package.json");
      const manifest = JSON.parse(await readFile(file, "utf8"));
      await writeFile(file, JSON.stringify({ ...manifest, version: other }));
    };
    for (const [flaw, make] of flaws) {
      await make();
      const said = await build();
      expect(said).toContain(flaw);
      expect(said).toContain("npm run wheel");
    }
    expect(await filesIn(path.join(folder, "no"))).toEqual([]);
  });
});

test("npm run wheel puts it into the package's dist, and says how to install it", async () => {
  const { ended, output } = startScript("wheel.mjs", []);
  expect([await ended, output()]).toEqual([
    0,
    expect.stringMatching(/^Install it where Jupyter is: pip install/m),
  ]);
  const name = path.basename(wheel);
  expect(output()).toContain(`packages/jupyterlab-ext/dist/${name}`);
  expect(await sha256(path.join(PACKAGE, "dist", name))).toBe(await sha256(wheel));
});

/** Runs `jupyter` of a virtual environment, with a home of its own. Gives all that it prints. */
function jupyterIn(python: string, home: string) {
  const env = {
    PATH: path.dirname(python),
    HOME: home,
    JUPYTER_CONFIG_DIR: path.join(home, "config"),
    JUPYTER_PLATFORM_DIRS: "1",
  };
  return async (...args: string[]) => {
    const { stdout, stderr } = await exec(path.join(path.dirname(python), "jupyter"), args, { env });
    return stripVTControlCharacters(stdout + stderr);
  };
}

/** What Jupyter says of both halves, where all is well. */
async function expectEnabled(jupyter: (...args: string[]) => Promise<string>): Promise<void> {
  const labextensions = await jupyter("labextension", "list");
  expect(labextensions).toMatch(/@lazyruns\/jupyterlab-ext v\S+ enabled OK \(python, jupyterlab_lazyruns\)/);
  expect(labextensions).not.toMatch(/deprecat|X @lazyruns|not compatible/i);
  const extensions = await jupyter("server", "extension", "list");
  expect(extensions).toMatch(/^ *jupyterlab_lazyruns enabled$/m);
  expect(extensions).toMatch(new RegExp(`^ *jupyterlab_lazyruns ${version} OK$`, "m"));
}

test.each([
  ["JupyterLab 4.2.7", JUPYTERLAB_4_2],
  ["Notebook 7.6.5", NOTEBOOK_7],
])(
  "installed with pip into %s, both of its halves are enabled and compatible",
  async (_, requirements) => {
    const python = await installWheel(path.join(temporaryFolder(), "venv"), [requirements]);
    await expectEnabled(jupyterIn(python, temporaryFolder()));
    expect(await pip(python, "check")).toContain("No broken requirements");
  },
  300_000,
);

test("installed with pip into JupyterLab 4.6, it works; uninstalled, nothing of it is left", async () => {
  const venv = path.join(folder, "venv");
  const python = await installWheel(venv, [JUPYTERLAB_4_6]);
  const home = temporaryFolder();
  const jupyter = jupyterIn(python, home);
  await expectEnabled(jupyter);
  expect(await pip(python, "check")).toContain("No broken requirements");

  const lab = await jupyterServerOfTest(python, { home, app: "jupyterlab" });
  expect((await askApi(lab, "status")).body).toMatchObject({ configured: false, problem: /./ });
  const page = await (await fetch(`${lab.url}lab?token=${lab.token}`)).text();
  const config = JSON.parse(
    /<script id="jupyter-config-data"[^>]*>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "",
  );
  const [ours] = config.federated_extensions.filter(
    ({ name }: { name: string }) => name === "@lazyruns/jupyterlab-ext",
  );
  const entry = await fetch(
    `${lab.url}lab/extensions/@lazyruns/jupyterlab-ext/${ours.load}?token=${lab.token}`,
  );
  expect([entry.status, await entry.text()]).toEqual([
    200,
    await readFile(path.join(LABEXTENSION, ours.load), "utf8"),
  ]);
  expect(lab.output()).toContain("jupyterlab_lazyruns | extension was successfully loaded.");
  await lab.stop();

  await pip(python, "uninstall", "--yes", "jupyterlab-lazyruns");
  // Of the scope's folder, pip leaves the empty one: others may have something there.
  expect((await filesIn(venv)).filter((name) => /lazyruns/.test(name))).toEqual([]);
  expect(await jupyter("labextension", "list")).not.toMatch(/@lazyruns|jupyterlab_lazyruns/);
  expect(await jupyter("server", "extension", "list")).not.toMatch(/@lazyruns|jupyterlab_lazyruns/);
}, 300_000);
