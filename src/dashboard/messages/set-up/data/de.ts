/** What the panel of the datasets says, in German. */
import type { dataPanelEn } from './en.js'

export const dataPanelDe: typeof dataPanelEn = {
  own: 'Ihre Daten',
  demos: 'Beispiele',
  states: {
    open: 'Bereit',
    opening: 'Wird geöffnet',
    closed: 'Wird bei der ersten Frage geöffnet',
    failed: 'Fehlgeschlagen',
  },
  ask: (title) => `Nach ${title} fragen`,
}
