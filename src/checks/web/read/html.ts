import type { HtmlElement } from "./html-problems.ts";
import { DYNAMIC, element, type OpenElement, type UiElement } from "./element.ts";

/** `{{ x }}`, `<%= x %>`, `{% if %}`: filled in by a template engine or by Vue without a build. */
const TEMPLATE = /\{\{|\{%|<%/;

/** Elements of a parsed page, in the shape that every rule reads. `roots`: those without a parent element. */
export function fromHtml(elements: readonly HtmlElement[]): readonly UiElement[] {
  const made = new Map<unknown, OpenElement>();
  for (const each of elements) {
    const parent = made.get(parentOf(each)) ?? null;
    const own = element(each.tagName, attrsOf(each), parent, each.sourceCodeLocation?.startLine ?? 1, spreads(each));
    made.set(each, own);
    // The contents of a `<template>` hang below a fragment that has no parent.
    if ("content" in each) made.set(each.content, own);
    parent?.children.push(own);
    for (const child of each.childNodes) {
      if (!("value" in child)) continue;
      if (TEMPLATE.test(child.value)) own.children.push(DYNAMIC);
      own.children.push({ kind: "text", text: child.value });
    }
    if (own.attrs.has("v-html") || own.attrs.has("v-text") || own.attrs.has("x-text") || own.attrs.has("x-html")) {
      own.children.push(DYNAMIC);
    }
  }
  return [...made.values()];
}

function parentOf(each: HtmlElement): unknown {
  return each.parentNode;
}

function spreads(each: HtmlElement): boolean {
  return each.attrs.some(({ name }) => name === "v-bind" || name === "x-bind");
}

function attrsOf(each: HtmlElement): ReadonlyMap<string, string | null> {
  return new Map(each.attrs.map(({ name, value }) => normal(name, value)));
}

/** Attributes of Vue and Alpine count as the attributes that they set. */
export function normal(name: string, value: string): [string, string | null] {
  const event = /^(?:@|v-on:|x-on:|on:)([a-z]+)/.exec(name);
  if (event !== null) return [`on${event[1]}`, null];
  const bound = /^(?::|v-bind:|x-bind:)([\w-]+)/.exec(name)?.[1];
  if (bound !== undefined) {
    const literal = /^'([^'\\]*)'$/.exec(value.trim())?.[1];
    return [bound, bound === "class" || bound === "style" ? null : (literal ?? null)];
  }
  return [name, TEMPLATE.test(value) ? null : value];
}
