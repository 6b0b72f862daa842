import { expect, test, vi } from "vitest";
import { arrange, button, element, renew, setText } from "./dom.ts";

const node = (text: string) => element("b", { text });
const texts = (parent: Element) => [...parent.children].map(({ textContent }) => textContent);

test("an element has what it is made with, and text is only ever text", () => {
  const clicked = vi.fn();
  const made = button(
    { class: "a b", title: "t", label: "l", attributes: { role: "tab" }, onClick: clicked },
    node("<img src=x>"),
    undefined,
  );
  expect(made.outerHTML).toContain("&lt;img");
  expect([made.className, made.title, made.type]).toEqual(["a b", "t", "button"]);
  expect([made.getAttribute("aria-label"), made.getAttribute("role")]).toEqual(["l", "tab"]);
  made.click();
  expect(clicked).toHaveBeenCalledTimes(1);
});

test("text that is as it was isn't touched", () => {
  const made = node("same");
  const { firstChild } = made;
  setText(made, "same");
  expect(made.firstChild).toBe(firstChild);
  setText(made, "other");
  expect(made.textContent).toBe("other");
});

test("children are put in order, and those that stay aren't taken out", () => {
  const [a, b, c] = [node("a"), node("b"), node("c")] as const;
  const parent = element("div", {}, a, b);
  document.body.append(parent);
  const removed = vi.spyOn(a, "remove");
  arrange(parent, [a, c, b]);
  expect(texts(parent)).toEqual(["a", "c", "b"]);
  arrange(parent, [c]);
  expect(texts(parent)).toEqual(["c"]);
  expect(removed).toHaveBeenCalledTimes(1);
  parent.remove();
});

test("of new children those that look as old ones do are the old ones, each once", () => {
  const parent = element("div", {}, node("a"), node("b"), node("b"));
  const [a, b, other] = parent.children;
  renew(parent, [node("a"), node("new"), node("b"), node("b"), node("b")]);
  expect(texts(parent)).toEqual(["a", "new", "b", "b", "b"]);
  expect([parent.children[0], parent.children[2], parent.children[3]]).toEqual([a, b, other]);
  renew(parent, []);
  expect(parent.childElementCount).toBe(0);
});
