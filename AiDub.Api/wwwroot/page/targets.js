// The languages that one order is dubbed into.

import { byId, h, show } from './dom.js';
import { features } from './features.js';
import { language } from './format.js';
import { offeredTargets } from './languages.js';

let more = [];
let most = 1;

/** Makes the list of further languages work. */
export async function startTargets() {
  byId('to').addEventListener('change', draw);
  byId('more-to').addEventListener('change', () => {
    more.push(byId('more-to').value);
    draw();
    byId('more-to').focus();
  });
  most = (await features()).max_targets;
  draw();
}

/** The language to dub into, or all of them when there are several. */
export const targets = () => (more.length ? [byId('to').value, ...more] : byId('to').value);

function leaveOut(lang) {
  more = more.filter(other => other !== lang);
  draw();
  // As typing does, it makes another order.
  byId('more-list').dispatchEvent(new Event('input', { bubbles: true }));
  byId('more-to').focus();
}

function draw() {
  const offered = offeredTargets();
  more = more.filter(lang => lang !== byId('to').value && offered.some(({ value }) => value === lang));
  byId('more-to').replaceChildren(h('option', { value: '' }, 'Add a language …'), ...offered
    .filter(({ value }) => value !== byId('to').value && !more.includes(value))
    .map(({ value, text }) => h('option', { value }, text)));
  byId('more-to').disabled = more.length + 1 >= most;
  show(byId('more-list'), more.length > 0);
  byId('more-list').replaceChildren(...more.map(lang => h('li', {}, language(lang), h('button', {
    type: 'button', class: 'plain small', 'aria-label': `Leave out ${language(lang)}`,
    onclick: () => leaveOut(lang),
  }, '×'))));
  byId('more-list').dispatchEvent(new Event('change', { bubbles: true }));
}
