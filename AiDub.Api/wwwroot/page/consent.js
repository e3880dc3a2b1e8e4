// Speakers' own voices are made only with their consent.

import { byId, show } from './dom.js';

/** What is asked for in place of a voice's name. */
export const ownVoice = 'clone';

const asked = voices => Object.values(voices ?? {}).includes(ownVoice);

/** Asks for the consent where one of these voices is somebody's own. */
export const askConsent = voices => show(byId('consent'), asked(voices));

/** What lacks of the consent that these voices need; null when nothing does. */
export function consentFault(voices) {
  if (!asked(voices)) return null;
  if (!byId('consent-given').checked) return 'Everybody whose own voice is to speak has to agree first.';
  return byId('consent-by').value.trim() ? null : 'Say who you are: it is recorded who gave the consent.';
}

/** The consent to send with these voices; null where none is needed. */
export const consent = voices => (asked(voices) ? { by: byId('consent-by').value.trim(), at: new Date().toISOString() } : null);

/** Takes the consent back: it was given for another video. */
export const forgetConsent = () => { byId('consent-given').checked = false; };
