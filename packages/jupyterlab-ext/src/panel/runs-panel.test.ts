import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Clipboard } from "@jupyterlab/apputils";
import { ServerConnection } from "@jupyterlab/services";
import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { afterEach, expect, test, vi } from "vitest";
import { Notebooks } from "./notebooks.ts";
import { PlaceStore } from "./place-store.ts";
import { RunsPanel } from "./runs-panel.ts";
import { RunsClient } from "./server/runs-client.ts";

type Answer = (url: URL, signal: AbortSignal) => unknown;

const READY = { configured: true, url: "http://w", entity: "me", user: "me" };
const PROJECTS = {
  entity: "me",
  entities: ["me"],
  projects: [{ name: "p", description: "", lastActive: null, runCount: 2 }],
  truncated: false,
};
const run = (id: string) => ({ id, name: `name of ${id}`, state: "finished", createdAt: null, tags: [] });
const page = (...ids: string[]) => ({ total: 5, url: "http://w/me/p", runs: ids.map(run), cursor: null });
const panels: RunsPanel[] = [];

afterEach(() => {
  for (const panel of panels.splice(0)) panel.dispose();
});

/** A panel on a server that answers like this, and what was asked. */
function panelOn(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const fetch = async (request: RequestInfo | URL) => {
    const { url, signal } = request as Request;
    const { pathname, search } = new URL(url);
    asked.push(pathname + search);
    const answer = await answers[pathname.split("/").at(-1) ?? ""]?.(new URL(url), signal);
    return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
  };
  const init = { cache: "default" } as const;
  const settings = ServerConnection.makeSettings({ baseUrl: "http://127.0.0.1:1/", fetch, Request, init });
  const trans = nullTranslator.load("");
  const panel = new RunsPanel({
    client: new RunsClient(settings, trans),
    trans,
    notebooks: new Notebooks({} as JupyterFrontEnd, null),
    places: new PlaceStore(null),
    limit: () => 50,
  });
  panels.push(panel);
  const { node } = panel;
  const rows = () => [...node.querySelectorAll(".lr-panel-name")].map(({ textContent }) => textContent);
  const find = <T extends Element>(selector: string) => node.querySelector<T>(selector) as T;
  const press = (name: string) => {
    const all = [...node.querySelectorAll("button")];
    all.find((button) => (button.getAttribute("aria-label") ?? button.textContent) === name)?.click();
  };
  return { panel, asked, rows, find, press, text: () => node.textContent };
}

test("nothing is asked before the panel is seen, and while it is asked it says so", async () => {
  const { panel, asked, rows, find, text } = panelOn({ status: () => READY, projects: () => PROJECTS });
  panel.hide();
  Widget.attach(panel, document.body);
  expect(asked).toEqual([]);
  panel.show();
  expect(find("[aria-busy]")).not.toBeNull();
  expect(text()).toContain("Asking");
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  expect(asked).toEqual(["/lazyruns/api/status", "/lazyruns/api/projects?entity=me"]);
  await vi.waitFor(() => expect(find("[aria-busy]")).toBeNull());
});

