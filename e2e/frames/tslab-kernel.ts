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

/** An output with a bundle of MIME types, as it is after its updates. */
export interface Shown {
  /** Which output it is; absent when it can't be updated. */
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each MIME type has data of its own
  readonly data: Readonly<Record<string, any>>;
  /** How often it was updated. */
  readonly updates: number;
}

interface Message {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent: { readonly msg_id?: string };
  // biome-ignore lint/suspicious/noExplicitAny: each type of message has a content of its own
  readonly content: any;
}

/**
 * A real kernel, tslab's or another, spoken to as a notebook's front end does, by Jupyter's messages
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
 */
export class TslabKernel {
  readonly #child: ChildProcess;
  readonly #shell = new Dealer();
  readonly #iopub = new Subscriber();
  readonly #key: string;
  readonly #session = randomUUID();
  /** The outputs so far, of all cells, in the order in which they came. */
  readonly shown: Shown[] = [];

  private constructor(child: ChildProcess, key: string) {
    this.#child = child;
    this.#key = key;
  }

  /**
   * Starts a kernel whose cells import from a folder's node_modules.
   *
   * @param command - gives another kernel's command and its arguments, by the path of the connection file
   */
  static async start(
    folder: string,
    env: Readonly<Record<string, string>>,
    command = (file: string) => [process.execPath, TSLAB, "kernel", "--config-path", file],
  ): Promise<TslabKernel> {
    const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
    const ports = await freePorts(names.length);
    const key = randomUUID();
    const connection = {
      ...Object.fromEntries(names.map((name, index) => [name, ports[index]])),
      ...{ transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256" },
    };
    const file = path.join(folder, "connection.json");
    await writeFile(file, JSON.stringify(connection));
    const [program = "", ...args] = command(file);
    const child = spawn(program, args, {
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
      const { header, parent, content } = await this.#next();
      if (parent.msg_id !== id) continue;
      if (header.msg_type === "error") printed.stderr += content.traceback.join("\n");
      if (header.msg_type === "stream") printed[content.name as "stdout" | "stderr"] += content.text;
      if (header.msg_type === "status" && content.execution_state === "idle") break;
    }
    let reply: Message;
    do reply = await this.#receive(this.#shell);
    while (reply.parent.msg_id !== id);
    return { status: reply.content.status, ...printed };
  }

  /** Hears what the kernel tells after its cells until this holds. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.#next();
  }

  /** Interrupts what runs, as a front end does. */
  interrupt(): void {
    this.#child.kill("SIGINT");
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

  /** The next thing that the kernel tells; outputs are noted. */
  async #next(): Promise<Message> {
    const message = await this.#receive(this.#iopub);
    const { header, content } = message;
    const id: string | undefined = content.transient?.display_id;
    if (header.msg_type === "update_display_data") {
      const at = this.shown.findIndex((shown) => shown.id === id);
      const before = this.shown[at];
      if (before !== undefined) this.shown[at] = { id, data: content.data, updates: before.updates + 1 };
    } else if (header.msg_type === "display_data" || header.msg_type === "execute_result") {
      this.shown.push({ id, data: content.data, updates: 0 });
    }
    return message;
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
