import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Dealer, Subscriber } from "zeromq";

const TSLAB = fileURLToPath(new URL("../node_modules/tslab/bin/tslab", import.meta.url));
const DELIMITER = "<IDS|MSG>";

/** What a cell did. */
export interface CellOutcome {
  /** "ok", or "error" for a complaint of the compiler as for what was thrown. */
  readonly status: string;
  readonly stdout: string;
  readonly stderr: string;
}

interface Message {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent: { readonly msg_id?: string };
  // biome-ignore lint/suspicious/noExplicitAny: each type of message has a content of its own
  readonly content: any;
}

/**
 * The real tslab kernel, spoken to as a notebook's front end does, by Jupyter's messages
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
 */
export class TslabKernel {
  readonly #child: ChildProcess;
  readonly #shell = new Dealer();
  readonly #iopub = new Subscriber();
  readonly #key: string;
  readonly #session = randomUUID();

  private constructor(child: ChildProcess, key: string) {
    this.#child = child;
    this.#key = key;
  }

  /** Starts a kernel whose cells import from a folder's node_modules. */
  static async start(folder: string, env: Readonly<Record<string, string>>): Promise<TslabKernel> {
    const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
    const ports = await freePorts(names.length);
    const key = randomUUID();
    const connection = {
      ...Object.fromEntries(names.map((name, index) => [name, ports[index]])),
      ...{ transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256" },
    };
    const file = path.join(folder, "connection.json");
    await writeFile(file, JSON.stringify(connection));
    const child = spawn(process.execPath, [TSLAB, "kernel", "--config-path", file], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...env },
      stdio: "ignore",
    });
    const kernel = new TslabKernel(child, key);
    kernel.#shell.connect(`tcp://127.0.0.1:${ports[0]}`);
    kernel.#iopub.connect(`tcp://127.0.0.1:${ports[1]}`);
    kernel.#iopub.subscribe();
    await kernel.#untilHeard();
    return kernel;
  }

  /** Runs a cell to its end. */
  async run(code: string): Promise<CellOutcome> {
    const id = await this.#send("execute_request", {
      code,
      ...{
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: false,
      },
    });
    const printed = { stdout: "", stderr: "" };
    for (;;) {
      const { header, parent, content } = await this.#receive(this.#iopub);
      if (parent.msg_id !== id) continue;
      if (header.msg_type === "stream") printed[content.name as "stdout" | "stderr"] += content.text;
      if (header.msg_type === "status" && content.execution_state === "idle") break;
    }
    let reply: Message;
    do reply = await this.#receive(this.#shell);
    while (reply.parent.msg_id !== id);
    return { status: reply.content.status, ...printed };
  }

  /** Ends the kernel. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill("SIGKILL");
    await ended;
    this.#shell.close();
    this.#iopub.close();
  }

  /** A subscriber hears nothing until it is connected, which shows only when something is heard. */
  async #untilHeard(): Promise<void> {
    this.#iopub.receiveTimeout = 200;
    for (let tries = 0; ; tries++) {
      await this.#send("kernel_info_request", {});
      try {
        await this.#iopub.receive();
        break;
      } catch (error) {
        if (tries > 100 || this.#child.exitCode !== null) throw error;
      }
    }
    this.#iopub.receiveTimeout = -1;
  }

  async #send(type: string, content: object): Promise<string> {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.#session,
      username: "test",
      version: "5.3",
      date: new Date().toISOString(),
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    await this.#shell.send([DELIMITER, this.#sign(parts), ...parts]);
    return id;
  }

  async #receive(socket: Dealer | Subscriber): Promise<Message> {
    const parts = (await socket.receive()).map(String);
    const [signature, header = "", parent = "", metadata = "", content = ""] = parts.slice(
      parts.indexOf(DELIMITER) + 1,
    );
    if (signature !== this.#sign([header, parent, metadata, content]))
      throw new Error("A message isn't the kernel's");
    return { header: JSON.parse(header), parent: JSON.parse(parent), content: JSON.parse(content) };
  }

  #sign(parts: readonly string[]): string {
    return createHmac("sha256", this.#key).update(parts.join("")).digest("hex");
  }
}

/** Ports of this machine that nobody listens on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
