// Elements without strings of markup: what an answer says is text, never HTML.

const svgNames = new Set(['svg', 'g', 'rect', 'line', 'path', 'text', 'title', 'circle']);

/** The element with an id. */
export const byId = id => document.getElementById(id);

/** A new element with attributes or properties, listeners (`onclick`) and children (nodes, texts, nothing). */
export function h(name, props = {}, ...children) {
  const svg = svgNames.has(name);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (!svg && key in element && key !== 'list') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Shows an element, or hides it. */
export const show = (element, shown = true) => { element.hidden = !shown; };

/** Tells screen readers what has changed. */
export const announce = text => { byId('announcer').textContent = text; };
