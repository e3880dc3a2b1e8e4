// What was typed and is not with the service yet, kept in this browser until it is.

const read = key => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; } };
const write = (key, value) => {
  try {
    if (Object.keys(value).length) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch { /* it lasts as long as the page */ }
};

const kept = new Map();
const due = new Set();
let timer = null;

/** The drafts of a name, `{ field: text }`. */
export function draftsOf(name) {
  if (!kept.has(name)) kept.set(name, read(`aidub.draft.${name}`));
  return kept.get(name);
}

/** Keeps a text as it is typed; null: it is no draft any more. */
export function keepDraft(name, field, text) {
  const drafts = draftsOf(name);
  if (text === null) delete drafts[field];
  else drafts[field] = text;
  due.add(name);
  timer ??= setTimeout(flush, 150);
}

/** Forgets all drafts of a name. */
export function dropDrafts(name) {
  kept.set(name, {});
  due.add(name);
  flush();
}

function flush() {
  clearTimeout(timer);
  timer = null;
  for (const name of due) write(`aidub.draft.${name}`, draftsOf(name));
  due.clear();
}
addEventListener('pagehide', flush);

const holders = new Set();

/** Lets a part of the page say (`unsaved()`) that something would be lost, so that it is asked before the page is left. */
export const askBeforeLeaving = unsaved => { holders.add(unsaved); return () => holders.delete(unsaved); };

addEventListener('beforeunload', event => {
  flush();
  if ([...holders].some(unsaved => unsaved())) event.preventDefault();
});