test("a server that isn't configured is told of, and asked again when people say so", async () => {
  let isConfigured = false;
  const { panel, rows, text, press, find } = panelOn({
    status: () =>
      isConfigured ? READY : { configured: false, problem: "No key.", help: "Run `wandb login`." },
    projects: () => PROJECTS,
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(text()).toContain("No key."));
  expect(find("code").textContent).toBe("wandb login");
  isConfigured = true;
  press("Try again");
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  expect(text()).not.toContain("No key.");
});

test("an answer to an older question is passed over", async () => {
  const held: (() => void)[] = [];
  const { panel, asked, rows, find } = panelOn({
    status: () => READY,
    projects: () => PROJECTS,
    runs: async (url) => {
      const states = url.searchParams.getAll("state");
      if (states.length === 1) await new Promise<void>((resolve) => held.push(resolve));
      return states.length === 1 ? page("old") : page(states.length === 0 ? "first" : "new");
    },
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  find<HTMLElement>("[role=option]").click();
  await vi.waitFor(() => expect(rows()).toEqual(["name of first"]));
  const [failed, crashed] = [3, 4].map((nth) => find<HTMLElement>(`label:nth-of-type(${nth}) input`));
  failed?.click();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  crashed?.click();
  await vi.waitFor(() => expect(rows()).toEqual(["name of new"]));
  held[0]?.();
  await new Promise((resolve) => setTimeout(resolve));
  expect(rows()).toEqual(["name of new"]);
  expect(asked.at(-1)).toContain("state=failed&state=crashed");
});

test("a page that can't be had leaves those before it, and is asked for again", async () => {
  let isBroken = true;
  const { panel, rows, find, press, text } = panelOn({
    status: () => READY,
    projects: () => PROJECTS,
    runs: (url) => {
      if (!url.searchParams.has("cursor")) return { ...page("a", "b"), cursor: "2" };
      if (isBroken) return new Response(JSON.stringify({ message: "Gone.", help: "Wait." }), { status: 502 });
      // What moved between the pages comes twice, and a cursor that doesn't move on would never end.
      return { ...page("b", "c"), cursor: "2" };
    },
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  find<HTMLElement>("[role=option]").click();
  await vi.waitFor(() => expect(rows()).toHaveLength(2));
  press("Show more");
  await vi.waitFor(() => expect(text()).toContain("Gone."));
  expect(rows()).toHaveLength(2);
  isBroken = false;
  press("Try again");
  await vi.waitFor(() => expect(rows()).toEqual(["name of a", "name of b", "name of c"]));
  expect(text()).not.toContain("Gone.");
  expect([...find<HTMLElement>(".lr-panel-scroll").children].at(-1)).toHaveProperty("hidden", true);
});

test("what was asked when the panel goes isn't waited for", async () => {
  let asking: AbortSignal | undefined;
  const { panel } = panelOn({
    status: (_, signal) => {
      asking = signal;
      return new Promise(() => undefined);
    },
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(asking).toBeDefined());
  panel.dispose();
  expect(asking?.aborted).toBe(true);
});

test("until an answer comes the buttons are about the last one, its count and its query", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { panel, rows, find, text } = panelOn({
    status: () => READY,
    projects: () => PROJECTS,
    runs: async (url) => {
      if (!url.searchParams.has("state")) return page("a");
      await held;
      return { ...page("b"), total: 1 };
    },
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  find<HTMLElement>("[role=option]").click();
  await vi.waitFor(() => expect(rows()).toEqual(["name of a"]));
  const copied = vi.spyOn(Clipboard, "copyToSystem").mockImplementation(() => undefined);
  const copy = () => {
    find<HTMLElement>("[aria-label='Copy code']").click();
    return copied.mock.lastCall?.[0];
  };
  find<HTMLElement>("label:nth-of-type(3) input").click();
  expect(text()).toContain("Insert all 5 runs");
  expect(copy()).not.toContain("filters");
  release();
  await vi.waitFor(() => expect(rows()).toEqual(["name of b"]));
  expect(text()).toContain("Insert 1 run");
  expect(copy()).toContain('state: "failed"');
  copied.mockRestore();
});

test("asked anew, as many runs are listed as were, and those that are selected stay so", async () => {
  const all = Array.from({ length: 130 }, (_, nth) => `r${nth}`);
  const { panel, rows, find, press, text, asked } = panelOn({
    status: () => READY,
    projects: () => PROJECTS,
    runs: (url) => {
      const [from, limit] = [url.searchParams.get("cursor"), url.searchParams.get("limit")].map(Number);
      const to = (from ?? 0) + (limit ?? 0);
      return {
        ...page(...all.slice(from, to)),
        total: all.length,
        cursor: to < all.length ? String(to) : null,
      };
    },
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  find<HTMLElement>("[role=option]").click();
  await vi.waitFor(() => expect(rows()).toHaveLength(50));
  press("Show more");
  await vi.waitFor(() => expect(rows()).toHaveLength(100));
  find<HTMLElement>("[role=option]").dispatchEvent(
    new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true }),
  );
  expect(text()).toContain("100 of 130 selected");
  all.unshift("new1", "new2"); // and so the last two are beyond what was shown
  press("Refresh");
  await vi.waitFor(() => expect(text()).toContain("100 of 132 selected"));
  expect(rows()).toHaveLength(132);
  expect(asked.filter((url) => url.includes("/runs?")).length).toBeLessThan(6);
});

test("counts of thousands have commas", async () => {
  const { panel, rows, find, text } = panelOn({
    status: () => READY,
    projects: () => ({
      ...PROJECTS,
      projects: [{ name: "p", description: null, lastActive: null, runCount: 54321 }],
    }),
    runs: () => ({ ...page("a"), total: 1234 }),
  });
  Widget.attach(panel, document.body);
  await vi.waitFor(() => expect(rows()).toEqual(["p"]));
  expect(text()).toContain("54,321 runs");
  find<HTMLElement>("[role=option]").click();
  await vi.waitFor(() => expect(rows()).toEqual(["name of a"]));
  expect(text()).toContain("Insert all 1,234 runs");
  expect([...panel.node.querySelectorAll("*")].map((node) => node.textContent)).toContain("1,234 runs");
});
