// The segments of a dub: read, edit, and have what changed spoken again.

import * as api from './api.js';
import { announce, h, show } from './dom.js';
import { clock } from './format.js';
import { segmentRow } from './segment-row.js';

/**
 * Fills `place` with the segments of a dub, or hides it where there are none to edit. `seek` is told seconds; `rendering` that a new
 * rendering has begun. Answers the segments, for the report.
 */
export async function showSegments(place, id, { seek, rendering }) {
  let state;
  try {
    state = await api.segments(id);
  } catch {
    show(place, false);
    return [];
  }
  const note = h('p', { class: 'hint', role: 'status' });
  const render = h('button', { type: 'button', class: 'primary', onclick: start });
  const list = h('ol', { class: 'segments' });
  place.replaceChildren(
    h('div', { class: 'heading' }, h('h2', { id: 'segments-title' }, 'Segments'), render),
    h('p', { class: 'muted' }, 'Change what is said, by which voice and when; only what changed is spoken again.'),
    note, list);
  draw();
  show(place);
  return state.segments;

  function draw() {
    list.replaceChildren(...state.segments.map(segment => segmentRow(segment, state, { seek, save })));
    drawRender();
  }

  function drawRender() {
    const changed = state.segments.filter(segment => segment.changed).length;
    const stale = state.revision !== state.rendered_revision;
    render.disabled = !stale;
    render.textContent = changed ? `Render ${changed} change${changed === 1 ? '' : 's'}` : stale ? 'Render' : 'Nothing to render';
  }

  // Answers the segment as it is stored now; what was typed meanwhile elsewhere is shown instead of being overwritten.
  async function save(index, edit) {
    try {
      const answer = await api.editSegment(id, index, { revision: state.revision, ...edit });
      state.revision = answer.revision;
      state.segments[state.segments.findIndex(segment => segment.index === index)] = answer.segment;
      say(`Segment at ${clock(answer.segment.start)} saved.`);
      drawRender();
      return answer.segment;
    } catch (error) {
      if (error.code !== 'revision_stale') {
        say(`Not saved: ${error.message} (${error.code})`);
        throw error;
      }
      state = await api.segments(id);
      draw();
      say('Somebody else changed these segments meanwhile; here is what they are now. Your last change was not saved.');
      throw error;
    }
  }

  async function start() {
    render.disabled = true;
    try {
      await api.render(id, state.revision);
      rendering();
    } catch (error) {
      say(`Not rendered: ${error.message} (${error.code})`);
      drawRender();
    }
  }

  function say(text) {
    note.textContent = text;
    announce(text);
  }
}
