// The languages that the service can do now, in two select elements.

import { byId, h } from './dom.js';
import { language } from './format.js';
import * as api from './api.js';
import { pause } from './online.js';

const againSeconds = 5;
const lastKey = 'aidub.to';
let offer = { sources: [], targets: [] };
let told;
const known = new Promise(resolve => { told = resolve; });

/** Asks which languages there are, again and again until it is told, and fills the lists; nothing can be sent before. */
export async function startLanguages() {
  byId('to-hint').textContent = 'Fetching the languages …';
  for (;;) {
    try {
      offer = await api.languages();
      break;
    } catch (error) {
      byId('to-hint').textContent = `The languages could not be fetched: ${api.sentence(error.message)} They are asked for again.`;
      await pause(againSeconds);
    }
  }
  told(offer);
  byId('from').append(...offer.sources.map(source => h('option', { value: source.lang }, label(source))));
  byId('from').addEventListener('change', fillTargets);
  byId('to').addEventListener('change', hint);
  fillTargets();
  byId('submit').disabled = byId('estimate').disabled = byId('sample').disabled = offer.targets.length === 0;
}

/** The languages that can be had from the chosen one, `{ value, text }`. */
export const offeredTargets = () => targets().map(target => ({ value: target.lang, text: label(target) }));

/** The command by which whoever runs the service has better engines for a language; undefined: there is none, or it is not ours to say. */
export const betterBy = async lang => (await known).targets.find(target => target.lang === lang)?.better_by;

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
  select.dispatchEvent(new Event('change'));
}

function last() {
  try { return localStorage.getItem(lastKey) ?? 'es'; } catch { return 'es'; }
}

function hint() {
  const chosen = targets().find(t => t.lang === byId('to').value);
  byId('to-hint').textContent = chosen?.quality === 'draft'
    ? `Translations into ${chosen.name} are drafts: have a person read yours before you publish it.`
    : offer.targets.length ? '' : 'No engine is ready to dub into any language: see ./aidub doctor.';
}
