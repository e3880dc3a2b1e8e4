// The languages that the service can do now, in two select elements.

import { byId, h } from './dom.js';
import { language } from './format.js';
import * as api from './api.js';

const lastKey = 'aidub.to';
let offer = { sources: [], targets: [] };

/** Asks which languages there are and fills the lists. */
export async function loadLanguages() {
  offer = await api.languages();
  byId('from').append(...offer.sources.map(source => h('option', { value: source.lang }, label(source))));
  byId('from').addEventListener('change', fillTargets);
  byId('to').addEventListener('change', hint);
  fillTargets();
}

/** Keeps the chosen language for the next visit. */
export const keepLanguage = () => {
  try { localStorage.setItem(lastKey, byId('to').value); } catch { /* the first one is offered again */ }
};

const label = offered => {
  const own = offered.native_name;
  return own && own.toLowerCase() !== offered.name.toLowerCase() ? `${offered.name} · ${own}` : offered.name || language(offered.lang);
};

// What can be had from the chosen language, with the quality that it has from there.
function targets() {
  const from = byId('from').value;
  return offer.targets
    .map(target => ({ ...target, quality: from ? target.from.find(f => f.lang === from)?.quality : target.quality }))
    .filter(target => target.quality)
    .sort((a, b) => a.name.localeCompare(b.name));
}

function fillTargets() {
  const select = byId('to');
  const wanted = select.value || last();
  const offered = targets();
  const options = quality => offered.filter(t => t.quality === quality)
    .map(t => h('option', { value: t.lang, selected: t.lang === wanted }, quality === 'draft' ? `${label(t)} (draft)` : label(t)));
  const [standard, draft] = [options('standard'), options('draft')];
  select.replaceChildren(...(draft.length && standard.length
    ? [h('optgroup', { label: 'Languages' }, standard), h('optgroup', { label: 'Draft quality' }, draft)]
    : [...standard, ...draft]));
  hint();
}

function last() {
  try { return localStorage.getItem(lastKey) ?? 'es'; } catch { return 'es'; }
}

function hint() {
  const chosen = targets().find(t => t.lang === byId('to').value);
  byId('to-hint').textContent = chosen?.quality === 'draft'
    ? `${chosen.name} is a draft: have a person read the translation before you publish it.`
    : offer.targets.length ? '' : 'No engine is ready to dub into any language: see ./aidub doctor.';
}
