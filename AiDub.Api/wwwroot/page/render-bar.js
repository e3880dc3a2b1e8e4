// What is to be rendered, always in sight below the lines.

import { announce, h } from './dom.js';

const names = { none: 'As files beside the video', soft: 'In the video, can be turned off', burned: 'In the picture, always shown' };

/** The bar of a dub; `start` is told how the new result is to carry subtitles, `stop` that it is not wanted any more. */
export function renderBar({ dub, modes, start, stop }) {
  let shown = dub;
  let last = null;
  let percent = null;
  const note = h('p', { class: 'hint', role: 'status' });
  const subtitles = h('select', { 'aria-label': 'Subtitles of the new result', onchange: () => draw(last) }, modes.map(mode => h('option', { value: mode }, names[mode] ?? mode)));
  const render = h('button', { type: 'button', class: 'primary', onclick: go });
  take(dub);

  async function go() {
    if (percent !== null) return stop();
    render.disabled = true;
    try {
      await start(subtitles.value);
    } finally {
      draw(last);
    }
  }

  function take(next) {
    shown = next;
    subtitles.value = next.subtitles_mode ?? 'none';
  }

  function draw(edits) {
    last = edits;
    const { segments, state, unsaved } = edits;
    const changed = segments.filter(({ index, changed: is }) => is || edits.isUnsaved(index)).length;
    const other = subtitles.value !== (shown.subtitles_mode ?? 'none');
    const stale = state.revision !== state.rendered_revision;
    subtitles.disabled = percent !== null;
    render.disabled = percent === null && !(stale || changed || other);
    render.className = percent === null ? 'primary' : 'quiet';
    render.textContent = percent !== null ? `Stop rendering (${percent} %)` : changed ? `Render ${changed} change${changed === 1 ? '' : 's'}` : stale || other ? 'Render' : 'Nothing to render';
    if (unsaved && !edits.isSaving) note.textContent = `${unsaved} line${unsaved === 1 ? ' is' : 's are'} not saved yet, and kept in this browser.`;
    else if (/not saved yet, and kept/.test(note.textContent)) note.textContent = 'Saved.';
  }

  return {
    element: h('div', { class: 'render-bar' }, note, subtitles, render),
    take,
    draw,
    /** How far a new rendering is, 0–100; null: there is none. */
    running(share) {
      percent = share;
      if (last) draw(last);
    },
    say(text) {
      note.textContent = text;
      announce(text);
    },
  };
}
