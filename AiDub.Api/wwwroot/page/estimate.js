// What a dub would take and cost, before it is begun.

import * as api from './api.js';
import { byId, show } from './dom.js';
import { lasting } from './format.js';

/** Makes the button work; `asked` answers `{ fields, bring }` of the form, or null when it is not filled in. */
export function startEstimate(asked) {
  let asking = null;
  byId('estimate').addEventListener('click', async () => {
    asking?.abort();
    const form = asked();
    if (!form) return;
    const { signal } = asking = new AbortController();
    const { fields, bring } = form;
    byId('estimate').setAttribute('aria-busy', 'true');
    try {
      say('Looking at the video …');
      const source = { source_video_url: fields.source_video_url };
      await bring(source, share => say(`Sending the file: ${Math.round(share * 100)} %`), signal);
      say('Looking at the video …');
      const langs = [fields.to_lang].flat();
      const answer = await api.estimate({ ...source, to_lang: langs[0], from_lang: fields.from_lang, source_audio: fields.source_audio }, signal);
      say(words(answer, langs.length));
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof api.ApiError)) throw error;
      say(`It cannot be estimated: ${api.sentence(error.message)}`);
    } finally {
      if (!signal.aborted) byId('estimate').removeAttribute('aria-busy');
    }
  });
  byId('order').addEventListener('input', () => show(byId('estimate-told'), false));
}

function words({ duration_seconds: lasts, speech_seconds: speech, expected_seconds: takes, queue_seconds: waits, cost }, count) {
  const each = count > 1 ? ' for each language' : '';
  return [
    `About ${lasting(takes)} of work${each}${waits >= 1 ? `, after about ${lasting(waits)} of waiting` : ''}.`,
    `${lasting(speech)} of ${lasting(lasts)} are spoken.`,
    cost ? `Costs about ${cost.amount.toFixed(2)} ${cost.currency}${each}.` : 'The engines here cost nothing.',
  ].join(' ');
}

function say(text) {
  byId('estimate-told').textContent = text;
  show(byId('estimate-told'));
}
